"""Exact answers over whole spaces of weights: grades, classes, who beats whom, expected ranks. Nothing is drawn.

Any statement "this weighted sum is at least that" is a plane through the space of weights, and the volume on
either side of it has a closed form (see `simplex`). It holds for any weights, for weights about the stated ones
with whole Dirichlet parameters, for ordered weights, for lower bounds, and for any space that can be cut into
simplices.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.bands import Bands
from srmkit.errors import Problems
from srmkit.robustness.doubts import said
from srmkit.robustness.stated_weights import closed, said_rows
from srmkit.robustness.tree_draws import refuse_unless_additive
from srmkit.robustness.weight_space import Simplices, weight_space
from srmkit.robustness.weight_statements import Statement
from srmkit.scoring import Scores

if TYPE_CHECKING:
    from srmkit.segmentation import Matrix

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
Weights = float | Literal["uniform"] | Statement | Sequence[Statement]

CASES_AT_ONCE = 2**13  # cases that are worked on together: what they need stays in the cache


@dataclass(frozen=True)
class ExactAcceptability:
    """What holds for which share of the weights, exactly.

    `values` are points (0 to 100), candidate x criterion; `counted` is 0 where a missing figure leaves
    its weight to the others, else 1. `space` are the weights.
    """

    values: pd.DataFrame
    counted: Floats
    space: Simplices

    def reaches(self, cut: float) -> pd.Series:
        """Share of the weights at which each candidate has `cut` points or more; NaN without any figure."""
        above = (self.values.to_numpy(dtype=float) - cut) * self.counted
        share = np.concatenate([np.empty(0), *(self.space.share_above(above[some]) for some in _parts(len(above)))])
        share[~self.counted.any(axis=1)] = np.nan
        return pd.Series(share, index=self.values.index, name="share")

    def grades(self, bands: Bands) -> pd.DataFrame:
        """Share of the weights per grade (candidate x grade, rows sum to 1)."""
        return self._steps(bands.cuts).set_axis(list(bands.names), axis=1)

    def bands(self, cuts: Sequence[float]) -> pd.DataFrame:
        """Share of the weights below, between and above ascending cuts (candidate x cuts reached, from 0)."""
        steps = self._steps(tuple(reversed(cuts)))
        return steps.set_axis(pd.RangeIndex(len(cuts), -1, -1), axis=1)[list(range(len(cuts) + 1))]

    def winning(self, pairs: Sequence[tuple[Hashable, Hashable]]) -> pd.DataFrame:
        """For each pair the shares of the weights at which the first is strictly ahead, and behind.

        Columns candidate, against, ahead, behind; what is left of 1 is a tie whatever the weights.
        Raises SrmkitError where the two miss different figures.
        """
        places = [[self.values.index.get_loc(name) for name in pair] for pair in pairs]
        first, second = np.array(places, dtype=np.intp).reshape(-1, 2).T
        ahead, behind = self._ahead(first, second)
        table = pd.DataFrame(list(pairs), columns=["candidate", "against"])
        return table.assign(ahead=ahead, behind=behind)

    def expected_rank(self) -> pd.Series:
        """Mean rank of each candidate over the weights; equals share the better rank.

        It is 1 and the sum of the shares at which another one is ahead. Raises SrmkitError where
        candidates miss different figures.
        """
        count = len(self.values)
        first, second = np.triu_indices(count, 1)
        ahead, behind = self._ahead(first, second)
        lost = np.bincount(first, behind, minlength=count) + np.bincount(second, ahead, minlength=count)
        return pd.Series(1 + lost, index=self.values.index, name="expected_rank")

    def _ahead(self, first: Places, second: Places) -> tuple[Floats, Floats]:
        """Shares of the weights at which each first one is strictly ahead of its second one, and behind it."""
        self._same_gaps(first, second)
        table, shares = self.values.to_numpy(dtype=float), []
        for some in _parts(len(first)):
            gain = (table[first[some]] - table[second[some]]) * self.counted[first[some]]
            ahead = 1 - self.space.share_above(-gain)
            shares.append((ahead, np.where(self.space.level(gain), 0.0, 1 - ahead)))
        if not shares:
            return np.empty(0), np.empty(0)
        return np.concatenate([one for one, _ in shares]), np.concatenate([other for _, other in shares])

    def _steps(self, cuts: Sequence[float]) -> pd.DataFrame:
        """Shares from the highest step to the lowest, for cuts that descend."""
        reached = [*(self.reaches(cut) for cut in cuts)]
        whole = pd.Series(np.where(self.counted.any(axis=1), 1.0, np.nan), index=self.values.index)
        steps = np.diff(np.column_stack([0 * whole, *reached, whole]), axis=1)
        return pd.DataFrame(np.clip(steps, 0, 1), index=self.values.index)  # the last digit may fall below 0

    def _same_gaps(self, first: Places, second: Places) -> None:
        if (self.counted == self.counted[:1]).all():
            return
        differ = (self.counted[first] != self.counted[second]).any(axis=1)
        problems = Problems("exact comparison")
        for one, other in list(zip(first[differ], second[differ], strict=True))[:3]:
            names = self.values.index
            problems.add(f"'{names[one]}' and '{names[other]}'", "miss different figures: no plane parts their weights",
                         todo='Score with missing="worst", complete the figures, or draw with rank_acceptability.')
        problems.raise_if_any()


def exact_acceptability(scores: Scores, weights: Weights = "uniform", *, axis: str | None = None) -> ExactAcceptability:
    """Exact shares of the weights: any weights, or those about the stated ones, or those that statements allow.

    `weights` is "uniform" (every split of the points equally likely), a number (the `concentration` of
    a Dirichlet distribution about the stated weights; each weight times it must be whole), or
    statements such as `Ordered` and `Between`, all weights that obey equally likely. With `axis` it is
    about the score on that axis and the weights within it. Without, it is about the total with
    the weights of all criteria in one pot, as shares of the total.

    Raises SrmkitError for an unknown axis, gaps in a total over several axes, weights that are not whole,
    statements that contradict each other, and spaces with too many corners.

    >>> from srmkit.scoring import Criterion, Group, Linear, Scorecard
    >>> points = Linear(worst=0, best=10)
    >>> bid = Group("bid", 1, (Criterion("price", 1, points), Criterion("service", 1, points)))
    >>> card = Scorecard("bids", axes=(bid,))
    >>> scores = card.score(pd.DataFrame({"price": [8.0, 4.0], "service": [4.0, 6.0]}, index=["Alba", "Dahl"]))
    >>> exact_acceptability(scores).winning([("Alba", "Dahl")])["ahead"].round(4).tolist()
    [0.6667]
    """
    table, counted, stated = _asked(scores, axis)
    return ExactAcceptability(100 * table, counted, _space(list(table.columns), stated, weights))


def exact_classes(scores: Scores, matrix: Matrix, weights: Weights = "uniform") -> pd.DataFrame:
    """Exact share of the weights per class of a matrix (candidate x class, rows sum to 1).

    The weights of the two axes do not depend on each other, so a cell of the matrix has the product
    of the shares of its bands. Statements go to the axis whose criteria they name.
    """
    shares = np.zeros((len(scores.axes), len(matrix.names)))
    across, up = (
        exact_acceptability(scores, _about(scores, axis, weights), axis=axis).bands(cuts).to_numpy()
        for axis, cuts in ((matrix.x_axis, matrix.x_cuts), (matrix.y_axis, matrix.y_cuts))
    )
    for (row, column), code in np.ndenumerate(matrix.grid):
        shares[:, code] += up[:, row] * across[:, column]
    return pd.DataFrame(shares, index=scores.axes.index, columns=list(matrix.names))


def _about(scores: Scores, axis: str, weights: Weights) -> Weights:
    """What is said about the criteria of one axis."""
    if isinstance(weights, (int, float, str)):
        return weights
    listed = said(weights, Problems("weights"))
    axis_of = scores.scorecard.axis_of
    spoken = [{axis_of.get(name, name) for row in one.rows() for name, _ in row.coefficients} for one in listed]
    return [one for one, axes in zip(listed, spoken, strict=True) if axis in axes] or "uniform"


def _asked(scores: Scores, axis: str | None) -> tuple[pd.DataFrame, Floats, Floats]:
    """Values (0 to 1), which of them count, and the stated weights, of an axis or of all criteria together."""
    refuse_unless_additive(scores, "exact acceptability")
    card, problems = scores.scorecard, Problems("exact acceptability")
    share = card.axis_weights.reindex(card.axis_of.to_numpy()).to_numpy() if axis is None else 1.0
    stated: Floats = np.asarray(card.weights * share, dtype=np.float64)
    if axis is not None and axis not in scores.axes.columns:
        problems.add(f"axis '{axis}'", "is not scored", todo=f"Axes are: {', '.join(scores.axes.columns)}.")
    mine = np.flatnonzero((card.axis_of == axis).to_numpy() | (axis is None))
    table = scores.values.iloc[:, mine]
    counted: Floats = np.where(table.isna() & scores.gaps_give_weight, 0.0, 1.0)
    if axis is None and len(scores.axes.columns) > 1 and not counted.all():
        problems.add("candidates", "miss figures, and their weight goes to others of the same axis alone",
                     found=str(int((counted == 0).any(axis=1).sum())),
                     todo='Ask for one axis, score with missing="worst", or draw with grade_acceptability.')
    problems.raise_if_any()
    return table.fillna(0.0), counted, stated[mine]


def _space(names: list[str], stated: Floats, weights: Weights) -> Simplices:
    problems = Problems("exact acceptability")
    if isinstance(weights, (int, float)) or weights == "uniform":
        live = np.flatnonzero(stated > 0)
        parameters = np.ones(len(live)) if weights == "uniform" else stated[live] * float(weights)
        if (np.abs(parameters - parameters.round()) > 1e-6).any() or (parameters < 0.5).any():
            problems.add("weights", "times the concentration must be whole numbers of 1 or more",
                         found=", ".join(f"{names[place]} {parameter:g}" for place, parameter in
                                         zip(live, parameters, strict=True)),
                         todo="Choose a concentration that fits them, or draw.")
        problems.raise_if_any()
        whole = parameters.round().astype(int)
        return Simplices(np.eye(len(names))[live], np.arange(len(live))[None, :], np.ones(1), whole)
    rows = said_rows(said(weights, problems))
    strangers = sorted({name for row in rows for name, _ in row.coefficients} - set(names))
    for name in strangers:
        problems.add(f"'{name}'", "is not among the criteria asked about", todo=f"They are: {', '.join(names)}.")
    problems.raise_if_any()
    space = weight_space(names, closed(names, stated, rows), draws=256, seed=(0,))
    if not isinstance(space, Simplices):
        problems.add("the statements", "leave weights with too many corners for an exact answer",
                     todo="Draw with Doubt(weights=...), or say less about fewer criteria.")
    problems.raise_if_any()
    assert isinstance(space, Simplices)  # noqa: S101  # the other case was raised above
    return space


def _parts(cases: int) -> list[slice]:
    return [slice(start, start + CASES_AT_ONCE) for start in range(0, cases, CASES_AT_ONCE)]
