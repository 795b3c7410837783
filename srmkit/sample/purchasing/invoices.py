"""Suppliers' invoices: one a receipt, one in twenty wrong, two sent twice."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.sample.purchasing.days import from_number, to_number
from srmkit.sample.purchasing.market import Market
from srmkit.sample.streams import stream

WRONG = {"price": 0.02, "quantity": 0.015, "no order": 0.015}  # 5 % in all (assumption)
PAID_IN_TIME = 0.64
TERMS = (14, 30, 45, 60)
DUPLICATES = 2


def invoices(
    market: Market, lines: pd.DataFrame, receipts: pd.DataFrame
) -> tuple[pd.DataFrame, list[list[str]]]:
    """The table of invoices, and the pairs of which the second charges the first again."""
    rng = stream(market.settings.seed, "invoices")
    ordered = lines[["po_id", "line_id", "supplier_id", "unit_price"]]
    table = receipts.merge(ordered, on=["po_id", "line_id"])
    day = to_number(table["receipt_date"]) + rng.integers(0, 12, len(table))
    table = table.assign(day=day, quantity=table["received_quantity"])
    table = table[table["day"] <= to_number(market.settings.last_day)].reset_index(drop=True)
    kind = rng.choice([*WRONG, ""], len(table), p=[*WRONG.values(), 1 - sum(WRONG.values())])
    table = _with_errors(rng, table, kind)
    again = _sent_twice(rng, market, table, kind)
    table = pd.concat([table, again]).sort_values("day", kind="stable")
    ids = pd.Series([f"V{700001 + place}" for place in range(len(table))], index=table.index)
    pairs = [ids.loc[place].tolist() for place in again.index]
    table["invoice_id"] = ids
    return _with_days(rng, market, table), sorted(pairs)


def _with_errors(rng: np.random.Generator, table: pd.DataFrame, kind: NDArray[np.str_]) -> pd.DataFrame:
    # a wrong number of units could make two parts of one delivery look like one invoice sent twice
    whole = ~table.duplicated(["po_id", "line_id"], keep=False)
    dearer = np.maximum(table["unit_price"] * rng.uniform(1.04, 1.15, len(table)), table["unit_price"] + 0.01)
    more = np.maximum(np.ceil(table["quantity"] * rng.uniform(1.05, 1.3, len(table))), table["quantity"] + 1)
    return table.assign(
        unit_price=np.where(kind == "price", dearer.round(2), table["unit_price"]),
        quantity=np.where((kind == "quantity") & whole, more, table["quantity"]),
        po_id=table["po_id"].where(kind != "no order"),
        line_id=table["line_id"].where(kind != "no order"),
    )


def _sent_twice(
    rng: np.random.Generator, market: Market, table: pd.DataFrame, kind: NDArray[np.str_]
) -> pd.DataFrame:
    """Copies of two sizeable invoices of the last months, a few weeks later; they keep their index."""
    age = to_number(market.settings.last_day) - table["day"]
    worth = table["quantity"] * table["unit_price"]
    fit = (kind == "") & age.between(40, 300) & (worth > worth.quantile(0.7))
    again = table.loc[rng.choice(table.index[fit], DUPLICATES, replace=False)]
    return again.assign(day=again["day"] + rng.integers(9, 35, DUPLICATES))


def _with_days(rng: np.random.Generator, market: Market, table: pd.DataFrame) -> pd.DataFrame:
    terms = pd.Series(rng.choice(TERMS, len(market.suppliers)), index=market.suppliers.index)
    day = table["day"].to_numpy()
    due = day + terms.loc[table["supplier_id"]].to_numpy()
    early, late = -rng.integers(0, 6, len(table)), 1 + rng.poisson(9, len(table))
    wait = np.where(rng.random(len(table)) < PAID_IN_TIME, early, late)
    paid = np.maximum(due + wait, day)
    table = table.assign(invoice_date=from_number(day), due_date=from_number(due))
    table["paid_date"] = pd.Series(from_number(paid), index=table.index).where(
        paid <= to_number(market.settings.last_day)
    )
    return table.reset_index(drop=True)
