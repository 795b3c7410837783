"""How sure is the winner at the weights that favour it most: what the data alone leave open.

Confidence factor of SMAA-2 (Lahdelma & Salminen 2001, Operations Research 49(3), 444-454).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.arrays.ranking import TIE
from srmkit.robustness.axis_draws import Engine, engine_of
from srmkit.robustness.doubts import standard_error
from srmkit.robustness.figures import Figures
from srmkit.robustness.rank_acceptability import RankAcceptability
from srmkit.robustness.terms import Terms
from srmkit.robustness.tree_draws import refuse_unless_additive
from srmkit.scoring import Scores

Floats = NDArray[np.float64]

BLOCK_CELLS = 2**17  # candidates x draws worked on at once


def confidence_factors(scores: Scores, ranks: RankAcceptability) -> pd.DataFrame:
    """Probability that a candidate is first at its own central weights, with the figures as much in doubt as they are.

    Index as in `ranks`: confidence (0 to 1; NaN for who is never first, since it has no central weights)
    and its Monte-Carlo standard error. Near 1: only the weights decide whether it leads. Low: even
    at the weights that suit it best its figures may not be good enough.
    """
    refuse_unless_additive(scores, "confidence factors")
    central, names = ranks.central_weights.dropna(), ranks.central_weights.index
    engine = engine_of(scores, ranks.doubt)
    weights = central[scores.values.columns].to_numpy(dtype=np.float64)
    draws = 1 if engine.figures is None else ranks.doubt.draws
    taking_part = engine.terms.candidates.isin(names)
    mine = engine.terms.candidates.get_indexer(central.index)
    best, own = np.full((len(central), draws), -np.inf), np.empty((len(central), draws))
    for members, row, totals in _totals(engine, weights, draws):
        best[row] = np.maximum(best[row], totals[taking_part[members]].max(axis=0, initial=-np.inf))
        if members.start <= mine[row] < members.stop:
            own[row] = totals[mine[row] - members.start]
    confidence = pd.Series((own >= best - TIE).mean(axis=1), index=central.index, name="confidence").reindex(names)
    return confidence.to_frame().assign(standard_error=standard_error(confidence.to_frame(), draws)["confidence"])


def _totals(engine: Engine, weights: Floats, draws: int) -> Iterator[tuple[slice, int, Floats]]:
    """For each block of candidates and each row of weights (shares of the total) their totals, members x draws."""
    terms, step = engine.terms, max(1, BLOCK_CELLS // draws)
    for start in range(0, len(terms.candidates), step):
        members = slice(start, min(start + step, len(terms.candidates)))
        if engine.figures is None:
            for row, totals in enumerate(_certain(terms, members, weights)):
                yield members, row, totals[:, None]
            continue
        points = _drawn(engine, engine.figures, members, draws)
        for row, share in enumerate(weights):
            yield members, row, (share @ points.reshape(len(share), -1)).reshape(-1, draws)


def _certain(terms: Terms, members: slice, weights: Floats) -> Floats:
    """Totals with the figures as they stand, rows of weights x members."""
    totals = np.zeros((len(weights), members.stop - members.start))
    for axis in terms.axes:
        mine, counted = weights[:, axis.columns], terms.counted[members, axis.columns].T
        points = 100 * mine @ (terms.values[members, axis.columns].T * counted)
        whole = mine @ counted
        ratio = np.divide(points, whole, out=np.zeros_like(points), where=whole > 0)
        totals += mine.sum(axis=1, keepdims=True) * ratio
    return totals


def _drawn(engine: Engine, figures: Figures, members: slice, draws: int) -> Floats:
    """Points of drawn figures, criteria x members x draws: the same ones as behind all other answers."""
    cells = figures.cells(members)
    row, criterion = figures.candidate[cells] - members.start, figures.criterion[cells]
    points = np.repeat(100 * engine.terms.values[members].T[:, :, None], draws, axis=2)
    points[criterion, row] = 100 * engine.values_of(figures, members)(np.arange(len(row)))
    return points
