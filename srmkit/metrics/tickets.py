"""Requests, complaints and questions, and how long an answer takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, literal_day, row

if TYPE_CHECKING:
    from srmkit.tables import Dataset

Role = Literal["supplier", "customer"]


def waits_by_party(data: Dataset, period: Period, role: Role) -> Table:
    """How many tickets opened in the period waited how many days, answered or still open on its last day."""
    day = literal_day(period.end)
    opened = data["tickets"].filter((row.role == role) & period.holds(row.opened_date))
    open_still = row.answered_date.isnull() | (row.answered_date > day)
    waited = opened.mutate(
        waiting=open_still.ifelse(1, 0),
        days=open_still.ifelse(day, row.answered_date).delta(row.opened_date, unit="day"),
    )
    return waited.group_by("party_id", "days", "waiting").agg(tickets=row.count())


def hours_by_customer(data: Dataset, period: Period) -> Table:
    """Hours of our people on tickets that customers opened in the period."""
    opened = data["tickets"].filter((row.role == "customer") & period.holds(row.opened_date))
    return opened.group_by("party_id").agg(hours=row.hours.sum())
