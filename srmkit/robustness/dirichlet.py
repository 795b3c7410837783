"""Stick breaking: uniform points bent to weights that sum to 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def dirichlet(parameters: Floats, points: Floats) -> Floats:
    """Weights, draws x criteria, from uniform points (draws x criteria - 1); each row sums to 1.

    Stick breaking: the first weight is a beta quantile of the whole stick, the next one of the
    rest, and so on (Devroye 1986, ch. XI.4). All parameters 1 is uniform on the simplex.
    A parameter of 0 keeps that weight at 0.

    >>> dirichlet(np.array([1.0, 1.0]), np.array([[0.25], [0.75]])).round(6).tolist()
    [[0.25, 0.75], [0.75, 0.25]]
    """
    weights = np.zeros((len(points), len(parameters)))
    live = np.flatnonzero(parameters > 0)
    after = np.cumsum(parameters[live][::-1])[::-1]
    rest = np.ones(len(points))
    for place, criterion in enumerate(live[:-1]):
        share = _beta_quantile(parameters[criterion], after[place + 1], points[:, place])
        weights[:, criterion] = rest * share
        rest = rest * (1 - share)
    weights[:, live[-1]] = rest
    return weights


def _beta_quantile(first: float, second: float, probability: Floats) -> Floats:
    if first == 1:  # a power, and many times quicker
        return np.asarray(-np.expm1(np.log1p(-probability) / second))
    from scipy.special import betaincinv

    return np.asarray(betaincinv(first, second, probability))
