"""Which criterion makes a total uncertain: shares of its variance in closed form, nothing drawn.

Figures vary each by itself, so the variance of a total is the sum over criteria of (weight x sd of the value)
squared, and each one's part is its Sobol index, first and total alike (Saltelli et al. 2008, Global Sensitivity
Analysis: The Primer). Weights do not: they sum to 1, and what one gains others lose. Since a constant added to all
values changes no ranking and no spread, each criterion is credited with the covariance of weight x (value - mean
total) with the total; under a Dirichlet distribution that is weight x (value - mean total) squared, never negative
(the covariance decomposition of Li et al. 2010, J. Phys. Chem. A 114, 6022-6032).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.robustness.axis_draws import engine_of
from srmkit.robustness.doubts import Doubt
from srmkit.robustness.figures import Figures
from srmkit.robustness.sampling import Chance
from srmkit.robustness.tree_draws import refuse_unless_additive
from srmkit.scoring import Scores

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ScoreSensitivity:
    """Shares of the variance of each total (candidate x criterion; rows sum to 1, NaN where nothing varies).

    `weights` with the weights alone in doubt, `data` with the figures alone; `sd` the standard deviation
    of the total under either, in points. A share below 0, possible under statements about
    weights, steadies the total.
    """

    weights: pd.DataFrame
    data: pd.DataFrame
    sd: pd.DataFrame


def score_sensitivity(scores: Scores, doubt: Doubt) -> ScoreSensitivity:
    """Which criterion's weight, and which figure, makes each total uncertain under a doubt.

    A missing figure that leaves its weight to the others counts, among the weights, as if it were
    at the level of its axis, which is exact to the first order. Walked weights have sampled moments.
    """
    refuse_unless_additive(scores, "sensitivity of the scores")
    engine = engine_of(scores, doubt)
    terms = engine.terms
    columns = np.concatenate([axis.columns for axis in terms.axes])
    values = np.where(terms.counted > 0, terms.values, np.nan)
    for axis in terms.axes:
        level = scores.axes[axis.name].to_numpy(dtype=np.float64)[:, None] / 100
        values[:, axis.columns] = np.where(np.isnan(values[:, axis.columns]), level, values[:, axis.columns])
    mean, covariance = _moments(engine.chance)
    points = 100 * values[:, columns]
    moved = points @ covariance
    parts = np.empty((2, *points.shape))
    parts[0][:, columns] = (points - points @ mean[:, None]) * moved
    stated, _ = _moments(Chance(doubt.alone("data"), engine.chance.stated, (None,) * len(engine.chance.stated)))
    parts[1][:, columns] = stated**2 * _variances(engine.figures, points.shape)[:, columns]
    frames, spread = [], {}
    for name, part in zip(("weights", "data"), parts, strict=True):
        whole = part.sum(axis=1, keepdims=True)
        shares = np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 1e-18)
        frames.append(pd.DataFrame(shares, index=scores.values.index, columns=scores.values.columns))
        spread[name] = np.sqrt(np.maximum(whole[:, 0], 0))
    weights, data = frames
    return ScoreSensitivity(weights, data, pd.DataFrame(spread, index=scores.values.index))


def _moments(chance: Chance) -> tuple[Floats, Floats]:
    """Mean and covariance of the weights as shares of the total: those within the axes times those of the axes."""
    groups = [_group(chance, place) for place in range(len(chance.stated))]
    *within, (share, shares) = groups
    axis = np.repeat(np.arange(len(within)), [len(mean) for mean, _ in within])
    inner = np.concatenate([mean for mean, _ in within])
    together = np.outer(inner, inner)
    for place, (_, spread) in enumerate(within):
        mine = np.flatnonzero(axis == place)
        together[np.ix_(mine, mine)] += spread
    mean = share[axis] * inner
    second = (shares + np.outer(share, share))[np.ix_(axis, axis)] * together
    return mean, second - np.outer(mean, mean)


def _group(chance: Chance, place: int) -> tuple[Floats, Floats]:
    """Mean and covariance of one group of weights (Dirichlet: w (1 - w) / (c + 1) and -w v / (c + 1))."""
    stated, space, concentration = chance.stated[place], chance.spaces[place], chance.doubt.concentration
    if space is not None:
        return space.mean, space.covariance
    if concentration is None:
        return stated, np.zeros((len(stated), len(stated)))
    mean, sure = stated, concentration
    if concentration == "uniform":
        sure = float((stated > 0).sum())
        mean = (stated > 0) / sure
    return mean, (np.diag(mean) - np.outer(mean, mean)) / (float(sure) + 1)


def _variances(figures: Figures | None, shape: tuple[int, ...]) -> Floats:
    """Variance of each figure in points, candidates x criteria; 0 where it is certain."""
    found = np.zeros(shape)
    if figures is not None:
        found[figures.candidate, figures.criterion] = 100**2 * figures.variances()
    return found
