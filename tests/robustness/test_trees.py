"""Scorecards that do not simply add up: drawn along the tree, and refused where only sums have a formula."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from srmkit.bands import Bands
from srmkit.errors import SrmkitError
from srmkit.robustness import (
    Doubt,
    axis_draws,
    class_acceptability,
    class_sensitivity,
    confidence_factors,
    critical_criterion,
    exact_acceptability,
    grade_acceptability,
    rank_acceptability,
    rank_tipping_points,
    rolled_up_tipping_points,
    score_sensitivity,
    stability_intervals,
    tipping_points,
    weight_sweep,
)
from srmkit.robustness.axis_draws import engine_of
from srmkit.robustness.tree_draws import walked
from srmkit.scoring import Criterion, Group, Linear, Scorecard, Scores
from srmkit.segmentation import Matrix

DOUBT = Doubt(draws=256, seed=7, cut_band=3)
MATRIX = Matrix("m", "x", "y", (50,), (50,), (("low", "right"), ("top", "high")), ("high", "top", "right", "low"))


def card(root: str = "additive", **rule: Any) -> Scorecard:
    a, b, c, d = (Criterion(name, weight, Linear(0, 1)) for name, weight in zip("abcd", (3, 2, 1, 1), strict=True))
    axes = (Group("x", 2, (Group("g", 5, (a, b), **rule), c)), Group("y", 1, (d,)))
    return Scorecard("tree", axes=axes, aggregation=root)  # type: ignore[arg-type]  # one of the three words


def scored(scorecard: Scorecard) -> Scores:
    table = pd.DataFrame(np.random.default_rng(3).random((8, 4)), columns=list("abcd"), index=list("ABCDEFGH"))
    table.loc["B", "b"] = np.nan
    table.loc["C", "c"] = np.nan
    return scorecard.score(table, missing="reweight")


@pytest.mark.parametrize("data", [False, True])
def test_walking_the_tree_of_a_sum_is_the_product_of_matrices(data):
    engine = engine_of(scored(card()), Doubt(draws=64, seed=7, data=data))
    members = slice(0, 8)
    plain, tree = engine._block(members).axes, walked(engine, members)
    for source in ("weights", "data", "all"):
        for one, other in zip(plain[source], tree[source], strict=True):
            assert other == pytest.approx(one, abs=1e-9)


def test_each_draw_is_the_geometric_score_under_its_weights():
    scores = scored(card("geometric", aggregation="geometric"))
    drawn = axis_draws(scores, Doubt(draws=64, seed=7, data=False))
    values, weights = scores.values.loc["A"], drawn.weights
    group = values["a"] ** (weights["a"] / (weights["a"] + weights["b"])) * values["b"] ** (
        weights["b"] / (weights["a"] + weights["b"]))
    x = ((weights["a"] + weights["b"]) * group + weights["c"] * values["c"]) / weights[list("abc")].sum(axis=1)
    share = weights["d"]
    assert drawn.axes["x"][:, 0] == pytest.approx(100 * x.to_numpy())
    total = 100 * x ** (1 - share) * values["d"] ** share
    assert drawn.total[:, 0] == pytest.approx(total.to_numpy())


@pytest.mark.parametrize("rule", [{"aggregation": "geometric"}, {"aggregation": "multiplicative", "interaction": 0.3}])
def test_without_doubt_every_draw_is_the_score(rule):
    scores = scored(card("geometric", **rule))
    sure = Doubt(concentration=None, data=False, cut_band=0, draws=4, seed=0)
    drawn = axis_draws(scores, sure)
    assert drawn.total[0] == pytest.approx(scores.total.to_numpy())
    assert drawn.axes["x"][0] == pytest.approx(scores.axes["x"].to_numpy())
    assert class_acceptability(scores, MATRIX, sure).certainty.to_list() == [1.0] * 8
    ranks = rank_acceptability(scores, sure, top=2)
    assert ranks.expected_rank.to_dict() == scores.rank.astype(float).sort_values().to_dict()


def test_classes_ranks_and_grades_are_drawn():
    scores = scored(card(aggregation="multiplicative", interaction=0.4))
    assert class_acceptability(scores, MATRIX, DOUBT).probabilities.sum(axis=1).to_numpy() == pytest.approx(1)
    grades = grade_acceptability(scores, Bands(("A", "B"), (50,)), DOUBT)
    assert grades.probabilities.sum(axis=1).to_numpy() == pytest.approx(1)
    ranks = rank_acceptability(scores, DOUBT, top=3)
    assert ranks.ranks.sum(axis=1).to_numpy() == pytest.approx(1)
    assert ranks.top_k.sum() == pytest.approx(3)
    assert ranks.by_doubt.columns.to_list() == ["weights", "data", "all"]


@pytest.mark.parametrize("ask", [
    lambda s: exact_acceptability(s),
    lambda s: critical_criterion(s),
    lambda s: tipping_points(s, MATRIX),
    lambda s: rolled_up_tipping_points(s, MATRIX, pd.DataFrame(1.0, index=["S"], columns=s.total.index)),
    lambda s: rank_tipping_points(s, ["G"], 1),
    lambda s: stability_intervals(s),
    lambda s: weight_sweep(s, "a"),
    lambda s: score_sensitivity(s, DOUBT),
    lambda s: class_sensitivity(s, MATRIX, "A", DOUBT),
    lambda s: confidence_factors(s, rank_acceptability(s, DOUBT, top=1)),
])
def test_what_has_a_formula_for_sums_alone_is_refused(ask: Callable[[Scores], object]):
    with pytest.raises(SrmkitError, match=r"does not simply add up.*found g, the axes multiplied.*Draw:"):
        ask(scored(card("geometric", aggregation="geometric")))
