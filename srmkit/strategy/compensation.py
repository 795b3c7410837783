"""Compensation: who is selected although a criterion is poor, and what pays for it."""

from __future__ import annotations

import pandas as pd

from srmkit.strategy.points import Points


def compensation(points: Points, table: pd.DataFrame, *, bar: float) -> pd.DataFrame:
    """Selected candidates and their criteria with a value below `bar` (0 to 100), in the order of taking.

    See `Scores.compensation`.
    """
    return points.scores.compensation(*table.index[table["selected"]], bar=bar)
