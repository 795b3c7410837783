"""Units and currencies that do not agree, and prices that look like those of another unit."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

import numpy as np
import pandas as pd

from srmkit.health.counts import medians
from srmkit.language import say
from srmkit.tables import Dataset
from srmkit.tables.engine import row

# how much dearer a line is when it counts by the ten, dozen, hundred or thousand
FACTORS = (10.0, 12.0, 100.0, 144.0, 1000.0)
NEAR = 0.08  # of a factor
LEAST, MOSTLY = 6, 0.8  # lines of an item that agree, and their share of all
_COLUMNS = ["table", "key", "what", "found", "usual"]


def unit_conflicts(data: Dataset) -> pd.DataFrame:
    """Order lines in another unit than their item, and lines whose price is that of ten, a dozen, a hundred, ...

    Columns: table, key, what (in words), found, usual. A price counts where all others of the item lie within a third
    of their median, and this one within 8 % of a factor.
    """
    parts = [_named(data), _by_price(data)]
    parts = [part for part in parts if not part.empty]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_COLUMNS)


def _named(data: Dataset) -> pd.DataFrame:
    if not (data.has("items", "unit") and data.has("purchase_order_lines", "unit")):
        return pd.DataFrame(columns=_COLUMNS)
    lines: Any = data["purchase_order_lines"]
    items: Any = data["items"]
    named = items.select("item_id", usual=items.unit)
    both = lines.select("po_id", "line_id", "item_id", "unit").join(named, "item_id")
    wrong = data.collect(both.filter((both.unit != both.usual) & (both.unit.lower() != both.usual.lower())))
    wrong = wrong[wrong["unit"].str.casefold().ne(wrong["usual"].str.casefold())]
    return _told(wrong, say("unit differs from that of the item"), wrong["unit"], wrong["usual"])


def _by_price(data: Dataset) -> pd.DataFrame:
    if not data.has("purchase_order_lines", "unit_price", "item_id"):
        return pd.DataFrame(columns=_COLUMNS)
    lines = data["purchase_order_lines"].filter(row.unit_price > 0)
    counted = lines.group_by("item_id", "unit_price").agg(rows=row.count())
    middles = medians(counted, "item_id", "unit_price").select("item_id", middle=(row.low + row.high) / 2)
    compared = counted.join(middles, "item_id").mutate(ratio=row.unit_price / row.middle)
    is_calm = row.ratio.between(2 / 3, 3 / 2)
    judged = compared.group_by("item_id").agg(calm=is_calm.ifelse(row.rows, 0).sum(), all=row.rows.sum())
    steady = judged.filter((row.calm >= LEAST) & (row.calm >= MOSTLY * row["all"])).select("item_id")
    times = (row.ratio >= 1).ifelse(row.ratio, 1 / row.ratio)
    near = reduce(or_, (times.between(factor * (1 - NEAR), factor * (1 + NEAR)) for factor in FACTORS))
    prices = compared.semi_join(steady, "item_id").filter(near).select("item_id", "unit_price", "middle")
    odd = data.collect(
        lines.select("po_id", "line_id", "item_id", "unit_price").join(prices, ["item_id", "unit_price"])
    )
    ratio = odd["unit_price"].astype(float) / odd["middle"].astype(float)
    nearest = _nearest(ratio.where(ratio >= 1, 1 / ratio).to_numpy())
    said = [say("price is {times:g} times that of the item's other lines", times=factor) if up else
            say("price is {times:g} times less than that of the item's other lines", times=factor)
            for factor, up in zip(nearest, ratio > 1, strict=True)]
    return _told(odd, said, odd["unit_price"].map("{:,.2f}".format), odd["middle"].map("{:,.2f}".format))


def _nearest(times: np.ndarray) -> np.ndarray:
    factors = np.array(FACTORS)
    return np.asarray(factors[np.abs(np.log(times[:, None] / factors)).argmin(axis=1)]) if len(times) else times


def _told(rows: pd.DataFrame, what: object, found: object, usual: object) -> pd.DataFrame:
    key = rows["po_id"].astype(str) + " / " + rows["line_id"].astype(str)
    table = pd.DataFrame({"table": "purchase_order_lines", "key": key, "what": what, "found": found, "usual": usual})
    return table.sort_values("key", ignore_index=True)


def currencies(data: Dataset) -> pd.DataFrame:
    """Money by table, column and currency, as read: amount used, rows without an amount.

    More than one currency without a table of rates is refused when the data are read; what was converted stands in
    the notes of the reading.
    """
    money = data.health.money
    used = money["used"].map(float)
    found = money.assign(used=used)[["table", "column", "currency", "used", "rows_without_amount"]]
    return found.sort_values(["table", "column", "currency"], kind="stable", ignore_index=True)


def currency_conflicts(data: Dataset) -> pd.DataFrame:
    """Money that is in several currencies within one column, and suppliers paid in more than one.

    Columns as in `unit_conflicts`.
    """
    found = []
    money = data.health.money
    for (table, column), group in money.groupby(["table", "column"], sort=False):
        codes = sorted({str(code) for code in group["currency"] if str(code)})
        if len(codes) > 1:
            found.append({"table": table, "key": column, "what": say("amounts in several currencies, converted"),
                          "found": ", ".join(codes), "usual": data.currency})
    if data.has("purchase_order_lines", "currency"):
        lines: Any = data["purchase_order_lines"]
        pairs = data.collect(lines.group_by("supplier_id", "currency").agg(rows=lines.count()))
        pairs = pairs.dropna(subset=["currency"])
        for supplier, group in pairs.groupby("supplier_id", sort=True):
            if len(group) > 1:
                codes = sorted(group["currency"])
                usual = group.sort_values(["rows", "currency"])["currency"].iloc[-1]
                found.append({"table": "purchase_order_lines", "key": str(supplier),
                              "what": say("one supplier, several currencies"), "found": ", ".join(codes),
                              "usual": usual})
    return pd.DataFrame(found, columns=_COLUMNS)
