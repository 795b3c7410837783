"""What a missing figure does to a score: the analyst's decision, kept on the result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.language import column, enumerated, marked, percent, say
from srmkit.scoring.measured import Figures, listed, nearest, who

if TYPE_CHECKING:
    from srmkit.scoring.scorecard import Scorecard

Missing = Literal["refuse", "reweight", "worst", "interval"]
GIVES_WEIGHT = ("reweight", "interval")  # decisions that give the weight of a gap to the other criteria

# what becomes of a criterion that nobody has a figure for, and of those that some lack
FATES = {
    "worst": (
        marked("'{criterion}' ({share} of {axis}) has no figure for any candidate and counts as worst."),
        marked("A missing figure counts as worst: {criteria}."),
    ),
    "reweight": (
        marked("'{criterion}' ({share} of {axis}) has no figure for any candidate and gives its weight to the other "
               "criteria of its axis."),
        marked("A missing figure gives its weight to the other criteria of its axis: {criteria}."),
    ),
    "interval": (
        marked("'{criterion}' ({share} of {axis}) has no figure for any candidate and leaves the score open between a "
               "lowest and a highest, and lends its weight to the other criteria of its axis."),
        marked("A missing figure leaves the score open between a lowest and a highest, and lends its weight to the "
               "other criteria of its axis: {criteria}."),
    ),
}


@dataclass(frozen=True)
class Shares:
    """Stated shares of the criteria within their axis, and where each axis stands among them."""

    stated: NDArray[np.float64]
    columns: dict[str, NDArray[np.intp]]

    @classmethod
    def of(cls, scorecard: Scorecard) -> Shares:
        """The shares a scorecard states."""
        axis_of = scorecard.axis_of.to_numpy()
        columns = {axis.name: np.flatnonzero(axis_of == axis.name) for axis in scorecard.axes}
        return cls(np.asarray(scorecard.weights, dtype=float), columns)

    def effective(self, gaps: NDArray[np.bool_], missing: Missing) -> NDArray[np.float64]:
        """Shares after the decision: candidate by candidate, all 0 on an axis without any figure; or the stated
        ones, the same for all."""
        if missing not in GIVES_WEIGHT or not gaps.any():
            return self.stated
        weights = np.tile(self.stated[:, None], (1, len(gaps))).T
        weights[gaps] = 0.0
        for columns in self.columns.values():
            left = weights[:, columns].sum(axis=1)
            complete = ~gaps[:, columns].any(axis=1)
            # a complete candidate keeps the stated shares to the last digit
            divisor = np.where(complete | (left <= 0), 1.0, left)
            weights[:, columns] /= divisor[:, None]
        return weights


def check_gaps(
    scorecard: Scorecard, table: pd.DataFrame, figures: Figures, missing: Missing, problems: Problems
) -> None:
    """Note every gap that the decision does not cover."""
    if missing not in get_args(Missing):
        problems.add("'missing'", "must be refuse, reweight, worst or interval", found=repr(missing))
    if missing in GIVES_WEIGHT:
        _check_axes(scorecard, figures, problems)
    if missing != "refuse":
        return
    known = [str(column) for column in table.columns]
    stated = scorecard.weights
    for place, criterion in enumerate(scorecard.criteria):
        if stated[criterion.name] <= 0:
            continue
        if criterion.name in figures.absent:
            todo = nearest(criterion.metric, known) or (
                f"Measure it, score with .without('{criterion.name}'), or with missing=\"reweight\"."
            )
            problems.add(f"'{criterion.metric}'", "is not among the metrics", found=listed(known), todo=todo)
        elif figures.gaps[:, place].any():
            lacking = who(table.index, figures.gaps[:, place])
            problems.add(f"'{criterion.metric}'", say("is missing for {names}", names=lacking),
                         todo=say('Complete it, or score with missing="worst".'))


def notes_on_gaps(scorecard: Scorecard, figures: Figures, missing: Missing) -> Iterator[str]:
    """What the decision did, in sentences."""
    if missing == "refuse" or not figures.gaps.any():
        return
    shares = Shares.of(scorecard)
    everyone = len(figures.raw)
    lacking = pd.Series(figures.gaps.sum(axis=0), index=scorecard.weights.index)
    counts = lacking[(lacking > 0) & (shares.stated > 0)]
    if counts.empty:
        return
    of_none, of_some = FATES[missing]
    label = {criterion.name: say(criterion.label) for criterion in scorecard.criteria}
    for name in counts.index[counts == everyone]:
        axis = scorecard.axis_of[name]
        yield say(of_none, criterion=label[name], share=percent(scorecard.weights[name]), axis=column(axis, axis))
    some = counts[counts < everyone]
    if len(some):
        named = [say("'{criterion}' for {count:,} of {all:,}", criterion=label[str(name)], count=count, all=everyone)
                 for name, count in some.items()]
        yield say(of_some, criteria=enumerated(named))
    if missing in GIVES_WEIGHT:
        yield from _without_axis(figures.raw.index, figures.gaps, shares)


def _without_axis(candidates: pd.Index, gaps: NDArray[np.bool_], shares: Shares) -> Iterator[str]:
    for axis, columns in shares.columns.items():
        empty = _unknown(gaps, shares, columns)
        if empty.any():
            yield say("No figure on {axis}, so no total and no rank: {names}.", axis=column(axis, axis),
                      names=who(candidates, empty))


def _check_axes(scorecard: Scorecard, figures: Figures, problems: Problems) -> None:
    shares = Shares.of(scorecard)
    for axis, columns in shares.columns.items():
        if len(figures.gaps) and _unknown(figures.gaps, shares, columns).all():
            metrics = listed(f"'{scorecard.criteria[column].metric}'" for column in columns)
            problems.add(say("axis '{axis}'", axis=axis), say("has no figure for any candidate"),
                         found=say("none of {names}", names=metrics),
                         todo=say("Complete one of them, or use a scorecard without this axis."))


def _unknown(gaps: NDArray[np.bool_], shares: Shares, columns: NDArray[np.intp]) -> NDArray[np.bool_]:
    counted = columns[shares.stated[columns] > 0]
    return np.asarray(gaps[:, counted].all(axis=1))
