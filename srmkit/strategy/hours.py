"""Do we have the hours for the relationships we say we want?"""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from srmkit.errors import Problems
from srmkit.language import Language, joined, marked, percent, say, speaks, spoken
from srmkit.strategy.cards import Cards
from srmkit.strategy.standing import named

UNCLASSIFIED = "unclassified"


@speaks
@dataclass(frozen=True)
class HoursPlan:
    """Hours a year that the classes ask for, against the hours there are.

    `table` has one row a class of the cards: members, hours_each, hours, share (of the hours needed,
    0 to 1; a gap where none are needed). `unclassified` are the members without a class: nobody knows
    their hours, so they are in none of the figures, and named.
    """

    table: pd.DataFrame
    available: float
    unclassified: tuple[Hashable, ...] = ()
    language: Language = field(default_factory=spoken)

    @property
    def needed(self) -> float:
        """Hours a year that the members with a class ask for."""
        return float(self.table["hours"].sum())

    @property
    def gap(self) -> float:
        """Hours that are lacking; negative where hours are left over."""
        return self.needed - self.available

    @property
    def utilisation(self) -> float:
        """Hours needed over hours available (1 is just enough); infinite where there are none."""
        if self.available == 0:
            return math.inf if self.needed else 0.0
        return self.needed / self.available

    def sentence(self) -> str:
        """The plan in words: needed, available, what is lacking, and who is not in it."""
        used = say(" ({note})", note=percent(self.utilisation)) if math.isfinite(self.utilisation) else ""
        if self.gap == 0:
            text = marked("{needed:,.0f} hours a year are needed and {available:,.0f} available{used}.")
        elif self.gap > 0:
            text = marked("{needed:,.0f} hours a year are needed and {available:,.0f} available{used}: "
                          "{gap:,.0f} are lacking.")
        else:
            text = marked("{needed:,.0f} hours a year are needed and {available:,.0f} available{used}: "
                          "{gap:,.0f} are left over.")
        plan = say(text, needed=self.needed, available=self.available, used=used, gap=abs(self.gap))
        unknown = say("Not counted, because without a class: {names}.", names=named(self.unclassified))
        return joined(plan, unknown if self.unclassified else "")


def hours_plan(segments: pd.Series[Any], cards: Cards, *, available: float) -> HoursPlan:
    """Hours by class: members times the hours a year that their card allows, against those available.

    `segments` holds the class of each member; a gap or "unclassified" is counted apart.
    SrmkitError names classes without a card and hours that are no amount.

    >>> from srmkit.strategy import read_cards
    >>> cards = read_cards("suppliers")
    >>> plan = hours_plan(pd.Series({"Alba": "strategic", "Dahl": "leverage"}), cards, available=1000)
    >>> plan.table["members"].to_dict()
    {'strategic': 1, 'bottleneck': 0, 'leverage': 1, 'non-critical': 0}
    """
    classes = segments.astype(object).where(segments.notna(), UNCLASSIFIED).astype(str)
    _check(classes, cards, available)
    known = classes[classes != UNCLASSIFIED]
    table = pd.DataFrame({"members": known.value_counts().reindex(cards.names, fill_value=0)})
    table["hours_each"] = cards.hours
    table["hours"] = table["members"] * table["hours_each"]
    needed = float(table["hours"].sum())
    table["share"] = table["hours"] / needed if needed else math.nan
    missing = tuple(segments.index[(classes == UNCLASSIFIED).to_numpy()])
    return HoursPlan(table.rename_axis("class"), float(available), missing)


def _check(classes: pd.Series[str], cards: Cards, available: float) -> None:
    problems = Problems("hours plan")
    if not (math.isfinite(available) and available >= 0):
        problems.add("available", "must be 0 or more hours a year", found=f"{available:g}")
    for name in dict.fromkeys(classes):
        if name not in (*cards.names, UNCLASSIFIED):
            problems.add(f"class '{name}'", f"has no card in '{cards.name}'",
                         found=named(list(classes.index[classes == name])),
                         todo=f"Classes with a card are: {', '.join(cards.names)}.")
    problems.raise_if_any()
