"""What each supplier sold of each item: sums over order lines from which everything bought is added up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from srmkit.metrics.order_lines import ordered_lines, placed_lines
from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, coalesce, row

if TYPE_CHECKING:
    from srmkit.tables import Dataset


def sold_pairs(data: Dataset, period: Period) -> Table:
    """Sums over the lines of the period for each supplier and item.

    `compared` lines have a standard price (agreed with the supplier, else that of the item): `paid` is their value,
    `standard` their value at it. Squares and products are those of the lines' values apart from it, not of the
    values themselves: differences of large squares would leave nothing but rounding.
    """
    lines = ordered_lines(data, period)
    sums: dict[str, Any] = {
        "value": row.value.sum(),
        "lines": row.count(),
        "unpromised": row.promised_date.isnull().ifelse(1, 0).sum(),
    }
    if has_standard_prices(data):
        lines = _with_standard(data, lines)
        sums |= {
            "compared": row.standard.count(),
            "paid": row.standard.notnull().ifelse(row.value, 0.0).sum(),
            "standard": row.standard.sum(),
            "apart_squares": (row.apart * row.apart).sum(),
            "apart_products": (row.apart * row.standard).sum(),
            "standard_squares": (row.standard * row.standard).sum(),
        }
    return lines.group_by("supplier_id", "item_id").agg(**sums)


def has_standard_prices(data: Dataset) -> bool:
    """Whether any item has an agreed price."""
    return data.has("items", "standard_price") or data.has("item_sources", "standard_price")


def matched_pairs(data: Dataset, period: Period) -> Table:
    """Value and units of each supplier and item in the period and in the one before, of those bought in both."""
    before = period.before()
    lines = placed_lines(data).filter(Period(before.start, period.end).holds(row.order_date))
    now = period.holds(row.order_date)
    pairs = lines.group_by("supplier_id", "item_id").agg(
        value=now.ifelse(row.value, 0.0).sum(),
        units=now.ifelse(row.ordered_quantity, 0.0).sum(),
        value_before=now.ifelse(0.0, row.value).sum(),
        units_before=now.ifelse(0.0, row.ordered_quantity).sum(),
    )
    return pairs.filter((row.value > 0) & (row.value_before > 0))


def first_order(data: Dataset) -> Table:
    """Day of the first purchase order, in one row."""
    return data["purchase_order_lines"].agg(day=row.order_date.min())


def _with_standard(data: Dataset, lines: Table) -> Table:
    prices = []
    if data.has("item_sources", "standard_price"):
        agreed = data["item_sources"].select("item_id", "supplier_id", agreed="standard_price")
        keys = ["item_id", "supplier_id"]
        lines = lines.left_join(agreed.filter(row.agreed > 0), keys, rname="{name}_agreed")
        prices.append(row.agreed)
    if data.has("items", "standard_price"):
        general = data["items"].select("item_id", general="standard_price")
        lines = lines.left_join(general.filter(row.general > 0), "item_id", rname="{name}_general")
        prices.append(row.general)
    priced = lines.mutate(standard=coalesce(*prices) * row.ordered_quantity)
    return priced.mutate(apart=row.value - row.standard)
