"""Lines of purchase orders: which ones count, and by whom or what they are added up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, coalesce, row

if TYPE_CHECKING:
    from srmkit.tables import Dataset

Key = Literal["supplier_id", "item_id", "category"]
LINE = ("po_id", "line_id")
_USED = (*LINE, "supplier_id", "item_id", "order_date", "promised_date", "ordered_quantity")


def placed_lines(data: Dataset) -> Table:
    """Every order line that was not cancelled, with its value; a line of 0 units counts as cancelled."""
    lines = data["purchase_order_lines"]
    stands = (row.ordered_quantity > 0) & (coalesce(row.status, "open") != "cancelled")
    return lines.filter(stands).select(*_USED, value=row.ordered_quantity * row.unit_price)


def ordered_lines(data: Dataset, period: Period) -> Table:
    """Order lines placed in the period."""
    return placed_lines(data).filter(period.holds(row.order_date))


def with_key(data: Dataset, rows: Table, key: Key, *, unknown: bool = False) -> Table:
    """Rows with their supplier, item or category; rows without one only where `unknown` ones are asked for."""
    if key == "category":
        rows = rows.join(data["items"].select("item_id", "category"), "item_id", how="left")
    return rows if unknown else rows.filter(row[key].notnull())


def order_totals(data: Dataset, period: Period) -> Table:
    """Number of orders placed in the period, and the sum of their totals with tax and freight, in one row.

    The total stands on each line of an order and is counted once, also where all its lines were cancelled.
    """
    lines = data["purchase_order_lines"].filter(period.holds(row.order_date))
    stands = (row.ordered_quantity > 0) & (coalesce(row.status, "open") != "cancelled")
    orders = lines.group_by("po_id").agg(total=row.order_total.max(), placed=stands.ifelse(1, 0).max())
    return orders.agg(orders=row.placed.sum(), total=row.total.sum())
