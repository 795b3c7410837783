"""Units inspected and refused, by the line they were delivered for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srmkit.metrics.order_lines import LINE, Key, with_key
from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, least, row

if TYPE_CHECKING:
    from srmkit.tables import Dataset


def inspected_receipts(data: Dataset, period: Period) -> Table:
    """Inspected receipts of the period: units looked at (received units where that is 0), units refused.

    More units refused than looked at count as all refused, so that no rate exceeds 1.
    """
    receipts = data["receipts"].filter(period.holds(row.receipt_date))
    parties = data["purchase_order_lines"].select(*LINE, "supplier_id", "item_id")
    found = receipts.join(data["inspections"], "receipt_id").join(parties, LINE)
    units = (row.inspected_quantity > 0).ifelse(row.inspected_quantity, row.received_quantity)
    counted = found.mutate(units=units).mutate(rejected=least(row.rejected_quantity, row.units))
    return counted.select("receipt_id", "supplier_id", "item_id", "units", "rejected")


def rejects_by(data: Dataset, period: Period, key: Key) -> Table:
    """Units looked at and refused, for each candidate."""
    return with_key(data, inspected_receipts(data, period), key).group_by(key).agg(
        units=row.units.sum(), rejected=row.rejected.sum()
    )


def rejects_in_total(data: Dataset, period: Period) -> Table:
    """Units looked at and refused, in one row."""
    return inspected_receipts(data, period).agg(units=row.units.sum(), rejected=row.rejected.sum())
