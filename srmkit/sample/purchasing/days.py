"""Days as numbers for drawing, and back onto working days."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def to_number(days: Any) -> Any:
    """Days since 1970 of a day or of a column of days."""
    if isinstance(days, date):
        return int(np.datetime64(days, "D").astype(np.int64))
    return np.asarray(days, dtype="datetime64[D]").astype(np.int64)


def from_number(days: Any) -> Any:
    """The day, or column of days, that many days after 1970."""
    return np.asarray(days, dtype=np.int64).astype("datetime64[D]").astype("datetime64[ns]")


def working_days(days: Any, *, roll: str = "forward") -> NDArray[np.datetime64]:
    """Days since 1970 as dates, moved off week-ends: `roll` says which way.

    >>> str(working_days([2])[0])[:10]  # 3 January 1970, a Saturday
    '1970-01-05'
    """
    whole = np.asarray(np.floor(days), dtype=np.int64).astype("datetime64[D]")
    moved = np.busday_offset(whole, 0, roll=roll)  # type: ignore[call-overload]
    return np.asarray(moved, dtype="datetime64[ns]")


def months_before(day: date, months: int) -> pd.Timestamp:
    """First day of the whole months that end on a day.

    >>> str(months_before(date(2026, 6, 30), 3).date())
    '2026-04-01'
    """
    return pd.Timestamp(day) + pd.Timedelta(days=1) - pd.DateOffset(months=months)
