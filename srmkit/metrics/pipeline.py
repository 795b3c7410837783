"""Sales opportunities: won, lost, open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, literal_day, row

if TYPE_CHECKING:
    from srmkit.tables import Dataset


def closed_by_customer(data: Dataset, period: Period) -> Table:
    """Opportunities won or lost in the period, and the won ones; open ones are not in it."""
    closed = data["opportunities"].filter(period.holds(row.closed_date) & row.status.isin(["won", "lost"]))
    won = (row.status == "won").ifelse(1, 0).cast("float64")
    return closed.group_by("customer_id").agg(closed=row.count(), won=won.sum())


def open_by_customer(data: Dataset, period: Period) -> Table:
    """Amount of the opportunities open on the last day of the period."""
    day = literal_day(period.end)
    later = (row.closed_date > day) | ((row.status == "open") & row.closed_date.isnull())
    still_open = data["opportunities"].filter((row.created_date <= day) & later)
    return still_open.group_by("customer_id").agg(opportunities=row.count(), amount=row.amount.sum())
