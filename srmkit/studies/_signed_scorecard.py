"""The scorecard that a group signs: its weights, and for each of them who judged how."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from srmkit.language import bracketed, counted, joined, marked, percent, say
from srmkit.scoring import Scorecard
from srmkit.scoring.tree import with_changes
from srmkit.weighting import Judged, Panel

TENTHS = 1000  # points of a group of weights, in tenths
METHODS: Mapping[str, str] = {
    "points": marked("points"), "swing": marked("swings"), "rank": marked("an order"),
    "pairs": marked("comparisons in pairs"), "best_worst": marked("best and worst"), "choice": marked("choices"),
}
MEANS = {
    "geometric": marked("geometric mean"), "arithmetic": marked("arithmetic mean"),
    "comparisons": marked("geometric mean of the comparisons"),
}


def signed_scorecard(
    before: Scorecard, found: Sequence[Panel], *, name: str, version: str, date: dt.date, owner: str
) -> Scorecard:
    """The scorecard with the weights of the group, each with who judged how.

    Points sum to 100 in each group of weights that was judged; the others keep theirs.
    """
    parts = {part.name: part for axis in before.axes for part in axis.walk()}
    changes: dict[str, dict[str, Any]] = {}
    for panel in found:
        for part, points in in_points(panel.weights).items():
            changes[part] = {"weight": points, "said": _own_words(panel, part),
                             "judged": _judged(panel, part, points, parts[part].weight)}
    return replace(
        before, name=name, version=version, date=date, owner=owner,
        axes=tuple(with_changes(axis, changes) for axis in before.axes),
    )


def in_points(weights: pd.Series) -> dict[str, float]:
    """Shares as points that sum to 100, rounded to tenths: what is left goes to those that lost most by rounding."""
    exact = TENTHS * weights
    whole = np.floor(exact)
    lost = (exact - whole).sort_values(ascending=False, kind="stable").index
    whole[lost[: int(round(TENTHS - whole.sum()))]] += 1
    return {str(name): float(tenths) / 10 for name, tenths in whole.items()}


def _own_words(panel: Panel, name: str) -> str:
    return " ".join(f"{one.said.rater}: {one.said.reasons[name]}" for one in panel.judged if name in one.said.reasons)


def _judged(panel: Panel, name: str, points: float, before: float) -> str:
    how = say(MEANS["comparisons" if panel.by_comparisons else (
        "arithmetic" if panel.combine == "arithmetic" else "geometric")])
    each = say("; ").join(_vote(one, name) for one in panel.judged)
    return joined(
        say("{points:g} points, the {how} of {raters}: {each}.", points=points, how=how,
            raters=counted(len(panel.judged), "rater"), each=each),
        say("Before: {points:g} points.", points=before),
    )


def _vote(one: Judged, name: str) -> str:
    share = percent(float(one.weights[name]))
    days = say(", {day}", day=one.said.said_on.isoformat()) if one.said.said_on else ""
    check = "" if np.isnan(one.measure) else say(", consistency ratio {ratio:.2f}", ratio=one.measure)
    return bracketed(f"{one.said.rater} {share}", f"{method(one.said.method)}{check}{days}")


def method(name: str) -> str:
    """A method in words."""
    return say(METHODS[name])
