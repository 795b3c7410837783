"""How raters turn what is true into points: with a leaning of their own, and not always of one mind."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.sample.settings import SampleSettings

QUARTERS = 4


def rounded(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """On the scale of 1 to 5, to a quarter of a point."""
    return np.clip(np.round(points * QUARTERS) / QUARTERS, 1.0, 5.0)


def points(level: NDArray[np.float64]) -> NDArray[np.float64]:
    """A level of 0 to 1 on the scale of 1 to 5."""
    return 1.0 + 4.0 * level


def days_of_rating(rng: np.random.Generator, settings: SampleSettings, raters: int) -> pd.DatetimeIndex:
    """One day a rater, within the last year."""
    back = rng.integers(5, 360, raters)
    return pd.DatetimeIndex(pd.Timestamp(settings.last_day) - pd.to_timedelta(back, unit="D")).as_unit("ns")
