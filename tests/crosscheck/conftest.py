"""Published decisions that several methods have been applied to, and scores to be checked across methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import pytest

from srmkit.scoring import Criterion, Gate, Group, Linear, Scorecard, Scores


@pytest.fixture
def routes() -> pd.DataFrame:
    """Opricovic & Tzeng (2004), EJOR 156(2), 445-455: three routes up a mountain, by risk (less is better) and height.

    Weights are equal.
    """
    return pd.DataFrame({"risk": [-1.0, -2.0, -5.0], "height": [3000.0, 3750.0, 4500.0]}, index=["A1", "A2", "A3"])


@pytest.fixture
def sites() -> tuple[pd.DataFrame, dict[str, float]]:
    """Papathanasiou & Ploskas (2018), Multiple Criteria Decision Aid, Springer: six candidates, more is better."""
    rows = [(8, 7, 2, 1), (5, 3, 7, 5), (7, 5, 6, 4), (9, 9, 7, 3), (11, 10, 3, 7), (6, 9, 5, 4)]
    return pd.DataFrame(rows, columns=list("abcd"), dtype=float), {"a": 0.4, "b": 0.3, "c": 0.1, "d": 0.2}


@pytest.fixture
def scored() -> Callable[..., Scores]:
    """Scores of a table of values 0 to 1, by axes of criteria with points; gate: `willing` must be 1."""

    def score(table: pd.DataFrame, axes: Mapping[str, Mapping[str, float]], *, missing: str = "refuse") -> Scores:
        groups = tuple(
            Group(axis, 1.0, tuple(Criterion(name, points, Linear(worst=0, best=1)) for name, points in part.items()))
            for axis, part in axes.items()
        )
        gates = (Gate("willing", "not willing", equals=1),) if "willing" in table else ()
        return Scorecard("accounts", axes=groups, gates=gates).score(table, missing=missing)

    return score
