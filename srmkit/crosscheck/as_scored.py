"""The values and weights behind scores, gaps filled the way they were scored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from srmkit.errors import Problems

if TYPE_CHECKING:
    from srmkit.scoring import Scores


@dataclass(frozen=True, eq=False)
class AsScored:
    """What another method needs to judge the same candidates by the same scorecard.

    values   candidate x criterion, 0 to 1, complete; who has no rank is absent, and so is what has no weight
    weights  by criterion, share of the total; where the scorecard adds up, values times weights add up to total / 100
    """

    values: pd.DataFrame
    weights: pd.Series[float]

    @classmethod
    def of(cls, scores: Scores) -> AsScored:
        """Values and weights behind scores; SrmkitError when nobody has a rank.

        A gap that counted as the worst figure is 0. A gap whose weight the other criteria of its axis
        took over has counted as what they come to: it is the candidate's score on the axis.
        """
        ranked = scores.rank.notna().to_numpy(dtype=bool)
        if not ranked.any():
            problems = Problems("cross-checks")
            problems.add("the scores", "have no candidate with a rank", todo="Look at the gates that each one fails.")
            problems.raise_if_any()
        card = scores.scorecard
        weights = card.weights * card.axis_weights.reindex(card.axis_of.to_numpy()).to_numpy(dtype=float)
        values = scores.values.loc[ranked, weights.index[weights > 0]]
        counted = pd.DataFrame(0.0, index=values.index, columns=values.columns)
        if scores.gaps_give_weight:
            counted = scores.axes.loc[ranked, card.axis_of[values.columns]].set_axis(values.columns, axis=1) / 100
        return cls(values.fillna(counted), weights[values.columns])
