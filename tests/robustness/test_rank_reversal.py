"""Nobody's order may turn because a third one leaves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.robustness import rank_reversal_test, rank_reversals
from srmkit.scoring import Criterion, Group, Scorecard, Scores, Steps

# Belton & Gear 1983, Omega 11(3), 228-230: three options on three equal criteria, and D as a copy of B
BELTON_GEAR = pd.DataFrame(
    {"C1": [1.0, 9.0, 1.0, 9.0], "C2": [9.0, 1.0, 1.0, 1.0], "C3": [8.0, 9.0, 1.0, 9.0]}, index=list("ABCD"))


def by_shares(figures: pd.DataFrame) -> pd.Series:
    """Each criterion's figures over their sum, as the analytic hierarchy process had them."""
    return (figures / figures.sum()).mean(axis=1)


def test_shares_of_whoever_is_there_turn_an_order() -> None:
    """Published: A .45, B .47, C .08; with the copy A .37, B .29, C .06, D .29."""
    assert by_shares(BELTON_GEAR.loc[list("ABC")]).round(2).tolist() == [0.45, 0.47, 0.08]
    assert by_shares(BELTON_GEAR).round(2).tolist() == [0.37, 0.29, 0.06, 0.29]

    found = rank_reversals(BELTON_GEAR, by_shares, leave_out=["D"])
    assert found.to_numpy().tolist() == [["D", "A", "B", 1]]


def test_points_for_the_cheapest_turn_an_award() -> None:
    """60 points for quality, 40 for the lowest price over the price: without C, who cannot win, B beats A."""
    bids = pd.DataFrame({"price": [120.0, 100.0, 60.0], "quality": [80.0, 70.0, 20.0]}, index=list("ABC"))

    def points(table: pd.DataFrame) -> pd.Series:
        return 0.6 * table["quality"] + 40 * table["price"].min() / table["price"]

    assert points(bids).tolist() == pytest.approx([68, 66, 52])
    assert points(bids.drop(index="C")).tolist() == pytest.approx([81 + 1 / 3, 82])
    assert rank_reversals(bids, points).to_numpy().tolist() == [["C", "A", "B", 1]]


def test_the_same_options_on_agreed_scales_keep_their_order(scored: Callable[..., Scores]) -> None:
    assert rank_reversal_test(scored(BELTON_GEAR / 9, axes={"x": {"C1": 1, "C2": 1, "C3": 1}})).empty


values = st.one_of(st.none(), st.integers(0, 10).map(lambda step: step / 10))


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(st.tuples(*[values] * 4), min_size=1, max_size=7), weights=st.tuples(*[st.integers(1, 9)] * 4),
    missing=st.sampled_from(["reweight", "worst"]),
)
def test_agreed_scales_never_turn_an_order(
    scored: Callable[..., Scores], rows: list[tuple[float | None, ...]], weights: tuple[int, ...], missing: str
) -> None:
    table = pd.DataFrame(rows, columns=list("abcd"), dtype=float)
    table.loc[0] = table.loc[0].fillna(0.5)  # somebody has a figure on each axis
    a, b, c, d = weights
    scores = scored(table, axes={"x": {"a": a, "b": b}, "y": {"c": c, "d": d}}, missing=missing)
    assert rank_reversal_test(scores).empty


def test_whoever_alone_can_be_scored_may_leave(scored: Callable[..., Scores]) -> None:
    table = pd.DataFrame({"a": [0.5, np.nan, np.nan], "b": [0.5, 0.2, 0.7]}, index=["Alba", "Dahl", "Eck"])
    scores = scored(table, axes={"x": {"a": 1}, "y": {"b": 1}}, missing="reweight")
    assert rank_reversal_test(scores).empty


def test_words_and_shared_metrics_are_scored_again_too() -> None:
    card = Scorecard("words", axes=(Group("x", 1, (
        Criterion("risk", 1, Steps({"low": 0, "high": 1}), metric="word"),
        Criterion("chance", 3, Steps({"low": 1, "high": 0}), metric="word"),
    )),))
    assert rank_reversal_test(card.score(pd.DataFrame({"word": ["low", "high", "low"]}))).empty


def test_the_test_asks_about_scores_and_not_about_gates(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    assert rank_reversal_test(scored(table.assign(willing=[0, 1, 1, 1]), gate="willing")).empty


def test_how_many_overtake_is_told() -> None:
    """With X everybody is in the order of the table, without X in the opposite one."""
    table = pd.DataFrame({"points": [4.0, 3.0, 2.0, 9.0]}, index=["A", "B", "C", "X"])

    def turned(rows: pd.DataFrame) -> pd.Series:
        return rows["points"] if "X" in rows.index else -rows["points"]

    assert rank_reversals(table, turned).to_numpy().tolist() == [["X", "A", "B", 2]]


def test_ties_that_come_and_go_are_no_reversal() -> None:
    table = pd.DataFrame({"points": [2.0, 1.0, 0.0]}, index=["A", "B", "X"])

    def level(rows: pd.DataFrame) -> pd.Series:
        return rows["points"] if "X" in rows.index else rows["points"] * 0 + 1

    assert rank_reversals(table, level, leave_out=["X"]).empty
    assert rank_reversals(table, lambda rows: level(rows) + np.nan).empty


def test_a_name_that_is_not_there_is_told(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    with pytest.raises(SrmkitError) as told:
        rank_reversal_test(scored(table), leave_out=["Eyelet"])
    assert str(told.value).splitlines() == [
        "rank reversal test: 1 problem",
        "  - 'Eyelet' is not among the candidates. Take the names from the scores.",
    ]
