"""Groups that multiply or average geometrically: against published forms, hand-worked values, and for all of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.scoring import Criterion, Exponential, Group, Linear, Scorecard, Scores

NAMES = ["a", "b", "c", "d"]
RULES: list[dict[str, Any]] = [
    {},
    {"aggregation": "geometric"},
    {"aggregation": "multiplicative", "interaction": 0.3},
    {"aggregation": "multiplicative", "interaction": -0.1},
]
quick = settings(max_examples=25, deadline=None)
share = st.floats(0, 1, allow_subnormal=False)
rules = st.sampled_from(RULES)
rows = st.lists(st.lists(share, min_size=4, max_size=4), min_size=1, max_size=5)
points = st.lists(st.integers(1, 9), min_size=4, max_size=4)


def flat(weights: list[float], **rule: Any) -> Scorecard:
    """Criteria from 0 to 1 in one axis."""
    parts = tuple(Criterion(name, w, Linear(0, 1)) for name, w in zip(NAMES, weights, strict=False))
    return Scorecard("flat", axes=(Group("axis", 1, parts, **rule),))


def nested(weights: list[float], inner: dict[str, Any], outer: dict[str, Any], root: dict[str, Any]) -> Scorecard:
    """Two criteria in a group beside a third, and a fourth on an axis of its own; three rules, one for each level."""
    a, b, c, d = (Criterion(name, w, Linear(0, 1)) for name, w in zip(NAMES, weights, strict=True))
    axes = (Group("x", 3, (Group("g", 4, (a, b), **inner), c), **outer), Group("y", 2, (d,)))
    return Scorecard("nested", axes=axes, **root)


def score(card: Scorecard, *figures: list[float], **options: Any) -> Scores:
    table = pd.DataFrame(list(figures), columns=NAMES[: len(figures[0])])
    return card.score(table, **options)


def test_two_attributes_with_interaction_are_the_published_form():
    """w_x v_x + w_y v_y + (1 - w_x - w_y) v_x v_y (Montgomery, Ogden & Boehmke 2018), with the values of O1."""
    card = Scorecard("kraljic", axes=(Group("score", 1, (
        Criterion("x", 65, Exponential(1, 5, 0.653)), Criterion("y", 15, Exponential(1, 10, 0.70)),
    ), aggregation="multiplicative", interaction=0.20),))
    scores = card.score(pd.DataFrame({"x": [3.01], "y": [4.84]}, index=["item"]))
    x, y = 0.7887459, 0.9336977
    assert scores.total["item"] / 100 == pytest.approx(0.65 * x + 0.15 * y + 0.20 * x * y, abs=2e-7)


@pytest.mark.parametrize(("weights", "expected"), [([65, 35], 0.58), ([45, 55], 0.46)])
def test_weights_that_leave_no_interaction_add_up(weights, expected):
    """The same source's test pair: values .79 and .19."""
    assert score(flat(weights), [0.79, 0.19]).total[0] / 100 == pytest.approx(expected, abs=0.0051)


@pytest.mark.parametrize("interaction", [0.7, 0.1, -0.1, -0.4])
def test_three_multiplied_members_satisfy_keeney_and_raiffa(interaction):
    """1 + K u = product of (1 + K k v) with 1 + K = product of (1 + K k) (Keeney & Raiffa 1976, ch. 6)."""
    weights, values = np.array([5.0, 3.0, 2.0]), np.array([0.9, 0.4, 0.6])
    card = flat(list(weights), aggregation="multiplicative", interaction=interaction)
    k, master = (1 - interaction) * weights / weights.sum(), card.axes[0].master
    assert np.prod(1 + master * k) == pytest.approx(1 + master, rel=1e-10)
    assert np.sign(master) == np.sign(interaction)
    expected = (np.prod(1 + master * k * values) - 1) / master
    assert score(card, list(values)).total[0] == pytest.approx(100 * expected, abs=1e-8)


@pytest.mark.parametrize("place", range(3))
def test_alone_at_its_best_a_member_is_worth_its_scaling_constant(place):
    card = flat([5, 3, 2], aggregation="multiplicative", interaction=0.4)
    alone = [0.0, 0.0, 0.0]
    alone[place] = 1.0
    assert score(card, alone).total[0] == pytest.approx(100 * 0.6 * (0.5, 0.3, 0.2)[place], abs=1e-9)


def test_the_strongest_negative_interaction_is_one_that_suffices():
    """k of the largest member is 1: K = -1 and u = 1 - product of (1 - k v)."""
    card = flat([1, 1], aggregation="multiplicative", interaction=-1)
    assert card.axes[0].master == -1
    assert score(card, [1, 0], [0.5, 0.5], [0, 0]).total.to_list() == pytest.approx([100, 75, 0])


def test_a_geometric_mean_by_hand_and_a_zero_that_nothing_buys_back():
    """Weights 1 : 1 of .25 and 1 give .5; 3 : 1 of .0625 and 1 give .125; a value of 0 gives 0 (domain rule O3)."""
    assert score(flat([1, 1], aggregation="geometric"), [0.25, 1]).total[0] == pytest.approx(50)
    assert score(flat([3, 1], aggregation="geometric"), [0.0625, 1]).total[0] == pytest.approx(12.5)
    assert score(flat([1, 99], aggregation="geometric"), [0.0, 1]).total[0] == 0
    assert score(flat([0, 99], aggregation="geometric"), [0.0, 1]).total[0] == pytest.approx(100)


def test_the_axes_themselves_may_be_multiplied():
    axes = tuple(Group(name, w, (Criterion(f"{name}1", 1, Linear(0, 1)),)) for name, w in (("x", 2), ("y", 1)))
    card = Scorecard("root", axes=axes, aggregation="geometric")
    scores = card.score(pd.DataFrame({"x1": [0.125], "y1": [1.0]}))
    assert scores.axes.loc[0].to_list() == pytest.approx([12.5, 100])
    assert scores.total[0] == pytest.approx(25)
    assert scores.turns.loc[0, "total"] == pytest.approx(25 - (2 / 3 * 12.5 + 1 / 3 * 100))


@quick
@given(rows, points, rules, rules, rules)
def test_contributions_and_turns_add_up_to_the_total(table, weights, inner, outer, root):
    scores = score(nested(weights, inner, outer, root), *table)
    parts = scores.contributions.sum(axis=1) + scores.turns.sum(axis=1)
    assert parts.to_numpy() == pytest.approx(scores.total.to_numpy(), abs=1e-7)
    assert set(scores.turns.columns) == {
        name for name, rule in (("g", inner), ("x", outer), ("total", root)) if rule
    }


@quick
@given(rows, points, rules, rules, rules)
def test_scores_reach_from_0_to_100(table, weights, inner, outer, root):
    card = nested(weights, inner, outer, root)
    ends = score(card, [0.0] * 4, [1.0] * 4).total
    assert ends.to_list() == pytest.approx([0, 100], abs=1e-7)
    assert score(card, *table).total.between(-1e-9, 100 + 1e-7).all()


@quick
@given(rows, points, rules, rules, rules, st.integers(0, 3), share)
def test_a_better_figure_never_lowers_a_score(table, weights, inner, outer, root, place, gain):
    card = nested(weights, inner, outer, root)
    better = [[min(1.0, v + gain) if column == place else v for column, v in enumerate(row)] for row in table]
    assert (score(card, *better).total >= score(card, *table).total - 1e-7).all()


@quick
@given(rows, points, rules, st.integers(0, 3))
def test_equal_values_of_a_geometric_group_are_its_value(table, weights, outer, place):
    value = table[0][place]
    assert score(flat(weights, aggregation="geometric"), [value] * 4).total[0] == pytest.approx(100 * value, abs=1e-7)


@quick
@given(rows, points, rules, rules, st.lists(st.booleans(), min_size=3, max_size=3).filter(any))
def test_a_composite_with_a_gap_equals_the_card_without_the_criterion(table, weights, inner, outer, present):
    """Up to the constants of a multiplicative group, which keeps its K (and so not its interaction)."""
    if any(rule.get("interaction") for rule in (inner, outer)):
        return
    card = nested(weights, inner, outer, {})
    absent = [name for name, there in zip(NAMES, present, strict=False) if not there]
    figures = pd.DataFrame(table, columns=NAMES).assign(**dict.fromkeys(absent, np.nan))
    # in proportion: what is left of the axis keeps its ratios, so the points of the group shrink with its members
    inner_left = sum(w for name, w in zip("ab", weights, strict=False) if name not in absent)
    left = card.without(*absent) if absent else card
    if "g" in left.outline().index:
        left = left.reweighted(g=4 * inner_left / sum(weights[:2]))
    expected = left.score(figures).total
    assert card.score(figures, missing="reweight").total.to_numpy() == pytest.approx(expected.to_numpy(), abs=1e-7)


def test_a_gap_in_a_multiplied_group_keeps_the_master_constant():
    card = flat([5, 3, 2], aggregation="multiplicative", interaction=0.4)
    scores = score(card, [0.5, 0.8, np.nan], [0.5, np.nan, np.nan], missing="reweight")
    master = card.axes[0].master
    k = np.roots([master * 15 / 64, 1, -1]).max() * np.array([5, 3]) / 8  # (1 + 5cK/8)(1 + 3cK/8) = 1 + K
    expected = (np.prod(1 + master * k * np.array([0.5, 0.8])) - 1) / master
    assert scores.total[0] == pytest.approx(100 * expected)
    assert scores.total[1] == pytest.approx(50)


@pytest.mark.parametrize(("rule", "words"), [
    ({"aggregation": "harmonic"}, "must be additive, multiplicative or geometric; found 'harmonic'"),
    ({"aggregation": "geometric", "interaction": 0.1}, "goes with multiplicative only; found 0.1 with geometric"),
    ({"aggregation": "multiplicative"}, "must not be 0, which is the same as adding up"),
    ({"aggregation": "multiplicative", "interaction": 1}, "must be from -0.6667 to below 1 with these weights"),
    ({"aggregation": "multiplicative", "interaction": -0.7}, "must be from -0.6667 to below 1"),
])
def test_an_aggregation_that_makes_no_sense_says_why(rule, words):
    with pytest.raises(SrmkitError, match=words):
        flat([3, 2], **rule)
    with pytest.raises(SrmkitError, match=words):
        Scorecard("root", axes=(Group("x", 3, (Criterion("a", 1, Linear(0, 1)),)),
                                Group("y", 2, (Criterion("b", 1, Linear(0, 1)),))), **rule)


def test_the_hash_of_a_card_that_adds_up_is_that_of_one_that_says_nothing():
    plain = flat([1, 1])
    assert flat([1, 1], aggregation="additive").hash == plain.hash
    assert len({plain.hash, flat([1, 1], aggregation="geometric").hash,
                flat([1, 1], aggregation="multiplicative", interaction=0.1).hash,
                flat([1, 1], aggregation="multiplicative", interaction=0.2).hash}) == 4


def test_additive_says_whether_exact_answers_about_weights_hold():
    assert flat([1, 1]).additive
    assert not nested([1, 1, 1, 1], RULES[1], {}, {}).additive
    assert not nested([1, 1, 1, 1], {}, {}, RULES[1]).additive
    assert nested([1, 1, 1, 1], RULES[1], {}, {}).outline()["aggregation"].to_dict() == {
        "x": "additive", "g": "geometric", "a": "", "b": "", "c": "", "y": "additive", "d": "",
    }
