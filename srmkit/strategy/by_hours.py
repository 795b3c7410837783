"""Selection by hours: the best candidates as long as the hours last."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from srmkit.errors import Problems
from srmkit.language import marked, say
from srmkit.strategy.selection import Selection, assembled
from srmkit.strategy.standing import by_volume, check_bars, check_figures, check_volume, foil, named, standing

if TYPE_CHECKING:
    from srmkit.scoring import Scores

PASSED_OVER = marked("Passed over because their hours did not fit: {names}.")
TOLERANCE = 1e-9  # of the hours available: sums of floats may miss by their last digits


def select_by_hours(
    scores: Scores,
    hours: pd.Series[Any],
    *,
    available: float,
    volume: pd.Series[Any] | None = None,
    borderline_within: float = 2.0,
    compensation_bar: float = 25.0,
) -> Selection:
    """The best candidates as long as the hours last: in rank order, passing over whoever does not fit.

    `hours` is what each candidate would take a year; everyone with a rank needs a figure. Whoever is
    passed over is told how many hours were left, and the next that fits is taken. The list by volume
    follows the same rule by volume; it leaves out who has no hours. Further options as for `select`.
    SrmkitError names who has no hours or no volume, and hours that are no amount.
    """
    problems = Problems("selection by hours")
    check_figures("hours", hours, scores.eligible.index, problems, least=0.0,
                  todo="Say what each candidate would take, for example from the card of its class.")
    check_volume(scores, volume, problems)
    if not (math.isfinite(available) and available > 0):
        problems.add("available", "must be more than 0 hours", found=f"{available:g}",
                     todo="Name the hours a year that can be shared out.")
    check_bars(borderline_within, compensation_bar, problems)
    problems.raise_if_any()
    table = standing(scores, volume)
    table["hours"] = pd.to_numeric(hours.reindex(table.index), errors="coerce").astype(float)
    eligible = table.index[table["rank"].notna()]
    left, taken = _share_out(table["hours"], eligible, available)
    table["hours_left"] = pd.Series(left, dtype=float).reindex(table.index)
    table["selected"] = table.index.isin(taken)
    table["selected_by_volume"] = foil(table, _share_out(table["hours"], by_volume(table), available)[1])
    passed = eligible[~eligible.isin(taken)]
    return assembled(
        say("in rank order while {hours:,.0f} hours last", hours=available),
        scores,
        table,
        borderline_within=borderline_within,
        compensation_bar=compensation_bar,
        notes=(say(PASSED_OVER, names=named(passed)),) if len(passed) else (),
        available=float(available),
    )


def _share_out(
    hours: pd.Series[float], order: Iterable[Hashable], available: float
) -> tuple[dict[Hashable, float], list[Hashable]]:
    """Hours that are left when each one's turn comes, and who gets theirs."""
    needs, left, taken = hours.to_dict(), {}, []
    rest = available
    for candidate in order:
        left[candidate] = rest
        if needs[candidate] <= rest + TOLERANCE * available:  # a gap never fits
            rest = max(0.0, rest - needs[candidate])
            taken.append(candidate)
    return left, taken
