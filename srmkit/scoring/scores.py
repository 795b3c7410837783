"""Scores: what every candidate gets, where it comes from, and what was decided on the way."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from srmkit.bands import Bands
from srmkit.scoring.explanation import Explanation, explain

if TYPE_CHECKING:
    from srmkit.scoring.gaps import Missing
    from srmkit.scoring.scorecard import Scorecard


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores of all candidates (0 worst to 100 best) and everything they are made of.

    raw            candidate x criterion, figures as measured
    values         candidate x criterion, 0 to 1; NaN where the figure is missing
    weights        candidate x criterion, share within the axis after the decision about gaps
    axes           candidate x axis, 0 to 100; NaN where no figure of the axis is known
    total          axes weighted, 0 to 100; NaN where an axis is
    contributions  candidate x criterion, points of the total; a row adds up to the total
    rank           1 is the highest, equals share the better rank; a gap for who fails a gate or has no total
    coverage       share of the stated weight behind which there is a figure, 0 to 1
    gated          one row a candidate and gate it fails: candidate, gate, condition, found
    clipped        by criterion how many figures lay below and above the ends and count as the end
    evidence       what is known of each figure's error, as the metrics gave it; None for a plain table
    missing        the decision about gaps: refuse, reweight or worst
    notes          what the decisions did, in sentences
    """

    scorecard: Scorecard
    raw: pd.DataFrame
    values: pd.DataFrame
    weights: pd.DataFrame
    axes: pd.DataFrame
    total: pd.Series[float]
    contributions: pd.DataFrame
    rank: pd.Series[Any]
    coverage: pd.Series[float]
    gated: pd.DataFrame
    clipped: pd.DataFrame
    evidence: pd.DataFrame | None
    missing: Missing
    notes: tuple[str, ...] = ()

    @property
    def eligible(self) -> pd.Series[float]:
        """Totals of those who have one and fail no gate."""
        return self.total[self.rank.notna()]

    def grades(self, bands: Bands) -> pd.Series[Any]:
        """Grade of each candidate; a gap for who fails a gate or has no total."""
        return bands.of(self.total.where(self.rank.notna()))

    def explain(self, candidate: Hashable) -> Explanation:
        """Where one candidate's points come from and where it loses them, as a table and in sentences."""
        return explain(self, candidate)

    def table(self) -> pd.DataFrame:
        """One row a candidate, best first: axes, total, rank, coverage and the gates it fails."""
        failed = self.gated.groupby("candidate", sort=False)["gate"].agg("; ".join)
        table = self.axes.assign(
            total=self.total,
            rank=self.rank,
            coverage=self.coverage,
            gate=failed.reindex(self.total.index).astype(object).fillna(""),
        )
        return table.sort_values(["rank", "total"], ascending=[True, False], kind="stable")
