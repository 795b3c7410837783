"""Weights from points that people give, directly or by swings."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from srmkit.errors import Problems
from srmkit.language import marked

FULL_SWING = 100.0


def direct_weights(points: Mapping[str, float] | pd.Series[Any]) -> pd.Series[float]:
    """Weights in proportion to the points each criterion got (shares, sum to 1).

    Raises SrmkitError for points that are negative, missing or infinite, and for points that are all 0.

    >>> direct_weights({"price": 60, "quality": 20}).to_dict()
    {'price': 0.75, 'quality': 0.25}
    """
    given = pd.Series(points, dtype=float)
    problems = Problems("points")
    _check(given, problems)
    problems.raise_if_any()
    return _shares(given)


def swing_weights(points: Mapping[str, float] | pd.Series[Any]) -> pd.Series[float]:
    """Weights from swings: what the way from worst to best is worth on each criterion (shares, sum to 1).

    The swing that one would choose first has 100 points, the others what they are worth beside it
    (von Winterfeldt and Edwards 1986). Raises SrmkitError as `direct_weights` does, and where no swing
    has 100 or one has more: such points were given for importance, without thinking of the ends.

    >>> swing_weights({"closeness": 100, "image": 70, "size": 30}).round(3).to_dict()
    {'closeness': 0.5, 'image': 0.35, 'size': 0.15}
    """
    given = pd.Series(points, dtype=float)
    problems = Problems("swings")
    _check(given, problems)
    if len(given) and math.isfinite(given.max()) and given.max() != FULL_SWING:
        problems.add(marked("the largest swing"), marked("must have 100 points"),
                     found=f"'{given.idxmax()}': {given.max():g}",
                     todo=marked("Give 100 to the way from worst to best that you would go first, then the others "
                                 "beside it."))
    problems.raise_if_any()
    return _shares(given)


def _check(points: pd.Series[float], problems: Problems) -> None:
    if points.empty:
        problems.add("points", "are missing", todo="Give points to two criteria or more.")
    for name in points.index[points.index.duplicated()].unique():
        problems.add(f"'{name}'", "stands more than once")
    wrong = points[~(points >= 0) | points.map(math.isinf)]
    for name, value in wrong.items():
        problems.add(f"points of '{name}'", "must be a number of 0 or more", found=f"{value:g}")
    if len(points) and wrong.empty and not points.any():
        problems.add(marked("points"), marked("are all 0"), todo=marked("Give at least one criterion points."))


def _shares(points: pd.Series[float]) -> pd.Series[float]:
    return (points / points.sum()).rename("weight").rename_axis("criterion")
