"""The best-worst method against its published cases."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.weighting import best_worst_weights
from srmkit.weighting.best_worst import THRESHOLDS

CAR = ("quality", "price", "comfort", "safety", "style")


def rows(to_others: list[float], to_worst: list[float], names: tuple[str, ...] = CAR) -> tuple[dict[str, float], ...]:
    return dict(zip(names, to_others, strict=True)), dict(zip(names, to_worst, strict=True))


def test_a_fully_consistent_car() -> None:
    """Rezaei 2015, Omega 53: with a_Bj * a_jW = a_BW everywhere the weights follow in closed form."""
    found = best_worst_weights(*rows([2, 1, 4, 2, 8], [4, 8, 2, 4, 1]))
    assert found.weights.tolist() == pytest.approx([4 / 19, 8 / 19, 2 / 19, 4 / 19, 1 / 19], abs=1e-7)
    assert (found.best, found.worst, found.oddest) == ("price", "style", "")
    assert (found.xi, found.consistency_ratio) == pytest.approx((0.0, 0.0), abs=1e-9)
    assert found.acceptable


def test_a_car_that_is_not_quite_consistent() -> None:
    """The linear programme's optimum, where penalty solvers miss it."""
    found = best_worst_weights(*rows([2, 1, 4, 3, 8], [4, 8, 2, 3, 1]))
    assert found.weights.tolist() == pytest.approx([0.229508, 0.448087, 0.114754, 0.153005, 0.054645], abs=1e-6)
    assert found.xi == pytest.approx(0.010929, abs=1e-6)
    assert found.oddest == "safety"
    assert found.consistency_ratio == pytest.approx((9 - 8) / (64 - 8))


def test_three_criteria_in_fractions() -> None:
    """Rezaei 2016, Omega 64: the linear form of the three-criteria example."""
    found = best_worst_weights(*rows([8, 2, 1], [1, 5, 8], ("a", "b", "c")))
    assert found.weights.tolist() == pytest.approx([1 / 14, 9 / 28, 17 / 28], abs=1e-9)
    assert found.xi == pytest.approx(1 / 28, abs=1e-9)
    assert found.threshold == THRESHOLDS[8][0] == 0.1309
    assert found.consistency_ratio == pytest.approx(2 / 56)


def test_three_criteria_by_ratios() -> None:
    """Rezaei 2015, Omega 53: the first form of the method, with its consistency index 4.47 for a_BW = 8."""
    found = best_worst_weights(*rows([8, 2, 1], [1, 5, 8], ("a", "b", "c")), miss="ratios")
    assert found.weights.tolist() == pytest.approx([0.071, 0.338, 0.589], abs=0.003)  # as printed
    assert found.weights.tolist() == pytest.approx([0.071429, 0.338690, 0.589882], abs=1e-5)
    assert found.xi == pytest.approx(0.258342, abs=1e-5)
    # the most that rows with this a_BW can miss: xi**2 - (1 + 2 a) xi + a**2 - a = 0
    most = (17 - (17**2 - 4 * (64 - 8)) ** 0.5) / 2
    assert most == pytest.approx(4.47, abs=0.005)
    assert found.xi / most == pytest.approx(0.0578, abs=5e-5)
    even = best_worst_weights(*rows([2, 1, 4, 2, 8], [4, 8, 2, 4, 1]), miss="ratios")
    assert even.weights.tolist() == pytest.approx([4 / 19, 8 / 19, 2 / 19, 4 / 19, 1 / 19], abs=1e-6)


def test_contradicting_rows_are_not_acceptable() -> None:
    found = best_worst_weights(*rows([7, 1, 7, 2, 8], [8, 8, 1, 4, 1]))
    assert not found.acceptable
    assert found.oddest == "quality"


def test_ten_criteria_have_no_published_threshold() -> None:
    names = tuple("abcdefghij")
    found = best_worst_weights(*rows([1, *[2] * 8, 4], [4, *[2] * 8, 1], names))
    assert found.threshold != found.threshold
    assert not found.acceptable


@settings(deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_consistent_rows_give_weights_in_inverse_proportion(between: list[int]) -> None:
    whole = max(between)
    to_others = {"best": 1.0, **{f"c{n}": float(v) for n, v in enumerate(between)}, "worst": float(whole)}
    to_worst = {name: whole / ratio for name, ratio in to_others.items()}
    found = best_worst_weights(to_others, to_worst)
    total = sum(1 / ratio for ratio in to_others.values())
    assert found.weights.to_dict() == pytest.approx({n: 1 / r / total for n, r in to_others.items()}, abs=1e-6)


@pytest.mark.parametrize(
    ("to_others", "to_worst", "words"),
    [
        ({"a": 1}, {"a": 1}, "criteria must be two or more"),
        ({"a": 1, "b": 2}, {"a": 2, "c": 1}, "'b', 'c' must stand in both rows"),
        ({"a": 1, "b": 12}, {"a": 12, "b": 1}, "must be a ratio of 1 to 9; found 12"),
        ({"a": 1, "b": 0.5}, {"a": 2, "b": 1}, "the best against 'b' must be a ratio of 1 to 9; found 0.5"),
        ({"a": 2, "b": 3}, {"a": 3, "b": 1}, "the best criterion must have 1 in its own row"),
        ({"a": 1, "b": 3}, {"a": 3, "b": 2}, "the worst criterion must have 1 in its own row"),
        ({"a": 1, "b": 3}, {"a": 4, "b": 1}, "'a', 'b' are compared in both rows, which must say the same; found 3, 4"),
    ],
)
def test_impossible_rows_are_refused(to_others: dict[str, float], to_worst: dict[str, float], words: str) -> None:
    with pytest.raises(SrmkitError) as caught:
        best_worst_weights(to_others, to_worst)
    assert words in str(caught.value)
    with pytest.raises(SrmkitError, match="'miss' must be weights or ratios; found 'both'"):
        best_worst_weights(to_others, to_worst, miss="both")  # type: ignore[arg-type]
