"""Candidates placed on one matrix, with how sure each place is and what would move it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.decisions.shared_settings import SharedSettings
from srmkit.errors import Problems, SrmkitError, did_you_mean
from srmkit.language import Language, say, speaking, speaks, spoken
from srmkit.metrics import Metrics
from srmkit.robustness import (
    ClassAcceptability,
    Doubt,
    class_acceptability,
    few_draws,
    tipping_points,
    with_errors,
)
from srmkit.scoring import Missing, Scorecard, Scores
from srmkit.segmentation import Matrix, Segments

CLOUD = 256  # points of a cloud: enough for its outline


@speaks
@dataclass(frozen=True)
class Placement:
    """Scores and classes on one matrix; certainty, tipping points and clouds come when asked for.

    `stated` is the doubt behind them; None takes that of the settings.
    """

    scores: Scores
    segments: Segments
    params: SharedSettings
    stated: Doubt | None = None

    @property
    def doubt(self) -> Doubt:
        """The doubt behind certainty and clouds."""
        return self.params.doubt() if self.stated is None else self.stated

    @property
    def matrix(self) -> Matrix:
        """The matrix on which the candidates are placed."""
        return self.segments.matrix

    @cached_property
    def certainty(self) -> ClassAcceptability:
        """How sure each class is."""
        bars = {"firm": self.params.firm, "likely": self.params.likely}
        return class_acceptability(self.scores, self.matrix, self.doubt, **bars)

    @cached_property
    def tipping(self) -> pd.DataFrame:
        """The weights at which each class changes: exact where the scores add up, else looked for step by step."""
        return tipping_points(self.scores, self.matrix)

    @cached_property
    def open_classes(self) -> pd.Series:
        """For whom missing figures leave the class open: 'strategic or leverage'; empty unless scored as intervals."""
        if self.scores.missing != "interval":
            return pd.Series(dtype=object)
        return open_in_words(self.matrix.spanned(self.scores.low, self.scores.high))

    def table(self) -> pd.DataFrame:
        """One row a candidate: axes, class, probability (and its error), label, margin, and the nearest other class.

        Scored as intervals also `may_be`: the classes that missing figures leave open.
        """
        classes = self.segments.table
        columns = ["x", "y", "segment", "probability", "certainty", "margin", "flips_to", "flips_on"]
        table = classes.assign(probability=self.certainty.certainty, certainty=self.certainty.label)[columns]
        table = with_errors(table, self.params.draws, ["probability"])
        return table.assign(may_be=self.open_classes) if self.scores.missing == "interval" else table

    def clouds(self, candidates: pd.Index) -> dict[object, NDArray[np.float64]]:
        """Where these candidates may lie: points (x, y) of the first draws, the same as behind `certainty`."""
        drawn = few_draws(self.scores, self.doubt, candidates, most=CLOUD)
        x, y = drawn[self.matrix.x_axis], drawn[self.matrix.y_axis]
        return {name: np.column_stack([x[place], y[place]]) for place, name in enumerate(candidates)}


def open_in_words(spanned: pd.Series) -> pd.Series:
    """Where more than one class is possible (tuples of names), those classes in words: 'strategic or leverage'."""
    spanned = spanned[spanned.map(len) > 1]
    return spanned.map(lambda names: say(" or ").join(say(name) for name in names))


def scored(scorecard: Scorecard, metrics: Metrics, missing: Missing) -> Scores:
    """The scores of these metrics; kept, so that moving a cut draws nothing again."""
    return _scored(scorecard, metrics, missing, spoken())


@lru_cache(maxsize=12)  # a weighing scores with the weights of each rater
def _scored(scorecard: Scorecard, metrics: Metrics, missing: Missing, language: Language) -> Scores:
    with speaking(language):  # their notes are words
        return scorecard.score(metrics, missing=missing)


def place(scorecard: Scorecard, metrics: Metrics, matrix: Matrix, params: SharedSettings) -> Placement:
    """Score the candidates and put them on the matrix."""
    scores = scored(scorecard, metrics, params.missing)
    return Placement(scores, matrix.assign(scores.axes), params)


def place_judged(
    scorecard: Scorecard, metrics: Metrics, matrix: Matrix, params: SharedSettings, *, least: float
) -> Placement | None:
    """As `place`, for the candidates with figures behind at least this share of the weight; None without any."""
    covered = scorecard.score(metrics, missing="reweight")
    known = covered.axes.notna().all(axis=1) & (covered.coverage >= least)
    return place(scorecard, metrics.only(known.index[known]), matrix, params) if known.any() else None


def has_figures(scorecard: Scorecard, metrics: Metrics, source: str) -> bool:
    """Whether any criterion from this source (such as judged) has a figure."""
    names = [item.metric for item in scorecard.criteria if item.source == source]
    return any(metrics.values[name].notna().any() for name in names if name in metrics.values)


def read_scorecards(names: Iterable[str], weights: dict[str, float]) -> dict[str, Scorecard]:
    """Scorecards by name or file, each with the points that replace its own.

    SrmkitError for names that none of them has, and for points that leave a group without any.
    """
    cards = {name: Scorecard.read(name) for name in names}
    known = {name: {part.name for axis in card.axes for part in axis.walk()} for name, card in cards.items()}
    everything = sorted(set().union(*known.values()))
    problems = Problems("points for the scorecard")
    for name, points in weights.items():
        if name not in everything:
            problems.add(f"'weights', '{name}'", "is on no scorecard of this study", found=f"{points:g} points",
                         todo=did_you_mean(name, everything, "Names are"))
    for name, card in cards.items():
        own = {part: points for part, points in weights.items() if part in known[name]}
        try:
            cards[name] = card.reweighted(**own)
        except SrmkitError as error:
            problems.extend(replace(problem, thing=f"'weights', {problem.thing}") for problem in error.problems)
    problems.raise_if_any()
    return cards
