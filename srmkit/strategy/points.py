"""Points that each candidate wins and loses, criterion by criterion, and what a figure would have to be."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.language import say
from srmkit.rounding import enough_of, said_before, said_in
from srmkit.strategy.reasons import in_points

if TYPE_CHECKING:
    from srmkit.scoring import Criterion, Scores

TOLERANCE = 1e-9  # points; sums of floats that should be equal may differ in their last digits
HALVINGS = 60
MOST_NAMED = 3


@dataclass(frozen=True)
class Points:
    """Scores taken apart, candidate x criterion.

    weight  points of the total that the best figure would win
    value   0 to 1; 0 where the figure is missing: it counts as worst, or its weight went to the others
    won     weight times value
    lost    weight less won
    """

    scores: Scores
    criteria: tuple[Criterion, ...]
    weight: NDArray[np.float64]
    value: NDArray[np.float64]

    @classmethod
    def of(cls, scores: Scores) -> Points:
        """The points behind these scores."""
        card = scores.scorecard
        share = card.axis_weights.reindex(card.axis_of.to_numpy()).to_numpy(dtype=float)
        names = [criterion.name for criterion in card.criteria]
        weight = np.asarray(100 * scores.weights[names].to_numpy(dtype=float) * share, dtype=float)
        value = np.nan_to_num(scores.values[names].to_numpy(dtype=float), nan=0.0)
        return cls(scores, scores.criteria, weight, value)

    @property
    def won(self) -> NDArray[np.float64]:
        """Points won."""
        return self.weight * self.value

    @property
    def lost(self) -> NDArray[np.float64]:
        """Points lost against the best figure."""
        return self.weight * (1 - self.value)

    def rows(self, candidates: pd.Index) -> list[int]:
        """Where each of these candidates stands in the arrays."""
        position = {name: row for row, name in enumerate(self.scores.total.index)}
        return [position[name] for name in candidates]

    def label(self, place: int) -> str:
        """The criterion's label as it stands in a sentence."""
        return say(self.criteria[place].label).lower()

    def most_lost(self, row: int) -> list[int]:
        """The criteria that cost a candidate most points, the costliest first, three at most."""
        return _largest(self.lost[row])

    def named_losses(self, row: int) -> str:
        """The costliest criteria in words: 'on time: 30.0 of 45.0; price index: 7.5 of 15.0'."""
        return say("; ").join(self._named(self.lost, row, place) for place in self.most_lost(row))

    def closing(self, row: int, gap: float) -> str:
        """What would win a candidate `gap` more points, everything else as it is, in words."""
        if not self.scores.scorecard.additive:
            return say("{points} points more", points=in_points(gap))  # what a single figure adds depends on all others
        most = self.most_lost(row)
        for place in most:
            if self.lost[row, place] >= gap - TOLERANCE:
                return say("{gap} points more, for example {instead}", gap=in_points(gap),
                           instead=self._instead(row, place, gap))
        together = float(self.lost[row, most].sum())
        if together >= gap - TOLERANCE:
            return say("{gap} points more: no criterion alone, the costliest together give {together:.1f}",
                       gap=in_points(gap), together=together)
        return say("{gap} points more: even the costliest together give only {together:.1f}",
                   gap=in_points(gap), together=together)

    def missing(self, row: int) -> Iterator[str]:
        """Labels of the criteria that count and for which the candidate has no figure."""
        stated = self.scores.scorecard.weights
        for place, criterion in enumerate(self.criteria):
            if stated[criterion.name] > 0 and np.isnan(self.scores.values[criterion.name].iloc[row]):
                yield self.label(place)

    def _named(self, points: NDArray[np.float64], row: int, place: int) -> str:
        return say("{criterion}: {points:.1f} of {most:.1f}", criterion=self.label(place),
                   points=points[row, place], most=self.weight[row, place])

    def _instead(self, row: int, place: int, gap: float) -> str:
        criterion = self.criteria[place]
        value = min(1.0, self.value[row, place] + gap / self.weight[row, place])
        raw, target = self.scores.raw[criterion.name].iloc[row], raw_figure(criterion, value)
        if target is None or pd.isna(raw):
            now = 100 * self.value[row, place]
            return say("{criterion}: worth {value:.0f} of 100 instead of {now:.0f}", criterion=self.label(place),
                       value=100 * value, now=now)
        whole = bool((self.scores.raw[criterion.name].dropna() % 1 == 0).all())  # orders come whole
        enough = enough_of(target, upwards=criterion.scale.better == "higher", whole=whole)
        unit, currency = criterion.unit, self.scores.currency
        return say("{criterion}: {enough} instead of {now}", criterion=self.label(place),
                   enough=said_before(enough, unit, currency), now=said_in(float(raw), unit, currency))


def raw_figure(criterion: Criterion, value: float) -> float | None:
    """The least demanding raw figure that is worth `value`; nothing where the scale turns or has words."""
    scale = criterion.scale
    worst, best = scale.ends if scale.better == "higher" else scale.ends[::-1]
    endless = not (math.isfinite(worst) and math.isfinite(best))
    if not scale.better or endless or getattr(scale, "in_words", False):
        return None
    span = abs(best - worst)
    for _ in range(HALVINGS):
        middle = (worst + best) / 2
        enough = float(scale.values(middle)) >= value - TOLERANCE
        worst, best = (worst, middle) if enough else (middle, best)
    return round(best, 6 - math.floor(math.log10(span)))  # halving never quite lands on a round figure


def _largest(points: NDArray[np.float64]) -> list[int]:
    order = np.argsort(-points, kind="stable")[:MOST_NAMED]
    return [int(place) for place in order if points[place] > TOLERANCE]
