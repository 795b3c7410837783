"""How sure each class is: the share of draws in which a candidate falls in it, and which doubt matters.

Class acceptability is the idea of SMAA-TRI (Tervonen, Figueira, Lahdelma, Almeida Dias & Salminen 2009,
European Journal of Operational Research 192, 236-242): classify in every draw, then count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.robustness.axis_draws import ALL, engine_of
from srmkit.robustness.doubts import SOURCES, Doubt, certainty_labels, standard_error
from srmkit.scoring import Scores

if TYPE_CHECKING:
    from srmkit.segmentation import Matrix

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]

FIRM, LIKELY = 0.9, 0.7


@dataclass(frozen=True)
class ClassAcceptability:
    """Each candidate's class in every draw, and what follows from it.

    `names` are the classes, `base` the class without doubt, `drawn` one array of class numbers
    (draws x candidates; -1 where there is no score) for each doubt alone ("weights", "data",
    "cuts") and for all of them together ("all"). `firm` and `likely` are the bars of the labels.
    """

    names: tuple[str, ...]
    base: pd.Series
    drawn: Mapping[str, Codes]
    doubt: Doubt
    firm: float = FIRM
    likely: float = LIKELY

    @property
    def codes(self) -> Codes:
        """Class numbers under all doubts together, draws x candidates, an index into `names`."""
        return self.drawn[ALL]

    @cached_property
    def probabilities(self) -> pd.DataFrame:
        """Share of draws per class (candidate x class, 0 to 1, rows sum to 1; NaN without a score)."""
        counts = np.column_stack([(self.codes == code).sum(axis=0) for code in range(len(self.names))])
        scored = counts.sum(axis=1, keepdims=True)
        shares = np.divide(counts, scored, out=np.full(counts.shape, np.nan), where=scored > 0)
        return pd.DataFrame(shares, index=self.base.index, columns=list(self.names))

    @cached_property
    def standard_error(self) -> pd.DataFrame:
        """Monte-Carlo standard error of each probability, sqrt(p (1 - p) / N)."""
        return standard_error(self.probabilities, self.doubt.draws)

    @cached_property
    def certainty(self) -> pd.Series:
        """Probability of the class each candidate has without doubt (0 to 1; NaN without one)."""
        return (1 - self.by_doubt[ALL]).rename("certainty")

    @cached_property
    def label(self) -> pd.Series:
        """The certainty in a word: firm, likely, contested; unknown without a class."""
        return certainty_labels(self.certainty, firm=self.firm, likely=self.likely).rename("label")

    @cached_property
    def by_doubt(self) -> pd.DataFrame:
        """Probability of leaving the class: each doubt alone ("weights", "data", "cuts"), and "all" together."""
        base = self._base_codes()
        leaves = {source: (self.drawn[source] != base).mean(axis=0) for source in (*SOURCES, ALL)}
        return pd.DataFrame(leaves, index=self.base.index).where(pd.Series(base >= 0, self.base.index), np.nan)

    @cached_property
    def split(self) -> pd.DataFrame:
        """Each doubt's share of the three alone (rows sum to 1; all 0 where none moves the candidate)."""
        alone = self.by_doubt[list(SOURCES)]
        whole = alone.sum(axis=1, skipna=False)
        return alone.div(whole.where(whole > 0, 1.0), axis=0)

    @cached_property
    def matters_most(self) -> pd.Series:
        """The doubt that alone moves a candidate most often; "none" where none does."""
        split = self.split.fillna(0.0)
        largest = split.idxmax(axis=1).where(split.max(axis=1) > 0, "none")
        return largest.rename("matters_most")

    @cached_property
    def runner_up(self) -> pd.Series:
        """The likeliest class besides the present one; None where no draw leads elsewhere."""
        others = self.probabilities.fillna(0.0).to_numpy(copy=True)
        base = self._base_codes()
        classed = np.flatnonzero(base >= 0)
        others[classed, base[classed]] = 0.0
        names = np.array(self.names, dtype=object)[others.argmax(axis=1)]
        names[others.max(axis=1) <= 0] = None
        return pd.Series(names, index=self.base.index, name="runner_up", dtype=object)

    def table(self) -> pd.DataFrame:
        """One row a candidate: segment, certainty, its standard error, label, runner-up, what matters most."""
        error = (self.certainty * (1 - self.certainty) / self.doubt.draws) ** 0.5
        columns = [self.base.rename("segment"), self.certainty, error.rename("standard_error")]
        return pd.concat([*columns, self.label, self.runner_up, self.matters_most], axis=1)

    def rolled_up(self, spend: pd.DataFrame) -> ClassAcceptability:
        """The same for suppliers: in every draw each supplier takes the class most of its spend falls in.

        `spend` is supplier x item (a gap is no spend). Suppliers without spend on a classed item
        have no class. Raises SrmkitError for items that were not classed and for amounts below 0.
        """
        from srmkit.segmentation.roll_up import roll_up_codes, sold_on

        amounts = sold_on(spend, self.base.index)
        drawn = {source: roll_up_codes(codes, amounts).astype(np.int8) for source, codes in self.drawn.items()}
        base = roll_up_codes(self._base_codes()[None, :], amounts)[0]
        segments = named(base, self.names, spend.index, str(self.base.name))
        return replace(self, base=segments, drawn=drawn)

    def _base_codes(self) -> NDArray[np.intp]:
        return pd.Index(self.names).get_indexer(pd.Index(self.base))


def class_acceptability(
    scores: Scores, matrix: Matrix, doubt: Doubt, *, firm: float = FIRM, likely: float = LIKELY
) -> ClassAcceptability:
    """How sure each candidate's class in `matrix` is under a doubt.

    Candidates that fail a gate keep their class here, as they do in the matrix.
    Raises SrmkitError when the scores lack an axis of the matrix.
    """
    check_axes(scores, matrix)
    engine = engine_of(scores, doubt)
    x, y = (list(scores.axes.columns).index(axis) for axis in (matrix.x_axis, matrix.y_axis))
    x_shift, y_shift = engine.chance.shifts(2).T
    still = matrix.codes(scores.axes[matrix.x_axis].to_numpy(), scores.axes[matrix.y_axis].to_numpy())
    drawn = new_codes(len(scores.axes), doubt.draws)
    for block in engine.blocks():
        for source, axes in block.axes.items():
            shift = {"x_shift": x_shift, "y_shift": y_shift} if source == ALL else {}
            drawn[source][block.members] = matrix.codes(axes[x], axes[y], **shift)
        stated = scores.axes.iloc[block.members]
        drawn["cuts"][block.members] = matrix.codes(
            stated[matrix.x_axis].to_numpy()[:, None], stated[matrix.y_axis].to_numpy()[:, None],
            x_shift=x_shift, y_shift=y_shift,
        )
    base = named(still, matrix.names, scores.axes.index, "segment")
    return ClassAcceptability(matrix.names, base, by_draw(drawn), doubt, firm, likely)


def new_codes(candidates: int, draws: int) -> dict[str, Codes]:
    """Room for class numbers under each doubt, candidates x draws."""
    return {source: np.empty((candidates, draws), dtype=np.int8) for source in (*SOURCES, ALL)}


def by_draw(codes: Mapping[str, Codes]) -> dict[str, Codes]:
    """The same numbers as draws x candidates."""
    return {source: drawn.T for source, drawn in codes.items()}


def named(codes: NDArray[np.integer[Any]], names: tuple[str, ...], candidates: pd.Index, title: str) -> pd.Series:
    """Class names for class numbers; None for -1."""
    words = np.array([*names, None], dtype=object)[codes]
    return pd.Series(words, index=candidates, name=title, dtype=object)


def check_axes(scores: Scores, matrix: Matrix) -> None:
    """Raise SrmkitError when the scores lack an axis of the matrix."""
    problems = Problems(f"matrix '{matrix.name}' over scorecard '{scores.scorecard.name}'")
    for axis in (matrix.x_axis, matrix.y_axis):
        if axis not in scores.axes.columns:
            problems.add(f"axis '{axis}'", "is not scored", found=", ".join(scores.axes.columns),
                         todo="Choose a scorecard with this axis, or name the matrix's axes after the scorecard's.")
    problems.raise_if_any()
