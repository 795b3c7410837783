"""Scores: what every candidate gets, where it comes from, and what was decided on the way."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.bands import Bands, spans
from srmkit.errors import Problems, did_you_mean
from srmkit.language import say
from srmkit.scoring.compensation import compensation
from srmkit.scoring.explanation import Explanation, explain
from srmkit.scoring.gaps import GIVES_WEIGHT, Missing, Shares
from srmkit.scoring.path_up import Goal, PathUp, path_up
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
    currency       of the amounts among the figures, as the metrics gave it (ISO code); empty where nobody knows it

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
    currency: str = ""

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
        values = self.values.to_numpy(dtype=float)
        points = np.empty(values.shape[::-1])
        for row, value, weight, part in zip(points, values.T, np.atleast_2d(self.effective).T, share, strict=True):
            np.multiply(value, 100 * weight * part, out=row)
            if np.isnan(row.sum()):
                row[np.isnan(row)] = 0.0
        unknown = np.isnan(self.total.to_numpy())
        if unknown.any():
            points[:, unknown] = np.nan  # without an axis there is no total
        return pd.DataFrame(points.T, index=self.values.index, columns=self.values.columns, copy=False)

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

    def explain(self, candidate: Hashable, *, bands: Bands | None = None, searched: bool = True) -> Explanation:
        """Where one candidate's points come from and where it loses them, as a table and in sentences.

        With `bands` also how far the next grade is and the cheapest path to it, unless nothing is to be `searched`.
        """
        return explain(self, candidate, bands, searched=searched)

    def compensation(self, *candidates: Hashable, bar: float = 25.0) -> pd.DataFrame:
        """Which failing is paid for by what: criteria worth less than `bar` (0 to 100) of the named candidates.

        One row a candidate and criterion: candidate, criterion, label, value (0 to 100; a gap where the
        figure is missing), lost (points of the total), paid_by (the criteria that win most points, in
        words). In the order named; within a candidate by points lost. Criteria without weight are left out.
        """
        return compensation(self, candidates, bar=bar)

    def path_up(
        self,
        candidate: Hashable,
        *,
        points: float | None = None,
        rank: int | None = None,
        grade: str | None = None,
        bands: Bands | None = None,
        axis: str | None = None,
        limits: Mapping[str, tuple[float, float]] | None = None,
        costs: Mapping[str, float] | None = None,
        fixed: Collection[str] = (),
    ) -> PathUp:
        """The cheapest path up: the smallest change of figures that reaches a score, a rank or a grade.

        Ask for exactly one of `points` (of the total, or of `axis`), `rank` (the others staying as they
        are) and `grade` (of `bands`). `limits` say by criterion the lowest and highest figure it can
        be brought to (the ends of its scale where nothing is said); `fixed` names what cannot change.
        Without `costs` a change costs its share of the scale (from end to end: 1; for words the share of
        the value). With `costs`, by criterion and for one unit of its figure, only the named ones
        change. Gates that a criterion's figure decides are met on the way. Raises SrmkitError for names that are
        not known, candidates without a total, and scorecards that do not simply add up.
        """
        aim, goals = _aim(self, candidate, points, rank, grade, bands, axis)
        return path_up(self, candidate, aim, [goals], limits=limits, costs=costs, fixed=fixed)

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


def _aim(
    scores: Scores,
    candidate: Hashable,
    points: float | None,
    rank: int | None,
    grade: str | None,
    bands: Bands | None,
    axis: str | None,
) -> tuple[str, list[Goal]]:
    """What is to be reached, in words and as goals; SrmkitError for what cannot be asked."""
    problems = Problems("path up")
    asked = [name for name, value in (("points", points), ("rank", rank), ("grade", grade)) if value is not None]
    if len(asked) != 1:
        problems.add("the aim", "must be exactly one of points, rank, grade", found=" and ".join(asked) or "none")
    if grade is not None and bands is None:
        problems.add("the grade", "needs the bands that it belongs to")
    elif grade is not None and bands is not None and grade not in bands.names:
        problems.add(f"grade '{grade}'", "is unknown", todo=did_you_mean(grade, bands.names, "Grades are"))
    if axis is not None and axis not in scores.axes.columns:
        problems.add(f"axis '{axis}'", "is not scored", todo=did_you_mean(axis, scores.axes.columns, "Axes are"))
    if axis is not None and points is None:
        problems.add("the axis", "goes with points only")
    if rank is not None and rank < 1:
        problems.add("rank", "must be 1 or more", found=str(rank))
    problems.raise_if_any()
    if grade is not None and bands is not None:
        place = bands.names.index(grade)
        if place == len(bands.cuts):
            return say(grade), [Goal()]
        cut = bands.cuts[place]
        return say("{grade} ({points:g} points)", grade=say(grade), points=cut), [Goal(at_least=cut)]
    if rank is not None:
        others = scores.eligible.drop(candidate, errors="ignore").sort_values(ascending=False)
        if rank > len(others):
            return say("rank {rank}", rank=rank), [Goal()]
        level = float(others.iloc[rank - 1])
        return say("rank {rank} ({points:.1f} points)", rank=rank, points=level), [Goal(at_least=level)]
    if axis is None:
        return say("{points:g} points", points=points), [Goal(at_least=points)]
    label = next(item.label for item in scores.scorecard.axes if item.name == axis)
    return say("{points:g} points of {axis}", points=points, axis=say(label).lower()), [Goal(axis, points)]
