"""Selection by places: the best candidates get them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from srmkit.errors import Problems
from srmkit.language import say
from srmkit.strategy.selection import Selection, assembled
from srmkit.strategy.standing import by_volume, check_bars, check_volume, foil, standing

if TYPE_CHECKING:
    from srmkit.scoring import Scores


def select(
    scores: Scores,
    *,
    capacity: int,
    volume: pd.Series[Any] | None = None,
    borderline_within: float = 2.0,
    compensation_bar: float = 25.0,
) -> Selection:
    """The `capacity` best candidates, with the reasons for and against everyone.

    Equals at the last place: the higher volume goes first, then the id, and `tied_on_cut` says so.
    `volume` (such as revenue, one figure a candidate) also gives the list by volume to compare with.
    `borderline_within` is in points of the total; `compensation_bar` is a criterion's value, 0 to 100.
    SrmkitError names a capacity below 1 or above the candidates, and who has no volume.

    >>> from srmkit.scoring import Criterion, Group, Linear, Scorecard
    >>> margin = Criterion("margin_rate", weight=1, scale=Linear(worst=0, best=0.5))
    >>> card = Scorecard("customers", axes=(Group("earnings", 1, (margin,)),))
    >>> scores = card.score(pd.DataFrame({"margin_rate": [0.4, 0.1]}, index=["Alba", "Dahl"]))
    >>> select(scores, capacity=1).table["reason"].to_dict()
    {'Alba': 'rank 1 of 1 place', 'Dahl': 'rank 2, 60.0 points behind the last place'}
    """
    problems = Problems("selection")
    _check_capacity(capacity, len(scores.total), problems)
    check_volume(scores, volume, problems)
    check_bars(borderline_within, compensation_bar, problems)
    problems.raise_if_any()
    table = standing(scores, volume)
    # those without a rank stand last, so the first places of the table are the best eligible ones
    table["selected"] = table["rank"].notna() & (np.arange(len(table)) < capacity)
    table["selected_by_volume"] = foil(table, by_volume(table)[:capacity])
    return assembled(
        say("the {count:,} best by score", count=capacity) if capacity > 1 else say("the best by score"),
        scores,
        table,
        borderline_within=borderline_within,
        compensation_bar=compensation_bar,
        notes=_free_places(capacity, int(table["selected"].sum())),
        capacity=int(capacity),
    )


def _free_places(capacity: int, taken: int) -> tuple[str, ...]:
    if taken == capacity:
        return ()
    return (say("{free:,} of {places:,} places stay free: nobody else has a score and passes the gates.",
                free=capacity - taken, places=capacity),)


def _check_capacity(capacity: int, candidates: int, problems: Problems) -> None:
    if isinstance(capacity, bool) or not isinstance(capacity, int | np.integer):
        problems.add("capacity", "must be a whole number", found=repr(capacity),
                     todo="Name how many you can serve.")
    elif capacity < 1:
        problems.add("capacity", "must be at least 1", found=str(capacity),
                     todo="Name how many you can serve.")
    elif capacity > candidates:
        problems.add("capacity", "is larger than the number of candidates",
                     found=f"{capacity:,} places for {candidates:,}",
                     todo="With a place for everyone nothing is selected: lower it.")
