"""A scorecard as a value: shares, second scorecards, hash, and what it refuses."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from srmkit.errors import SrmkitError
from srmkit.scoring import Criterion, Gate, Group, Linear, Scorecard


def test_shares_multiply_down_the_tree(scorecard):
    assert scorecard.weights.to_dict() == pytest.approx(
        {"price_index": 0.25, "on_time_rate": 0.75, "growth_rate": 0.3, "answers": 0.7}
    )
    assert scorecard.axis_weights.to_dict() == pytest.approx({"performance": 0.6, "potential": 0.4})
    assert scorecard.axis_of.to_dict() == {
        "price_index": "performance",
        "on_time_rate": "performance",
        "growth_rate": "potential",
        "answers": "potential",
    }
    assert [criterion.name for criterion in scorecard.criteria] == scorecard.weights.index.to_list()
    assert scorecard.weights.groupby(scorecard.axis_of).sum().to_list() == pytest.approx([1, 1])


def test_what_was_signed_cannot_be_changed(scorecard):
    with pytest.raises(FrozenInstanceError):
        scorecard.version = "2.0"


def test_reweighting_gives_a_second_scorecard_and_says_what_changed(scorecard):
    second = scorecard.reweighted(price_index=75, potential=60, service=0)
    assert second.weights.to_dict() == pytest.approx(
        {"price_index": 0.5, "on_time_rate": 0.5, "growth_rate": 1, "answers": 0}
    )
    assert second.axis_weights.to_list() == [0.5, 0.5]
    assert scorecard.weights["price_index"] == 0.25
    assert second.outline().loc["price_index", "rationale"] == "75 points instead of 25."
    assert second.outline().loc["on_time_rate", "rationale"] == ""


def test_reweighting_with_the_same_points_is_the_same_scorecard(scorecard):
    assert scorecard.reweighted(price_index=25) == scorecard
    assert scorecard.reweighted() == scorecard


def test_a_changed_weight_keeps_the_ratios_of_the_others():
    parts = tuple(Criterion(name, weight, Linear(0, 1)) for name, weight in (("a", 50), ("b", 30), ("c", 20)))
    card = Scorecard("three", axes=(Group("axis", 1, parts),)).reweighted(a=10)
    assert card.weights["b"] / card.weights["c"] == pytest.approx(1.5)


def test_leaving_out_a_criterion_a_group_or_an_axis(scorecard):
    assert scorecard.without("price_index").weights["on_time_rate"] == 1
    assert scorecard.without("service").weights.index.to_list() == [
        "price_index",
        "on_time_rate",
        "growth_rate",
    ]
    assert scorecard.without("answers") == scorecard.without("service")
    assert scorecard.without("potential").axis_weights.to_dict() == {"performance": 1}
    assert len(scorecard.criteria) == 4


def test_unknown_names_are_told_with_the_nearest_known(scorecard):
    with pytest.raises(SrmkitError) as error:
        scorecard.reweighted(price_indx=1, colour=2)
    assert str(error.value) == (
        "scorecard 'suppliers' reweighted: 2 problems\n"
        "  - 'price_indx' is no axis, group or criterion of it. Did you mean 'price_index'?\n"
        "  - 'colour' is no axis, group or criterion of it. Names are: performance, price_index, "
        "on_time_rate, potential, growth_rate, service, answers."
    )
    with pytest.raises(SrmkitError, match="'prices' is no axis, group or criterion of it"):
        scorecard.without("prices")


def test_reweighting_refuses_what_makes_no_sense(scorecard):
    with pytest.raises(
        SrmkitError, match="weight of criterion 'price_index' must be 0 or more points; found -1"
    ):
        scorecard.reweighted(price_index=-1)
    with pytest.raises(
        SrmkitError, match="weights in axis 'performance' are all 0; found 'price_index', 'on_time_"
    ):
        scorecard.reweighted(price_index=0, on_time_rate=0)
    with pytest.raises(SrmkitError, match="must be 0 or more points; found nan"):
        scorecard.reweighted(price_index=float("nan"))


def test_a_scorecard_left_without_axes_is_refused(scorecard):
    with pytest.raises(
        SrmkitError, match="axes are missing; found none. A scorecard needs at least one axis."
    ):
        scorecard.without("performance", "potential")


def test_every_mistake_of_the_tree_is_told_at_once():
    price = Criterion("price", -1, Linear(0, 1))
    with pytest.raises(SrmkitError) as error:
        Scorecard("bad", axes=(Group("a", 0, (price, price)), Group("b", 0, ())))
    assert str(error.value) == (
        "scorecard 'bad': 5 problems\n"
        "  - the name 'price' stands 2 times; found criterion, criterion. "
        "Every axis, group and criterion needs its own name.\n"
        "  - weight of criterion 'price' must be 0 or more points; found -1. "
        "A figure that speaks against a candidate needs a scale the other way round.\n"
        "  - weight of criterion 'price' must be 0 or more points; found -1. "
        "A figure that speaks against a candidate needs a scale the other way round.\n"
        "  - axis 'b' holds no criteria. Add one, or leave it out.\n"
        "  - weights in the axes are all 0; found 'a', 'b'. Give at least one of them points."
    )


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({}, "limit must be exactly one of at_least, at_most, equals; found none"),
        ({"at_least": 1, "equals": 2}, "found at_least and equals"),
        ({"at_most": float("inf")}, "at_most must be a finite number; found inf"),
    ],
)
def test_a_gate_has_one_limit(limits, words):
    with pytest.raises(SrmkitError, match=words):
        Gate("willing", "customer unwilling", **limits)


def test_a_gate_has_words():
    with pytest.raises(SrmkitError, match="gate 'willing': 1 problem\n  - words are empty. Say what"):
        Gate("willing", "", equals=1)


def test_the_hash_follows_the_content(scorecard):
    again = scorecard.reweighted(price_index=30).reweighted(price_index=30)
    assert scorecard.hash == scorecard.reweighted(price_index=25).hash
    assert len({scorecard.hash, again.hash, scorecard.without("price_index").hash}) == 3
    assert len(scorecard.hash) == 64


def test_the_table_shows_each_criterion_with_its_ends(scorecard):
    row = scorecard.table().loc["price_index"]
    assert (row["axis"], row["weight"], row["worst"], row["best"]) == ("performance", 0.25, "110", "90")
    assert scorecard.table().loc["answers", "metric"] == "response_days"


def test_the_outline_shows_the_whole_tree(scorecard):
    outline = scorecard.outline()
    assert outline.index.to_list() == [
        "performance",
        "price_index",
        "on_time_rate",
        "potential",
        "growth_rate",
        "service",
        "answers",
    ]
    assert outline.loc["service"].to_dict() == {
        "kind": "group",
        "part_of": "potential",
        "label": "Service",
        "points": 70,
        "share": 0.7,
        "aggregation": "additive",
        "rationale": "",
    }
    assert outline["kind"].value_counts().to_dict() == {"criterion": 4, "axis": 2, "group": 1}
