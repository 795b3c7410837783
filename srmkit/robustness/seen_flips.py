"""Where classes flip as one weight moves, for scorecards that do not simply add up: looked for, since no formula holds.

The tree itself is worked out at steps of the weight, from where it stands outward; the first step at which a class
differs is closed in on by halving. Whatever is found is true to a thousandth of a millionth of the weight. A class that
comes and goes again between two steps is not seen: along a single geometric mean there is none, since it only rises or
only falls.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from srmkit.robustness.terms import Axis, Terms
from srmkit.scoring import Evaluation, Scores

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from srmkit.segmentation import Matrix

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]
Places = NDArray[np.intp]

STEPS = 400  # looks along the whole way from 0 to 1
AT_ONCE = 64  # looks x candidates stay small, and most flips are near
HALVINGS = 24  # a step of 1/400 becomes 1.5e-10


@dataclass(frozen=True)
class TreeWay:
    """Classes while one criterion's share of its axis goes from 0 to 1 and the others keep their ratios.

    With `amounts` (supplier x candidate) the classes are those of suppliers: where most of their spend lies.
    """

    scores: Scores
    terms: Terms
    matrix: Matrix
    axis: Axis
    criterion: str
    amounts: csr_array | None = None

    @property
    def weight(self) -> float:
        """Where the weight stands now."""
        return float(self.axis.weights[self.axis.criteria.index(self.criterion)])

    def codes(self, weights: Floats) -> Codes:
        """Class numbers of everybody at each of these weights, weights x candidates (or suppliers)."""
        everyone = np.arange(len(self.terms.candidates))[None, :]
        codes = self._codes(weights[:, None], everyone)
        if self.amounts is None:
            return codes
        from srmkit.segmentation.roll_up import roll_up_codes

        return roll_up_codes(codes, self.amounts)

    def codes_of(self, weights: Floats, who: Places) -> Codes:
        """The class number of each of these at a weight of its own."""
        if self.amounts is None:
            return self._codes(weights, who)
        return np.concatenate([self.codes(weights[[place]])[:, one] for place, one in enumerate(who)])

    def _codes(self, weights: Floats, who: Places) -> Codes:
        tree, place = self.scores.scorecard.trees[self.axis.name], self.axis.criteria.index(self.criterion)
        others = self.axis.weights / (1 - self.weight)
        shares = {int(column): weights if row == place else (1 - weights) * others[row]
                  for row, column in enumerate(self.axis.columns)}
        walk = Evaluation(lambda column: self.terms.values[who, column],
                          lambda column: np.asarray(shares[column] * self.terms.counted[who, column]))
        level, whole = walk.of(tree)
        mine = np.where(whole > 0, 100 * level, np.nan)
        across = self.axis.name == self.matrix.x_axis
        rest = self.scores.axes[self.matrix.y_axis if across else self.matrix.x_axis].to_numpy(dtype=np.float64)[who]
        rest = np.broadcast_to(rest, mine.shape)
        return self.matrix.codes(mine, rest) if across else self.matrix.codes(rest, mine)


@dataclass(frozen=True)
class Flip:
    """Whose class changes (place), from which to which (numbers), and at which weight, on the way "less" or "more"."""

    who: int
    now: int
    becomes: int
    direction: str
    at: float


def ways(scores: Scores, matrix: Matrix, amounts: csr_array | None = None) -> Iterator[TreeWay]:
    """The way of every weight of the two axes that can move."""
    terms = Terms.of(scores)
    for axis in terms.axes:
        if axis.name in (matrix.x_axis, matrix.y_axis):
            for criterion, weight in zip(axis.criteria, axis.weights, strict=True):
                if weight < 1:
                    yield TreeWay(scores, terms, matrix, axis, criterion, amounts)


def first_flips(way: TreeWay) -> Iterator[Flip]:
    """The nearest flip of everybody that is seen, below and above the present weight."""
    now = way.codes(np.array([way.weight]))[0]
    for direction, end in (("less", 0.0), ("more", 1.0)):
        looks = np.linspace(way.weight, end, 1 + int(np.ceil(STEPS * abs(end - way.weight))))
        waiting = now >= 0
        for start in range(1, len(looks), AT_ONCE):
            differs = (way.codes(looks[start : start + AT_ONCE]) != now) & waiting
            who = np.flatnonzero(differs.any(axis=0))
            if len(who):
                first = start + differs[:, who].argmax(axis=0)
                waiting[who] = False
                yield from _closed_in(way, who, now[who], looks[first - 1], looks[first], direction)


def _closed_in(way: TreeWay, who: Places, now: Codes, same: Floats, other: Floats, direction: str) -> Iterator[Flip]:
    """The flips between the last weight with the same class and the first with another one."""
    for _ in range(HALVINGS):
        middle = (same + other) / 2
        stays = way.codes_of(middle, who) == now
        same, other = np.where(stays, middle, same), np.where(stays, other, middle)
    becomes = way.codes_of(other, who)
    for row in zip(who.tolist(), now.tolist(), becomes.tolist(), other.tolist(), strict=True):
        yield Flip(row[0], row[1], row[2], direction, row[3])
