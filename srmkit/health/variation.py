"""What never varies, and which figures that forbids: a rate over a constant says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from srmkit.health.counts import by_value
from srmkit.language import marked, say
from srmkit.metrics import Period
from srmkit.tables import CATALOGUE, Dataset
from srmkit.tables.engine import Table, coalesce, row

LEAST = 30  # values below which a constant may be chance
HARDLY = 0.995  # share of the most frequent value from which a difference hardly varies
LINE = ("po_id", "line_id")
ENOUGH = 1 - 1e-9  # quantities are decimals: 0.1 + 0.2 delivers an order of 0.3
_KINDS = ("number", "money", "whole", "date", "flag", "text")
_COLUMNS = ["what", "table", "column", "values", "most_frequent", "value", "forbids", "figure"]


@dataclass(frozen=True)
class Difference:
    """Something worked out of two figures that must vary before a rate of it means anything."""

    name: str
    what: str
    forbids: str


DELIVERY = Difference("delivery", marked("days from promised to received"),
                      marked("delivery dates carry no variation: no on-time rate, no days late"))
LEAD_TIME = Difference("lead_time", marked("days from order to receipt"),
                       marked("lead times carry no variation: no spread, no ninetieth percentile, no lead-time risk"))
PRICE = Difference("price", marked("price of an item against its usual one at that supplier"),
                   marked("prices of an item never move: no price index, no price variance"))
SHORT = Difference("short", marked("received less than ordered"), marked("nothing arrives short: no fill rate"))
REJECTED = Difference("rejected", marked("rejected on arrival"),
                      marked("nothing is ever rejected: no reject rate; its bound needs the number inspected"))
CHARGED = Difference("charged", marked("price charged against price ordered"),
                     marked("every invoice is as ordered: no invoice accuracy"))
PAID = Difference("paid", marked("days from due to paid"),
                  marked("days of payment carry no variation: no days late, no score of payment"))
SHIPPED = Difference("shipped", marked("days from promised to shipped, to customers"),
                     marked("days of shipment carry no variation: no service level of ours"))
MARGIN = Difference("margin", marked("margin of a sales line"),
                    marked("margins carry no variation: no profit by customer"))
OPINION = Difference("opinion", marked("ratings of one candidate and criterion"),
                     marked("raters never disagree: no doubt from opinions, the ratings may be copies"))


def constants(data: Dataset, worked_out: pd.DataFrame) -> pd.DataFrame:
    """What never or hardly varies, with what it forbids; the `differences` worked out first, then plain columns.

    Columns: what (in words), table, column (empty for a difference), values (how many there are), most_frequent (share
    of the most frequent one, 1 for a constant), value, forbids, figure (name of the difference, empty for a column).
    """
    found = worked_out[(worked_out["values"] >= LEAST) & (worked_out["most_frequent"] >= HARDLY)]
    columns = pd.DataFrame(list(_constant_columns(data)), columns=_COLUMNS)
    return pd.concat([part for part in (found, columns) if not part.empty] or [found], ignore_index=True)


def _constant_columns(data: Dataset) -> Iterator[dict[str, Any]]:
    for name, table in CATALOGUE.items():
        if not data.has(name):
            continue
        columns = [column for column in table.columns if column.kind in _KINDS and column.name not in table.key]
        if not columns:
            continue
        expression: Any = data[name]
        told = {column.name: _comparable(expression[column.name], column.kind) for column in columns}
        ends = data.collect(expression.agg(**{
            f"{part}_{name}": getattr(value, how)()
            for name, value in told.items() for part, how in (("n", "count"), ("low", "min"), ("high", "max"))
        })).iloc[0]
        for column in columns:
            many, low = int(ends[f"n_{column.name}"]), ends[f"low_{column.name}"]
            if many >= LEAST and low == ends[f"high_{column.name}"]:
                yield {"what": say("{table}: {column} is the same in every row", table=name.replace("_", " "),
                                   column=column.name.replace("_", " ")),
                       "table": name, "column": column.name, "values": many, "most_frequent": 1.0,
                       "value": str(bool(low)) if column.kind == "flag" else _shown(low),
                       "forbids": say("nothing can be told apart by it"), "figure": ""}


def _comparable(column: Any, kind: str) -> Any:
    """Flags as 0 and 1: not every engine knows the lesser of two truths."""
    return column.cast("int32") if kind == "flag" else column


def _shown(value: object) -> str:
    return str(value.date()) if isinstance(value, pd.Timestamp) else str(value)


def differences(data: Dataset, period: Period) -> pd.DataFrame:
    """Every difference that the data allow: how many values, and the share of the most frequent one.

    Columns as in `constants`. Prices count their lines off the item's most frequent price, opinions the candidates
    on which raters differ.
    """
    rows = []
    for difference, table, counted in _worked_out(data, period):
        found = data.collect(_most_frequent(counted)).iloc[0]
        many = 0 if pd.isna(found["all"]) else int(found["all"])
        rows.append({
            "what": say(difference.what), "table": table, "column": "", "values": many,
            "most_frequent": float(found["most"]) / many if many else float("nan"),
            "value": _plain(float(found["least"])) if many else "", "forbids": say(difference.forbids),
            "figure": difference.name,
        })
    return pd.DataFrame(rows, columns=_COLUMNS)


def _most_frequent(counted: Table) -> Table:
    """How many values there are, how often the most frequent one is, and which that is (the least of equals)."""
    totals = counted.agg(all=row.rows.sum(), most=row.rows.max())
    return counted.cross_join(totals).filter(row.rows == row.most).agg(
        all=row["all"].max(), most=row.most.max(), least=row.value.min())


def _plain(value: float) -> str:
    return f"{value:g}"


def _worked_out(data: Dataset, period: Period) -> Iterator[tuple[Difference, str, Table]]:
    lines = _rows(data, "purchase_order_lines", period)
    if lines is not None:
        yield PRICE, "purchase_order_lines", _off_usual(lines)
    if lines is not None and data.has("receipts", "receipt_date"):
        ordered = lines.select(*LINE, "order_date", "promised_date", "ordered_quantity")
        both = data["receipts"].join(ordered, LINE)
        yield DELIVERY, "receipts", by_value(both, row.receipt_date.delta(row.promised_date, unit="day"))
        yield LEAD_TIME, "receipts", by_value(both, row.receipt_date.delta(row.order_date, unit="day"))
        whole = both.group_by(*LINE).agg(
            got=coalesce(row.received_quantity.sum(), 0.0), asked=row.ordered_quantity.max())
        yield SHORT, "receipts", by_value(whole.filter(row.asked > 0), (row.got < row.asked * ENOUGH).ifelse(1, 0))
    if data.has("inspections", "rejected_quantity"):
        yield REJECTED, "inspections", by_value(data["inspections"], (row.rejected_quantity > 0).ifelse(1, 0))
    if lines is not None and data.has("invoices", "unit_price", "po_id"):
        both = data["invoices"].join(lines.select(*LINE, ordered_price="unit_price"), LINE)
        yield CHARGED, "invoices", by_value(both, _rounded(row.unit_price - row.ordered_price, 4))
    for name in ("invoices", "sales_invoices"):
        if data.has(name, "due_date", "paid_date"):
            yield PAID, name, by_value(data[name], row.paid_date.delta(row.due_date, unit="day"))
    sales = _rows(data, "sales_order_lines", period)
    if sales is not None:
        if data.has("sales_order_lines", "due_date", "ship_date"):
            yield SHIPPED, "sales_order_lines", by_value(sales, row.ship_date.delta(row.due_date, unit="day"))
        if data.has("sales_order_lines", "cost"):
            margin = _rounded(1 - row.cost / row.revenue.nullif(0), 4)
            yield MARGIN, "sales_order_lines", by_value(sales, margin)
    for name, by in (("supplier_ratings", "supplier_id"), ("category_ratings", "category"),
                     ("account_ratings", "customer_id")):
        if data.has(name, "rating"):
            groups = data[name].group_by(by, "criterion").agg(
                apart=row.rating.max() - row.rating.min(), raters=row.count())
            yield OPINION, name, by_value(groups.filter(row.raters > 1), row.apart)


def _rounded(value: Any, places: int) -> Any:
    # engines round halves in different ways
    return (value * 10**places + 0.5).floor() / 10**places


def _rows(data: Dataset, name: str, period: Period) -> Table | None:
    return data[name].filter(period.holds(row.order_date)) if data.has(name, "order_date") else None


def _off_usual(lines: Table) -> Table:
    """Price of each line over the most frequent price of its item and supplier, where that was bought before."""
    pair = ["supplier_id", "item_id"]
    prices = lines.filter(row.unit_price > 0).group_by(*pair, "unit_price").agg(rows=row.count())
    pairs = prices.group_by(*pair).agg(most=row.rows.max(), all=row.rows.sum()).filter(row["all"] > 1)
    usual = prices.join(pairs, pair).filter(row.rows == row.most).group_by(*pair).agg(usual=row.unit_price.min())
    both = prices.join(usual, pair).mutate(value=_rounded(row.unit_price / row.usual, 6))
    return both.group_by("value").agg(rows=row.rows.sum())
