"""What cannot be, and what hardly can: days in an impossible order, and figures far from all others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from srmkit.health.counts import medians
from srmkit.language import say
from srmkit.tables import CATALOGUE, Dataset
from srmkit.tables.engine import greatest, literal, row

# earlier day, later day: within one table
ORDERS = (
    ("purchase_order_lines", "order_date", "promised_date"),
    ("invoices", "invoice_date", "due_date"),
    ("invoices", "invoice_date", "paid_date"),
    ("certificates", "valid_from", "valid_until"),
    ("contracts", "start_date", "end_date"),
    ("tickets", "opened_date", "answered_date"),
    ("sales_order_lines", "order_date", "due_date"),
    ("sales_order_lines", "order_date", "ship_date"),
    ("sales_invoices", "invoice_date", "due_date"),
    ("sales_invoices", "invoice_date", "paid_date"),
    ("opportunities", "created_date", "closed_date"),
)
# figures whose size is compared: table, figure, what it is compared within (a price within its item)
FIGURES = (
    ("purchase_order_lines", "unit_price", "item_id"),
    ("purchase_order_lines", "ordered_quantity", "item_id"),
    ("invoices", "unit_price", ""),
    ("sales_order_lines", "revenue", ""),
    ("service_costs", "cost", ""),
    ("opportunities", "amount", ""),
)
LEAST = 8  # figures from which a middle and a spread mean something
MAD = 1.4826  # of a normal distribution: its standard deviation over its median absolute deviation
NARROW = 0.05  # spread of logs that is taken at least: prices that hardly move are no ground for alarm at 6 %
_COLUMNS = ["table", "key", "what", "found", "usual", "how_far"]


def impossible_orders(data: Dataset) -> pd.DataFrame:
    """Rows whose days contradict each other, receipts before their order included.

    Columns: table, key (as its table names it), what (in words), found (the two days), days (how far apart).
    """
    parts = [_within(data, *order) for order in ORDERS if data.has(order[0], order[1], order[2])]
    if data.has("receipts", "receipt_date") and data.has("purchase_order_lines", "order_date"):
        parts.append(_receipts(data))
    parts = [part for part in parts if not part.empty]
    columns = ["table", "key", "what", "found", "days"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _within(data: Dataset, name: str, earlier: str, later: str) -> pd.DataFrame:
    table: Any = data[name]
    wrong = table.filter(table[later] < table[earlier])
    columns = dict.fromkeys([*CATALOGUE[name].key, earlier, later])
    return _told(data.collect(wrong.select(*columns)), name, earlier, later)


def _receipts(data: Dataset) -> pd.DataFrame:
    receipts: Any = data["receipts"]
    lines: Any = data["purchase_order_lines"]
    ordered = lines.select("po_id", "line_id", "order_date")
    both = receipts.join(ordered, ["po_id", "line_id"])
    wrong = both.filter(both.receipt_date < both.order_date).select("receipt_id", "order_date", "receipt_date")
    return _told(data.collect(wrong), "receipts", "order_date", "receipt_date")


def _told(rows: pd.DataFrame, name: str, earlier: str, later: str) -> pd.DataFrame:
    keys = _keys(rows, name)
    days = (rows[earlier] - rows[later]).dt.days
    found = rows[later].dt.strftime("%Y-%m-%d") + " < " + rows[earlier].dt.strftime("%Y-%m-%d")
    what = say("{later} before {earlier}", later=later.replace("_", " "), earlier=earlier.replace("_", " "))
    table = pd.DataFrame({"table": name, "key": keys, "what": what, "found": found, "days": days})
    return table.sort_values("key", ignore_index=True)


def _keys(rows: pd.DataFrame, name: str) -> pd.Series:
    key = rows[CATALOGUE[name].key[0]].astype(str)
    for part in CATALOGUE[name].key[1:]:
        key = key + " / " + rows[part].astype(str)
    return key


def outliers(data: Dataset, bar: float) -> pd.DataFrame:
    """Figures more than `bar` spreads from the middle of their kind, on a logarithmic scale, the farthest first.

    The middle is the median and the spread 1.4826 times the median absolute deviation (Iglewicz and Hoaglin, 1993), at
    least 0.05; fewer than 8 figures tell nothing. Columns: table, key, what, found, usual, how_far (in spreads).
    """
    parts = [_far(data, name, figure, within, bar) for name, figure, within in FIGURES if data.has(name, figure)]
    parts = [part for part in parts if not part.empty]
    if not parts:
        return pd.DataFrame(columns=_COLUMNS)
    found = pd.concat(parts, ignore_index=True)
    return found.sort_values("how_far", key=lambda far: -far.abs(), kind="stable", ignore_index=True)


def _far(data: Dataset, name: str, figure: str, within: str, bar: float) -> pd.DataFrame:
    rows = data[name].filter(row[figure] > 0).mutate(kind=row[within] if within else literal(""))
    counted = rows.group_by("kind", figure).agg(rows=row.count())
    middles = medians(counted, "kind", figure).mutate(middle=(row.low.ln() + row.high.ln()) / 2)
    off = counted.join(middles.select("kind", "middle"), "kind").mutate(off=row[figure].ln() - row.middle)
    apart = off.group_by("kind", distance=row.off.abs()).agg(rows=row.rows.sum())
    spreads = medians(apart, "kind", "distance").filter(row.rows >= LEAST)
    spread = greatest(MAD * (row.low + row.high) / 2, NARROW)
    far = off.join(spreads.select("kind", spread=spread), "kind").mutate(far=row.off / row.spread)
    odd = far.filter(row.far.abs() > bar).select("kind", figure, "middle", "far")
    key = CATALOGUE[name].key
    found = data.collect(rows.select(*dict.fromkeys([*key, figure, "kind"])).join(odd, ["kind", figure]))
    table = pd.DataFrame({
        "table": name, "key": _keys(found, name), "what": figure.replace("_", " "), "found": found[figure],
        "usual": np.exp(found["middle"].astype(float)), "how_far": found["far"],
    })
    return table.sort_values("key", ignore_index=True)
