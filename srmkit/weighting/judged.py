"""One rater's weights for one group, whatever the method: how far they agree with themselves, and what would help."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from srmkit.errors import Problems, SrmkitError
from srmkit.language import marked, say
from srmkit.weighting.best_worst import Miss, best_worst_weights
from srmkit.weighting.comparisons import Comparisons
from srmkit.weighting.interview import Interview, Preferred, Question
from srmkit.weighting.judgement_file import Judgement, Method, Said
from srmkit.weighting.orders import FromOrder, order_weights
from srmkit.weighting.pairwise import ACCEPTABLE, Priority, pairwise_weights
from srmkit.weighting.points import direct_weights, swing_weights

Consistency = Literal["consistent", "acceptable", "judge again", "cannot be checked"]
WORDS: Mapping[Method, str] = {
    "points": "points", "swing": "swings", "rank": "an order", "pairs": "comparisons in pairs",
    "best_worst": "best and worst", "choice": "choices",
}


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How weights are made where a method leaves a choice."""

    priority: Priority = "eigenvector"
    from_order: FromOrder = "centroid"
    miss: Miss = "weights"
    seed: int = 7


@dataclass(frozen=True, eq=False)
class Judged:
    """One rater's weights for one group of weights, and how far the rater's judgements agree with each other.

    weights      shares, sum to 1
    low, high    what the rater's own judgements leave open: the same weights, made without one judgement after the
                 other (pairs), from either row alone (best and worst), or one standard deviation either way (choices)
    measure      consistency ratio; NaN where a method cannot contradict itself
    limit        the largest that is acceptable; NaN where there is none
    advice       which judgement to look at again, in a sentence; empty where none stands out
    comparisons  the comparisons in pairs behind it; None for the other methods
    """

    said: Said
    weights: pd.Series[float]
    low: pd.Series[float]
    high: pd.Series[float]
    measure: float = math.nan
    limit: float = math.nan
    advice: str = ""
    comparisons: Comparisons | None = None

    @property
    def consistency(self) -> Consistency:
        """The measure in words."""
        if math.isnan(self.measure):
            return "cannot be checked"
        if self.measure <= 1e-9:
            return "consistent"
        return "acceptable" if self.measure <= self.limit + 1e-9 else "judge again"


def judged(said: Said, members: Mapping[str, str], rules: Rules | None = None) -> Judged:
    """Weights of all `members` of the group (name: label) from what one rater said about them.

    Raises SrmkitError, naming rater and group, for members that nobody spoke about and judgements that cannot be.
    """
    problems = Problems(f"judgements of '{said.rater}' about {said.group}")
    spoken = {name for one in said.judgements for name in (one.criterion, one.other) if name}
    lacking = [name for name in members if name not in spoken]
    if lacking:
        problems.add(", ".join(f"'{name}'" for name in lacking),
                     marked("was not judged") if len(lacking) == 1 else marked("were not judged"), found=_rows(said),
                     todo=marked("Judge the whole group, or leave it to the others."))
    _no_twice(said, problems)
    problems.raise_if_any()
    try:
        return _MADE[said.method](said, members, rules or Rules())
    except SrmkitError as error:
        problems.extend(error.problems)
    raise SrmkitError(problems.subject, problems.found)


def _points(said: Said, members: Mapping[str, str], rules: Rules) -> Judged:
    return _certain(said, direct_weights(_by_name(said, members)))


def _swing(said: Said, members: Mapping[str, str], rules: Rules) -> Judged:
    return _certain(said, swing_weights(_by_name(said, members)))


def _rank(said: Said, members: Mapping[str, str], rules: Rules) -> Judged:
    return _certain(said, order_weights(_by_name(said, members), rules.from_order))


def _pairs(said: Said, members: Mapping[str, str], rules: Rules) -> Judged:
    given = Comparisons(tuple(members), {(one.criterion, one.other): one.value for one in said.judgements})
    found = pairwise_weights(given, rules.priority)
    others = []
    for pair in given.ratios:
        try:
            others.append(pairwise_weights(given.without(pair), rules.priority).weights)
        except SrmkitError:
            continue  # nothing else says how the two compare
    every = pd.DataFrame([found.weights, *others])
    mend = found.mend() if not found.acceptable else None
    advice = "" if mend is None else say(
        "{rater} judges {first} {judged} times as important as {second}; the other judgements say about {implied}, "
        "which would bring the consistency ratio from {before:.2f} to {after:.2f}",
        rater=said.rater, first=members[mend.criterion], second=members[mend.other], judged=_times(mend.judged),
        implied=_times(mend.on_scale), before=mend.ratio_before,
        after=pairwise_weights(given.with_ratio((mend.criterion, mend.other), mend.on_scale)).consistency_ratio,
    )
    if mend is not None and mend.as_good:
        advice += say("; changing another of them could do as much")
    checked = len(given.ratios) > len(members) - 1  # a tree of comparisons cannot contradict itself
    return Judged(said, found.weights, every.min(), every.max(), found.consistency_ratio if checked else math.nan,
                  ACCEPTABLE if checked else math.nan, advice, given)


def _best_worst(said: Said, members: Mapping[str, str], rules: Rules) -> Judged:
    best, worst = _ends(said, members)
    to_others = {name: 1.0 for name in members if name == best}
    to_worst = {name: 1.0 for name in members if name == worst}
    for one in said.judgements:
        if one.criterion == best:
            to_others[one.other] = one.value
        if one.other == worst:
            to_worst[one.criterion] = one.value
    to_others, to_worst = ({name: row[name] for name in members} for row in (to_others, to_worst))
    found = best_worst_weights(to_others, to_worst, miss=rules.miss)
    rows = pd.DataFrame({"best": 1 / pd.Series(to_others), "worst": pd.Series(to_worst)})
    every = pd.concat([rows / rows.sum(), found.weights], axis=1)
    advice = "" if found.acceptable or not found.oddest else say(
        "{rater} judges {best} {first} times {odd} and {odd} {second} times {worst}, which makes {product}, but {best} "
        "{whole} times {worst}", rater=said.rater, best=members[best], worst=members[worst],
        odd=members[found.oddest], first=_times(to_others[found.oddest]), second=_times(to_worst[found.oddest]),
        product=_times(to_others[found.oddest] * to_worst[found.oddest]), whole=_times(to_others[worst]),
    )
    checked = len(members) > 2 and not math.isnan(found.threshold)
    return Judged(said, found.weights, every.min(axis=1), every.max(axis=1),
                  found.consistency_ratio if checked else math.nan, found.threshold if checked else math.nan, advice)


def _choice(said: Said, members: Mapping[str, str], rules: Rules) -> Judged:
    preferred: Mapping[float, Preferred] = {1.0: "first", -1.0: "second", 0.0: "equal"}
    answers = tuple(
        (Question(one.criterion, one.other, one.reach, one.other_reach), preferred[one.value])
        for one in said.judgements
    )
    talk = Interview(tuple(members), answers=answers, seed=rules.seed)
    weights, off = talk.weights, talk.deviations
    return Judged(said, weights, (weights - off).clip(lower=0.0), (weights + off).clip(upper=1.0))


_MADE: Mapping[Method, Callable[[Said, Mapping[str, str], Rules], Judged]] = {
    "points": _points, "swing": _swing, "rank": _rank, "pairs": _pairs, "best_worst": _best_worst, "choice": _choice,
}


def _certain(said: Said, weights: pd.Series[float]) -> Judged:
    return Judged(said, weights, weights, weights)


def _by_name(said: Said, members: Mapping[str, str]) -> pd.Series[float]:
    given = {one.criterion: one.value for one in said.judgements}
    return pd.Series({name: given[name] for name in members}, dtype=float)


def _ends(said: Said, members: Mapping[str, str]) -> tuple[str, str]:
    """The best is compared with every other, and every other with the worst."""
    against = {name: {one.other for one in said.judgements if one.criterion == name} for name in members}
    behind = {name: {one.criterion for one in said.judgements if one.other == name} for name in members}
    best = [name for name in members if against[name] >= set(members) - {name}]
    worst = [name for name in members if behind[name] >= set(members) - {name}]
    problems = Problems("best and worst")
    for ends, words in ((best, "as criterion against every other"), (worst, "as other of every criterion")):
        if len(ends) != 1:
            problems.add("exactly one", f"must stand {words}", found=", ".join(ends) or "none",
                         todo="The best is compared with every other, and every other with the worst.")
    for one in said.judgements:
        if len(best) == len(worst) == 1 and one.criterion != best[0] and one.other != worst[0]:
            problems.add(f"row {one.row}", f"is neither about the best, '{best[0]}', nor against the worst, "
                         f"'{worst[0]}'", todo="Leave it out, or use the method pairs.")
    problems.raise_if_any()
    return best[0], worst[0]


def _no_twice(said: Said, problems: Problems) -> None:
    seen: dict[object, Judgement] = {}
    for one in said.judgements:
        key: object = (one.criterion, one.other) if said.method != "choice" else (
            one.criterion, one.other, one.reach, one.other_reach)
        if key in seen:
            problems.add(f"row {one.row}", "judges the same again", found=f"row {seen[key].row}",
                         todo="Keep one of them.")
        seen[key] = one


def _rows(said: Said) -> str:
    rows = [one.row for one in said.judgements if one.row]
    return f"judgements in rows {min(rows)} to {max(rows)}" if rows else ""


def _times(ratio: float) -> str:
    return f"{ratio:.3g}" if ratio >= 1 else f"1/{1 / ratio:.3g}"

