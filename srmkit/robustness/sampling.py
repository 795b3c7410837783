"""Draws of weights and cuts: scrambled Sobol points bent to Dirichlet and uniform shapes."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.robustness.doubts import Doubt

Floats = NDArray[np.float64]

# the first places of every point belong to the cuts, so that another matrix leaves the weights as they are
CUT_PLACES = 16
POINTS, FIGURES = 1, 2  # streams of one seed


@dataclass(frozen=True)
class Chance:
    """One set of points that weights and cuts are read from: common random numbers for every question.

    `stated` holds the shares of each group of weights (each sums to 1).
    """

    doubt: Doubt
    stated: tuple[Floats, ...]
    points: Floats

    @classmethod
    def of(cls, doubt: Doubt, stated: Sequence[Floats]) -> Chance:
        """The points that the seed gives for these groups of weights."""
        places = CUT_PLACES + sum(len(group) - 1 for group in stated)
        return cls(doubt, tuple(stated), sobol_points(places, draws=doubt.draws, seed=doubt.seed))

    def weights(self) -> tuple[Floats, ...]:
        """For each group its weights, draws x members, rows summing to 1; certain weights repeat."""
        drawn, start = [], CUT_PLACES
        for group in self.stated:
            points = self.points[:, start : start + len(group) - 1]
            drawn.append(_weights(group, self.doubt, points))
            start += len(group) - 1
        return tuple(drawn)

    def shifts(self, cuts: int) -> Floats:
        """How far each cut moves in each draw, draws x cuts, even within the band."""
        if cuts > CUT_PLACES:
            problems = Problems("doubt about the cuts")
            problems.add("the model", f"may have at most {CUT_PLACES} cuts", found=str(cuts),
                         todo="Use fewer classes.")
            problems.raise_if_any()
        return (2 * self.points[:, :cuts] - 1) * self.doubt.cut_band


def sobol_points(places: int, *, draws: int, seed: int) -> Floats:
    """Scrambled Sobol points, draws x places, strictly between 0 and 1 (Owen 1998; Joe & Kuo 2008)."""
    from scipy.stats import qmc

    engine = qmc.Sobol(places, scramble=True, rng=np.random.default_rng([seed, POINTS]))
    points = engine.random_base2((draws - 1).bit_length())[:draws]
    return np.asarray(np.clip(points, 2.0**-33, 1 - 2.0**-33), dtype=float)


def dirichlet(parameters: Floats, points: Floats) -> Floats:
    """Weights, draws x criteria, from uniform points (draws x criteria - 1); each row sums to 1.

    Stick breaking: the first weight is a beta quantile of the whole stick, the next one of the
    rest, and so on (Devroye 1986, ch. XI.4). All parameters 1 is uniform on the simplex.
    A parameter of 0 keeps that weight at 0.

    >>> dirichlet(np.array([1.0, 1.0]), np.array([[0.25], [0.75]])).round(6).tolist()
    [[0.25, 0.75], [0.75, 0.25]]
    """
    from scipy.special import betaincinv

    weights = np.zeros((len(points), len(parameters)))
    live = np.flatnonzero(parameters > 0)
    after = np.cumsum(parameters[live][::-1])[::-1]
    rest = np.ones(len(points))
    for place, criterion in enumerate(live[:-1]):
        share = betaincinv(parameters[criterion], after[place + 1], points[:, place])
        weights[:, criterion] = rest * share
        rest = rest * (1 - share)
    weights[:, live[-1]] = rest
    return weights


def candidate_stream(seed: int, candidate: Hashable) -> np.random.Generator:
    """A candidate's own stream, named by its id: neither order nor a newcomer changes its numbers."""
    name = hashlib.blake2b(str(candidate).encode(), digest_size=8).digest()
    return np.random.default_rng([seed, FIGURES, int.from_bytes(name, "big")])


def _weights(stated: Floats, doubt: Doubt, points: Floats) -> Floats:
    if doubt.concentration is None:
        return np.broadcast_to(stated, (doubt.draws, len(stated)))
    if doubt.concentration == "uniform":
        return dirichlet((stated > 0).astype(float), points)
    return dirichlet(stated * doubt.concentration, points)
