"""How late customers pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, literal_day, row

if TYPE_CHECKING:
    from srmkit.tables import Dataset


def overdue_invoices(data: Dataset, period: Period) -> Table:
    """Invoices due in the period with the days they were paid late; open ones count to the period's end.

    Paid early is 0 days late: one early payment must not hide a late one. Credit notes are not in it.
    """
    day = literal_day(period.end)
    due = data["sales_invoices"].filter((row.amount > 0) & period.holds(row.due_date))
    still_open = row.paid_date.isnull() | (row.paid_date > day)
    days = still_open.ifelse(day, row.paid_date).delta(row.due_date, unit="day")
    return due.mutate(open=still_open.ifelse(1, 0), days=days).mutate(
        late=(row.days > 0).ifelse(row.days, 0).cast("float64")
    )


def payment_delays_by_customer(data: Dataset, period: Period) -> Table:
    """Sums for the mean days late of each customer, weighted with the amounts, and its error."""
    squared = row.amount * row.amount
    return overdue_invoices(data, period).group_by("customer_id").agg(
        invoices=row.count(),
        open=row.open.sum(),
        amount=row.amount.sum(),
        late=(row.amount * row.late).sum(),
        squares=squared.sum(),
        late_squares=(squared * row.late).sum(),
        late_late_squares=(squared * row.late * row.late).sum(),
    )


def receivables_by_customer(data: Dataset, period: Period) -> Table:
    """What each customer was charged in the period, and what it owed on its last day."""
    day = literal_day(period.end)
    known = data["sales_invoices"].filter(row.invoice_date <= day)
    charged, still_open = period.holds(row.invoice_date), row.paid_date.isnull() | (row.paid_date > day)
    return known.group_by("customer_id").agg(
        invoices=charged.ifelse(1, 0).sum(),
        charged=charged.ifelse(row.amount, 0.0).sum(),
        open=still_open.ifelse(row.amount, 0.0).sum(),
    )
