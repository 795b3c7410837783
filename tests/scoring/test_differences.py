"""What changed between two versions of a scorecard, in words that its owner would sign."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from srmkit.scoring import Criterion, Gate, Group, Linear, Scorecard


def test_nothing_changed(scorecard):
    assert scorecard.diff(scorecard).sentences == ()
    assert scorecard.diff(scorecard).scores_alike


def test_a_weight_and_what_moves_with_it(scorecard):
    found = scorecard.diff(scorecard.reweighted(price_index=75))
    assert found.sentences == (
        "The weight of the criterion 'price_index' goes from \"25 points, 25.0 % of the axis\" to "
        "\"75 points, 50.0 % of the axis\".",
        "The rationale of the criterion 'price_index' goes from \"\" to \"75 points instead of 25.\".",
        "The share of the criterion 'on_time_rate' goes from 75.0 % to 50.0 % with the weights of others.",
    )
    assert not found.scores_alike
    assert found.table["what"].to_list() == ["points", "rationale", "share"]


def test_parts_that_come_go_and_move(scorecard):
    found = scorecard.diff(scorecard.without("growth_rate"))
    assert found.sentences == (
        "The share of the group 'service' goes from 70.0 % to 100.0 % with the weights of others.",
        "The share of the criterion 'answers' goes from 70.0 % to 100.0 % with the weights of others.",
        "The criterion 'growth_rate' is gone (30 points, 30.0 % of the axis).",
    )
    assert "The criterion 'growth_rate' is new (30 points, 30.0 % of the axis)." in (
        scorecard.without("growth_rate").diff(scorecard).sentences
    )
    flat = Group("performance", 1, (Criterion("a", 1, Linear(0, 1)), Criterion("b", 1, Linear(0, 1))))
    deep = Group("performance", 1, (Group("g", 2, flat.members),))
    rows = Scorecard("c", axes=(flat,)).diff(Scorecard("c", axes=(deep,))).table
    assert rows.loc[rows["what"] == "part of", ["part", "before", "after"]].to_numpy().tolist() == [
        ["a", "performance", "g"], ["b", "performance", "g"],
    ]


def test_scales_decisions_gates_and_the_head():
    old = Scorecard(
        "card", version="1.0", axes=(Group("axis", 1, (Criterion("a", 1, Linear(worst=30, best=5)),)),),
        gates=(Gate("x", "no x", at_least=1), Gate("y", "no y", at_least=1)),
    )
    a = replace(old.axes[0].members[0], scale=Linear(worst=20, best=5), outside="refuse")
    new = Scorecard(
        "card", version="1.1", axes=(Group("axis", 1, (a,), aggregation="geometric"),),
        gates=(Gate("x", "no x", at_least=2), Gate("y", "y is missing", at_least=1, missing="fails")),
    )
    assert old.diff(new).sentences == (
        "The version of the scorecard 'card' goes from \"1.0\" to \"1.1\".",
        "The aggregation of the axis 'axis' goes from \"additive\" to \"geometric\".",
        "The scale of the criterion 'a' goes from \"linear, worst 30, best 5\" to \"linear, worst 20, best 5\".",
        "The decision about figures beyond the ends of the criterion 'a' goes from \"clip\" to \"refuse\".",
        "The gate 'x must be at least 2' is new (no x).",
        "The wording of the gate 'y must be at least 1' goes from \"no y\" to \"y is missing\".",
        "The decision about a missing figure of the gate 'y must be at least 1' goes from \"passes\" to \"fails\".",
        "The gate 'x must be at least 1' is gone (no x).",
    )


def test_words_alone_change_no_score(scorecard, metrics):
    second = replace(scorecard, version="2.0", title="Suppliers, as agreed in spring")
    assert scorecard.diff(second).scores_alike
    assert second.hash != scorecard.hash
    pd.testing.assert_series_equal(scorecard.score(metrics).total, second.score(metrics).total)


def test_shipped_presets_differ_from_their_base_in_weights_alone():
    base = Scorecard.read("account")
    found = base.diff(Scorecard.read("account_profit_led")).table
    assert set(found["what"]) <= {"name", "title", "version", "date", "owner", "points", "share", "rationale"}
    assert "points" in set(found["what"])
