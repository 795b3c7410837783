"""Draws of weights: evenly spread points bent to weights that sum to 1, by stick breaking."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from srmkit.arrays.checks import shares_of
from srmkit.arrays.sobol_points import sobol_points
from srmkit.errors import Problems

Floats = NDArray[np.float64]
Concentration = float | Literal["uniform"] | None

# the first places of every point belong to the cuts, so that another matrix leaves the weights as they are
CUT_PLACES = 16
POINTS = 1  # the stream of the seed that weights and cuts are read from


def drawn_weights(
    stated: ArrayLike, *, concentration: Concentration = 60, draws: int = 4096, seed: int
) -> Floats:
    """Weights about the stated ones, draws x criteria; each row sums to 1.

    `concentration`, `draws` and `seed` mean what they mean in `srmkit.robustness.Doubt`, and give the same weights as
    for a scorecard of one axis: "uniform" holds every split equally likely, None repeats the stated weights. Raises
    SrmkitError unless `stated` are numbers of 0 or more in any unit.

    >>> drawn_weights([3, 1], concentration=None, draws=2, seed=7).tolist()
    [[0.75, 0.25], [0.75, 0.25]]
    """
    problems = Problems("weights to draw")
    if not (concentration is None or concentration == "uniform" or float(concentration) > 0):
        problems.add("concentration", "must be above 0", found=repr(concentration))
    if draws < 1 or seed < 0:
        problems.add("draws and seed", "must be 1 or more and 0 or more", found=f"{draws} and {seed}")
    shares = shares_of("stated weights", stated, problems)
    return weights_about(shares, concentration, weight_points(len(shares) - 1, draws=draws, seed=seed))


def weight_points(places: int, *, draws: int, seed: int) -> Floats:
    """The points behind so many places of weights, draws x places."""
    return sobol_points(CUT_PLACES + places, draws=draws, seed=[seed, POINTS], wanted=slice(CUT_PLACES, None))


def cut_points(cuts: int, places: int, *, draws: int, seed: int) -> Floats:
    """The points behind so many cuts where so many places are those of weights, draws x cuts."""
    return sobol_points(CUT_PLACES + places, draws=draws, seed=[seed, POINTS], wanted=slice(cuts))


def weights_about(shares: Floats, concentration: Concentration, points: Floats) -> Floats:
    """The weights that uniform points stand for, draws x criteria; certain ones repeat."""
    if concentration is None:
        return np.broadcast_to(shares, (len(points), len(shares)))
    if concentration == "uniform":
        return dirichlet((shares > 0).astype(float), points)
    return dirichlet(shares * concentration, points)


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
