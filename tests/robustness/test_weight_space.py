"""Exact shares of the weight space."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta

from srmkit.arrays import half_space_share
from srmkit.robustness import Doubt, class_acceptability
from srmkit.robustness.simplex import exact_bands, exact_winning_index
from srmkit.scoring import Scores
from srmkit.segmentation import kraljic


@pytest.mark.parametrize(("difference", "share"), [
    ([1, -1], "1/2"), ([2, -1], "2/3"), ([1, 2, -3], "11/20"), ([0.5, 0.1, -0.3, -0.2], "361/672"),
    ([3, 1, -1, -2, 2.5], "3019/3780"), ([4, 3, 2, 1, -1, -2, -3, -5], "165821/362880"),
])
def test_planes_through_the_simplex(difference: list[float], share: str) -> None:
    """Volumes in fractions by Varsi 1973, Pacific Journal of Mathematics 46, 303-314."""
    row = np.array([difference])
    assert half_space_share(row)[0] == pytest.approx(float(Fraction(share)), abs=1e-12)
    assert half_space_share(-row)[0] == pytest.approx(1 - float(Fraction(share)), abs=1e-12)


@pytest.mark.parametrize(("first", "second"), [(1, 1), (3, 2), (30, 30), (45, 15)])
def test_weights_about_the_stated_ones(first: int, second: int) -> None:
    """Of two weights with whole Dirichlet parameters the first is Beta(first, second)."""
    share = half_space_share(np.array([[0.4, -0.3]]), np.array([first, second]))[0]
    assert share == pytest.approx(beta.sf(3 / 7, first, second), abs=1e-10)


def test_all_or_nothing() -> None:
    assert half_space_share(np.array([[1.0, 0.5], [-1.0, -0.5], [0.0, 0.0]])).tolist() == [1, 0, 1]


def test_pairs_beat_each_other_in_shares_that_add_up() -> None:
    values = pd.DataFrame({"a": [0.9, 0.5], "b": [0.3, 0.6]}, index=["Alba", "Dahl"])
    found = exact_winning_index(values, [("Alba", "Dahl"), ("Dahl", "Alba")])
    assert found["share"].tolist() == pytest.approx([4 / 7, 3 / 7])
    assert exact_winning_index(values, []).empty


def test_bands_between_cuts() -> None:
    """.8 w + .4 (1 - w) is below .5 for a quarter of all weights and .7 or more for another one."""
    bands = exact_bands(pd.DataFrame({"a": [80.0], "b": [40.0]}, index=["Alba"]), (50, 70))
    assert bands.loc["Alba"].tolist() == pytest.approx([0.25, 0.5, 0.25])


def test_drawn_classes_come_out_as_the_exact_ones(scored: Callable[..., Scores]) -> None:
    rng = np.random.default_rng(7)
    names = [f"risk_{place}" for place in range(6)]
    table = pd.DataFrame(rng.random((12, 6)), columns=names).assign(impact=1.0)
    scores = scored(table, axes={"supply_risk": dict.fromkeys(names, 1.0), "profit_impact": {"impact": 1.0}})
    found = class_acceptability(scores, kraljic(), Doubt(concentration="uniform", data=False, cut_band=0, seed=7))

    exact = exact_bands(table[names], (0.5,))[1]
    error = 4 * np.sqrt(exact * (1 - exact) / 4096) + 1e-3
    assert ((found.probabilities["strategic"] - exact).abs() < error).all()
