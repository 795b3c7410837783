"""The arithmetic of a scorecard: figures to values, values times weights to points, points to ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.scoring.gaps import Missing, Shares, check_gaps, notes_on_gaps
from srmkit.scoring.gates import gated, notes_on_gates
from srmkit.scoring.measured import Figures, MetricsLike, figures, split
from srmkit.scoring.ranks import rank
from srmkit.scoring.scales import Steps
from srmkit.scoring.scores import Scores

if TYPE_CHECKING:
    from srmkit.scoring.scorecard import Scorecard


def score(scorecard: Scorecard, metrics: MetricsLike | pd.DataFrame, *, missing: Missing) -> Scores:
    """Scores of every candidate; see `Scorecard.score`."""
    table, evidence = split(metrics)
    problems = Problems(f"scoring with '{scorecard.name}'")
    measured = figures(scorecard, table, problems)
    failed = gated(scorecard.gates, table, problems)
    check_gaps(scorecard, table, measured, missing, problems)
    problems.raise_if_any()

    names = list(measured.raw.columns)
    shares = Shares.of(scorecard)
    present = ~np.isnan(measured.values)
    weights = shares.effective(present, missing)
    points = 100 * weights * np.where(present, measured.values, 0.0)
    axes = _axes(points, weights, shares, table.index)
    contributions = _contributions(points, scorecard, axes)
    total = pd.Series(_sum(contributions), index=table.index, name="total")
    return Scores(
        scorecard=scorecard,
        raw=measured.raw,
        values=pd.DataFrame(measured.values, index=table.index, columns=names),
        weights=pd.DataFrame(weights, index=table.index, columns=names),
        axes=axes,
        total=total,
        contributions=pd.DataFrame(contributions, index=table.index, columns=names),
        rank=rank(total.mask(table.index.isin(failed["candidate"]))),
        coverage=_coverage(present, scorecard, table.index),
        gated=failed,
        clipped=_clipped(scorecard, measured),
        evidence=evidence,
        missing=missing,
        notes=(*notes_on_gaps(scorecard, measured, missing), *notes_on_gates(scorecard.gates, table)),
    )


def _axes(
    points: NDArray[np.float64], weights: NDArray[np.float64], shares: Shares, candidates: pd.Index
) -> pd.DataFrame:
    scores = {}
    for axis, columns in shares.columns.items():
        unknown = _sum(weights[:, columns]) <= 0
        scores[axis] = np.where(unknown, np.nan, _sum(points[:, columns]))
    return pd.DataFrame(scores, index=candidates)


def _contributions(
    points: NDArray[np.float64], scorecard: Scorecard, axes: pd.DataFrame
) -> NDArray[np.float64]:
    share = scorecard.axis_weights.reindex(scorecard.axis_of.to_numpy()).to_numpy(dtype=float)
    # without a score on an axis there is no total to contribute to
    return np.where(axes.isna().any(axis=1).to_numpy()[:, None], np.nan, points * share)


def _coverage(present: NDArray[np.bool_], scorecard: Scorecard, candidates: pd.Index) -> pd.Series[float]:
    share = scorecard.axis_weights.reindex(scorecard.axis_of.to_numpy()).to_numpy(dtype=float)
    stated = scorecard.weights.to_numpy(dtype=float) * share
    covered = np.where(present.all(axis=1), 1.0, _sum(present * stated))
    return pd.Series(covered, index=candidates, name="coverage")


def _clipped(scorecard: Scorecard, measured: Figures) -> pd.DataFrame:
    rows = {}
    for criterion in scorecard.criteria:
        low, high = criterion.scale.ends
        below = above = 0
        if not (isinstance(criterion.scale, Steps) and criterion.scale.in_words):
            raw = measured.raw[criterion.name].to_numpy(dtype=float)
            outside = criterion.scale.clipped(raw)
            below, above = int((outside & (raw < low)).sum()), int((outside & (raw > high)).sum())
        rows[criterion.name] = {"low": low, "below": below, "high": high, "above": above}
    counts = pd.DataFrame.from_dict(rows, orient="index").rename_axis("criterion")
    return counts.assign(clipped=counts["below"] + counts["above"])


def _sum(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    # column by column: a row's sum must not depend on how many other rows there are
    total = np.zeros(len(columns))
    for column in columns.T:
        total += column
    return total
