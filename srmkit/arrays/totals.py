"""Totals in every draw, a block of draws at a time: a table of 10,000 candidates by 10,000 draws is never built."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from srmkit.arrays.products import product

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

BLOCK_CELLS = 2**16  # draws x candidates worked on at once: half a megabyte stays in the cache


class Totals(Protocol):
    """Totals of some candidates, 0 to 100."""

    def blocks(self) -> Iterator[tuple[slice, Floats]]:
        """Blocks of draws, each with its totals (draws x candidates), to be used or changed before the next one."""
        ...

    def below(self, ceiling: float) -> Iterator[tuple[slice, Floats]]:
        """The same blocks with what is left of the ceiling instead of the totals."""
        ...

    def few(self, places: Places) -> Floats:
        """All draws of a few candidates, draws x candidates."""
        ...


@dataclass(frozen=True)
class WeighedTotals:
    """Figures as they stand under drawn weights: one product of matrices a block.

    `weights` are shares of the total (draws x criteria), `shares` those of the axes (draws x axes),
    `points` what each figure is worth (criteria x candidates), `axes` the rows of each axis in it.
    `counted` is 0 where a missing figure leaves its weight to the others; None where nobody misses any.
    """

    weights: Floats
    shares: Floats
    points: Floats
    counted: Floats | None
    axes: tuple[slice, ...]

    @classmethod
    def of(cls, values: Floats, weights: Floats) -> WeighedTotals:
        """Totals of values from 0 to 1 without gaps, candidates x criteria, under weights that sum to 1."""
        whole = slice(0, values.shape[1])
        return cls(weights, np.ones((len(weights), 1)), 100 * values.T, None, (whole,))

    def blocks(self) -> Iterator[tuple[slice, Floats]]:
        """Blocks of draws, each with its totals (draws x candidates)."""
        room = np.empty((_block_draws(self.points.shape[1]), self.points.shape[1]))
        for block in blocks_of(len(self.weights), self.points.shape[1]):
            yield block, self._total(block, room[: block.stop - block.start])

    def below(self, ceiling: float) -> Iterator[tuple[slice, Floats]]:
        """The same blocks with what is left of the ceiling instead of the totals."""
        if self.counted is None:  # weights sum to 1, so the ceiling can as well stand in each figure
            return replace(self, points=ceiling - self.points).blocks()
        return left_of(ceiling, self.blocks())

    def few(self, places: Places) -> Floats:
        """All draws of a few candidates, draws x candidates."""
        counted = None if self.counted is None else self.counted[:, places]
        room = np.empty((len(self.weights), len(places)))
        return replace(self, points=self.points[:, places], counted=counted)._total(slice(None), room)

    def _total(self, block: slice, total: Floats) -> Floats:
        weights = self.weights[block]
        if self.counted is None:
            return product(weights, self.points, total)
        total[:] = 0.0
        for axis, share in zip(self.axes, self.shares[block].T[..., None], strict=True):
            points = product(weights[:, axis], self.points[axis])
            whole = product(weights[:, axis], self.counted[axis])  # a gap's weight goes to the rest of its axis
            total += share * np.divide(points, whole, out=np.zeros_like(points), where=whole > 0)
        return total


def blocks_of(draws: int, candidates: int) -> Iterator[slice]:
    """Runs of draws that are worked on at once."""
    size = _block_draws(candidates)
    return (slice(start, min(start + size, draws)) for start in range(0, draws, size))


def _block_draws(candidates: int) -> int:
    return max(1, BLOCK_CELLS // max(1, candidates))


def left_of(ceiling: float, blocks: Iterator[tuple[slice, Floats]]) -> Iterator[tuple[slice, Floats]]:
    """The blocks with what is left of the ceiling, in their place."""
    for block, totals in blocks:
        yield block, np.subtract(ceiling, totals, out=totals)
