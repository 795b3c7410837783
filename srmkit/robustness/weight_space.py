"""The weights that statements allow, all equally likely: draws, mean and covariance, and exact shares.

A simplex is an image of the standard one: its corners mixed by even shares (Devroye 1986, ch. XI.2). Weights that
obey an order, or lower bounds, are one simplex; any other statements leave a space that is cut into simplices, so
whatever is exact for any weights is exact for these too. Only a space with too many corners is walked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srmkit.arrays.dirichlet import dirichlet
from srmkit.arrays.simplex import half_space_share
from srmkit.bands import TOLERANCE
from srmkit.robustness.polytope import Polytope, pieces
from srmkit.robustness.walk import Walk, walk
from srmkit.robustness.weight_statements import Row

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Simplices:
    """Even weights over simplices: `corners` (corner x criterion), `pieces` (simplex x its corners), `shares` of space.

    `parameters` mixes the corners of a single piece by a Dirichlet distribution other than the even
    one, one whole number a corner.
    """

    corners: Floats
    pieces: Places
    shares: Floats
    parameters: NDArray[np.int_] | None = None

    @property
    def words(self) -> str:
        """How weights are drawn."""
        return f"exact, {len(self.pieces)} {'simplex' if len(self.pieces) == 1 else 'simplices'}"

    def draws(self, points: Floats) -> Floats:
        """Weights, draws x criteria, from uniform points (draws x criteria - 1); each row sums to 1."""
        reached = np.concatenate([[0.0], np.cumsum(self.shares)[:-1]])
        piece = np.searchsorted(reached, points[:, 0], side="right") - 1 if points.shape[1] else np.zeros(len(points))
        piece = piece.astype(np.intp)
        places = self.pieces.shape[1]
        within = np.empty((len(points), places - 1))
        within[:, 1:] = points[:, 1 : places - 1]
        if places > 1:  # what is left of the first coordinate within its piece is even again
            within[:, 0] = np.clip((points[:, 0] - reached[piece]) / self.shares[piece], 2.0**-33, 1 - 2.0**-33)
        mixed = dirichlet(np.ones(places) if self.parameters is None else self.parameters.astype(float), within)
        return np.asarray(np.einsum("dp,dpc->dc", mixed, self.corners[self.pieces[piece]]))

    @property
    def mean(self) -> Floats:
        """Mean weights."""
        return np.asarray(self.shares @ self._centres)

    @property
    def covariance(self) -> Floats:
        """Covariance of the weights: within the pieces and between them."""
        off = self._centres - self.mean
        mixed, total = self._mixed
        spread = self.corners[self.pieces] - self._centres[:, None, :]
        within = np.einsum("k,kpi,p,kpj->ij", self.shares, spread, mixed, spread) / (total + 1)
        return np.asarray(within + (off.T * self.shares) @ off)

    def share_above(self, differences: Floats) -> Floats:
        """Exact share of these weights for which the weighted sum of each row of `differences` is 0 or more."""
        share = np.zeros(len(differences))
        for piece, part in zip(self.pieces, self.shares, strict=True):
            share += part * half_space_share(_snapped(differences @ self.corners[piece].T), self.parameters)
        return np.clip(share, 0, 1)  # the sum of many pieces may round beyond

    def level(self, differences: Floats) -> NDArray[np.bool_]:
        """Rows of `differences` whose weighted sum is 0 whatever these weights."""
        return np.asarray((_snapped(differences @ self.corners.T) == 0).all(axis=1))

    @property
    def _mixed(self) -> tuple[Floats, float]:
        """Mean shares of the corners of a piece, and the concentration about them."""
        given = np.ones(self.pieces.shape[1]) if self.parameters is None else self.parameters
        return given / given.sum(), float(given.sum())

    @property
    def _centres(self) -> Floats:
        return np.asarray(np.einsum("p,kpc->kc", self._mixed[0], self.corners[self.pieces]))


def _snapped(differences: Floats) -> Floats:
    # what rounding leaves of an equality, or of a score on its cut, is no difference
    return np.where(np.abs(differences) <= TOLERANCE, 0.0, differences)


@dataclass(frozen=True)
class Walked:
    """Even weights over a space with too many corners to list: the draws of a walk, and its diagnosis."""

    space: Polytope
    walk: Walk

    @property
    def words(self) -> str:
        """How weights were drawn."""
        return f"hit and run, {self.walk.steps} steps, memory {self.walk.memory:.3f}"

    def draws(self, points: Floats) -> Floats:
        """The walked weights, as many as there are points, draws x criteria; each row sums to 1."""
        return self.space.weights(self.walk.points)[: len(points)]

    @property
    def mean(self) -> Floats:
        """Mean of the walked weights."""
        return np.asarray(self.space.weights(self.walk.points).mean(axis=0))

    @property
    def covariance(self) -> Floats:
        """Covariance of the walked weights."""
        return np.asarray(np.cov(self.space.weights(self.walk.points).T))


def weight_space(names: Sequence[str], statements: Sequence[Row], *, draws: int, seed: Sequence[int]
                 ) -> Simplices | Walked:
    """All weights over `names` that obey the statements, all equally likely.

    `draws` and `seed` serve a walk where there must be one. Raises SrmkitError naming statements that
    contradict each other.
    """
    space = Polytope.of(names, statements)
    return filled(space) or Walked(space, walk(space, draws=draws, rng=np.random.default_rng(seed)))


def filled(space: Polytope) -> Simplices | None:
    """The space cut into simplices; None where it has too many corners. How the plane is turned does not matter."""
    within = space.corners()
    if within is None:
        return None
    corners = space.weights(within)
    # rounded weights are the same on every machine, so facets that could be cut in two ways are cut in one
    cut = pieces(corners[:, space.free].round(9))
    return None if cut is None else Simplices(corners, *cut)
