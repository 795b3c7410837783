"""The critical criterion: whose weight need change least before two candidates swap.

Triantaphyllou, E. and Sanchez, A. (1997). A sensitivity analysis approach for some deterministic multi-criteria
decision making methods. Decision Sciences 28(1), 151-194. A change d is taken off the weight W of one criterion and
all weights are divided by their sum again, so two candidates are level at d = (difference of totals) / (difference of
values). It is feasible up to d = W, where nothing of the weight is left.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.bands import TOLERANCE
from srmkit.errors import Problems
from srmkit.robustness.tree_draws import refuse_unless_additive
from srmkit.scoring import Scores

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class CriticalCriterion:
    """How little each weight need change before the best one, or any two, swap.

    `table` has one row a criterion: weight (share of the total), and for "top" (the best one loses its
    place) and "any" (any two swap) the change taken off the weight (below 0: it grows; NaN where none
    does), the change in percent of the weight, and the pair (ahead, behind). `degree` is the
    smallest percentage for any swap without its sign, `sensitivity` one over it: 0 for a criterion
    that can swap nobody.
    """

    table: pd.DataFrame

    @property
    def percent_top(self) -> str | None:
        """The criterion whose weight need change least, relative to itself, before the best one loses its place."""
        return self._least("top_percent")

    @property
    def percent_any(self) -> str | None:
        """The same for any swap."""
        return self._least("any_percent")

    @property
    def absolute_top(self) -> str | None:
        """The criterion whose weight need change least, in absolute terms, before the best one loses its place."""
        return self._least("top_change")

    @property
    def absolute_any(self) -> str | None:
        """The same for any swap."""
        return self._least("any_change")

    def _least(self, column: str) -> str | None:
        changes = self.table[column].abs().dropna()
        return None if changes.empty else str(changes.idxmin())


def critical_criterion(scores: Scores) -> CriticalCriterion:
    """Which weight decides: the smallest change of each that takes the best one's place, or swaps any two.

    Weights are shares of the total, so those of all axes can be compared. Candidates without a rank
    take no part; equals swap without any change. Raises SrmkitError where figures are missing (their
    weight is not the stated one), and for fewer than two candidates with a rank.
    """
    values, weights, totals, names = _parts(scores)
    neighbours = np.arange(len(totals) - 1)
    # of all pairs, two neighbours in the present order are level first
    pairs = {"top": (np.zeros_like(neighbours), neighbours + 1), "any": (neighbours, neighbours + 1)}
    table = pd.DataFrame({"weight": weights}, index=pd.Index(scores.values.columns, name="criterion"))
    for kind, (ahead, behind) in pairs.items():
        change = _changes(values, weights, totals, ahead, behind)
        nearest = np.where(np.isnan(change), np.inf, np.abs(change)).argmin(axis=0)
        least = change[nearest, np.arange(len(weights))]
        table[f"{kind}_change"] = least
        table[f"{kind}_percent"] = 100 * np.divide(least, weights, out=np.full_like(least, np.nan), where=weights > 0)
        swaps = [
            None if np.isnan(far) else (names[ahead[pair]], names[behind[pair]])
            for far, pair in zip(least, nearest, strict=True)
        ]
        table[f"{kind}_pair"] = pd.Series(swaps, index=table.index, dtype=object)
    table["degree"] = table["any_percent"].abs()
    table["sensitivity"] = (1 / table["degree"]).fillna(0.0)
    return CriticalCriterion(table)


def changes_to_swap(scores: Scores, pairs: Sequence[tuple[Hashable, Hashable]]) -> pd.DataFrame:
    """For each pair and criterion the change taken off the weight at which the two are level.

    Index (candidate, against), one column a criterion, in shares of the total; below 0 the weight
    grows. NaN where the two are alike on the criterion or nothing would be left of the weight.
    Errors as in `critical_criterion`, and for names without a rank.
    """
    values, weights, totals, names = _parts(scores)
    problems = Problems("changes to swap")
    for name in dict.fromkeys(name for pair in pairs for name in pair):
        if name not in names:
            problems.add(f"'{name}'", "has no rank", todo="Take the names from the scores.")
    problems.raise_if_any()
    first, second = (names.get_indexer(pd.Index(side)) for side in zip(*pairs, strict=True))
    index = pd.MultiIndex.from_tuples(list(pairs), names=["candidate", "against"])
    return pd.DataFrame(_changes(values, weights, totals, first, second), index=index, columns=scores.values.columns)


def _parts(scores: Scores) -> tuple[Floats, Floats, Floats, pd.Index]:
    """Values (0 to 1), weights as shares of the total, totals (0 to 1), and names, the best candidate first."""
    refuse_unless_additive(scores, "critical criterion")
    ranked = scores.rank.dropna().sort_values(kind="stable").index
    card, table = scores.scorecard, scores.values.loc[ranked]
    problems = Problems("critical criterion")
    lacking = table.index[table.isna().any(axis=1)]
    if len(lacking) and scores.gaps_give_weight:
        few = ", ".join(map(str, lacking[:5])) + (", ..." if len(lacking) > 5 else "")
        problems.add(f"candidates ({len(lacking)})", "miss figures, so their weights are not the stated ones",
                     found=few, todo='Complete the figures, leave these out, or score with missing="worst".')
    if len(ranked) < 2:
        problems.add("the scores", "have fewer than two candidates with a rank", found=str(len(ranked)))
    problems.raise_if_any()
    share = card.axis_weights.reindex(card.axis_of.to_numpy()).to_numpy(dtype=float)
    weights: Floats = card.weights.to_numpy(dtype=np.float64) * share
    totals: Floats = scores.total[ranked].to_numpy(dtype=np.float64) / 100
    return table.fillna(0.0).to_numpy(dtype=np.float64), weights, totals, ranked


def _changes(values: Floats, weights: Floats, totals: Floats, first: Places, second: Places) -> Floats:
    """Pairs x criteria; NaN where no change of this weight makes the two level."""
    apart = values[first] - values[second]
    lead = (totals[first] - totals[second])[:, None]
    lead = np.where(np.abs(lead) <= TOLERANCE, 0.0, lead)
    alike = np.abs(apart) <= TOLERANCE
    change = np.divide(lead, apart, out=np.full_like(apart, np.nan), where=~alike)
    return np.where(change > weights + TOLERANCE, np.nan, change)
