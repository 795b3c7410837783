"""Axis scores and totals under doubt: every candidate, many draws of weights and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.arrays.products import product
from srmkit.robustness.doubts import Doubt
from srmkit.robustness.figures import Figures
from srmkit.robustness.sampling import Chance, candidate_stream
from srmkit.robustness.stated_weights import weight_spaces
from srmkit.robustness.terms import Terms
from srmkit.robustness.tree_draws import walked
from srmkit.scoring import Scores, over_axes
from srmkit.stopping import look

Floats = NDArray[np.float64]

ALL = "all"
KEPT_LEVELS = 2**24  # doubtful figures x draws up to which their levels of chance are kept: 32 MB
KEPT_VALUES = 2**22  # and up to which what these levels make of them is kept: 32 MB
KEPT_CELLS = 2**21  # candidates x draws up to which the draws are kept for the next question: some 100 MB
BLOCK_CELLS = 2**19  # candidates x draws worked on at once: a few MB an array, whatever the size of the study


@dataclass(frozen=True)
class AxisDraws:
    """Scores of every candidate in every draw, arrays of draws x candidates on 0 to 100.

    `axes` by axis name, `total` over the axes, `weights` the drawn shares of the total (draws x
    criteria, rows sum to 1). NaN where a candidate has no figure at all on an axis.
    """

    candidates: pd.Index
    axes: Mapping[str, Floats]
    total: Floats
    weights: pd.DataFrame
    chance: Chance

    def shifts(self, cuts: int) -> Floats:
        """The moves of so many cuts in the same draws, draws x cuts, in points."""
        return self.chance.shifts(cuts)

    def clouds(self) -> pd.DataFrame:
        """Where each candidate lies over the draws: mean and standard deviation per axis, in points."""
        columns = {}
        for name, drawn in self.axes.items():
            columns[f"{name}_mean"] = drawn.mean(axis=0)
            columns[f"{name}_sd"] = drawn.std(axis=0)
        return pd.DataFrame(columns, index=self.candidates)


def axis_draws(scores: Scores, doubt: Doubt) -> AxisDraws:
    """Draw all axis scores and totals under a doubt (cuts aside: they move no score)."""
    engine = engine_of(scores, doubt)
    blocks, nobody = list(engine.blocks()), np.empty((0, doubt.draws))
    axes = {
        axis.name: np.concatenate([nobody, *(block.axes[ALL][place] for block in blocks)]).T
        for place, axis in enumerate(engine.terms.axes)
    }
    total = np.concatenate([nobody, *(engine.total(block, ALL) for block in blocks)]).T
    return AxisDraws(engine.terms.candidates, axes, total, engine.weight_table, engine.chance)


def few_draws(scores: Scores, doubt: Doubt, candidates: pd.Index, *, most: int) -> dict[str, Floats]:
    """The first `most` of these draws for a few candidates: by axis name an array of candidates x draws."""
    engine = engine_of(scores, doubt)
    places, kept = engine.terms.candidates.get_indexer(candidates), min(most, doubt.draws)
    axes = {axis.name: np.empty((len(places), kept)) for axis in engine.terms.axes}
    for block in engine.blocks():
        mine = np.flatnonzero((places >= block.members.start) & (places < block.members.stop))
        for found, drawn in zip(axes.values(), block.axes[ALL], strict=False):
            found[mine] = drawn[places[mine] - block.members.start, :kept]
    return axes


@dataclass(frozen=True)
class Block:
    """Some candidates' axis scores, one array (members x draws) an axis, by the doubt behind them.

    Keys of `axes`: "weights" alone, "data" alone, and "all".
    """

    members: slice
    axes: Mapping[str, list[Floats]]


@lru_cache(maxsize=2)
def engine_of(scores: Scores, doubt: Doubt) -> Engine:
    """The engine of these scores under this doubt; the last ones are kept, so that classes, ranks and clouds of
    the same scores share their draws."""
    return Engine(scores, doubt)


@lru_cache(maxsize=3)
def _all_levels(figures: Figures, seed: int, draws: int) -> NDArray[np.uint16]:
    return _levels(figures, slice(0, len(figures.names)), seed, draws)


@lru_cache(maxsize=3)
def _all_values(figures: Figures, seed: int, draws: int) -> Floats:
    return figures.values(np.arange(figures.candidate.size), _all_levels(figures, seed, draws))


def _levels(figures: Figures, members: slice, seed: int, draws: int) -> NDArray[np.uint16]:
    streams = [candidate_stream(seed, name) for name in figures.names[members]]
    return figures.levels(members, streams, draws)


@dataclass(frozen=True)
class Engine:
    """Draws axis scores block by block, so that memory stays small."""

    scores: Scores
    doubt: Doubt

    @cached_property
    def terms(self) -> Terms:
        return Terms.of(self.scores)

    @cached_property
    def chance(self) -> Chance:
        axes = self.terms.axes
        shares = np.array([axis.weight for axis in axes])
        spaces = weight_spaces(self.scores.scorecard, axes, self.doubt)
        return Chance(self.doubt, (*(axis.weights for axis in axes), shares), tuple(spaces))

    @cached_property
    def drawn(self) -> tuple[Floats, ...]:
        """Weights for each axis as criteria x draws, then the shares of the axes as axes x draws."""
        return tuple(np.ascontiguousarray(weights.T) for weights in self.chance.weights())

    @cached_property
    def stated(self) -> tuple[Floats, ...]:
        """The stated weights in the same shapes, one column wide."""
        return tuple(weights[:, None] for weights in self.chance.stated)

    def values_of(self, figures: Figures, members: slice) -> Callable[[NDArray[np.intp]], Floats]:
        """What chance makes of the doubtful cells of these candidates: give it places among these cells, and get
        values 0 to 1, cells x draws.

        Each candidate's chance is its own stream and depends on no weight; what is few is kept for the next move.
        """
        cells, chance = figures.cells(members), (self.doubt.seed, self.doubt.draws)
        many = figures.candidate.size * self.doubt.draws
        if many <= KEPT_VALUES:
            kept = _all_values(figures, *chance)[cells]
            return lambda places: kept[places]
        levels = (_all_levels(figures, *chance)[cells] if many <= KEPT_LEVELS
                  else _levels(figures, members, *chance))
        return lambda places: figures.values(cells.start + places, levels[places])

    @cached_property
    def figures(self) -> Figures | None:
        return Figures.of(self.scores) if self.doubt.data else None

    def blocks(self) -> Iterator[Block]:
        """All candidates, a block at a time; drawn once where they are few enough to keep."""
        few = len(self.terms.candidates) * self.doubt.draws <= KEPT_CELLS
        return iter(self._kept) if few else self._drawn_blocks()

    @cached_property
    def _kept(self) -> list[Block]:
        return list(self._drawn_blocks())

    def _drawn_blocks(self) -> Iterator[Block]:
        size = max(1, BLOCK_CELLS // self.doubt.draws)
        for start in range(0, len(self.terms.candidates), size):
            look()
            yield self._block(slice(start, min(start + size, len(self.terms.candidates))))

    def total(self, block: Block, source: str) -> Floats:
        """Totals of a block, members x draws, under the doubt named."""
        shares = (self.stated if source == "data" else self.drawn)[-1]
        if not self.scores.scorecard.root.additive:
            return over_axes(self.scores.scorecard, block.axes[source], list(shares))
        return np.asarray(sum(share * axis for share, axis in zip(shares, block.axes[source], strict=True)))

    @cached_property
    def weights(self) -> Floats:
        """The drawn weights as shares of the total, draws x criteria, the criteria axis by axis."""
        *within, shares = self.drawn
        return np.concatenate([weights * share for weights, share in zip(within, shares, strict=True)]).T

    @property
    def weight_table(self) -> pd.DataFrame:
        """The same by name."""
        return pd.DataFrame(self.weights, columns=[name for axis in self.terms.axes for name in axis.criteria])

    def _block(self, members: slice) -> Block:
        if not self.scores.scorecard.additive:
            return Block(members, walked(self, members))
        drawn = self._levels(members, self.drawn)
        if self.figures is None:
            stated = [np.repeat(level, self.doubt.draws, axis=1) for level in self._levels(members, self.stated)]
            return Block(members, {"weights": drawn, "data": stated, ALL: drawn})
        data, together = self._with_figures(members, self.figures)
        return Block(members, {"weights": drawn, "data": data, ALL: together})

    def _levels(self, members: slice, weights: tuple[Floats, ...]) -> list[Floats]:
        """Axis scores with the figures as they stand; missing ones leave their weight to the others."""
        levels = []
        for place, axis in enumerate(self.terms.axes):
            values, counted = (part[members, axis.columns] for part in (self.terms.values, self.terms.counted))
            level = np.empty((len(values), weights[place].shape[1]))
            # candidates with the same gaps share their weights, so the large arrays need no division
            gaps, one, which = np.unique(_as_words(counted), return_index=True, return_inverse=True)
            for pattern in range(len(gaps)):
                share = weights[place] * counted[one[pattern]][:, None]
                whole = share.sum(axis=0)
                share = np.divide(share, whole, out=np.full_like(share, np.nan), where=whole > 0)
                rows = which == pattern
                level[rows] = product(100 * values[rows], share)
            levels.append(level)
        return levels

    def _with_figures(self, members: slice, figures: Figures) -> tuple[list[Floats], list[Floats]]:
        """Axis scores with drawn figures, under stated and under drawn weights: the same figures in both."""
        cells = figures.cells(members)
        row, criterion = figures.candidate[cells] - members.start, figures.criterion[cells]
        known = 100 * self.terms.values[members]
        known[row, criterion] = 0.0
        values_of = self.values_of(figures, members)
        data, together = [], []
        for axis, stated, drawn in zip(self.terms.axes, self.stated, self.drawn, strict=False):
            fixed = np.repeat(product(known[:, axis.columns], stated), self.doubt.draws, axis=1)
            moving = product(known[:, axis.columns], drawn)
            for place, column in enumerate(axis.columns):
                mine = np.flatnonzero(criterion == column)
                values = 100 * values_of(mine)
                fixed[row[mine]] += stated[place] * values
                moving[row[mine]] += drawn[place] * values
            data.append(fixed)
            together.append(moving)
        return data, together


def _as_words(pattern: Floats) -> NDArray[np.bytes_]:
    """Each row of zeros and ones as one word: a column of words is put in order far faster than a table."""
    return np.ascontiguousarray(pattern, dtype=np.uint8).view(f"S{pattern.shape[1]}").ravel()
