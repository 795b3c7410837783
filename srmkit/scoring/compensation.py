"""Compensation: which failing is paid for by what."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.language import marked, say

if TYPE_CHECKING:
    from srmkit.scoring.scores import Scores

COLUMNS = ["candidate", "criterion", "label", "value", "lost", "paid_by"]
MOST_NAMED = 3
TOLERANCE = 1e-9  # points; sums of floats that should be equal may differ in their last digits


def compensation(scores: Scores, candidates: Sequence[Hashable], *, bar: float) -> pd.DataFrame:
    """Criteria of these candidates that are worth less than `bar`, and what pays; see `Scores.compensation`."""
    _check(scores, candidates)
    card = scores.scorecard
    share = card.axis_weights.reindex(card.axis_of.to_numpy()).to_numpy(dtype=float)
    labels = [say(criterion.label) for criterion in card.criteria]
    rows = []
    for candidate, row in zip(candidates, scores.total.index.get_indexer(pd.Index(candidates)), strict=True):
        known = scores.values.iloc[row].to_numpy(dtype=float)
        weight = 100 * (scores.effective if scores.effective.ndim == 1 else scores.effective[row]) * share
        value = np.nan_to_num(known)
        lost, won = weight * (1 - value), weight * value
        weak = np.flatnonzero((100 * value < bar - TOLERANCE) & (weight > TOLERANCE))
        for place in sorted(weak.tolist(), key=lost.__getitem__, reverse=True):
            paid = say("; ").join(
                say("{criterion}: {points:.1f} of {most:.1f}", criterion=labels[other].lower(), points=won[other],
                    most=weight[other])
                for other in _largest(won) if other != place
            )
            name = card.criteria[place].name
            rows.append((candidate, name, labels[place], 100 * known[place], lost[place], paid))
    return pd.DataFrame(rows, columns=COLUMNS)


def compensation_sentences(table: pd.DataFrame) -> list[str]:
    """A table of compensation in words, one sentence a failing."""
    lines = []
    for row in table.to_dict("records"):
        if pd.isna(row["value"]):
            text = marked("{criterion} fails (no figure, {lost:.1f} points lost); it is paid for by {paid_by}.")
        else:
            text = marked("{criterion} fails (worth {value:.0f} of 100, {lost:.1f} points lost); it is paid for by "
                          "{paid_by}.")
        lines.append(say(text, criterion=row["label"], value=row["value"], lost=row["lost"],
                         paid_by=row["paid_by"] or say("nothing")))
    return lines


def _largest(points: NDArray[np.float64]) -> list[int]:
    order = np.argsort(-points, kind="stable")[:MOST_NAMED]
    return [int(place) for place in order if points[place] > TOLERANCE]


def _check(scores: Scores, candidates: Sequence[Hashable]) -> None:
    problems = Problems(f"compensation by '{scores.scorecard.name}'")
    for candidate in candidates:
        if candidate not in scores.total.index:
            problems.add(f"'{candidate}'", "was not scored", todo="Use a name from the index of the scores.")
    problems.raise_if_any()
