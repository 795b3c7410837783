"""Ranks: 1 is the highest score, equals share the better rank (1, 2, 2, 4)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

TOLERANCE = 1e-9  # points; sums of floats that should be equal may differ in their last digits


def rank(total: pd.Series[Any]) -> pd.Series[Any]:
    """Rank of each score, 1 for the highest; a gap where there is no score.

    >>> rank(pd.Series({"Alba": 70.0, "Dahl": 80.0, "Eck": 70.0, "Fink": None})).tolist()
    [2, 1, 2, <NA>]
    """
    numbers = total.to_numpy(dtype=float, na_value=np.nan)
    unknown = np.isnan(numbers)
    # whatever the order among equals, they share a rank: the quickest sort will do; gaps come last
    order = np.argsort(-numbers)[: len(numbers) - int(unknown.sum())]
    best = numbers[order]
    place = np.arange(1, len(order) + 1)
    place[1:][best[:-1] - best[1:] <= TOLERANCE] = 1
    ranks = np.ones(len(numbers), dtype="int64")
    ranks[order] = np.maximum.accumulate(place)
    return pd.Series(pd.arrays.IntegerArray(ranks, unknown), index=total.index, name="rank")
