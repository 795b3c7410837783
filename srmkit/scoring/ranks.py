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
    # whatever the order among equals, they share a rank: the quickest sort will do
    order = np.argsort(-numbers)[: int((~np.isnan(numbers)).sum())]
    falls = np.diff(numbers[order], prepend=np.inf) < -TOLERANCE
    first = np.maximum.accumulate(np.where(falls, np.arange(len(order)), 0))
    ranks = np.zeros(len(numbers), dtype="int64")
    ranks[order] = first + 1
    return pd.Series(pd.array(ranks, dtype="Int64"), index=total.index, name="rank").mask(np.isnan(numbers))
