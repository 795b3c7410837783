"""Contracts and certificates of suppliers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srmkit.metrics.order_lines import ordered_lines
from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, coalesce, literal_day, row

if TYPE_CHECKING:
    from srmkit.tables import Dataset


def covered_spend_by_supplier(data: Dataset, period: Period) -> Table:
    """Value of the period's order lines placed on a day within a contract of their supplier."""
    days = ordered_lines(data, period).group_by("supplier_id", "order_date").agg(value=row.value.sum())
    terms = data["contracts"].select("supplier_id", "start_date", "end_date")
    within = days.join(terms, "supplier_id").filter(row.order_date.between(row.start_date, row.end_date))
    # a day may lie in two contracts: it counts once
    once = within.group_by("supplier_id", "order_date").agg(value=row.value.max())
    return once.group_by("supplier_id").agg(value=row.value.sum())


def valid_certificates_by_supplier(data: Dataset, period: Period) -> Table:
    """Certificates valid on the last day of the period; one without a first day has always been."""
    day = literal_day(period.end)
    valid = data["certificates"].filter((row.valid_until >= day) & (coalesce(row.valid_from, day) <= day))
    return valid.group_by("supplier_id").agg(certificates=row.count())
