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
def axes_when() -> Callable[..., dict[str, np.ndarray]]:
    """All axis scores when one criterion has another share of its axis, as plain weighted means of what is known."""

    def work_out(scores: Scores, criterion: str, share: float) -> dict[str, np.ndarray]:
        weights, axis_of = scores.scorecard.weights.to_dict(), scores.scorecard.axis_of.to_dict()
        share = min(max(share, 1e-12), 1 - 1e-12)  # the ends stand for their limit: a gap has nothing to weigh there
        values, now, found = scores.values.to_numpy(), weights[criterion], {}
        for axis in scores.axes.columns:
            mine = [place for place, name in enumerate(weights) if axis_of[name] == axis]
            shares = np.array([weights[name] for name in weights if axis_of[name] == axis])
            if axis == axis_of[criterion]:
                moved = np.array([name == criterion for name in weights if axis_of[name] == axis])
                shares = np.where(moved, share, shares * (1 - share) / (1 - now))
            found[axis] = _weighted(values[:, mine], shares, scores.missing)
        return found

    return work_out


def _weighted(values: np.ndarray, shares: np.ndarray, missing: str) -> np.ndarray:
    known = ~np.isnan(values)
    whole = (known * shares).sum(axis=1) if missing == "reweight" else known.any(axis=1).astype(float)
    points = np.where(known, values, 0) @ shares
    return 100 * np.divide(points, whole, out=np.full(len(values), np.nan), where=whole > 0)
