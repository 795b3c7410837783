"""What never varies, and which figures that forbids: a rate over a constant says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from srmkit.language import marked, say
from srmkit.metrics import Period
from srmkit.tables import CATALOGUE, Dataset

LEAST = 30  # values below which a constant may be chance
HARDLY = 0.995  # share of the most frequent value from which a difference hardly varies
_KINDS = ("number", "money", "whole", "date", "flag", "text")
_COLUMNS = ["what", "table", "column", "values", "same", "value", "forbids", "figure"]


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

    Columns: what (in words), table, column (empty for a difference), values (how many there are), same (share of the
    most frequent one, 1 for a constant), value, forbids, figure (name of the difference, empty for a column).
    """
    found = worked_out[(worked_out["values"] >= LEAST) & (worked_out["same"] >= HARDLY)]
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
        counted = data.collect(expression.agg(**{
            f"{part}_{column.name}": getattr(expression[column.name], how)()
            for column in columns for part, how in (("n", "count"), ("d", "nunique"))
        })).iloc[0]
        for column in columns:
            many, different = int(counted[f"n_{column.name}"]), int(counted[f"d_{column.name}"])
            if many >= LEAST and different == 1:
                value = data.collect(expression.agg(one=expression[column.name].max()))
                yield {"what": say("{table}: {column} is the same in every row", table=name.replace("_", " "),
                                   column=column.name.replace("_", " ")),
                       "table": name, "column": column.name, "values": many, "same": 1.0,
                       "value": _shown(value["one"].iloc[0]),
                       "forbids": say("nothing can be told apart by it"), "figure": ""}


def _shown(value: object) -> str:
    return str(value.date()) if isinstance(value, pd.Timestamp) else str(value)


def differences(data: Dataset, period: Period) -> pd.DataFrame:
    """Every difference that the data allow: how many values, and the share of the most frequent one.

    Columns as in `constants`. Prices count their lines off the item's most frequent price, opinions the candidates
    on which raters differ.
    """
    rows = []
    for difference, table, values in _worked_out(data, period):
        known = values.dropna()
        counts = known.value_counts()
        rows.append({
            "what": say(difference.what), "table": table, "column": "", "values": len(known),
            "same": float(counts.iloc[0] / len(known)) if len(known) else float("nan"),
            "value": _plain(counts.index[0]) if len(known) else "", "forbids": say(difference.forbids),
            "figure": difference.name,
        })
    return pd.DataFrame(rows, columns=_COLUMNS)


def _plain(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _worked_out(data: Dataset, period: Period) -> Iterator[tuple[Difference, str, pd.Series]]:
    lines = _rows(data, "purchase_order_lines", period)
    if lines is not None:
        yield PRICE, "purchase_order_lines", _off_usual(lines)
    if lines is not None and data.has("receipts", "receipt_date"):
        both = data.frame("receipts").merge(lines, on=["po_id", "line_id"])
        yield DELIVERY, "receipts", (both["receipt_date"] - both["promised_date"]).dt.days
        yield LEAD_TIME, "receipts", (both["receipt_date"] - both["order_date"]).dt.days
        whole = both.groupby(["po_id", "line_id"]).agg(got=("received_quantity", "sum"),
                                                      asked=("ordered_quantity", "first"))
        yield SHORT, "receipts", (whole["got"] < whole["asked"]).astype(float).where(whole["asked"] > 0)
    if data.has("inspections", "rejected_quantity"):
        yield REJECTED, "inspections", data.frame("inspections")["rejected_quantity"].gt(0).astype(float)
    if lines is not None and data.has("invoices", "unit_price", "po_id"):
        both = data.frame("invoices").merge(lines, on=["po_id", "line_id"], suffixes=("", "_ordered"))
        yield CHARGED, "invoices", (both["unit_price"] - both["unit_price_ordered"]).round(4)
    for name in ("invoices", "sales_invoices"):
        if data.has(name, "due_date", "paid_date"):
            found = data.frame(name)
            yield PAID, name, (found["paid_date"] - found["due_date"]).dt.days
    sales = _rows(data, "sales_order_lines", period)
    if sales is not None:
        if sales["due_date"].notna().any() and sales["ship_date"].notna().any():
            yield SHIPPED, "sales_order_lines", (sales["ship_date"] - sales["due_date"]).dt.days
        if sales["cost"].notna().any():
            margin = 1 - sales["cost"] / sales["revenue"].where(sales["revenue"] != 0)
            yield MARGIN, "sales_order_lines", margin.round(4)
    for name, by in (("supplier_ratings", "supplier_id"), ("category_ratings", "category"),
                     ("account_ratings", "customer_id")):
        if data.has(name, "rating"):
            groups = data.frame(name).groupby([by, "criterion"])["rating"]
            yield OPINION, name, (groups.max() - groups.min())[groups.size() > 1]


def _rows(data: Dataset, name: str, period: Period) -> pd.DataFrame | None:
    if not data.has(name):
        return None
    table: Any = data[name]
    rows = data.collect(table.filter(period.holds(table.order_date)))
    return rows if len(rows) else None


def _off_usual(lines: pd.DataFrame) -> pd.Series:
    """Price of each line over the most frequent price of its item and supplier, where that was bought before."""
    known = lines.loc[lines["unit_price"] > 0, ["supplier_id", "item_id", "unit_price"]]
    pair = ["supplier_id", "item_id"]
    known = known[known.groupby(pair)["unit_price"].transform("size") > 1]
    counts = known.groupby([*pair, "unit_price"]).size().rename("lines").reset_index()
    usual = counts.sort_values(["lines", "unit_price"], ascending=[False, True]).drop_duplicates(pair)
    both = known.merge(usual.rename(columns={"unit_price": "usual"})[[*pair, "usual"]], on=pair)
    return (both["unit_price"] / both["usual"]).round(6)
