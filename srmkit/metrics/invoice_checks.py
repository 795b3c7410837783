"""Three-way match: invoice against order and receipt, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srmkit.metrics.deliveries import ENOUGH, flag, known_receipts
from srmkit.metrics.match_rule import MatchRule
from srmkit.metrics.order_lines import LINE
from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, coalesce, literal_day, row, so_far

if TYPE_CHECKING:
    from srmkit.tables import Dataset


def checked_invoices(data: Dataset, period: Period, rule: MatchRule) -> Table:
    """Invoice lines of the period, each right (1) or not (0), with their value.

    Right: it names an order line of this supplier, charges at most the ordered price and the tolerance, and
    charges, together with the earlier invoices of that line, no more units than arrived by the period's end;
    a second invoice for the same goods is wrong. Credit notes (0 units or fewer) are not in it.
    """
    known = data["invoices"].filter((row.quantity > 0) & (row.invoice_date <= literal_day(period.end)))
    charged = known.mutate(so_far=so_far(row.quantity, by=LINE, along=("invoice_date", "invoice_id")))
    recent = charged.filter(period.holds(row.invoice_date)).select(
        *LINE, "supplier_id", "so_far", price="unit_price", value=row.quantity * row.unit_price
    )
    ordered = data["purchase_order_lines"].select(
        *LINE, ordered_from="supplier_id", ordered_price="unit_price", ordered="ordered_quantity"
    )
    came = known_receipts(data, period).group_by(*LINE).agg(arrived=row.received_quantity.sum())
    found = recent.left_join(ordered, LINE, rname="{name}_ordered").left_join(came, LINE, rname="{name}_arrived")
    price = row.price * ENOUGH <= row.ordered_price * (1 + rule.price)
    quantity = row.so_far * ENOUGH <= coalesce(row.arrived, 0.0) * (1 + rule.quantity)
    right = (row.ordered_from == row.supplier_id) & price & quantity
    if rule.over_order is not None:
        right &= row.so_far * ENOUGH <= row.ordered * (1 + rule.over_order)
    return found.mutate(right=flag(right)).select("supplier_id", "right", "value")


def accuracy_by_supplier(data: Dataset, period: Period, rule: MatchRule) -> Table:
    """Invoice lines and the right ones among them, counted and in money, for each supplier."""
    checked = checked_invoices(data, period, rule)
    return checked.group_by("supplier_id").agg(
        invoices=row.count(),
        right=row.right.sum(),
        value=row.value.sum(),
        right_value=(row.right * row.value).sum(),
        value_squares=(row.value * row.value).sum(),
    )
