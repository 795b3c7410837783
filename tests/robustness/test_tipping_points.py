"""At which weight a class flips: exactly there, not earlier, and nowhere else."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.robustness import flip_condition, labels_of, nearest_flips, tipping_points, weights_in_words
from srmkit.scoring import Scores
from srmkit.segmentation import kraljic
from srmkit.segmentation.matrix import Matrix

NINE = Matrix(
    "nine fields", "supply_risk", "profit_impact", (35, 65), (35, 65),
    (("drop", "drop", "watch"), ("drop", "hold", "hold"), ("watch", "hold", "build")),
    ("build", "hold", "watch", "drop"),
)
NEAR = 1e-6  # just before and just beyond, as a share

values = st.one_of(st.none(), st.integers(0, 20).map(lambda step: step / 20))
points = st.integers(0, 9)


@st.composite
def studies(draw: st.DrawFn) -> tuple[pd.DataFrame, dict[str, dict[str, int]]]:
    """Figures of some items, gaps among them, and the points of criteria, some of them 0."""
    names = {"supply_risk": ["a", "b", "c"], "profit_impact": ["d", "e"]}
    axes = {axis: dict(zip(those, draw(st.tuples(st.integers(1, 9), *[points] * (len(those) - 1))), strict=True))
            for axis, those in names.items()}
    rows = draw(st.lists(st.tuples(*[values] * 5), min_size=1, max_size=6))
    return pd.DataFrame(rows, columns=list("abcde"), dtype=float), axes


@settings(max_examples=40, deadline=None)
@given(study=studies(), matrix=st.sampled_from([kraljic(), NINE]))
def test_a_class_flips_at_its_tipping_point_and_not_before(
    scored: Callable[..., Scores], axes_when: Callable[..., dict[str, np.ndarray]],
    study: tuple[pd.DataFrame, dict[str, dict[str, int]]], matrix: Matrix,
) -> None:
    table, axes = study
    scores = scored(table.fillna({"a": 0.5, "d": 0.25}), axes=axes, missing="reweight")
    found = tipping_points(scores, matrix)
    flips = {(flip["candidate"], flip["criterion"], flip["direction"]): flip for flip in found.to_dict("records")}
    assert len(flips) == len(found)

    def segments(criterion: str, share: float) -> np.ndarray:
        level = axes_when(scores, criterion, share)
        return np.array([*matrix.names, None])[matrix.codes(level[matrix.x_axis], level[matrix.y_axis])]

    now = matrix.assign(scores.axes).segment.to_numpy()
    for criterion, stated in scores.scorecard.weights.items():
        if stated == 1:
            assert criterion not in set(found["criterion"])
            continue
        swept = {float(share): segments(criterion, share) for share in np.linspace(0.003, 0.997, 41)}
        for candidate, sign in itertools.product(table.index, (-1, 1)):
            flip = flips.get((candidate, criterion, "more" if sign > 0 else "less"))
            end = flip["weight_at_flip"] if flip else 0.5 + sign
            before = [share for share in swept if sign * stated < sign * share < sign * (end - sign * NEAR)]
            assert all(swept[share][candidate] == now[candidate] for share in before)
            if flip and sign * (end - stated) > 2 * NEAR:
                assert segments(criterion, end - sign * NEAR)[candidate] == now[candidate] == flip["segment"]
            if flip and NEAR < end < 1 - NEAR:
                assert segments(criterion, end + sign * NEAR)[candidate] == flip["becomes"]


def test_one_flip_worked_by_hand(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    """Drill: .3 w + .7 (1 - w) is half at w = .5, so sources must lose 10 of its 60 points for it to get scarce.

    Bearing: .2 w + .6 (1 - w) is half at w = .25: spend must fall from 70 % to 25 %, margin rise to 75 %.
    """
    flips = tipping_points(scored(table), kraljic()).set_index(["candidate", "criterion"])

    drill = flips.loc[("Drill", "sources")]
    assert (drill["segment"], drill["becomes"], drill["direction"]) == ("non-critical", "bottleneck", "less")
    assert drill[["weight_now", "weight_at_flip", "change"]].tolist() == pytest.approx([0.6, 0.5, -0.1])
    assert drill["sentence"] == (
        "Drill becomes bottleneck if sources weighs less than 50.0 % of supply risk (now 60.0 %).")
    assert flips.loc[("Bearing", "spend"), "weight_at_flip"] == pytest.approx(0.25)
    assert flips.loc[("Bearing", "margin"), ["weight_at_flip", "change"]].tolist() == pytest.approx([0.75, 0.45])


def test_scoring_again_with_the_flip_gives_the_new_class(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    scores = scored(table)
    for flip in tipping_points(scores, kraljic()).to_dict("records"):
        mine = [name for name, axis in scores.scorecard.axis_of.items() if axis == flip["axis"]]
        other = next(name for name in mine if name != flip["criterion"])
        for step, expected in ((NEAR, flip["becomes"]), (-NEAR, flip["segment"])):
            share = flip["weight_at_flip"] + (step if flip["direction"] == "more" else -step)
            card = scores.scorecard.reweighted(**{flip["criterion"]: share, other: 1 - share})
            assert kraljic().assign(card.score(table).axes).segment[flip["candidate"]] == expected


def test_the_smallest_change_comes_first(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    found = tipping_points(scored(table), kraljic())
    nearest = nearest_flips(found)

    assert found["change"].abs().is_monotonic_increasing
    assert nearest.index.is_unique
    smallest = found.assign(size=found["change"].abs()).groupby("candidate")["size"].min()
    assert nearest["change"].abs().to_dict() == smallest.to_dict()


def test_no_weight_flips_who_is_high_or_low_on_everything(scored: Callable[..., Scores]) -> None:
    columns = ["sources", "lead_time", "spend", "margin"]
    table = pd.DataFrame([[0.9, 0.6, 0.8, 0.7], [0.1, 0.4, 0.2, 0.3]], columns=columns)
    found = tipping_points(scored(table), kraljic())
    assert found.empty
    assert list(found) == ["candidate", "axis", "criterion", "segment", "becomes", "direction",
                           "weight_now", "weight_at_flip", "change", "sentence"]


def test_a_criterion_alone_on_its_axis_has_no_weight_to_move(scored: Callable[..., Scores]) -> None:
    table = pd.DataFrame({"risk": [0.4], "spend": [0.4], "margin": [0.9]})
    scores = scored(table, axes={"supply_risk": {"risk": 1}, "profit_impact": {"spend": 9, "margin": 1}})
    assert set(tipping_points(scores, kraljic())["criterion"]) == {"spend", "margin"}


def test_who_stands_on_a_cut_flips_with_any_change_that_lowers_it(scored: Callable[..., Scores]) -> None:
    """.8 and .2 at 50 : 50 stand on the cut of 50, which belongs to the higher side."""
    table = pd.DataFrame({"sources": [0.8], "lead_time": [0.2], "impact": [0.9]}, index=["Alloy"])
    scores = scored(table, axes={"supply_risk": {"sources": 1, "lead_time": 1}, "profit_impact": {"impact": 1}})
    found = tipping_points(scores, kraljic()).set_index("criterion")

    assert found.loc["sources", ["becomes", "direction", "change"]].tolist() == ["leverage", "less", 0]
    assert found.loc["lead_time", ["becomes", "direction", "change"]].tolist() == ["leverage", "more", 0]
    assert found.loc["sources", "sentence"] == (
        "Alloy becomes leverage if sources weighs any less than 50.0 % of supply risk, its weight now: exactly on the "
        "line.")


def test_a_score_that_only_rises_to_a_cut_with_all_the_weight_flips_there(scored: Callable[..., Scores]) -> None:
    table = pd.DataFrame({"sources": [0.5], "lead_time": [0.2], "spend": [0.9], "margin": [0.9]}, index=["Alloy"])
    found = tipping_points(scored(table), kraljic())
    assert found[["criterion", "becomes", "weight_at_flip"]].to_numpy().tolist() == [
        ["sources", "strategic", 1.0], ["lead_time", "strategic", 0.0]]


def test_a_gap_leaves_its_weight_to_the_others(scored: Callable[..., Scores]) -> None:
    """Without lead time, .2 w + .8 v over w + v, with v a third of what is left, is half at w = v: w = 1/4."""
    table = pd.DataFrame({"sources": [0.2], "lead_time": [np.nan], "substitutes": [0.8], "impact": [0.9]}, ["Alloy"])
    scores = scored(table, missing="reweight", axes={
        "supply_risk": {"sources": 40, "lead_time": 40, "substitutes": 20}, "profit_impact": {"impact": 1}})
    found = tipping_points(scores, kraljic()).set_index("criterion")

    assert found.loc["sources", "weight_at_flip"] == pytest.approx(1 / 4)
    assert found.loc["substitutes", "weight_at_flip"] == pytest.approx(1 / 3)  # half of the rest of 2/3 is sources
    assert "lead_time" not in found.index  # it moves both others alike


def test_who_has_no_class_has_no_tipping_point(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    table.loc["Drill", ["spend", "margin"]] = np.nan
    assert "Drill" not in set(tipping_points(scored(table, missing="reweight"), kraljic())["candidate"])


def test_a_condition_can_be_told_by_itself(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    scores = scored(table)
    flip = tipping_points(scores, kraljic()).query("candidate == 'Drill' and criterion == 'sources'").iloc[0]
    assert flip_condition(flip.to_dict(), labels_of(scores)) == (
        "sources weighs less than 50.0 % of supply risk (now 60.0 %)")


def test_weights_are_told_with_as_many_digits_as_part_them() -> None:
    assert weights_in_words(0.5, 0.6) == ("50.0 %", "60.0 %")
    assert weights_in_words(0.6002, 0.6) == ("60.02 %", "60.00 %")
    assert weights_in_words(0.600004, 0.6) == ("60.0 %", "60.0 %")


def test_an_axis_that_is_not_scored_is_named(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    scores = scored(table[["sources", "lead_time"]], axes={"supply_risk": {"sources": 1, "lead_time": 1}})
    with pytest.raises(SrmkitError, match="axis 'profit_impact' is not scored; found supply_risk"):
        tipping_points(scores, kraljic())


def test_an_axis_outside_the_matrix_flips_nobody(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    trust = {"trust": {"promises": 1.0, "openness": 2.0}}
    two = {"supply_risk": {"sources": 60.0, "lead_time": 40.0}, "profit_impact": {"spend": 70.0, "margin": 30.0}}
    more = table.assign(promises=[0.1, 0.9, 0.4, 0.6], openness=[0.9, 0.1, 0.6, 0.4])
    assert tipping_points(scored(more, axes={**two, **trust}), kraljic()).equals(
        tipping_points(scored(table, axes=two), kraljic()))
