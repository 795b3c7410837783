"""Scores: what every candidate gets, where it comes from, and what was decided on the way."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.bands import Bands, spans
from srmkit.scoring.explanation import Explanation, explain
from srmkit.scoring.gaps import GIVES_WEIGHT, Missing, Shares
from srmkit.scoring.ranks import TOLERANCE
from srmkit.scoring.totals import totals

if TYPE_CHECKING:
    from srmkit.scoring.criteria import Criterion
    from srmkit.scoring.scales import Scale
    from srmkit.scoring.scorecard import Scorecard


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores of all candidates (0 worst to 100 best) and everything they are made of.

    raw            candidate x criterion, figures as measured
    values         candidate x criterion, 0 to 1; NaN where the figure is missing
    weights        candidate x criterion, share within the axis after the decision about gaps
    axes           candidate x axis, 0 to 100; NaN where no figure of the axis is known
    total          axes weighted, 0 to 100; NaN where an axis is
    contributions  candidate x criterion, weight times value as points of the total; with the turns a row
                   adds up to the total
    turns          candidate x place of the tree that multiplies or averages geometrically, points of the total
                   by which it differs from the plain sum; no columns where everything adds up
    rank           1 is the highest, equals share the better rank; a gap for who fails a gate or has no total
    coverage       share of the stated weight behind which there is a figure, 0 to 1
    gated          one row a candidate and gate it fails: candidate, gate, condition, found
    clipped        by criterion how many figures lay below and above the ends and count as the end
    evidence       what is known of each figure's error, as the metrics gave it; None for a plain table
    missing        the decision about gaps: refuse, reweight, worst or interval
    low, high      lowest and highest possible score, candidate x axis and total: missing figures at the worst
                   and at the best end, with the stated weights; equal where nothing is missing
    scales         what relative scales became for these candidates, by criterion
    notes          what the decisions did, in sentences

    `effective` holds the weights as one row for all, or a row a candidate.
    """

    scorecard: Scorecard
    raw: pd.DataFrame
    values: pd.DataFrame
    effective: NDArray[np.float64]
    axes: pd.DataFrame
    total: pd.Series[float]
    turns: pd.DataFrame
    rank: pd.Series[Any]
    coverage: pd.Series[float]
    gated: pd.DataFrame
    clipped: pd.DataFrame
    evidence: pd.DataFrame | None
    missing: Missing
    scales: Mapping[str, Scale]
    notes: tuple[str, ...] = ()

    @cached_property
    def weights(self) -> pd.DataFrame:
        """Share of each criterion within its axis after the decision about gaps."""
        shares = np.broadcast_to(self.effective, self.values.shape)
        return pd.DataFrame(shares, index=self.values.index, columns=self.values.columns)

    @cached_property
    def contributions(self) -> pd.DataFrame:
        """Points of the total that each figure wins: its weight times its value."""
        card = self.scorecard
        share = card.axis_weights.reindex(card.axis_of.to_numpy()).to_numpy(dtype=float)
        points = 100 * self.effective * self.values.fillna(0.0).to_numpy(dtype=float) * share
        points[self.axes.isna().any(axis=1).to_numpy()] = np.nan  # without an axis there is no total
        return pd.DataFrame(points, index=self.values.index, columns=self.values.columns)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria of the scorecard with the scales that valued these candidates."""
        return tuple(
            replace(item, scale=self.scales[item.name]) if item.name in self.scales else item
            for item in self.scorecard.criteria
        )

    @property
    def gaps_give_weight(self) -> bool:
        """Whether a missing figure leaves its weight to the other criteria of its axis."""
        return self.missing in GIVES_WEIGHT

    @cached_property
    def low(self) -> pd.DataFrame:
        """Lowest possible scores, candidate x axis and total: every missing figure at its worst."""
        return self._bound(0.0)

    @cached_property
    def high(self) -> pd.DataFrame:
        """Highest possible scores, candidate x axis and total: every missing figure at its best."""
        return self._bound(1.0)

    def _bound(self, fill: float) -> pd.DataFrame:
        shares = Shares.of(self.scorecard)
        found = totals(self.scorecard, shares, self.values.to_numpy(dtype=float), shares.stated, fill=fill)
        return pd.DataFrame({**found.axes, "total": found.total}, index=self.values.index)

    def open_ranks(self) -> pd.DataFrame:
        """Best and worst rank each candidate may have, whatever the missing figures are (columns best, worst).

        Each missing figure is taken by itself: the best rank counts who is ahead even at its lowest.
        """
        ranked = self.rank.notna()
        low, high = (table.loc[ranked, "total"].to_numpy() for table in (self.low, self.high))
        best = 1 + len(low) - np.searchsorted(np.sort(low), high + TOLERANCE, side="right")
        worst = len(high) - np.searchsorted(np.sort(high), low + TOLERANCE, side="right")
        ahead = high > low + TOLERANCE  # oneself is not ahead of oneself
        return pd.DataFrame({"best": best, "worst": 1 + worst - ahead}, index=self.total.index[ranked])

    def open_grades(self, bands: Bands) -> pd.Series[Any]:
        """Grades that each candidate's lowest to highest score spans, best first, as 'gold to bronze'.

        One grade where the missing figures cannot change it; a gap for who has no rank.
        """
        return spans(bands, self.low["total"], self.high["total"]).where(self.rank.notna())

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
        """One row a candidate, best first: axes, total, rank, coverage and the gates it fails.

        With `missing="interval"` also the lowest and highest total.
        """
        failed = self.gated.groupby("candidate", sort=False)["gate"].agg("; ".join)
        table = self.axes.assign(
            total=self.total,
            rank=self.rank,
            coverage=self.coverage,
            gate=failed.reindex(self.total.index).astype(object).fillna(""),
        )
        if self.missing == "interval":
            table.insert(len(self.axes.columns) + 1, "low", self.low["total"])
            table.insert(len(self.axes.columns) + 2, "high", self.high["total"])
        return table.sort_values(["rank", "total"], ascending=[True, False], kind="stable")
