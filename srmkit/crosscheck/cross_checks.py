"""Would another school of method change the answer? Five of them beside the scorecard, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from srmkit.arrays.preference import Preference
from srmkit.bands import Bands
from srmkit.crosscheck.as_scored import AsScored
from srmkit.crosscheck.comparison import OURS, grades_compared, orders_compared
from srmkit.crosscheck.electre_tri import electre_tri
from srmkit.crosscheck.mr_sort import mr_sort
from srmkit.crosscheck.promethee import promethee
from srmkit.crosscheck.sentences import sentences
from srmkit.crosscheck.topsis import topsis
from srmkit.crosscheck.vikor import Vikor, vikor
from srmkit.errors import Problems

if TYPE_CHECKING:
    from srmkit.scoring import Scores


@dataclass(frozen=True, eq=False)
class CrossChecks:
    """What other methods say of the same values and weights; candidates without a rank take no part.

    ranks      candidate x method, the scorecard's first; 1 is the best, equals share the better rank
    methods    by method: tau_b (agreement with the scorecard's order, -1 to 1; NaN where one has all level)
               and, with a capacity, kept (how many of the scorecard's choice stay), enters, leaves (names)
    grades     candidate x method, the scorecard's first; no columns without bands
    grading    by method: same, higher, lower (how many candidates get such a grade); no rows without bands
    vikor      VIKOR's own proposal: one candidate, or several where none is clearly first
    sentences  who agrees, who would take whom for whom, and how the grades differ
    """

    capacity: int | None
    ranks: pd.DataFrame
    methods: pd.DataFrame
    grades: pd.DataFrame
    grading: pd.DataFrame
    vikor: Vikor
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sentences in a row."""
        return " ".join(self.sentences)


def cross_checks(
    scores: Scores,
    *,
    capacity: int | None = None,
    grades: Bands | None = None,
    indifference: float = 0.05,
    preference: float = 0.30,
    majority: float = 0.6,
) -> CrossChecks:
    """Whether TOPSIS, VIKOR, PROMETHEE II, ELECTRE TRI-B and MR-Sort would answer as the scorecard does.

    The first three order the candidates; with a `capacity` the first so many are compared as well (equals
    on the line are all among them). With `grades` the other two give grades: a grade asks for its cut on
    every criterion. In PROMETHEE and ELECTRE a difference up to `indifference` (values are 0 to 1) is none,
    and one of `preference` or more counts in full; a grade takes criteria with `majority` of the weight.
    Missing figures count as they were scored.

    A cross-check is no vote: each method asks another question. Where they part from the scorecard, a
    strength pays for a weakness that they do not let pass, or passes where they ask only who is ahead.

    Raises SrmkitError when nobody has a rank, for a capacity below 1 and for settings out of bounds.
    """
    _check(capacity)
    judged = AsScored.of(scores)
    proposal = vikor(judged.values, judged.weights)
    leads = Preference("linear", q=indifference, p=preference)
    ours = scores.rank.dropna().sort_values(kind="stable")
    ranks = pd.DataFrame({
        OURS: ours,
        "TOPSIS": topsis(judged.values, judged.weights)["rank"],
        "VIKOR": proposal.table["rank"],
        "PROMETHEE II": promethee(judged.values, judged.weights, leads).table["rank"],
    }).reindex(ours.index)
    methods = orders_compared(ranks, capacity)
    graded = pd.DataFrame(index=ours.index)
    if grades is not None:
        graded = _graded(judged, scores, grades, leads, majority).reindex(ours.index)
    grading = grades_compared(graded)
    chosen = 0 if capacity is None else int((ours <= capacity).sum())
    return CrossChecks(
        capacity, ranks, methods, graded, grading, proposal, tuple(sentences(chosen, methods, grading))
    )


def _graded(judged: AsScored, scores: Scores, bands: Bands, leads: Preference, majority: float) -> pd.DataFrame:
    *names, last = bands.names
    cuts = {criterion: [cut / 100 for cut in bands.cuts] for criterion in judged.values.columns}
    profiles = pd.DataFrame(cuts, index=names)
    electre = electre_tri(judged.values, judged.weights, profiles, otherwise=last, majority=majority,
                          indifference=leads.q or 0.0, preference=leads.p or 0.0)
    return pd.DataFrame({
        OURS: scores.grades(bands)[judged.values.index],
        "ELECTRE TRI-B, pessimistic": electre.pessimistic,
        "ELECTRE TRI-B, optimistic": electre.optimistic,
        "MR-Sort": mr_sort(judged.values, judged.weights, profiles, otherwise=last, majority=majority).grade,
    })


def _check(capacity: int | None) -> None:
    problems = Problems("cross-checks")
    if capacity is not None and capacity < 1:
        problems.add("capacity", "must be 1 or more", found=str(capacity), todo="Give the number you can serve.")
    problems.raise_if_any()
