"""The days a figure is about."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from srmkit.errors import Problem, SrmkitError
from srmkit.tables.engine import literal_day

if TYPE_CHECKING:
    from srmkit.tables import Dataset

DAY = dt.timedelta(days=1)
DAYS_A_YEAR = 365.25
FIRST_MONTH = dt.timedelta(days=31)  # a first order within the month is an ordinary start of the books

# days on which something happened; days that were only promised or agreed do not make a period longer
_EVENTS = (
    ("purchase_order_lines", "order_date"),
    ("receipts", "receipt_date"),
    ("invoices", "invoice_date"),
    ("tickets", "opened_date"),
    ("sales_order_lines", "order_date"),
    ("sales_order_lines", "ship_date"),
    ("sales_invoices", "invoice_date"),
    ("service_costs", "service_date"),
    ("opportunities", "created_date"),
)


@dataclass(frozen=True)
class Period:
    """First and last day looked at, both included; what came later is not known yet.

    >>> year = Period.ending(dt.date(2026, 6, 30), 12)
    >>> year
    Period(start=datetime.date(2025, 7, 1), end=datetime.date(2026, 6, 30))
    >>> year.before().start, year.years
    (datetime.date(2024, 7, 1), 1.0)
    """

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        if self.end < self.start:
            found = f"{self.start} to {self.end}"
            problem = Problem("its end", "lies before its start", found, "Swap the two days.")
            raise SrmkitError("period", [problem])

    @classmethod
    def ending(cls, as_of: dt.date, months: int) -> Period:
        """The whole months up to and including a day; SrmkitError where `months` is less than 1."""
        if months < 1:
            problem = Problem("'months'", "must be 1 or more", str(months), "Period.all takes all the data.")
            raise SrmkitError("period", [problem])
        return cls(_months_back(as_of + DAY, months), as_of)

    @classmethod
    def all(cls, data: Dataset) -> Period:
        """From the first to the last day on which something happened in the data."""
        parts = [(name, column) for name, column in _EVENTS if data.has(name, column)]
        if not parts:
            wanted = ", ".join(sorted({name for name, _ in _EVENTS}))
            problem = Problem("no day", "is in the data", "", f"Add one of the tables {wanted}.")
            raise SrmkitError(f"period of {data.name}", [problem])
        ends = [_first_and_last(data, name, column) for name, column in parts]
        return cls(min(first for first, _ in ends), max(last for _, last in ends))

    @classmethod
    def of(cls, data: Dataset, as_of: dt.date | None, months: int) -> Period:
        """So many months up to a day, or up to the last order of the data; all of the data for 0 months."""
        if not months:
            return cls.all(data)
        return cls.ending(as_of or data.measured(type(data).last_date), months)

    @property
    def days(self) -> int:
        """Number of days, both ends included."""
        return (self.end - self.start).days + 1

    @property
    def years(self) -> float:
        """Length in years: exact for whole months, else days over 365.25."""
        return self._months / 12 if self._months else self.days / DAYS_A_YEAR

    def before(self) -> Period:
        """The period of the same length that ends the day before this one starts."""
        if self._months:
            return Period.ending(self.start - DAY, self._months)
        return Period(self.start - dt.timedelta(days=self.days), self.start - DAY)

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"

    def holds(self, day: Any) -> Any:
        """Whether a day of an expression lies in the period."""
        return day.between(literal_day(self.start), literal_day(self.end))

    @property
    def _months(self) -> int:
        """Whole months it lasts; 0 where it does not."""
        after = self.end + DAY
        months = (after.year - self.start.year) * 12 + after.month - self.start.month
        return months if months and _months_back(after, months) == self.start else 0


def _months_back(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _first_and_last(data: Dataset, name: str, column: str) -> tuple[dt.date, dt.date]:
    day = data[name][column]
    found = data.collect(data[name].agg(first=day.min(), last=day.max())).iloc[0]
    return pd.Timestamp(found["first"]).date(), pd.Timestamp(found["last"]).date()
