"""Who gets a place when there are fewer places, or hours, than candidates?"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from srmkit.language import Language, joined, say, speaks, spoken
from srmkit.strategy.against_volume import against_volume
from srmkit.strategy.borderline import borderline
from srmkit.strategy.compensation import compensation
from srmkit.strategy.points import Points
from srmkit.strategy.reasons import tied_on_cut, with_reasons
from srmkit.strategy.standing import named
from srmkit.strategy.why_not import why_not

if TYPE_CHECKING:
    from srmkit.scoring import Scores


@speaks
@dataclass(frozen=True)
class Selection:
    """Who is selected, who is not and why, and what a list by volume alone would have done.

    table           one row a candidate, in the order of taking: total, rank, volume, rank_by_volume,
                    selected, selected_by_volume, gate, tied_on_cut, reason; hours and hours_left (when its
                    turn came) where places are counted in hours
    why_not         one row a candidate that is not selected, by rank: rank, total, gap (points behind the
                    last selected; negative where it has more), gate, loses_most_on, needed
    borderline      one row a pair of a selected and a not selected candidate with little between them:
                    selected, not_selected, difference, decided_by, lead, speaks_against, behind
    compensation    one row a selected candidate and criterion below the bar: candidate, criterion, label,
                    value (0 to 100; a gap where the figure is missing), lost (points), paid_by
    against_volume  one row a candidate that either list takes: change (enters, leaves, stays), rank,
                    rank_by_volume, total, volume, reason; empty without volumes
    notes           what was decided on the way, in sentences

    A candidate that fails a gate or has no score is never selected and has no rank. The list by volume
    is a foil: it takes the largest, whatever their score, even those whom a gate refuses.
    """

    rule: str
    table: pd.DataFrame
    points: Points
    borderline_within: float
    compensation_bar: float
    notes: tuple[str, ...] = ()
    capacity: int | None = None
    available: float | None = None
    language: Language = field(default_factory=spoken)

    @cached_property
    def why_not(self) -> pd.DataFrame:
        """What everyone who is not selected lacks, and what would be needed."""
        return why_not(self.points, self.table)

    @cached_property
    def borderline(self) -> pd.DataFrame:
        """Pairs around the cut with little between them, and what decides."""
        return borderline(self.points, self.table, within=self.borderline_within)

    @cached_property
    def compensation(self) -> pd.DataFrame:
        """Who is selected although a criterion is poor, and what pays for it."""
        return compensation(self.points, self.table, bar=self.compensation_bar)

    @cached_property
    def against_volume(self) -> pd.DataFrame:
        """What the selection changes against a list by volume alone."""
        return against_volume(self.table)

    @property
    def selected(self) -> pd.Index:
        """Selected candidates, in the order of taking."""
        return self.table.index[self.table["selected"]]

    @property
    def eligible(self) -> int:
        """Candidates with a rank: they have a score and fail no gate."""
        return int(self.table["rank"].notna().sum())

    @property
    def hours_used(self) -> float | None:
        """Hours that the selected take; None where places are not counted in hours."""
        return float(self.table.loc[self.selected, "hours"].sum()) if "hours" in self.table else None

    def sentence(self) -> str:
        """How many are selected of how many, by which rule, and what that changes against volume."""
        chosen = say("{selected:,} of {eligible:,} eligible candidates are selected: {rule}.",
                     selected=len(self.selected), eligible=self.eligible, rule=self.rule)
        against = ""
        if len(self.against_volume):
            changes = self.against_volume["change"].value_counts()
            enters, leaves = (int(changes.get(change, 0)) for change in ("enters", "leaves"))
            against = say("Against a list by volume alone, {enters:,} enter and {leaves:,} leave.",
                          enters=enters, leaves=leaves)
        return joined(chosen, against)


def assembled(
    rule: str,
    scores: Scores,
    table: pd.DataFrame,
    *,
    borderline_within: float,
    compensation_bar: float,
    notes: tuple[str, ...] = (),
    capacity: int | None = None,
    available: float | None = None,
) -> Selection:
    """The selection that this table of who is selected stands for, with all that is said about it."""
    table = table.assign(tied_on_cut=tied_on_cut(table))
    table = with_reasons(table, capacity)
    tied: list[Hashable] = list(table.index[table["tied_on_cut"]])
    if tied:
        notes = (*notes, say("Level on the cut: {names}. For equal points: the higher volume goes first, then the "
                             "id.", names=named(tied)))
    return Selection(
        rule, table, Points.of(scores), borderline_within, compensation_bar, notes, capacity, available
    )
