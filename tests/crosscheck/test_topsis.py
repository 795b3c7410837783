"""Near the best place and far from the worst."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from srmkit.crosscheck import topsis
from srmkit.errors import SrmkitError


def test_the_route_that_the_paper_finds_closest(routes: pd.DataFrame) -> None:
    """Opricovic & Tzeng (2004): .5, .617, .5. By hand: A2 is (.75, .5) of (1, 1), so sqrt(13)/(sqrt(13)+sqrt(5))."""
    found = topsis(routes, {"risk": 1, "height": 1}, normalisation="min-max")

    assert found["closeness"].tolist() == pytest.approx([0.5, np.sqrt(13) / (np.sqrt(13) + np.sqrt(5)), 0.5], abs=1e-12)
    assert found["closeness"].round(3).tolist() == [0.5, 0.617, 0.5]
    assert found["rank"].tolist() == [2, 1, 2]


def test_vector_normalisation_as_published() -> None:
    """Ersoy (2021), choice among six computers, the last two criteria are costs: .31, .25, .33, .26, .86, .19."""
    rows = [(256, 8, 41, 1.6, 1.77, 7347.16), (256, 8, 32, 1.0, 1.8, 6919.99), (256, 8, 53, 1.6, 1.9, 8400),
            (256, 8, 41, 1.0, 1.75, 6808.9), (512, 8, 35, 1.6, 1.7, 8479.99), (256, 4, 35, 1.6, 1.7, 7499.99)]
    values = pd.DataFrame(rows, columns=list("abcdef")) * [1, 1, 1, 1, -1, -1]
    weights = dict(zip("abcdef", (0.405, 0.221, 0.134, 0.199, 0.007, 0.034), strict=True))

    closeness = topsis(values, weights, normalisation="vector")["closeness"]
    assert closeness.tolist() == pytest.approx([0.31, 0.25, 0.33, 0.26, 0.86, 0.19], abs=0.006)


def test_on_agreed_scales_the_ends_are_places_nobody_holds() -> None:
    """Weights 3 and 1 of 4; Alba lacks (.5, 1): to the best sqrt(1.5^2 + 1^2), to the worst 1.5."""
    values = pd.DataFrame({"price": [0.5, 1.0], "quality": [0.0, 1.0]}, index=["Alba", "Dahl"])
    found = topsis(values, {"price": 3, "quality": 1})

    assert found["closeness"].tolist() == pytest.approx([1.5 / (1.5 + np.sqrt(1.5**2 + 1)), 1])
    assert found["to_best"].tolist() == pytest.approx([np.sqrt(1.5**2 + 1) / 4, 0])


@pytest.mark.parametrize("normalisation", ["min-max", "vector"])
def test_where_all_are_the_same_nobody_is_closer(normalisation: str) -> None:
    values = pd.DataFrame({"price": [7.0, 7.0], "quality": [0.0, 0.0]})
    found = topsis(values, {"price": 3, "quality": 1}, normalisation=normalisation)
    assert found[["closeness", "rank"]].to_numpy().tolist() == [[0.5, 1], [0.5, 1]]


def test_figures_off_the_agreed_scale_are_refused(routes: pd.DataFrame) -> None:
    with pytest.raises(SrmkitError) as told:
        topsis(routes, {"risk": 1, "height": 1})
    assert str(told.value).splitlines() == [
        "TOPSIS: 2 problems",
        "  - 'risk' must lie on its agreed scale, 0 (worst) to 1 (best); found -5 to -1. Score it first, or let the "
        'candidates set the ends: normalisation="min-max".',
        "  - 'height' must lie on its agreed scale, 0 (worst) to 1 (best); found 3000 to 4500. Score it first, or let "
        'the candidates set the ends: normalisation="min-max".',
    ]


def test_everything_wrong_with_values_and_weights_is_told_at_once() -> None:
    values = pd.DataFrame({"price": [0.5, None], "quality": ["good", 1.0], "age": [0.1, 0.2]}, index=["Alba", "Dahl"])
    with pytest.raises(SrmkitError) as told:
        topsis(values, {"price": -1, "quality": 1, "colour": 2})
    assert str(told.value).splitlines() == [
        "TOPSIS: 5 problems",
        "  - 'price' is no finite number for Dahl. Complete it; cross_checks(scores) takes gaps as they were scored.",
        "  - 'quality' is no finite number for Alba. Complete it; cross_checks(scores) takes gaps as they were scored.",
        "  - the weight of 'age' is missing. Give every criterion one.",
        "  - the weight of 'colour' belongs to no criterion. Criteria are: price, quality, age.",
        "  - the weight of 'price' must be 0 or more; found -1.",
    ]


@pytest.mark.parametrize(
    ("values", "weights", "words"),
    [
        (pd.DataFrame({"a": [1.0, 0.0]}, index=["Alba", "Alba"]), {"a": 1}, "each candidate must stand once"),
        (pd.DataFrame([[1.0, 0.0]], columns=["a", "a"]), {"a": 1}, "each criterion must stand once"),
        (pd.DataFrame({"a": []}), {"a": 1}, "the values are empty; found 0 candidates x 1 criteria"),
        (pd.DataFrame({"a": [1.0]}), pd.Series([1, 2], index=["a", "a"]), "the weight of 'a' stands more than once"),
        (pd.DataFrame({"a": [1.0]}), {"a": 0}, "the weights must add up to a finite number above 0; found 0"),
    ],
)
def test_what_nobody_could_judge_is_refused(
    values: pd.DataFrame, weights: dict[str, float] | pd.Series, words: str
) -> None:
    with pytest.raises(SrmkitError, match=words):
        topsis(values, weights)


def test_an_unknown_normalisation_is_told(routes: pd.DataFrame) -> None:
    with pytest.raises(SrmkitError, match="normalisation must be agreed or min-max or vector; found 'sum'"):
        topsis(routes, {"risk": 1, "height": 1}, normalisation="sum")  # type: ignore[arg-type]
