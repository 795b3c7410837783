"""Small scorecards on scales from 0 to 1, figures with evidence, and scores worked out again the slow way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from srmkit.scoring import Criterion, Gate, Group, Linear, Scorecard, Scores

Axes = Mapping[str, Mapping[str, float]]
TWO_AXES = {"supply_risk": {"sources": 60.0, "lead_time": 40.0}, "profit_impact": {"spend": 70.0, "margin": 30.0}}


@dataclass(frozen=True)
class Measured:
    """Figures and the evidence behind them, as metrics give them."""

    values: pd.DataFrame
    evidence: pd.DataFrame


@pytest.fixture(scope="session")
def card() -> Callable[..., Scorecard]:
    """A scorecard of axes of criteria with points, every scale from 0 (worst) to 1 (best)."""

    def make(axes: Axes = TWO_AXES, points: Mapping[str, float] | None = None, gate: str = "") -> Scorecard:
        groups = tuple(
            Group(axis, (points or {}).get(axis, 1.0),
                  tuple(Criterion(name, weight, Linear(worst=0, best=1)) for name, weight in criteria.items()))
            for axis, criteria in axes.items()
        )
        return Scorecard("study", axes=groups, gates=(Gate(gate, "not willing", equals=1),) if gate else ())

    return make


@pytest.fixture(scope="session")
def scored(card: Callable[..., Scorecard]) -> Callable[..., Scores]:
    """Scores of a plain table whose figures are values already."""

    def score(table: pd.DataFrame, *, missing: str = "refuse", **parts: object) -> Scores:
        return card(**parts).score(table, missing=missing)

    return score


@pytest.fixture(scope="session")
def measured() -> Callable[..., Measured]:
    """A table with evidence: rows of candidate, metric and what is known of it."""

    def make(values: pd.DataFrame, rows: list[dict[str, object]]) -> Measured:
        known = pd.DataFrame(rows, columns=["candidate", "metric", "value", "events", "n", "sd", "source"])
        return Measured(values, known.set_index(["candidate", "metric"]))

    return make


@pytest.fixture
def table() -> pd.DataFrame:
    """Four purchased items on two axes, one for each corner of the portfolio."""
    return pd.DataFrame(
        {
            "sources": [0.9, 0.7, 0.1, 0.3],
            "lead_time": [0.5, 0.6, 0.2, 0.7],
            "spend": [0.8, 0.2, 0.9, 0.1],
            "margin": [0.3, 0.6, 0.4, 0.2],
        },
        index=pd.Index(["Alloy", "Bearing", "Carton", "Drill"], name="item_id"),
    )


@pytest.fixture(scope="session")
def axes_when() -> Callable[..., pd.DataFrame]:
    """All axis scores when one criterion has another share of its axis, worked out row by row."""

    def work_out(scores: Scores, criterion: str, share: float) -> pd.DataFrame:
        weights, axis_of = scores.scorecard.weights.to_dict(), scores.scorecard.axis_of.to_dict()
        now = weights[criterion]
        for other in weights:
            if axis_of[other] == axis_of[criterion]:
                weights[other] = share if other == criterion else weights[other] * (1 - share) / (1 - now)
        found = {}
        for axis in scores.axes.columns:
            mine = [name for name in weights if axis_of[name] == axis]
            found[axis] = [_weighted(row, [weights[name] for name in mine], scores.missing)
                           for row in scores.values[mine].to_numpy().tolist()]
        return pd.DataFrame(found, index=scores.axes.index)

    return work_out


def _weighted(values: list[float], weights: list[float], missing: str) -> float:
    known = [(value, weight) for value, weight in zip(values, weights, strict=True) if not np.isnan(value)]
    whole = sum(weight for _, weight in known) if missing == "reweight" else 1.0
    return 100 * sum(value * weight for value, weight in known) / whole if known else float("nan")
