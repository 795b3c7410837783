"""Three-way match: invoice against order and receipt, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srmkit.metrics.deliveries import ENOUGH, arrivals
from srmkit.metrics.order_lines import LINE
from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, coalesce, row

if TYPE_CHECKING:
    from srmkit.tables import Dataset

PRICE_TOLERANCE = 0.02


def checked_invoices(data: Dataset, period: Period, tolerance: float) -> Table:
    """Invoice lines of the period, each right (1) or not (0).

    Right: it names an order line of this supplier, charges at most the ordered price and the tolerance, and
    charges, together with the earlier invoices of that line, no more units than arrived by the period's end;
    a second invoice for the same goods is wrong. Credit notes (0 units or fewer) are not in it.
    """
    charged = data["invoices"].filter(row.quantity > 0)
    lines = data["purchase_order_lines"]
    ordered = lines.select(*LINE, ordered_from="supplier_id", ordered_price="unit_price")
    arrived = arrivals(data, period).group_by(*LINE).agg(arrived=row.quantity.sum())
    found = (
        charged.filter(period.holds(row.invoice_date))
        .left_join(ordered, LINE, rname="{name}_ordered")
        .left_join(arrived, LINE, rname="{name}_arrived")
        .left_join(_charged_so_far(charged), "invoice_id", rname="{name}_so_far")
    )
    price = row.unit_price * ENOUGH <= row.ordered_price * (1 + tolerance)
    quantity = row.so_far * ENOUGH <= coalesce(row.arrived, 0.0)
    right = (row.ordered_from == row.supplier_id) & price & quantity
    return found.mutate(right=right.ifelse(1, 0).cast("float64")).select("invoice_id", "supplier_id", "right")


def accuracy_by_supplier(data: Dataset, period: Period, tolerance: float) -> Table:
    """Invoice lines and the right ones among them, for each supplier."""
    checked = checked_invoices(data, period, tolerance)
    return checked.group_by("supplier_id").agg(invoices=row.count(), right=row.right.sum())


def _charged_so_far(charged: Table) -> Table:
    later = charged.select("invoice_id", *LINE, "invoice_date")
    earlier = charged.select(*LINE, "quantity", earlier_id="invoice_id", earlier_date="invoice_date")
    before = (row.earlier_date < row.invoice_date) | (
        (row.earlier_date == row.invoice_date) & (row.earlier_id <= row.invoice_id)
    )
    return later.join(earlier, LINE).filter(before).group_by("invoice_id").agg(so_far=row.quantity.sum())
