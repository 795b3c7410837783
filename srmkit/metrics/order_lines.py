"""Lines of purchase orders: which ones count, and by whom or what they are added up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, coalesce, row

if TYPE_CHECKING:
    from srmkit.tables import Dataset

Key = Literal["supplier_id", "item_id", "category"]
LINE = ("po_id", "line_id")


def placed_lines(data: Dataset) -> Table:
    """Every order line that was not cancelled, with its value; a line of 0 units counts as cancelled."""
    lines = data["purchase_order_lines"]
    stands = (row.ordered_quantity > 0) & (coalesce(row.status, "open") != "cancelled")
    return lines.filter(stands).mutate(value=row.ordered_quantity * row.unit_price)


def ordered_lines(data: Dataset, period: Period) -> Table:
    """Order lines placed in the period."""
    return placed_lines(data).filter(period.holds(row.order_date))


def with_key(data: Dataset, rows: Table, key: Key) -> Table:
    """Rows that have a supplier, item or category; rows without one are left out."""
    if key == "category":
        rows = rows.join(data["items"].select("item_id", "category"), "item_id", how="left")
    return rows.filter(row[key].notnull())


def spend_by(data: Dataset, period: Period, key: Key) -> Table:
    """Value and number of order lines, and number of different items, for each candidate."""
    lines = with_key(data, ordered_lines(data, period), key)
    return lines.group_by(key).agg(value=row.value.sum(), lines=row.count(), items=row.item_id.nunique())


def spend_pairs(data: Dataset, period: Period, key: Key) -> Table:
    """Value of the lines of each supplier in each item or category; pairs without value are left out."""
    lines = with_key(data, ordered_lines(data, period), key)
    return lines.group_by("supplier_id", key).agg(value=row.value.sum()).filter(row.value > 0)


def spend_without_category(data: Dataset, period: Period) -> Table:
    """Spend, and the part of it on items without a category, in one row."""
    items = data["items"].select("item_id", "category")
    lines = ordered_lines(data, period).join(items, "item_id", how="left")
    without = row.category.isnull().ifelse(row.value, 0.0).sum()
    return lines.agg(value=row.value.sum(), without=without)


def order_totals(data: Dataset, period: Period) -> Table:
    """Total of each order with tax and freight, once an order."""
    lines = data["purchase_order_lines"].filter(period.holds(row.order_date))
    return lines.group_by("po_id").agg(total=row.order_total.max())


def orders_in_total(data: Dataset, period: Period) -> Table:
    """Number of different orders placed in the period, in one row."""
    return ordered_lines(data, period).agg(orders=row.po_id.nunique())
