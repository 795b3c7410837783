"""Does anybody's order change when a third one leaves? With agreed scales it cannot; relative scoring can.

The test of Belton & Gear (1983, Omega 11(3), 228-230), turned round: leave one out, score the rest again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.bands import TOLERANCE
from srmkit.errors import Problems
from srmkit.scoring import Scores

Floats = NDArray[np.float64]

COLUMNS = ["left_out", "was_ahead", "is_ahead", "overtaking"]


def rank_reversal_test(scores: Scores, *, leave_out: Sequence[Hashable] | None = None) -> pd.DataFrame:
    """Score again without each candidate in turn; one row for each that turns the order of two others.

    An empty table is a pass. Columns as in `rank_reversals`. `leave_out` names whom to leave out
    (None: everyone; each costs one scoring).
    """
    metrics = [item.metric for item in scores.scorecard.criteria]
    figures = scores.raw.set_axis(metrics, axis=1).loc[:, ~pd.Index(metrics).duplicated()]

    def total(table: pd.DataFrame) -> pd.Series:
        return scores.scorecard.score(table, missing=scores.missing).total

    return rank_reversals(figures, total, leave_out=leave_out)


def rank_reversals(
    figures: pd.DataFrame,
    total: Callable[[pd.DataFrame], pd.Series],
    *,
    leave_out: Sequence[Hashable] | None = None,
) -> pd.DataFrame:
    """The same for any way of scoring: `total` gives each row of `figures` its score, higher is better.

    One row for each candidate whose leaving turns an order: left_out, was_ahead and is_ahead (the
    best-placed pair that turns) and overtaking (how many overtake somebody). Ties that come or go
    are no reversal. Raises SrmkitError for a name in `leave_out` that is not in `figures`.
    """
    leavers = list(figures.index) if leave_out is None else list(leave_out)
    _check(figures, leavers)
    before = total(figures).sort_values(ascending=False, kind="stable").dropna()
    rows = []
    for leaver in leavers:
        held = before.drop(leaver, errors="ignore")
        if len(held) < 2:  # no order to turn, and perhaps nothing left to score
            continue
        now = total(figures.drop(index=leaver)).reindex(held.index)
        overtaking, overtaken = _turned(held.to_numpy(dtype=float), now.to_numpy(dtype=float))
        if len(overtaking):
            pair = held.index[overtaken[0]], held.index[overtaking[0]]
            rows.append((leaver, *pair, len(overtaking)))
    return pd.DataFrame(rows, columns=COLUMNS)


def _turned(before: Floats, now: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Places (in descending order of before) that now lead one they were behind, and the last such one they lead."""
    place = np.arange(len(before))
    falls = np.diff(before, prepend=np.inf) < -TOLERANCE
    equals_start = np.maximum.accumulate(np.where(falls, place, 0))
    weakest = np.minimum.accumulate(now)
    ahead = np.concatenate([[np.inf], weakest])[equals_start]
    overtaking = np.flatnonzero(now > ahead + TOLERANCE)
    overtaken = [int(np.argmin(now[: equals_start[mover]])) for mover in overtaking]
    return overtaking, np.array(overtaken, dtype=np.intp)


def _check(figures: pd.DataFrame, leavers: Sequence[Hashable]) -> None:
    problems = Problems("rank reversal test")
    for name in leavers:
        if name not in figures.index:
            problems.add(f"'{name}'", "is not among the candidates", todo="Take the names from the scores.")
    problems.raise_if_any()
