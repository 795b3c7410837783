"""Dates that follow from other dates by one rule: they look like observations and are none."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from srmkit.language import percent, say_many

SHARE = 0.98
LINES = 30  # fewer lines may well share one delay by chance


@dataclass(frozen=True)
class FixedOffset:
    """The one difference in days, and the share of lines that have it (0 to 1)."""

    days: int
    share: float

    def __str__(self) -> str:
        count = abs(self.days)
        if self.days < 0:
            return say_many("{count} day before", "{count} days before", count)
        return say_many("{count} day after", "{count} days after", count)

    @property
    def percent(self) -> str:
        """The share in words, such as "99.8 %"."""
        return percent(self.share, 1)


def fixed_offset(counted: pd.DataFrame) -> FixedOffset | None:
    """The rule behind the dates, or None where they vary as observed dates do.

    `counted` has the columns days (after the promised day; negative before) and lines. One single difference
    other than 0 on at least 98 % of at least 30 lines is a rule; 0 is not, since lines may well all be on
    time.

    >>> str(fixed_offset(pd.DataFrame({"days": [-5, 2], "lines": [99, 1]})))
    '5 days before'
    """
    lines = counted["lines"]
    if lines.sum() < LINES:
        return None
    commonest = counted.nlargest(1, "lines").iloc[0]
    found = FixedOffset(int(commonest["days"]), float(commonest["lines"] / lines.sum()))
    return found if found.days != 0 and found.share >= SHARE else None
