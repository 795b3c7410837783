"""Sales opportunities: won, lost, open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, literal_day, row

if TYPE_CHECKING:
    from srmkit.tables import Dataset


def closed_by_customer(data: Dataset, period: Period) -> Table:
    """Opportunities closed in the period; of the won ones number, amount, and days from opening to winning."""
    closed = data["opportunities"].filter(period.holds(row.closed_date) & row.status.isin(["won", "lost"]))
    won = row.status == "won"
    days = won.ifelse(row.closed_date.delta(row.created_date, unit="day"), None).cast("float64")
    return closed.mutate(days=days).group_by("customer_id").agg(
        closed=row.count(),
        won=won.ifelse(1, 0).cast("float64").sum(),
        won_amount=won.ifelse(row.amount, 0.0).sum(),
        days=row.days.mean(),
        days_sd=row.days.std(how="sample"),
    )


def open_by_customer(data: Dataset, period: Period) -> Table:
    """Amount of the opportunities open on the last day of the period."""
    day = literal_day(period.end)
    later = (row.closed_date > day) | ((row.status == "open") & row.closed_date.isnull())
    still_open = data["opportunities"].filter((row.created_date <= day) & later)
    return still_open.group_by("customer_id").agg(opportunities=row.count(), amount=row.amount.sum())
