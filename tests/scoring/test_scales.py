"""Scales against published values, and what must hold for every one of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.scoring import Exponential, Linear, Logarithmic, PiecewiseLinear, Steps, Target

SCALES = [
    Linear(worst=30, best=5),
    Linear(worst=1, best=5),
    Logarithmic(worst=0.002, best=0.1),
    Logarithmic(worst=6, best=1),
    Exponential(worst=1, best=5, rho=0.653),
    Exponential(worst=5, best=1, rho=-2.0),
    Exponential(worst=0, best=1e6, rho=-3.0),
    PiecewiseLinear(((0, 0), (2, 0.5), (10, 1))),
    Target(worst=(0, 60), best=(10, 20)),
    Steps({1: 0, 2: 0.6, 4: 1}),
]
DIRECTED = [scale for scale in SCALES if scale.better]


@pytest.mark.parametrize(
    ("best", "rho", "figures", "values"),
    [
        (5, 0.653, [3.01, 4.34, 1.66], [0.7887459, 0.9573299, 0.3778582]),
        (10, 0.70, [4.84, 5.64], [0.9336977, 0.9629164]),
    ],
)
def test_exponential_values_are_the_published_ones(best, rho, figures, values):
    """Montgomery, Ogden & Boehmke 2018, J. Purchasing and Supply Management 24, 192-203 (KraljicMatrix)."""
    assert Exponential(worst=1, best=best, rho=rho).values(figures) == pytest.approx(values, abs=5e-8)


def test_the_published_exponential_fits_its_three_agreed_values():
    """Same source: rho 0.6531 is the fit to 3, 4, 5 being worth 0.8, 0.9, 1."""
    values = Exponential(worst=1, best=5, rho=0.6531).values([3, 4, 5])
    assert values == pytest.approx([0.8, 0.9, 1], abs=0.035)


def test_rho_of_nothing_is_linear():
    figures = np.linspace(-1, 6, 15)
    straight = Linear(worst=1, best=5).values(figures)
    for rho in (0.0, 1e-15, 1e-9, -1e-9):
        assert Exponential(worst=1, best=5, rho=rho).values(figures) == pytest.approx(straight, abs=1e-8)


def test_rho_bends_upward_when_positive_and_downward_when_negative():
    assert Exponential(worst=0, best=10, rho=0.3).values([5])[0] > 0.5
    assert Exponential(worst=0, best=10, rho=-0.3).values([5])[0] < 0.5
    assert Exponential(worst=10, best=0, rho=0.3).values([5])[0] > 0.5


def test_exponential_of_either_sign_is_the_mirror_of_the_other():
    figures = np.linspace(0, 10, 21)
    up, down = Exponential(worst=0, best=10, rho=0.4), Exponential(worst=10, best=0, rho=-0.4)
    assert up.values(figures) == pytest.approx(1 - down.values(figures), abs=1e-12)


def test_piecewise_values_are_the_worked_ones():
    """Definition; compare smaa.pvf in the R package smaa 0.3-2."""
    increasing = PiecewiseLinear(((0, 0), (2, 0.5), (8, 0.9), (10, 1)))
    assert increasing.values([-1, 0, 1, 2, 5, 9, 10, 11]) == pytest.approx(
        [0, 0, 0.25, 0.5, 0.7, 0.95, 1, 1], abs=1e-12
    )
    decreasing = PiecewiseLinear(((1000, 1), (1500, 0.6), (4000, 0)))
    assert decreasing.values([900, 1000, 1250, 1500, 2750, 4000, 5000]) == pytest.approx(
        [1, 1, 0.8, 0.6, 0.3, 0, 0], abs=1e-12
    )


def test_piecewise_clips_as_the_r_package_does():
    """R package smaa 0.3-2, its tests of smaa.pvf with the clip policy."""
    scale = PiecewiseLinear(((50, 1), (75, 0.8), (90, 0.5), (100, 0)))
    figures = [10, 40, 60, 101, 120]
    assert scale.values(figures) == pytest.approx([1, 1, 0.92, 0, 0], abs=1e-12)
    assert scale.clipped(figures).tolist() == [True, True, False, True, True]


def test_every_halving_of_sources_counts_the_same():
    values = Logarithmic(worst=8, best=1).values([8, 4, 2, 1])
    assert values == pytest.approx([0, 1 / 3, 2 / 3, 1], abs=1e-12)


def test_no_amount_at_all_counts_as_the_worst_amount():
    scale = Logarithmic(worst=100, best=10_000)
    assert scale.values([0, -5]).tolist() == [0, 0]
    assert scale.clipped([0, 100]).tolist() == [True, False]


def test_a_target_is_best_inside_its_range():
    values = Target(worst=(0, 60), best=(10, 20)).values([0, 5, 10, 20, 40, 60])
    assert values.tolist() == [0, 0.5, 1, 1, 0.5, 0]


def test_steps_count_what_is_reached():
    scale = Steps({4: 1, 1: 0, 2: 0.6})
    assert scale.values([0, 1, 1.9, 2, 3.99, 4, 70]).tolist() == [0, 0, 0, 0.6, 0.6, 1, 1]
    assert scale.clipped([0, 1, 70]).tolist() == [True, False, False]


def test_steps_of_words_know_only_their_words():
    scale = Steps({"none": 0, "some": 0.6, "full": 1})
    values = scale.values(np.array([["full", "Full"], [None, "some"]], dtype=object))
    assert values == pytest.approx(np.array([[1, np.nan], [np.nan, 0.6]]), nan_ok=True)
    assert not scale.clipped(["none", "odd"]).any()


@pytest.mark.parametrize("scale", SCALES, ids=repr)
def test_values_lie_between_0_and_1_and_a_gap_stays_a_gap(scale):
    figures = np.array([[-1e300, -7, 0], [np.nan, 3, 1e300]])
    values = scale.values(figures)
    assert values.shape == figures.shape
    assert np.isnan(values).tolist() == np.isnan(figures).tolist()
    assert np.nanmin(values) >= 0
    assert np.nanmax(values) <= 1
    assert not np.signbit(values[~np.isnan(values)]).any()
    assert not scale.clipped([np.nan]).any()


@pytest.mark.parametrize("scale", SCALES, ids=repr)
def test_the_ends_are_worth_0_and_1(scale):
    values = scale.values(scale.ends)
    assert not scale.clipped(scale.ends).any()
    if scale.better:
        expected = [0, 1] if scale.better == "higher" else [1, 0]
        assert values == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("scale", DIRECTED, ids=repr)
@settings(max_examples=40, deadline=None)
@given(figures=st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)))
def test_a_better_figure_is_never_worth_less(scale, figures):
    low, high = sorted(figures)
    first, second = scale.values([low, high])
    assert first <= second if scale.better == "higher" else first >= second


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Linear(5, 5), "worst and best are equal, so no figure is better .*; found 5 for both"),
        (lambda: Linear(float("nan"), 5), "worst must be a finite number; found nan"),
        (lambda: Linear(0, float("inf")), "best must be a finite number; found inf"),
        (lambda: Logarithmic(0, 5), "of a logarithmic scale must be above 0; found worst 0, best 5"),
        (lambda: Exponential(0, 5, float("inf")), "rho must be a finite number; found inf"),
        (lambda: PiecewiseLinear(((1, 0),)), "points need at least two figures that ascend; found 1"),
        (lambda: PiecewiseLinear(((2, 0), (1, 1))), "need at least two figures that ascend; found 2, 1"),
        (lambda: PiecewiseLinear(((1, 0), (2, 3))), "values of the points must reach from 0 .* found 0, 3"),
        (lambda: PiecewiseLinear(((1, 0), (float("inf"), 1))), "points must be finite numbers"),
        (lambda: Target((10, 20), (0, 60)), "best must lie within worst, with room on both sides"),
        (lambda: Target((10, 20, 30), (0, 60)), "must be two figures each"),
        (lambda: Steps({}), "values of the steps must reach from 0 .* found none"),
        (lambda: Steps({"none": 0, "full": 0.9}), "must reach from 0 .worst. to 1 .best. .*; found 0, 0.9"),
        (lambda: Steps({"none": 0, 3: 1}), "steps must be all words or all numbers; found none, 3"),
    ],
)
def test_a_scale_that_makes_no_sense_says_why(make, words):
    with pytest.raises(SrmkitError, match=words):
        make()


def test_both_mistakes_of_a_scale_are_told():
    with pytest.raises(SrmkitError, match="Logarithmic scale: 2 problems"):
        Logarithmic(0, 0)


@pytest.mark.parametrize(
    ("scale", "worst", "best"),
    [
        (Logarithmic(worst=20_000, best=2_000_000), "20,000", "2,000,000"),
        (PiecewiseLinear(((0, 0), (2, 1), (9, 0))), "0 or 9", "2"),
        (Target(worst=(0, 60), best=(10, 20)), "0 or 60", "10 to 20"),
        (Target(worst=(0, 60), best=(10, 10)), "0 or 60", "10"),
        (Steps({"none": 0, "full": 1}), "none", "full"),
        (Steps({1: 1, 3: 0.5, 7: 0}), "7", "1"),
    ],
)
def test_the_ends_in_words(scale, worst, best):
    assert (scale.worst_words, scale.best_words) == (worst, best)


def test_direction_follows_from_the_ends():
    assert Linear(worst=30, best=5).better == "lower"
    assert Steps({1: 1, 3: 0.5, 7: 0}).better == "lower"
    assert PiecewiseLinear(((0, 0), (2, 1), (9, 0))).better == ""
    assert Target(worst=(0, 60), best=(10, 20)).better == ""
    assert Steps({"none": 0, "full": 1}).better == ""
