"""Values and weights to axis scores and totals, column by column: no table larger than the input is ever built."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from srmkit.scoring.aggregation import Evaluation

if TYPE_CHECKING:
    from srmkit.scoring.gaps import Shares
    from srmkit.scoring.scorecard import Scorecard

Floats = NDArray[np.float64]

BLOCK = 2**15  # candidates added up at once: what it takes stays in the cache


@dataclass(frozen=True)
class Totals:
    """Axis scores and totals (0 to 100; NaN without any figure on an axis).

    `turns` has, for each place of the tree that does not add up, the points of the total by which its
    value differs from the plain sum: plain points and turns together are the total.
    """

    axes: dict[str, Floats]
    total: Floats
    turns: dict[str, Floats]


def totals(scorecard: Scorecard, shares: Shares, values: Floats, weights: Floats, *, fill: float = 0.0) -> Totals:
    """Scores of these values (candidates x criteria, `fill` where NaN) under shares within the axes.

    `weights` are those of every candidate, or one row for all.
    """

    def value(column: int) -> Floats:
        known = values[:, column]
        return np.where(np.isnan(known), fill, known) if np.isnan(known.sum()) else known

    def weight(column: int) -> Floats:
        return np.asarray(weights[..., column], dtype=np.float64)

    axes: dict[str, Floats] = {}
    turns: dict[str, Floats] = {}
    total = np.zeros(len(values))
    trees, parts = scorecard.trees, scorecard.axis_weights
    for axis, columns in shares.columns.items():
        if trees[axis].additive:
            level = _sum([100 * weight(column) for column in columns], [value(column) for column in columns])
        else:
            walk = Evaluation(value, weight)
            together, _ = walk.of(trees[axis])
            level = np.array(100 * together, dtype=np.float64)
            turns |= {node: 100 * parts[axis] * turn for node, turn in walk.turns.items()}
        if weights.ndim > 1:
            level[sum(weight(column) for column in columns) <= 0] = np.nan
        total += parts[axis] * level
        axes[axis] = level
    if not scorecard.root.additive:
        together = over_axes(scorecard, list(axes.values()), list(parts))
        turns["total"] = together - total
        total = together
    return Totals(axes, total, {node: np.where(np.isnan(total), np.nan, turn) for node, turn in turns.items()})


def _sum(weights: list[Floats], values: list[Floats]) -> Floats:
    """Sum of weights times values, block by block and column by column.

    Never as a product of matrices: a candidate's sum must not depend on how many others there are.
    """
    level = np.zeros(len(values[0]))
    points = np.empty(min(BLOCK, len(level)))
    for start in range(0, len(level), BLOCK):
        here = slice(start, start + BLOCK)
        for weight, value in zip(weights, values, strict=True):
            some = value[here]
            level[here] += np.multiply(weight[here] if weight.ndim else weight, some, out=points[: len(some)])
    return level


def over_axes(scorecard: Scorecard, levels: list[Floats], parts: list[Floats] | list[float]) -> Floats:
    """Totals (0 to 100) of axis scores and the weights of the axes, any shapes that broadcast."""
    walk = Evaluation(lambda axis: np.asarray(levels[axis]) / 100, lambda axis: np.asarray(parts[axis], dtype=float))
    return np.asarray(100 * walk.of(scorecard.root)[0], dtype=np.float64)
