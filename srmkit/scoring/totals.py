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
    total, points = np.zeros(len(values)), np.empty(len(values))
    trees, parts = scorecard.trees, scorecard.axis_weights
    for axis, columns in shares.columns.items():
        level = np.zeros(len(values))
        # column by column: a row's sum must not depend on how many other rows there are
        for column in columns:
            points = np.multiply(100 * weight(column), value(column), out=points)
            level += points
            points *= parts[axis]
            total += points
        if not trees[axis].additive:
            walk = Evaluation(value, weight)
            together, _ = walk.of(trees[axis])
            level = np.asarray(100 * together, dtype=np.float64)
            for node, turn in walk.turns.items():
                turns[node] = 100 * parts[axis] * turn
                total += turns[node]
        if weights.ndim > 1:
            unknown = sum(weight(column) for column in columns) <= 0
            level[unknown] = np.nan
            total[unknown] = np.nan
        axes[axis] = level
    if not scorecard.root.additive:
        together = over_axes(scorecard, list(axes.values()), list(parts))
        turns["total"] = together - total
        total = together
    return Totals(axes, total, {node: np.where(np.isnan(total), np.nan, turn) for node, turn in turns.items()})


def over_axes(scorecard: Scorecard, levels: list[Floats], parts: list[Floats] | list[float]) -> Floats:
    """Totals (0 to 100) of axis scores and the weights of the axes, any shapes that broadcast."""
    walk = Evaluation(lambda axis: np.asarray(levels[axis]) / 100, lambda axis: np.asarray(parts[axis], dtype=float))
    return np.asarray(100 * walk.of(scorecard.root)[0], dtype=np.float64)
