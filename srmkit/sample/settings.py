"""What the sample company is made from: a seed, its size and its last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd


@dataclass(frozen=True)
class SampleSettings:
    """Seed and size of the sample company; the defaults are the company in `data/sample`.

    `last_day` ends its books, which hold `years` years of orders. `currency` is an ISO 4217 code.
    """

    seed: int = 1983
    suppliers: int = 120
    items: int = 400
    customers: int = 500
    years: int = 3
    last_day: date = date(2026, 6, 30)
    currency: str = "EUR"

    @property
    def first_day(self) -> date:
        """First day of the books.

        >>> SampleSettings().first_day
        datetime.date(2023, 7, 1)
        """
        return (pd.Timestamp(self.last_day) + pd.Timedelta(days=1) - pd.DateOffset(years=self.years)).date()
