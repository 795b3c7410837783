"""How long certainty and tipping points take for 1,000 candidates, beside the loops that one would write instead.

Both of a pair do the same work in the same run, so the table of `make benchmark` shows the ratio.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest

from srmkit.robustness import Doubt, class_acceptability, tipping_points, weight_sweep
from srmkit.robustness.axis_draws import engine_of
from srmkit.scoring import Criterion, Group, Linear, Scorecard, Scores
from srmkit.segmentation import kraljic

CANDIDATES, CRITERIA = 1_000, 10
NAMES = [f"c{place}" for place in range(CRITERIA)]
RISK, IMPACT = NAMES[:5], NAMES[5:]
CARD = Scorecard("large", axes=tuple(
    Group(axis, 1, tuple(Criterion(name, 1 + place, Linear(worst=0, best=1)) for place, name in enumerate(names)))
    for axis, names in (("supply_risk", RISK), ("profit_impact", IMPACT))
))
WEIGHTS_AND_CUTS = Doubt(concentration=60, data=False, cut_band=3, draws=256, seed=7)


@dataclass(frozen=True)
class Rates:
    """A table of rates, each counted in 5 to 200 cases."""

    values: pd.DataFrame
    evidence: pd.DataFrame


@pytest.fixture(scope="module")
def rates() -> Rates:
    rng = np.random.default_rng(7)
    n = rng.integers(5, 200, (CANDIDATES, CRITERIA))
    events = rng.binomial(n, rng.random((CANDIDATES, 1)))
    values = pd.DataFrame(events / n, columns=NAMES)
    known = {"value": values.to_numpy().ravel(), "events": events.ravel(), "n": n.ravel(), "sd": np.nan,
             "source": "measured"}
    index = pd.MultiIndex.from_product([values.index, NAMES], names=["candidate", "metric"])
    return Rates(values, pd.DataFrame(known, index=index))


@pytest.fixture(scope="module")
def scores(rates: Rates) -> Scores:
    return CARD.score(rates)


def ours(scores: Scores, doubt: Doubt) -> pd.DataFrame:
    engine_of.cache_clear()  # otherwise a second question about the same draws would cost nothing
    return class_acceptability(scores, kraljic(), doubt).probabilities


def by_pandas(scores: Scores, doubt: Doubt) -> pd.DataFrame:
    """A loop over the draws, each a small scoring in pandas."""
    rng, stated, names = np.random.default_rng(doubt.seed), scores.scorecard.weights, list(kraljic().names)
    counts = pd.DataFrame(0, index=scores.values.index, columns=names)
    for _ in range(doubt.draws):
        level = {axis: 100 * (scores.values[those] * rng.dirichlet(60 * stated[those])).sum(axis=1)
                 for axis, those in (("risk", RISK), ("impact", IMPACT))}
        scarce, costly = (level[axis] >= 50 + rng.uniform(-3, 3) for axis in ("risk", "impact"))
        segment = np.select([scarce & costly, scarce, costly], names[:3], names[3])
        counts += pd.get_dummies(pd.Series(segment)).reindex(columns=names, fill_value=False)
    return counts / doubt.draws


def by_numpy(scores: Scores, doubt: Doubt) -> pd.DataFrame:
    """The same loop by someone who knows numpy."""
    rng, stated, names = np.random.default_rng(doubt.seed), scores.scorecard.weights.to_numpy(), kraljic().names
    risk, impact = (scores.values[those].to_numpy() for those in (RISK, IMPACT))
    counts = np.zeros((len(risk), len(names)))
    for _ in range(doubt.draws):
        scarce = 100 * risk @ rng.dirichlet(60 * stated[:5]) >= 50 + rng.uniform(-3, 3)
        costly = 100 * impact @ rng.dirichlet(60 * stated[5:]) >= 50 + rng.uniform(-3, 3)
        counts[np.arange(len(risk)), np.select([scarce & costly, scarce, costly], [0, 1, 2], 3)] += 1
    return pd.DataFrame(counts / doubt.draws, columns=names)


@pytest.mark.parametrize("way", [ours, by_pandas, by_numpy])
def test_class_acceptability_under_weights_and_cuts(benchmark: Any, scores: Scores, way: Any) -> None:
    benchmark.group = "class acceptability, 1,000 candidates x 10 criteria x 256 draws, weights and cuts in doubt"
    found = benchmark(way, scores, WEIGHTS_AND_CUTS)

    assert (found - ours(scores, WEIGHTS_AND_CUTS)).abs().max(axis=None) < 0.2  # the same question was answered


def test_class_acceptability_under_all_doubts(benchmark: Any, scores: Scores) -> None:
    benchmark.group = "class acceptability, 1,000 candidates x 10 criteria x 4,096 draws, all in doubt"
    found = benchmark(ours, scores, Doubt(seed=7))
    assert found.notna().all(axis=None)


def exact(scores: Scores) -> pd.Series:
    return tipping_points(scores, kraljic()).set_index(["candidate", "criterion", "direction"])["change"]


def swept(scores: Scores) -> pd.Series:
    """The first of 101 steps either way at which a class is another one."""
    stated, found = scores.scorecard.weights, []
    for criterion in NAMES:
        steps = weight_sweep(scores, criterion, matrix=kraljic())
        now = kraljic().assign(scores.axes).segment
        moved = steps[steps["segment"] != steps["candidate"].map(now)]
        moved = moved.assign(change=moved["weight"] - stated[criterion], criterion=criterion)
        moved["direction"] = np.where(moved["change"] > 0, "more", "less")
        first = moved["change"].abs().groupby([moved["candidate"], moved["direction"]]).idxmin()
        found.append(moved.loc[first])
    return pd.concat(found).set_index(["candidate", "criterion", "direction"])["change"]


@pytest.mark.parametrize("way", [exact, swept])
def test_tipping_points(benchmark: Any, scores: Scores, way: Any) -> None:
    benchmark.group = "tipping points, 1,000 candidates x 10 criteria: exact, and to the next of 101 steps"
    found = benchmark(way, scores)

    late = found.abs() - exact(scores).reindex(found.index).abs()
    assert late.between(-1e-6, 0.01 + 1e-6).all()
