"""Scorecards that do not simply add up: drawn along the tree, and refused where only sums have a formula."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
from srmkit.robustness.seen_flips import first_flips, ways
from srmkit.robustness.tipping_points import seen_tipping_points
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


def test_the_flip_of_a_geometric_mean_has_its_own_formula():
    """a^t b^(1 - t) meets the cut c at t = log(c / b) / log(a / b)."""
    axes = (Group("x", 1, (Criterion("a", 3, Linear(0, 1)), Criterion("b", 1, Linear(0, 1))), aggregation="geometric"),
            Group("y", 1, (Criterion("d", 1, Linear(0, 1)),)))
    table = pd.DataFrame({"a": [0.9, 0.2, 0.6], "b": [0.1, 0.8, 0.7], "d": [0.2, 0.9, 0.9]}, index=["A", "B", "C"])
    found = tipping_points(Scorecard("mean", axes=axes).score(table), MATRIX)
    for name in ("A", "B"):
        a, b = table.loc[name, ["a", "b"]]
        row = found[(found["candidate"] == name) & (found["criterion"] == "a")].iloc[0]
        assert row["weight_at_flip"] == pytest.approx(np.log(0.5 / b) / np.log(a / b), abs=1e-9)
        assert row["direction"] == "less"
        assert row["weight_now"] == 0.75
    assert "C" not in set(found["candidate"])


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 2**16))
def test_what_is_looked_for_is_what_the_formula_says_where_there_is_one(seed: int):
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(rng.random((8, 4)), columns=list("abcd"), index=list("ABCDEFGH"))
    table.loc["B", "b"] = np.nan
    scores = card().score(table, missing="reweight")
    keys = ["candidate", "criterion", "direction"]
    exact, seen = (one.set_index(keys).sort_index() for one in (
        tipping_points(scores, MATRIX), seen_tipping_points(scores, MATRIX, scores.axes.index)))
    apart = exact["change"].abs() > 1e-9  # who stands on a cut flips where it stands: told with or without a step
    exact, seen = exact[apart], seen[seen["change"].abs() > 1e-9]
    assert seen["weight_at_flip"].to_numpy() == pytest.approx(exact["weight_at_flip"].to_numpy(), abs=1e-8)
    assert seen["becomes"].tolist() == exact["becomes"].tolist()
    spend = pd.DataFrame(rng.integers(0, 4, (3, 8)).astype(float), index=list("STU"), columns=table.index)
    exact = rolled_up_tipping_points(scores, MATRIX, spend).set_index(keys).sort_index()
    seen = seen_tipping_points(scores, MATRIX, spend.index, spend.to_numpy()).set_index(keys).sort_index()
    both = exact.index.intersection(seen.index)
    close = (exact.loc[both, "weight_at_flip"] - seen.loc[both, "weight_at_flip"]).abs() < 1e-8
    # what comes and goes within one step of 1/400 is not seen, so a flip may be found farther out, never nearer
    nearer = exact.loc[both, "change"].abs() <= seen.loc[both, "change"].abs() + 1e-8
    assert nearer.all()
    assert len(both) == len(seen)
    assert close.sum() >= 0.9 * len(exact)


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 2**16), st.sampled_from([{"aggregation": "geometric"},
                                               {"aggregation": "multiplicative", "interaction": 0.4},
                                               {"aggregation": "multiplicative", "interaction": -0.4}]))
def test_a_class_flips_where_it_is_said_and_not_before(seed: int, rule: dict[str, Any]):
    table = pd.DataFrame(np.random.default_rng(seed).random((8, 4)), columns=list("abcd"), index=list("ABCDEFGH"))
    scores = card(**rule).score(table)
    for way in ways(scores, MATRIX):
        for flip in first_flips(way):
            short = flip.at - 1e-8 * np.sign(flip.at - way.weight)
            ends = way.codes(np.array([way.weight, short, flip.at]))[:, flip.who].tolist()
            assert ends == [flip.now, flip.now, flip.becomes]
