"""A traffic light for each decision: ready, with care, not ready; how sure that is, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import pandas as pd
from scipy.special import betainc

from srmkit.health.needs import DECISIONS, Decision, Facts, Need
from srmkit.language import joined, percent, say

READY, CARE, NOT_READY = LIGHTS = ("ready", "with care", "not ready")
FIRM, LIKELY = 0.90, 0.70


@dataclass(frozen=True)
class Readiness:
    """Lights and needs of every decision.

    - `lights`, by decision: `label`, `light`, `probability` (that it stands), `certainty` (firm, likely, contested),
      `because`, `changes_if`; and the probability of each light in columns of its name.
    - `needs`, one row a need: `decision`, `need`, `essential`, `there`, `of`, `share`, `bar`, `met`, `probability`
      (that the share behind the count reaches the bar), `room` (rows over the bar; negative: rows that lack), `remedy`.
    """

    lights: pd.DataFrame
    needs: pd.DataFrame


def count_needs(facts: Facts, decisions: Sequence[Decision] = DECISIONS) -> dict[tuple[str, str], tuple[int, int]]:
    """How many of how many, by decision and need: all that the lights depend on of the data."""
    return {(decision.name, need.says): facts.counted(need) for decision in decisions for need in decision.needs}


def readiness(
    counts: dict[tuple[str, str], tuple[int, int]],
    *,
    essential: float,
    helpful: float,
    firm: float = FIRM,
    likely: float = LIKELY,
    decisions: Sequence[Decision] = DECISIONS,
) -> Readiness:
    """The light of each decision at these bars (shares, 0 to 1).

    Not ready: an essential need is below its bar. With care: all essential ones are met, a helpful one is not. The
    counts are taken as drawn from a process that fills a row or does not: with Jeffreys' prior the share behind k of n
    is Beta(k + 1/2, n - k + 1/2), and the chance that it reaches the bar makes the chance of each light, the needs
    taken as independent.
    """
    rows = [_need(decision, need, counts[decision.name, need.says], need.bar if need.bar is not None else
                  essential if need.essential else helpful) for decision in decisions for need in decision.needs]
    needs = pd.DataFrame(rows)
    lights = [_light(decision, needs[needs["decision"].eq(decision.name)], firm, likely) for decision in decisions]
    return Readiness(pd.DataFrame(lights).set_index("decision"), needs)


def _need(decision: Decision, need: Need, counted: tuple[int, int], bar: float) -> dict[str, object]:
    there, of = counted
    enough = of >= need.least
    met = enough and there >= ceil(round(bar * of, 9)) and there > 0
    return {
        "decision": decision.name, "need": need.says, "essential": need.essential, "there": there, "of": of,
        "share": there / of if of else float("nan"), "bar": bar, "met": met,
        "probability": _chance(there, of, bar) if enough else 0.0,
        "room": there - ceil(round(bar * of, 9)) if enough else -max(need.least, 1), "remedy": need.remedy,
    }


def _chance(there: int, of: int, bar: float) -> float:
    """Probability that the share behind a count is at least the bar.

    >>> round(_chance(80, 100, 0.8), 2), round(_chance(95, 100, 0.8), 4), _chance(0, 0, 0.8)
    (0.49, 1.0, 0.0)
    """
    if of == 0 or bar >= 1:
        return float(of > 0 and there == of)
    return float(1 - betainc(there + 0.5, of - there + 0.5, bar))


def _light(decision: Decision, needs: pd.DataFrame, firm: float, likely: float) -> dict[str, object]:
    must, may = needs[needs["essential"]], needs[~needs["essential"]]
    all_must, all_may = (float(part["probability"].to_numpy(dtype=float).prod()) for part in (must, may))
    chances = {READY: all_must * all_may, CARE: all_must * (1 - all_may), NOT_READY: 1 - all_must}
    light = NOT_READY if not must["met"].all() else CARE if not may["met"].all() else READY
    probability = chances[light]
    return {
        "decision": decision.name, "label": decision.label, "light": light, "probability": probability,
        "certainty": "firm" if probability >= firm else "likely" if probability >= likely else "contested",
        "because": _because(needs), "changes_if": _changes(needs, light), **chances,
    }


def _because(needs: pd.DataFrame) -> str:
    """What is not met, the essential first; else that all is."""
    lacking = needs[~needs["met"]].sort_values("essential", ascending=False, kind="stable")
    if lacking.empty:
        return say("every need is met")
    return say("; ").join(_lack(row) for row in lacking.to_dict("records"))


def _lack(row: dict[Any, Any]) -> str:
    what = say(row["need"])
    if not row["of"]:
        return say("{what}: none counted", what=what)
    if not row["there"]:
        return say("{what}: none of {of:,}", what=what, of=row["of"])
    wanted = percent(row["bar"], 0 if (100 * row["bar"]).is_integer() else 1)
    share, bar = 100 * row["share"], 100 * row["bar"]
    digits = next((more for more in (0, 1, 2) if round(share, more) < bar or share >= bar), 3)
    return say("{what}: {there:,} of {of:,} ({share}), {wanted} wanted", what=what, there=row["there"], of=row["of"],
               share=percent(row["share"], digits), wanted=wanted)  # with so many digits that one sees it is too few


def _changes(needs: pd.DataFrame, light: str) -> str:
    """The nearest change: what lifts it where it is down, how much may go where it is up."""
    if light != READY:
        kind = needs[needs["essential"]] if light == NOT_READY else needs
        lacking = kind[~kind["met"]]
        return joined(*(_lift(row) for row in lacking.to_dict("records")))
    nearest = needs.assign(_part=needs["room"] / needs["of"].clip(lower=1)).sort_values("_part", kind="stable").iloc[0]
    return say("{need}: {room:,} fewer, and it is no longer met.", need=say(str(nearest["need"])),
               room=int(nearest["room"]) + 1)


def _lift(row: dict[Any, Any]) -> str:
    need, remedy, lacks = say(row["need"]), say(row["remedy"]), -int(row["room"])
    if not row["of"]:
        return remedy
    return say("{need}: {lacks:,} more. {remedy}", need=need, lacks=max(lacks, 1), remedy=remedy)


