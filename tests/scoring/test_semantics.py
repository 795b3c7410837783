"""The eight rules that peers disagree on, one test each; docs/scoring.md states them in the same order."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from srmkit.bands import Bands
from srmkit.robustness import Doubt, axis_draws, rank_acceptability
from srmkit.scoring import Criterion, Gate, Group, Linear, RelativeMinMax, Scorecard


def card(weights: dict[str, float], **options) -> Scorecard:
    parts = tuple(Criterion(name, weight, Linear(0, 1)) for name, weight in weights.items())
    return Scorecard("card", axes=(Group("axis", 1, parts),), **options)


def table(**figures: list[float]) -> pd.DataFrame:
    return pd.DataFrame(figures, index=list("ABCDEFGH")[: len(next(iter(figures.values())))])


def test_1_scales_are_declared_and_a_relative_one_warns():
    """Belton & Gear 1983 (Omega 11, 228-230): A, B, C, then D as a copy of B. On scales agreed from 0 to 9 the scores
    are .6667, .7037, .1111 and D has B's (their ideal mode); sum-normalised priorities would reverse A and B."""
    agreed = Scorecard("bg", axes=(Group("axis", 1, tuple(Criterion(n, 1, Linear(0, 9)) for n in "xyz")),))
    three = table(x=[1, 9, 1], y=[9, 1, 1], z=[8, 9, 1])
    four = pd.concat([three, three.loc[["B"]].set_axis(["D"])])
    assert agreed.score(three).total.to_list() == pytest.approx([100 * 2 / 3, 100 * 19 / 27, 100 / 9], abs=1e-8)
    assert agreed.score(four).total["D"] == agreed.score(four).total["B"]
    assert agreed.score(four).total.drop("D").equals(agreed.score(three).total)
    relative = Scorecard("r", axes=(Group("axis", 1, (Criterion("x", 1, RelativeMinMax("higher")),)),))
    assert "a newcomer or a leaver may change everybody's score" in relative.score(three).notes[0]
    assert agreed.score(three).notes == ()


def test_2_ties_share_the_better_rank_and_keep_the_order_of_the_input():
    scores = card({"a": 1}).score(table(a=[0.5, 0.9, 0.5, 0.3, 0.5 + 5e-12]))
    assert scores.rank.to_list() == [2, 1, 2, 5, 2]
    assert scores.table().index.to_list()[0] == "B"
    tied = card({"a": 1}).score(table(a=[0.5, 0.5, 0.5]))
    assert tied.table().index.to_list() == ["A", "B", "C"]
    assert card({"a": 1}).score(table(a=[0.5, 0.5 + 2e-11])).rank.to_list() == [2, 1]  # 2e-9 points apart


def test_3_a_changed_weight_keeps_the_ratios_of_the_others_and_no_weight_is_negative():
    first = card({"a": 50, "b": 30, "c": 20})
    second = first.reweighted(a=0)
    assert second.weights.to_dict() == pytest.approx({"a": 0, "b": 0.6, "c": 0.4})
    assert card({"a": 5, "b": 3, "c": 2}).score(table(a=[0.3], b=[0.9], c=[0.2])).total["A"] == pytest.approx(
        first.score(table(a=[0.3], b=[0.9], c=[0.2])).total["A"], abs=1e-12)
    with pytest.raises(ValueError, match="must be 0 or more points; found -1"):
        first.reweighted(a=-1)


def test_4_who_fails_a_gate_keeps_score_and_points_and_has_no_rank_or_grade():
    scores = card({"a": 1}, gates=(Gate("ok", "not ok", equals=1),)).score(table(a=[0.9, 0.4], ok=[0, 1]))
    assert scores.total["A"] == pytest.approx(90)
    assert scores.contributions.loc["A", "a"] == pytest.approx(90)
    assert scores.rank.to_list() == [pd.NA, 1]
    assert scores.grades(Bands(("high", "low"), (50,))).to_list() == [np.nan, "low"]
    assert scores.gated.loc[0, ["gate", "condition"]].to_list() == ["not ok", "ok must be 1"]
    assert "It fails the gate 'not ok': ok must be 1, found 0." in scores.explain("A").text


def test_5_a_gap_is_refused_unless_decided_and_never_0_or_100():
    gappy = table(a=[0.9, np.nan], b=[0.4, 0.4])
    with pytest.raises(ValueError, match="'a' is missing for B"):
        card({"a": 3, "b": 1}).score(gappy)
    reweighted = card({"a": 3, "b": 1}).score(gappy, missing="reweight")
    assert (reweighted.total["B"], reweighted.coverage["B"]) == (pytest.approx(40), 0.25)
    between = card({"a": 3, "b": 1}).score(gappy, missing="interval")
    assert (between.low.loc["B", "total"], between.high.loc["B", "total"]) == pytest.approx((10, 85))
    assert between.open_grades(Bands(("gold", "silver", "bronze"), (75, 50)))["B"] == "gold to bronze"


@pytest.mark.parametrize("ulps", [-4, -1, 0, 1])
def test_6_a_score_on_a_cut_has_the_higher_grade_also_when_the_sum_misses_it(ulps):
    cut = 75 + ulps * np.spacing(75.0)
    scores = card({"a": 1, "b": 1}).score(table(a=[cut / 100], b=[cut / 100]))
    assert scores.grades(Bands(("gold", "silver"), (75,))).to_list() == ["gold"]
    assert Bands(("gold", "silver"), (75,)).codes([75 - 1e-15 * 75, 75 - 1e-6]).tolist() == [0, 1]
    built = card(dict.fromkeys("abcdefgh", 0.1)).score(table(**dict.fromkeys("abcdefgh", [0.75])))
    assert built.grades(Bands(("gold", "silver"), (75,))).to_list() == ["gold"]


def test_7_who_is_never_first_has_no_central_weights():
    scores = card({"a": 1, "b": 1}).score(table(a=[0.9, 0.1], b=[0.8, 0.2]))
    ranks = rank_acceptability(scores, Doubt(concentration="uniform", data=False, draws=64, seed=1), top=1)
    assert ranks.central_weights.loc["B"].isna().all()
    assert ranks.central_weights.loc["A"].sum() == pytest.approx(1)


def test_8_drawn_weights_are_uniform_on_the_simplex_not_normalised_uniforms():
    """The variance of a weight is (n - 1)/(n^2 (n + 1)): 1/18 for three; normalised uniforms would give .032."""
    scores = card({"a": 1, "b": 1, "c": 1}).score(table(a=[1.0, 0.2], b=[0.0, 0.3], c=[0.0, 0.4]))
    doubt = Doubt(concentration="uniform", data=False, draws=4096, seed=1)
    weights = axis_draws(scores, doubt).weights
    assert weights.var().to_numpy() == pytest.approx([1 / 18] * 3, rel=0.02)


def test_the_knock_out_case_with_its_interval():
    """Oracle of the semantics: S3 without esg scores .5625 reweighted and from .45 to .65 as an interval."""
    parts = (
        Criterion("quality", 50, Linear(0, 100)), Criterion("price", 30, Linear(worst=200, best=100)),
        Criterion("esg", 20, Linear(0, 10)),
    )
    q = Scorecard("q", axes=(Group("value", 1, parts),), gates=(Gate("esg", "esg below 4", at_least=4),))
    suppliers = pd.DataFrame(
        {"quality": [90, 95, 60, 50], "price": [120, 100, 150, 150], "esg": [8, 3, None, 5]},
        index=["S1", "S2", "S3", "S4"],
    )
    scores = q.score(suppliers, missing="interval")
    assert (scores.total / 100).to_list() == pytest.approx([0.85, 0.835, 0.5625, 0.5], abs=1e-12)
    assert (scores.low.loc["S3", "total"], scores.high.loc["S3", "total"]) == pytest.approx((45, 65), abs=1e-10)
    grades = scores.open_grades(Bands(("gold", "silver", "bronze"), (75, 50)))
    assert grades.dropna().to_dict() == {"S1": "gold", "S3": "silver to bronze", "S4": "silver"}


def test_a_zero_in_a_geometric_group_is_0_and_a_failed_gate_is_out_whatever_the_score():
    """Domain rule O3."""
    zero = Scorecard("z", axes=(Group("axis", 1, tuple(Criterion(n, 1, Linear(0, 1)) for n in "ab"),
                                       aggregation="geometric"),))
    assert zero.score(table(a=[0.0], b=[1.0])).total["A"] == 0
    out = card({"a": 1}, gates=(Gate("ok", "not ok", equals=1),)).score(table(a=[1.0, 0.1], ok=[0, 1]))
    assert out.rank.to_list() == [pd.NA, 1]
