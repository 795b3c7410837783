"""What it costs to serve a customer beside the goods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, row

if TYPE_CHECKING:
    from srmkit.tables import Dataset


def service_by_customer(data: Dataset, period: Period) -> Table:
    """Cost of serving each customer in the period."""
    served = data["service_costs"].filter(period.holds(row.service_date))
    return served.group_by("customer_id").agg(cost=row.cost.sum(), entries=row.count())
