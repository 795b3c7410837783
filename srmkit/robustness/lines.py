"""Scores as one weight moves: a straight line over a straight line, so every crossing has a formula.

One criterion's weight t goes from 0 to 1 within its axis while the others keep their ratios
(Triantaphyllou & Sanchez 1997, Decision Sciences 28(1), 151-194, ask the same question).
A candidate's axis score is then `(own t + others (1 - t)) / (own_weight t + others_weight (1 - t))`;
with every figure present the lower line is 1 and the score itself is straight.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srmkit.robustness.terms import Axis, Terms

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Lines:
    """Per candidate the score (0 to 100) as a function of one weight; `weight` is where it stands now.

    Arrays have one entry per candidate. A candidate that lacks this figure, or all the others,
    has the same score whatever the weight.
    """

    weight: float
    own: Floats
    own_weight: Floats
    others: Floats
    others_weight: Floats

    @classmethod
    def of_criterion(cls, terms: Terms, axis: Axis, criterion: str) -> Lines | None:
        """Axis scores against one criterion's share of its axis; None when no other one carries weight."""
        place = axis.criteria.index(criterion)
        weight = float(axis.weights[place])
        if weight >= 1:
            return None
        counted, values = terms.counted[:, axis.columns], terms.values[:, axis.columns]
        shares = np.delete(axis.weights, place) / (1 - weight)
        own, own_weight = values[:, place] * counted[:, place], counted[:, place]
        others = np.delete(values * counted, place, axis=1) @ shares
        others_weight = np.delete(counted, place, axis=1) @ shares
        lacks_own, lacks_others = own_weight <= 0, others_weight <= 0
        return cls(
            weight,
            100 * np.where(lacks_own, others, own),
            np.where(lacks_own, others_weight, own_weight),
            100 * np.where(lacks_others, own, others),
            np.where(lacks_others, own_weight, others_weight),
        )

    def at(self, weight: float | Floats) -> Floats:
        """The scores when the criterion weighs so much (0 to 1); NaN for a candidate without any figure."""
        upper = self.own * weight + self.others * (1 - weight)
        lower = self.own_weight * weight + self.others_weight * (1 - weight)
        return np.divide(upper, lower, out=np.full_like(upper, np.nan), where=lower > 0)

    def reach(self, score: float | Floats) -> Floats:
        """The weight at which each score equals `score`; NaN when no weight changes it.

        The answer may lie outside 0 to 1: the caller judges what is possible.
        """
        others = self.others - score * self.others_weight
        fall = others - (self.own - score * self.own_weight)
        return np.divide(others, fall, out=np.full_like(others, np.nan), where=fall != 0)
