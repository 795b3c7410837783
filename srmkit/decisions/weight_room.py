"""How far each weight can move before the answer changes, and which criterion makes a score or a class uncertain."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.bands import TOLERANCE
from srmkit.decisions.placement import Placement
from srmkit.errors import SrmkitError
from srmkit.language import counted, listed, percent, say
from srmkit.robustness import (
    class_sensitivity,
    critical_criterion,
    labels_of,
    score_sensitivity,
    weights_in_words,
)
from srmkit.scoring import Scores

INTERVALS = ["criterion", "axis", "holds", "weight_now", "low", "high", "room", "relative_change"]
DECIDES = ["candidate", "segment", "probability", "source", "decided_by", "own_effect", "own_effect_error",
           "total_effect", "total_effect_error"]
NAMED = 3  # inputs named for each class
LEAST = 0.05  # a part of the variance below this decides nothing


def class_intervals(points: pd.DataFrame, scores: Scores, holds: str) -> pd.DataFrame:
    """The interval of each weight within which no class among these tipping points flips, in rows of `INTERVALS`."""
    axis_of, rows = scores.scorecard.axis_of.to_dict(), []
    for name, weight in scores.scorecard.weights.items():
        if weight >= 1:
            continue
        mine = points[points["criterion"] == name]
        low = mine.loc[mine["direction"] == "less", "weight_at_flip"].max()
        high = mine.loc[mine["direction"] == "more", "weight_at_flip"].min()
        rows.append((name, axis_of[name], holds, weight, low if low >= 0 else 0.0, high if high <= 1 else 1.0,
                     np.fmin(weight - low, high - weight)))
    return with_relative_change(pd.DataFrame(rows, columns=INTERVALS[:-1]))


def with_relative_change(intervals: pd.DataFrame) -> pd.DataFrame:
    """The intervals with the smallest change in parts of the weight itself: the least one names the critical
    criterion (Triantaphyllou & Sanchez 1997, percent terms)."""
    change = (intervals["room"] / intervals["weight_now"]).where(intervals["weight_now"] > 0)
    return intervals.assign(relative_change=change)[INTERVALS]


def intervals_for_people(intervals: pd.DataFrame, scores: Scores, columns: Mapping[str, str]) -> pd.DataFrame:
    """One row a weight, the one that decides first on top: each answer's interval in words; `columns` maps what
    `holds` to the name of its column, the one that orders the rows first."""
    labels = labels_of(scores)
    decisive = next(iter(columns))
    rows = []
    for key, mine in intervals.groupby(["criterion", "axis"], sort=False):
        criterion, axis = cast("tuple[str, str]", key)
        by_answer = mine.set_index("holds")
        first = by_answer.iloc[0]
        said = {column: _span(by_answer.loc[holds].to_dict()) for holds, column in columns.items()}
        rows.append({"criterion": labels[criterion], "axis": labels.get(axis, say("the total")),
                     "weight_now": first["weight_now"],
                     "relative_change": by_answer.loc[decisive, "relative_change"], **said})
    table = pd.DataFrame(rows, columns=["criterion", "axis", "weight_now", "relative_change", *columns.values()])
    return table.sort_values("relative_change", kind="stable", na_position="last", ignore_index=True)


def _span(row: Mapping[Any, Any]) -> str:
    if pd.isna(row["room"]):
        return say("any weight")
    low, high = (weights_in_words(row[end], row["weight_now"])[0] for end in ("low", "high"))
    if row["low"] <= 0:
        return say("up to {high}", high=high)
    if row["high"] >= 1:
        return say("from {low}", low=low)
    return say("{low}–{high}", low=low.removesuffix(" %"), high=high)


def critical_table(scores: Scores) -> pd.DataFrame:
    """`critical_criterion` for the workbook; empty where its formula does not apply."""
    columns = ["criterion", "weight", "top_change", "top_percent", "top_pair", "any_change", "any_percent", "any_pair"]
    if not scores.scorecard.additive or _lacking(scores) or scores.rank.notna().sum() < 2:
        return pd.DataFrame(columns=columns)
    table = critical_criterion(scores).table.reset_index()[columns]
    pairs = {name: table[name].map(_pair) for name in ("top_pair", "any_pair")}
    return table.assign(**pairs, top_percent=table["top_percent"] / 100, any_percent=table["any_percent"] / 100)


def _pair(pair: tuple[Hashable, Hashable] | None) -> str:
    return "" if pair is None else " > ".join(map(str, pair))


def critical_sentence(scores: Scores, intervals: pd.DataFrame, decisive: str) -> str:
    """Whose weight need change least before the answer changes, in parts of itself; empty where none does it."""
    mine = intervals[intervals["holds"] == decisive].dropna(subset=["relative_change"])
    if mine.empty:
        if len(intervals) or scores.rank.isna().all():  # where nobody has a rank no weight gives one
            return say("No weight by itself changes the answer.")
        return say("The scores do not simply add up: how far a weight may move has no formula here.")
    labels = labels_of(scores)
    none_left = mine[mine["room"] <= TOLERANCE]
    if len(none_left):
        return say("Something stands exactly on a line: the least change of the weight of {criteria} changes the "
                   "answer.",
                   criteria=listed([labels[name] for name in none_left["criterion"]]))
    row = mine.sort_values("relative_change", kind="stable").iloc[0].to_dict()
    at = min(row["low"], row["high"], key=lambda end: abs(abs(end - row["weight_now"]) - row["room"]))
    then, now = weights_in_words(at, row["weight_now"])
    return say("The critical criterion is {criterion}: of all weights it need change least relative to itself, from "
               "{now} to {then} of {axis} ({change} of it).", criterion=labels[row["criterion"]],
               axis=labels.get(row["axis"], say("the total")), now=now, then=then,
               change=percent(row["relative_change"], 1))


def critical_by_formula(scores: Scores) -> str:
    """The critical criterion of Triantaphyllou & Sanchez for the first rank, or why its formula does not apply."""
    if not scores.scorecard.additive or scores.rank.notna().sum() < 2:
        return ""
    lacking = _lacking(scores)
    if lacking:
        return say("The formula of Triantaphyllou and Sanchez takes every weight as stated; {candidates} lack figures "
                   "and give weight away, so the intervals above, which reckon with it, take its place.",
                   candidates=counted(lacking, "candidate"))
    found = critical_criterion(scores)
    if found.percent_top is None:
        return say("No change of one weight takes the first rank away (Triantaphyllou and Sanchez 1997).")
    return say("For the first rank the critical criterion is {criterion}: {change} of its share of the total taken "
               "off, all weights divided by their sum again (Triantaphyllou and Sanchez 1997).",
               criterion=labels_of(scores)[found.percent_top],
               change=percent(found.table["top_percent"].to_dict()[found.percent_top] / 100, 1))


def order_sentence(scores: Scores, intervals: pd.DataFrame) -> str:
    """How soon two neighbours anywhere in the whole order swap."""
    mine = intervals[intervals["holds"] == "whole order"].dropna(subset=["room"])
    if mine.empty:
        return ""
    row = mine.sort_values("room", kind="stable").iloc[0].to_dict()
    change = say("less than 0.01 %") if row["room"] < 1e-4 else percent(row["room"], 2)
    return say("In the order of all {candidates} the first two neighbours swap when the weight of {criterion} moves by "
               "{change}; that order is no answer to rely on, the places and classes are.",
               candidates=counted(int(scores.rank.notna().sum()), "candidate"),
               criterion=labels_of(scores)[row["criterion"]], change=change)


def _lacking(scores: Scores) -> int:
    """How many candidates with a rank give weight away because figures are missing."""
    ranked = scores.values.loc[scores.rank.notna()]
    return int(ranked.isna().any(axis=1).sum()) if scores.gaps_give_weight else 0


def score_doubt(placement: Placement, candidates: Iterable[Hashable]) -> pd.DataFrame:
    """Which criterion makes the scores of these candidates uncertain, one row a criterion, the most first.

    Parts of the variance of their totals, summed over them: by the doubt about weights (weight_part), about
    figures (figure_part), each summing to 1, and of both together (doubt_part). In closed form, nothing is drawn.
    """
    columns = ["criterion", "axis", "weight_part", "figure_part", "doubt_part"]
    scores = placement.scores
    if not scores.scorecard.additive:
        return pd.DataFrame(columns=columns)
    found, shown = score_sensitivity(scores, placement.doubt), pd.Index(list(candidates))
    parts = {}
    for name in ("weights", "data"):
        spread = found.sd.loc[shown, name] ** 2
        parts[name] = getattr(found, name).loc[shown].mul(spread, axis=0).sum()
    together = parts["weights"] + parts["data"]
    labels, axis_of = labels_of(scores), scores.scorecard.axis_of
    table = pd.DataFrame({
        "criterion": [labels[str(name)] for name in together.index],
        "axis": [labels[str(axis_of[name])] for name in together.index],
        "weight_part": _shares(parts["weights"]), "figure_part": _shares(parts["data"]),
        "doubt_part": _shares(together),
    })
    return table.sort_values("doubt_part", ascending=False, kind="stable", ignore_index=True)[columns]


def _shares(part: pd.Series) -> NDArray[np.float64]:
    whole = float(part.sum())
    return np.full(len(part), np.nan) if whole <= 0 else part.to_numpy(dtype=np.float64) / whole


def class_doubt(placement: Placement, candidates: Iterable[Hashable], names: Mapping[Hashable, str]) -> pd.DataFrame:
    """What decides whether these candidates keep their class: the weights, figures and cuts that matter most.

    One row a candidate and input, columns `DECIDES`: Sobol indices by sampling, with their standard errors.
    """
    scores, rows = placement.scores, []
    if not scores.scorecard.additive:
        return pd.DataFrame(columns=DECIDES)
    labels, segments = labels_of(scores), placement.segments.segment.to_dict()
    chances = placement.certainty.certainty.to_dict()
    for candidate in candidates:
        try:
            found = class_sensitivity(scores, placement.matrix, candidate, placement.doubt)
        except SrmkitError:  # without a class there is none to lose
            continue
        for key, row in found[found["total"] >= LEAST].head(NAMED).iterrows():
            source, name = cast("tuple[str, str]", key)
            rows.append((names[candidate], segments[candidate], chances[candidate], source, labels[name], row["first"],
                         row["first_error"], row["total"], row["total_error"]))
    return pd.DataFrame(rows, columns=DECIDES)
