"""The arithmetic of a scorecard: figures to values, values times weights to points, points to ranks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.language import column, marked, say
from srmkit.scoring.gaps import Missing, Shares, check_gaps, notes_on_gaps
from srmkit.scoring.gates import gated, notes_on_gates
from srmkit.scoring.measured import Figures, MetricsLike, figures, split
from srmkit.scoring.ranks import rank
from srmkit.scoring.scales import RelativeMinMax
from srmkit.scoring.scores import Scores
from srmkit.scoring.totals import totals

if TYPE_CHECKING:
    from srmkit.scoring.scorecard import Scorecard

def score(scorecard: Scorecard, metrics: MetricsLike | pd.DataFrame, *, missing: Missing) -> Scores:
    """Scores of every candidate; see `Scorecard.score`."""
    table, evidence, currency = split(metrics)
    problems = Problems(say("scoring with '{scorecard}'", scorecard=scorecard.name))
    measured = figures(scorecard, table, problems)
    failed = gated(scorecard.gates, table, problems)
    check_gaps(scorecard, table, measured, missing, problems)
    problems.raise_if_any()

    candidates, names = table.index, list(measured.raw.columns)
    shares = Shares.of(scorecard)
    effective = shares.effective(measured.gaps, missing)
    found = totals(scorecard, shares, measured.values, effective)
    total = pd.Series(found.total, index=candidates, name="total")
    ranked = total.mask(candidates.isin(failed["candidate"])) if len(failed) else total
    return Scores(
        scorecard=scorecard,
        raw=measured.raw,
        values=pd.DataFrame(measured.values, index=candidates, columns=names, copy=False),
        effective=effective,
        axes=pd.DataFrame(found.axes, index=candidates, copy=False),
        total=total,
        turns=pd.DataFrame(found.turns, index=candidates, columns=list(found.turns)),
        rank=rank(ranked),
        coverage=_coverage(measured.gaps, scorecard, candidates),
        gated=failed,
        clipped=measured.clipped,
        evidence=evidence,
        missing=missing,
        scales=measured.scales,
        notes=(
            *notes_on_gaps(scorecard, measured, missing),
            *notes_on_gates(scorecard.gates, table),
            *_notes_on_scales(scorecard, measured),
        ),
        currency=currency,
    )


def _coverage(gaps: NDArray[np.bool_], scorecard: Scorecard, candidates: pd.Index) -> pd.Series[float]:
    share = scorecard.axis_weights.reindex(scorecard.axis_of.to_numpy()).to_numpy(dtype=float)
    stated = scorecard.weights.to_numpy(dtype=float) * share
    covered = np.ones(len(candidates))
    if not gaps.any():
        return pd.Series(covered, index=candidates, name="coverage")
    lacking = np.flatnonzero(gaps.any(axis=1))
    covered[lacking] = 0.0
    for place, part in enumerate(stated):
        covered[lacking] += np.where(gaps[lacking, place], 0.0, part)
    return pd.Series(covered, index=candidates, name="coverage")


def _notes_on_scales(scorecard: Scorecard, measured: Figures) -> Iterator[str]:
    """Which criteria have no agreed ends, in sentences."""
    for criterion in scorecard.criteria:
        if isinstance(criterion.scale, RelativeMinMax) and measured.raw[criterion.name].notna().any():
            low, high = measured.scales[criterion.name].ends
            if criterion.scale.type == "relative_rank":
                text = marked("'{criterion}' is valued by the order of the candidates at hand ({low:,.6g} to "
                              "{high:,.6g}), not on an agreed scale: a newcomer or a leaver may change everybody's "
                              "score.")
            else:
                text = marked("'{criterion}' is valued between the ends of the candidates at hand ({low:,.6g} to "
                              "{high:,.6g}), not on an agreed scale: a newcomer or a leaver may change everybody's "
                              "score.")
            yield say(text, criterion=column(criterion.name, criterion.name), low=low, high=high)
