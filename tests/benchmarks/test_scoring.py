"""How long scoring 1,000 candidates takes, beside the same sum in plain pandas, which checks and remembers nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from srmkit.scoring import Criterion, Group, Linear, Scorecard

NAMES = [f"c{place}" for place in range(10)]
DEAR, GOOD = Linear(worst=100, best=0), Linear(worst=0, best=100)
CARD = Scorecard("large", axes=(
    Group("x", 60, tuple(Criterion(name, 1 + place, DEAR) for place, name in enumerate(NAMES[:5]))),
    Group("y", 40, tuple(Criterion(name, 1 + place, GOOD) for place, name in enumerate(NAMES[5:]))),
))


@pytest.fixture(scope="module", params=[1_000, 100_000], ids=lambda rows: f"{rows:,}")
def table(request: pytest.FixtureRequest) -> pd.DataFrame:
    return pd.DataFrame(np.random.default_rng(7).uniform(-10, 110, (request.param, 10)), columns=NAMES)


def ours(table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    scores = CARD.score(table)
    return scores.total, scores.rank


def by_pandas(table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    values = table.clip(0, 100)
    values[NAMES[:5]] = 100 - values[NAMES[:5]]
    share = CARD.axis_of.map(CARD.axis_weights) * CARD.weights
    total = (values * share).sum(axis=1)
    return total, total.rank(ascending=False, method="min")


@pytest.mark.parametrize("way", [ours, by_pandas])
def test_scoring(benchmark: Any, table: pd.DataFrame, way: Any) -> None:
    benchmark.group = f"scoring {len(table):,} candidates x 10 criteria"
    total, rank = benchmark(way, table)

    assert np.allclose(total, ours(table)[0])
    assert rank.astype(float).tolist() == ours(table)[1].astype(float).tolist()
