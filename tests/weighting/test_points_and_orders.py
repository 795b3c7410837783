"""Points, swings and orders of importance against published weights."""

from __future__ import annotations

from fractions import Fraction as F

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.weighting import direct_weights, order_weights, swing_weights

# Goodwin & Wright, Decision Analysis for Management Judgment: the office location
SWINGS = {"closeness": 100, "visibility": 80, "image": 70, "size": 30, "comfort": 20, "car_parking": 10}
OFFICES = pd.DataFrame(
    [[100, 60, 100, 75, 0, 90], [20, 80, 10, 30, 100, 30], [80, 70, 0, 0, 10, 100], [70, 50, 30, 55, 30, 90],
     [40, 60, 90, 100, 60, 70], [0, 0, 70, 0, 80, 0], [60, 100, 20, 50, 50, 80]],
    columns=list(SWINGS), index=list("ABCDEFG"))
# Edwards & Barron 1994 (centroid); Stillwell, Seaver & Edwards 1981 (sum, reciprocal)
PUBLISHED = {
    ("centroid", 2): "3/4 1/4",
    ("centroid", 3): "11/18 5/18 1/9",
    ("centroid", 4): "25/48 13/48 7/48 1/16",
    ("centroid", 5): "137/300 77/300 47/300 9/100 1/25",
    ("centroid", 6): "49/120 29/120 19/120 37/360 11/180 1/36",
    ("centroid", 7): "363/980 223/980 153/980 319/2940 107/1470 13/294 1/49",
    ("centroid", 8): "761/2240 481/2240 341/2240 743/6720 533/6720 73/1344 15/448 1/64",
    ("centroid", 9): "7129/22680 4609/22680 3349/22680 2509/22680 1879/22680 275/4536 191/4536 17/648 1/81",
    ("centroid", 10): "7381/25200 4861/25200 3601/25200 2761/25200 2131/25200 "
                      "1627/25200 1207/25200 121/3600 19/900 1/100",
    ("sum", 2): "2/3 1/3",
    ("sum", 3): "1/2 1/3 1/6",
    ("sum", 4): "2/5 3/10 1/5 1/10",
    ("sum", 5): "1/3 4/15 1/5 2/15 1/15",
    ("sum", 6): "2/7 5/21 4/21 1/7 2/21 1/21",
    ("sum", 7): "1/4 3/14 5/28 1/7 3/28 1/14 1/28",
    ("sum", 8): "2/9 7/36 1/6 5/36 1/9 1/12 1/18 1/36",
    ("sum", 9): "1/5 8/45 7/45 2/15 1/9 4/45 1/15 2/45 1/45",
    ("sum", 10): "2/11 9/55 8/55 7/55 6/55 1/11 4/55 3/55 2/55 1/55",
    ("reciprocal", 2): "2/3 1/3",
    ("reciprocal", 3): "6/11 3/11 2/11",
    ("reciprocal", 4): "12/25 6/25 4/25 3/25",
    ("reciprocal", 5): "60/137 30/137 20/137 15/137 12/137",
    ("reciprocal", 6): "20/49 10/49 20/147 5/49 4/49 10/147",
    ("reciprocal", 7): "140/363 70/363 140/1089 35/363 28/363 70/1089 20/363",
    ("reciprocal", 8): "280/761 140/761 280/2283 70/761 56/761 140/2283 40/761 35/761",
    ("reciprocal", 9): "2520/7129 1260/7129 840/7129 630/7129 504/7129 420/7129 360/7129 315/7129 280/7129",
    ("reciprocal", 10): "2520/7381 1260/7381 840/7381 630/7381 504/7381 420/7381 360/7381 315/7381 280/7381 252/7381",
}


def test_swings_of_the_office_location() -> None:
    weights = swing_weights(SWINGS)
    assert weights.to_dict() == pytest.approx({name: points / 310 for name, points in SWINGS.items()}, abs=1e-12)
    assert (100 * weights).round().astype(int).tolist() == [32, 26, 23, 10, 6, 3]  # as published
    totals = OFFICES @ weights
    assert totals.tolist() == pytest.approx(
        [80.4838709677, 39.6774193548, 47.7419354839, 52.4193548387, 64.5161290323, 20.9677419355, 60.3225806452])


def test_points_of_ten_times_the_size_weigh_the_same() -> None:
    """Domain case O2: a vendor table of 30/25/20/15/10 points."""
    points = {"a": 30, "b": 25, "c": 20, "d": 15, "e": 10}
    weights = direct_weights(points)
    assert direct_weights({name: 10 * value for name, value in points.items()}).equals(weights)
    assert float((weights * [4.2, 5.0, 3.5, 4.0, 3.8]).sum()) == pytest.approx(4.19)


@pytest.mark.parametrize(("method", "count"), PUBLISHED)
def test_weights_of_an_order_as_published(method: str, count: int) -> None:
    ranks = {f"c{place}": place for place in range(1, count + 1)}
    expected = [float(F(text)) for text in PUBLISHED[method, count].split()]
    assert order_weights(ranks, method).tolist() == pytest.approx(expected, abs=1e-12)  # type: ignore[arg-type]


def test_equal_ranks_share_their_places() -> None:
    weights = order_weights({"b": 2, "a": 1, "c": 2})
    assert weights.to_dict() == pytest.approx({"b": 7 / 36, "a": 11 / 18, "c": 7 / 36})
    assert order_weights({"a": 10, "b": 20, "c": 20}).to_dict() == pytest.approx(weights.to_dict())


@settings(deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=8), st.sampled_from(["centroid", "sum", "reciprocal"]))
def test_an_order_is_kept(ranks: list[int], method: str) -> None:
    given_ranks = {f"c{place}": rank for place, rank in enumerate(ranks)}
    weights = order_weights(given_ranks, method)  # type: ignore[arg-type]
    assert weights.sum() == pytest.approx(1)
    for one, rank in given_ranks.items():
        for other, behind in given_ranks.items():
            assert (rank < behind) == (weights[one] > weights[other] + 1e-12)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: direct_weights({}), "points are missing"),
        (lambda: direct_weights({"a": 0, "b": 0}), "points are all 0"),
        (lambda: direct_weights({"a": -1, "b": float("nan"), "c": float("inf")}), "3 problems"),
        (lambda: swing_weights({"a": 80, "b": 40}), "the largest swing must have 100 points; found 'a': 80"),
        (lambda: swing_weights({"a": 100, "b": 140}), "found 'b': 140"),
        (lambda: order_weights({"a": 1, "b": float("nan")}), "rank of 'b' must be a number"),
        (lambda: order_weights({"a": 1}, "steep"), "'method' must be centroid, sum, reciprocal; found 'steep'"),  # type: ignore[arg-type]
        (lambda: order_weights({}), "ranks are missing"),
        (lambda: direct_weights(pd.Series([1, 2], index=["a", "a"])), "'a' stands more than once"),
    ],
)
def test_impossible_points_are_refused(call: object, words: str) -> None:
    with pytest.raises(SrmkitError, match=words.replace("(", r"\(")):
        call()  # type: ignore[operator]
