"""What six people of the house say about the weights of the Kraljic scorecard, each in a way of their own.

Behind each stand weights that are drawn around those of the house; one sees one axis quite differently, and one slips
once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from srmkit.sample.settings import SampleSettings
from srmkit.sample.streams import stream

HOUSE: Mapping[str, Mapping[str, float]] = {
    "profit_impact": {"spend_share": 0.45, "quality_impact": 0.35, "growth_of_need": 0.20},
    "supply_risk": {"supply_scarcity": 0.32, "qualified_sources": 0.26, "substitution_difficulty": 0.18,
                    "switching_cost": 0.14, "lead_time_days": 0.10},
}
SAME_MIND = 90.0  # Dirichlet concentration of the raters about the house: a weight of 25 % is off by 4.5 points
DISSENTER, DISSENT_ON = "Controlling", {"spend_share": 0.78, "quality_impact": 0.13, "growth_of_need": 0.09}
SLIPS, SLIP = "Quality", ("supply_scarcity", "switching_cost")  # judged the wrong way round, and strongly
SLIPPED = 1 / 5
# how each rater judges profit impact and supply risk
METHODS = {
    "Head of procurement": ("pairs", "pairs"),
    "Engineering": ("best_worst", "best_worst"),
    "Production planning": ("swing", "swing"),
    "Controlling": ("points", "points"),
    "Quality": ("swing", "pairs"),
    "Logistics": ("rank", "choice"),
}
REASONS = {
    ("Head of procurement", "spend_share"): "Every category manager is asked about money first.",
    ("Controlling", "spend_share"): "What is not in the budget does not reach the profit.",
    ("Quality", "quality_impact"): "Two recalls in three years came from cheap parts.",
    ("Logistics", "supply_scarcity"): "The allocation of 2025 cost us six weeks.",
}
CHOICES = (1.0, 1.0), (1.0, 0.5)  # what is offered of each pair: both at their best, then the second half way
SAATY = np.array([*(1 / step for step in range(9, 1, -1)), *range(1, 10)], dtype=float)


def weight_opinions(settings: SampleSettings | None = None) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The judgements, one row each, and the truth behind them: weights of the house and of each rater, and the slip."""
    chosen = settings or SampleSettings()
    rng = stream(chosen.seed, "weight_opinions")
    days = sorted(int(day) for day in rng.integers(5, 40, len(METHODS)))
    rows, minds = [], {}
    for rater, methods, days_ago in zip(METHODS, METHODS.values(), days, strict=True):
        said_on = (chosen.last_day - dt.timedelta(days=days_ago)).isoformat()
        minds[rater] = {axis: _mind(rng, rater, axis) for axis in HOUSE}
        for axis, method in zip(HOUSE, methods, strict=True):
            for judgement in _WAYS[method](minds[rater][axis], rater):
                rows.append((rater, method, *judgement, said_on, REASONS.get((rater, judgement[0]), "")))
    columns = ["rater", "method", "criterion", "other", "value", "reach", "other_reach", "said_on", "reason"]
    table = pd.DataFrame(rows, columns=columns)
    table["reason"] = table["reason"].where(~table.duplicated(["rater", "criterion"]), "")
    truth = {
        "house": {axis: dict(weights) for axis, weights in HOUSE.items()},
        "raters": minds,
        "dissenter": {"rater": DISSENTER, "axis": "profit_impact", "on": "spend_share"},
        "slip": {"rater": SLIPS, "axis": "supply_risk", "criterion": SLIP[0], "other": SLIP[1], "judged": SLIPPED,
                 "meant": minds[SLIPS]["supply_risk"][SLIP[0]] / minds[SLIPS]["supply_risk"][SLIP[1]]},
    }
    return table, truth


def _mind(rng: np.random.Generator, rater: str, axis: str) -> dict[str, float]:
    house = HOUSE[axis]
    drawn = rng.dirichlet(SAME_MIND * np.array(list(house.values())))
    if rater == DISSENTER and axis == "profit_impact":
        return dict(DISSENT_ON)
    return {name: round(float(weight), 4) for name, weight in zip(house, drawn, strict=True)}


def _pairs(mind: Mapping[str, float], rater: str) -> Iterator[tuple[str, str, str, str, str]]:
    for one, other in combinations(mind, 2):
        ratio = SLIPPED if (rater, (one, other)) == (SLIPS, SLIP) else _near(mind[one] / mind[other])
        yield one, other, _ratio(ratio), "", ""


def _best_worst(mind: Mapping[str, float], rater: str) -> Iterator[tuple[str, str, str, str, str]]:
    best, worst = max(mind, key=lambda name: mind[name]), min(mind, key=lambda name: mind[name])
    for other in (name for name in mind if name != best):
        yield best, other, _ratio(_near(mind[best] / mind[other])), "", ""
    for one in (name for name in mind if name not in (best, worst)):
        yield one, worst, _ratio(_near(mind[one] / mind[worst])), "", ""


def _swing(mind: Mapping[str, float], rater: str) -> Iterator[tuple[str, str, str, str, str]]:
    most = max(mind.values())
    for name, weight in mind.items():
        yield name, "", str(max(5, 5 * round(20 * weight / most))), "", ""


def _points(mind: Mapping[str, float], rater: str) -> Iterator[tuple[str, str, str, str, str]]:
    for name, weight in mind.items():
        yield name, "", str(max(5, 5 * round(20 * weight))), "", ""


def _rank(mind: Mapping[str, float], rater: str) -> Iterator[tuple[str, str, str, str, str]]:
    for name in mind:
        yield name, "", str(1 + sum(weight > mind[name] for weight in mind.values())), "", ""


def _choice(mind: Mapping[str, float], rater: str) -> Iterator[tuple[str, str, str, str, str]]:
    order = sorted(mind, key=lambda name: -mind[name])
    for one, other in combinations(order, 2):
        for reach, other_reach in CHOICES if abs(order.index(one) - order.index(other)) > 1 else CHOICES[:1]:
            # the lighter one whole, against the heavier one whole or half way
            first, second = mind[other] * reach, mind[one] * other_reach
            yield other, one, "first" if first > second else "second", f"{reach:g}", f"{other_reach:g}"


_WAYS: Mapping[str, Callable[[Mapping[str, float], str], Iterator[tuple[str, str, str, str, str]]]] = {
    "pairs": _pairs, "best_worst": _best_worst, "swing": _swing, "points": _points, "rank": _rank, "choice": _choice,
}


def _near(ratio: float) -> float:
    """The nearest ratio of the scale from 1/9 to 9."""
    return float(SAATY[np.abs(np.log(SAATY / ratio)).argmin()])


def _ratio(ratio: float) -> str:
    return f"{ratio:.0f}" if ratio >= 1 else f"1/{1 / ratio:.0f}"
