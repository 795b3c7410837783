"""The sales side of the sample company: its tables, and the truth behind them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from srmkit.sample.canonical import canonical
from srmkit.sample.identities import IDENTITY
from srmkit.sample.sales.customers import customers
from srmkit.sample.sales.figures import account_figures
from srmkit.sample.sales.invoices import sales_invoices
from srmkit.sample.sales.numbering import numbered
from srmkit.sample.sales.opportunities import opportunities
from srmkit.sample.sales.orders import products, sales_order_lines
from srmkit.sample.sales.people import account_ratings, contacts, tickets
from srmkit.sample.sales.positions import Planted, positions
from srmkit.sample.sales.service import service_costs, with_margins
from srmkit.sample.sales.twins import twin_figures, with_twin
from srmkit.sample.settings import SampleSettings
from srmkit.tables.cells import TEXT

Tables = dict[str, pd.DataFrame]


def sales(settings: SampleSettings) -> tuple[Tables, dict[str, Any]]:
    """Tables of the sales side, as in the catalogue, and what is true and planted in them.

    `tickets` and `contacts` hold the rows of customers only.
    """
    accounts, planted = positions(settings)
    figures = account_figures(accounts, planted, settings)
    figures = twin_figures(with_margins(figures, planted.unprofitable, settings.seed), planted.twins)
    tables = _numbered(_drawn(figures, planted, settings), planted)
    truth = {"sales": _truth(figures, planted, tables, settings)}
    return {name: canonical(table, name) for name, table in tables.items()}, truth


def _drawn(figures: pd.DataFrame, planted: Planted, settings: SampleSettings) -> Tables:
    master = customers(figures, planted, settings)
    offered = products(settings)
    lines = sales_order_lines(figures, offered, settings)
    segments = master.set_index("customer_id")["segment"]
    return {
        "customers": master,
        "products": offered,
        "sales_order_lines": lines,
        "service_costs": service_costs(lines, figures, settings.seed),
        "sales_invoices": sales_invoices(lines, figures, settings),
        "opportunities": opportunities(figures, segments, planted, settings),
        "account_ratings": account_ratings(figures, settings),
        "tickets": tickets(figures, settings),
        "contacts": contacts(figures, planted, settings),
    }


def _numbered(drawn: Tables, planted: Planted) -> Tables:
    """Copies for the twin, then numbers: an id must not tell who was drawn first."""
    keys = {"tickets": "party_id", "contacts": "party_id"}
    tables = {
        name: table
        if name == "products"
        else with_twin(table, planted.twins, key=keys.get(name, "customer_id"))
        for name, table in drawn.items()
    }
    role = {"role": "customer"}
    return {
        **tables,
        "customers": _renamed(tables["customers"], drawn["customers"], planted),
        "sales_order_lines": _order_numbers(tables["sales_order_lines"]),
        "service_costs": numbered(
            tables["service_costs"], "service_id", "V", ["service_date", "customer_id"]
        ),
        "sales_invoices": numbered(
            tables["sales_invoices"], "invoice_id", "RE", ["invoice_date", "customer_id"]
        ),
        "opportunities": numbered(
            tables["opportunities"], "opportunity_id", "OP", ["created_date", "customer_id"]
        ),
        "tickets": numbered(tables["tickets"], "ticket_id", "TC", ["opened_date", "party_id"]).assign(**role),
        "contacts": _people(tables["contacts"]).assign(**role),
        "account_ratings": tables["account_ratings"].sort_values(
            ["customer_id", "criterion", "rater"], ignore_index=True
        ),
    }


def _renamed(twinned: pd.DataFrame, master: pd.DataFrame, planted: Planted) -> pd.DataFrame:
    """Twins share every number, not the name nor what else tells one firm from another."""
    own = master.set_index("customer_id")
    found = twinned.sort_values("customer_id", ignore_index=True)
    return found.assign(**{name: found["customer_id"].map(own[name]) for name in ("name", *IDENTITY)})


def _order_numbers(lines: pd.DataFrame) -> pd.DataFrame:
    found = lines.sort_values(["order_date", "customer_id", "order"], kind="stable", ignore_index=True)
    order = found.groupby(["order_date", "customer_id", "order"], sort=True).ngroup() + 1
    line = found.groupby(order).cumcount() + 1
    return found.assign(order_id="SO" + order.astype(TEXT).str.zfill(5), line_id=(10 * line).astype(TEXT))


def _people(ties: pd.DataFrame) -> pd.DataFrame:
    found = ties.sort_values(["party_id", "person"], kind="stable", ignore_index=True)
    person = found.groupby(["party_id", "person"], sort=True).ngroup() + 1
    return found.assign(contact_id="PC" + person.astype(TEXT).str.zfill(5))


def _truth(
    figures: pd.DataFrame, planted: Planted, tables: Tables, settings: SampleSettings
) -> dict[str, Any]:
    points = figures[["attractiveness", "strength"]].round(2)
    return {
        "account_class": dict(figures["account_class"]),
        "account_position": {str(customer): dict(place) for customer, place in points.iterrows()},
        "unprofitable_key_account": _unprofitable(tables, planted, settings),
        "door_opener": planted.door_opener,
        "single_threaded_account": planted.single_threaded,
        "stuck_opportunity": _stuck(tables["opportunities"], planted),
        "unwilling_account": planted.unwilling,
        "customer_groups": _groups(tables["customers"]),
        "ties_on_the_cut": list(planted.twins),
        "lost_large_account": planted.lost_large,
    }


def _groups(table: pd.DataFrame) -> dict[str, list[str]]:
    """The subsidiaries of each parent among the customers."""
    members = table.dropna(subset=["parent_id"]).groupby("parent_id")["customer_id"]
    return {str(head): sorted(map(str, names)) for head, names in members}


def _unprofitable(tables: Tables, planted: Planted, settings: SampleSettings) -> dict[str, Any]:
    """What the account brought in the last twelve months, after the cost to serve."""
    begin = pd.Timestamp(settings.last_day) - pd.DateOffset(years=1)
    lines, costs = (
        table[table["customer_id"].eq(planted.unprofitable) & table[day].gt(begin)]
        for table, day in (
            (tables["sales_order_lines"], "order_date"),
            (tables["service_costs"], "service_date"),
        )
    )
    revenue = float(lines["revenue"].sum())
    profit = revenue - float(lines["cost"].sum()) - float(costs["cost"].sum())
    return {"customer_id": planted.unprofitable, "revenue": round(revenue), "profit": round(profit)}


def _stuck(found: pd.DataFrame, planted: Planted) -> str:
    waiting = found[found["customer_id"].eq(planted.stuck) & found["status"].eq("open")]
    return str(waiting.sort_values("created_date")["opportunity_id"].iloc[0])
