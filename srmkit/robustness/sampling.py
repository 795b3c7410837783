"""Draws of weights and cuts: scrambled Sobol points bent to the shapes of the doubts."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srmkit.arrays.dirichlet import CUT_PLACES, cut_points, weight_points, weights_about
from srmkit.errors import Problems
from srmkit.robustness.doubts import Doubt
from srmkit.robustness.weight_space import Simplices, Walked

Floats = NDArray[np.float64]

FIGURES = 2  # the stream of the seed for figures, beside that of the points


@dataclass(frozen=True)
class Chance:
    """One set of points that weights and cuts are read from: common random numbers for every question.

    `stated` holds the shares of each group of weights (each sums to 1), `spaces` what was said about
    a group instead (None: its weights are about the stated ones).
    """

    doubt: Doubt
    stated: tuple[Floats, ...]
    spaces: tuple[Simplices | Walked | None, ...]

    @property
    def _places(self) -> int:
        return sum(len(group) - 1 for group in self.stated)

    def weights(self) -> tuple[Floats, ...]:
        """For each group its weights, draws x members, rows summing to 1; certain weights repeat."""
        every, drawn, start = weight_points(self._places, draws=self.doubt.draws, seed=self.doubt.seed), [], 0
        for group, space in zip(self.stated, self.spaces, strict=True):
            points = every[:, start : start + len(group) - 1]
            about = weights_about(group, self.doubt.concentration, points) if space is None else space.draws(points)
            drawn.append(about)
            start += len(group) - 1
        return tuple(drawn)

    def shifts(self, cuts: int) -> Floats:
        """How far each cut moves in each draw, draws x cuts, even within the band."""
        if cuts > CUT_PLACES:
            problems = Problems("doubt about the cuts")
            problems.add("the model", f"may have at most {CUT_PLACES} cuts", found=str(cuts),
                         todo="Use fewer classes.")
            problems.raise_if_any()
        points = cut_points(cuts, self._places, draws=self.doubt.draws, seed=self.doubt.seed)
        return (2 * points - 1) * self.doubt.cut_band


def candidate_stream(seed: int, candidate: Hashable) -> np.random.Generator:
    """A candidate's own stream, named by its id: neither order nor a newcomer changes its numbers."""
    name = hashlib.blake2b(str(candidate).encode(), digest_size=8).digest()
    return np.random.default_rng([seed, FIGURES, int.from_bytes(name, "big")])
