"""Weights of which one knows an order, a range or a comparison: all that obey are equally likely."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.robustness import (
    AtLeast,
    Between,
    Doubt,
    Inequality,
    Ordered,
    allowed_weights,
    axis_draws,
    class_acceptability,
)
from srmkit.robustness.polytope import Polytope
from srmkit.robustness.weight_space import Walked, filled, weight_space
from srmkit.robustness.weight_statements import Row, Statement
from srmkit.scoring import Criterion, Group, Linear, Scorecard, Scores
from srmkit.segmentation import kraljic

NAMES = "abcdefghij"


@pytest.fixture
def drawn(scored: Callable[..., Scores]) -> Callable[..., np.ndarray]:
    """Drawn weights of one axis of so many criteria, draws x criteria."""

    def draw(count: int, *statements: Statement, **settings: object) -> np.ndarray:
        names = list(NAMES[:count])
        scores = scored(pd.DataFrame([[0.5] * count], columns=names), axes={"x": dict.fromkeys(names, 1.0)})
        doubt = Doubt(weights=statements, data=False, **{"seed": 7, **settings})
        return axis_draws(scores, doubt).weights.to_numpy()

    return draw


def centroid(count: int) -> list[float]:
    """Rank-order centroid weights, w_k = (1/n) sum over i >= k of 1/i (Barron & Barrett 1996)."""
    return [float(sum(Fraction(1, i) for i in range(k, count + 1)) / count) for k in range(1, count + 1)]


def scatter(weights: np.ndarray) -> np.ndarray:
    """Four standard errors of each mean."""
    return 4 * weights.std(axis=0) / len(weights) ** 0.5


@pytest.mark.parametrize("count", [2, 3, 5, 10])
def test_ordered_weights_have_the_rank_order_centroid_as_their_mean(
    drawn: Callable[..., np.ndarray], count: int
) -> None:
    weights = drawn(count, Ordered(tuple(NAMES[:count])))

    assert np.allclose(weights.sum(axis=1), 1)
    assert (np.diff(weights, axis=1) <= 1e-12).all()
    assert (np.abs(weights.mean(axis=0) - centroid(count)) < scatter(weights)).all()


def test_names_in_one_level_of_an_order_weigh_the_same(drawn: Callable[..., np.ndarray]) -> None:
    """Of a > b = c the corners are (1, 0, 0) and (1/3, 1/3, 1/3): their middle is (2/3, 1/6, 1/6)."""
    weights = drawn(3, Ordered(("a", ("b", "c"))))
    assert np.allclose(weights[:, 1], weights[:, 2])
    assert (np.abs(weights.mean(axis=0) - [2 / 3, 1 / 6, 1 / 6]) < scatter(weights)).all()


def test_lower_bounds_leave_a_smaller_simplex_of_the_same_shape(drawn: Callable[..., np.ndarray]) -> None:
    """w = low + (1 - sum of low) u with u even: variance (1/2)^2 / 18."""
    weights = drawn(3, Between("a", 0.3), Between("b", 0.2))
    assert weights.min(axis=0) == pytest.approx([0.3, 0.2, 0.0], abs=0.01)
    assert weights.mean(axis=0) == pytest.approx([0.3 + 1 / 6, 0.2 + 1 / 6, 1 / 6], abs=0.003)
    assert weights.var(axis=0) == pytest.approx([1 / 72] * 3, rel=0.03)


def test_a_range_of_one_of_two_weights_is_filled_evenly(drawn: Callable[..., np.ndarray]) -> None:
    weights = drawn(2, Between("a", 0.2, 0.6))[:, 0]
    assert np.histogram(weights, bins=8, range=(0.2, 0.6))[0] == pytest.approx([512] * 8, abs=2)


def test_twice_as_much_cuts_off_the_corner_it_should(drawn: Callable[..., np.ndarray]) -> None:
    """a >= 2 b leaves the triangle (1, 0, 0), (0, 0, 1), (2/3, 1/3, 0): mean (5/9, 1/9, 1/3)."""
    weights = drawn(3, AtLeast("a", "b", times=2))
    assert (weights[:, 0] >= 2 * weights[:, 1] - 1e-12).all()
    assert (np.abs(weights.mean(axis=0) - [5 / 9, 1 / 9, 1 / 3]) < scatter(weights)).all()


def test_the_most_likely_mistake_of_normalised_numbers_is_not_made(drawn: Callable[..., np.ndarray]) -> None:
    """A statement that everybody obeys changes nothing: variance 1/18, not the .032 of normalised even numbers."""
    weights = drawn(3, Inequality({"a": 1, "b": 1}, least=0.0))
    assert weights.var(axis=0) == pytest.approx([1 / 18] * 3, rel=0.03)


def test_fixed_weights_stay_fixed_and_the_others_share_the_rest(drawn: Callable[..., np.ndarray]) -> None:
    weights = drawn(3, Between("a", 0.2, 0.2))
    assert weights[:, 0] == pytest.approx(np.full(4096, 0.2))
    assert weights[:, 1].var() == pytest.approx(0.8**2 / 12, rel=0.03)
    everything = drawn(3, Between("a", 0.2, 0.2), Between("b", 0.5, 0.5))
    assert everything == pytest.approx(np.tile([0.2, 0.5, 0.3], (4096, 1)))


@pytest.mark.parametrize("count", [4, 6])
def test_a_box_is_cut_into_simplices_and_filled_as_by_throwing_away(
    drawn: Callable[..., np.ndarray], count: int
) -> None:
    """The same moments as even weights of which those outside the box are thrown away."""
    weights = drawn(count, *(Between(name, 0.05, 0.4) for name in NAMES[:count]), draws=16384)
    many = np.random.default_rng(1).dirichlet(np.ones(count), 200_000)
    kept = many[((many >= 0.05) & (many <= 0.4)).all(axis=1)]

    assert weights.min() >= 0.05 - 1e-9
    assert weights.max() <= 0.4 + 1e-9
    assert (np.abs(weights.mean(axis=0) - kept.mean(axis=0)) < scatter(kept) + scatter(weights)).all()
    assert np.cov(weights.T) == pytest.approx(np.cov(kept.T), abs=0.03 * kept.var())


def test_a_box_of_many_weights_is_walked_and_says_how_far() -> None:
    """By symmetry every mean is 1/10 and every pair goes together alike: covariance -variance/9."""
    rows = [row for name in NAMES for row in Between(name, 0.02, 0.2).rows()]
    space = weight_space(list(NAMES), rows, draws=4096, seed=(7,))
    assert isinstance(space, Walked)
    weights = space.draws(np.empty((4096, 9)))

    assert "hit and run" in space.words
    assert "memory" in space.words
    assert weights.min() >= 0.02 - 1e-9
    assert weights.max() <= 0.2 + 1e-9
    assert (np.abs(weights.mean(axis=0) - 0.1) < 1.2 * scatter(weights)).all()
    spread = np.cov(weights.T)
    assert np.diag(spread) == pytest.approx(np.full(10, np.diag(spread).mean()), rel=0.1)
    same = weight_space(list(NAMES), rows, draws=4096, seed=(7,)).draws(np.empty((4096, 9)))
    assert (same == weights).all()


def test_walked_and_cut_spaces_agree() -> None:
    """The same box drawn both ways."""
    from srmkit.robustness.walk import walk

    rows = [row for name in "abcde" for row in Between(name, 0.05, 0.35).rows()]
    cut = weight_space(list("abcde"), rows, draws=4096, seed=(7,))
    assert not isinstance(cut, Walked)
    from srmkit.robustness.polytope import Polytope

    space = Polytope.of(list("abcde"), rows)
    walked = space.weights(walk(space, draws=4096, rng=np.random.default_rng(3)).points)
    assert (np.abs(walked.mean(axis=0) - cut.mean) < 1.2 * scatter(walked)).all()
    assert np.cov(walked.T) == pytest.approx(cut.covariance, abs=0.1 * cut.covariance.max())


numbers = st.integers(0, 10).map(lambda step: step / 10)


@settings(max_examples=40, deadline=None)
@given(parts=st.lists(st.tuples(*[st.integers(-2, 3)] * 4), min_size=1, max_size=3), seed=st.integers(0, 5))
def test_every_drawn_weight_obeys_everything_that_was_said(parts: list[tuple[int, ...]], seed: int) -> None:
    assume(all(any(row) for row in parts))
    rows = [Row(tuple(zip("abcd", map(float, row), strict=True)), 0.0, str(row)) for row in parts]
    try:
        space = weight_space(list("abcd"), rows, draws=256, seed=(seed,))
    except SrmkitError:
        corners = np.eye(4) @ np.array(parts).T
        assert not (corners >= 0).all(axis=1).any()  # no single weight obeys all of them, or it would not be refused
        return
    weights = space.draws(np.random.default_rng(seed).random((256, 3)))
    assert np.allclose(weights.sum(axis=1), 1)
    assert (weights >= 0).all()
    assert (weights @ np.array(parts).T >= -1e-7).all()
    assert (np.abs(weights.mean(axis=0) - space.mean) <= 5 * weights.std(axis=0) / 16 + 1e-9).all()


def test_what_cannot_hold_together_is_named_and_nothing_else() -> None:
    with pytest.raises(SrmkitError) as told:
        weight_space(list("abcd"), [row for one in (
            AtLeast("a", "b", times=2), Between("d", 0.1), AtLeast("b", "c"), AtLeast("c", "a"), Between("c", 0.1),
        ) for row in one.rows()], draws=16, seed=(0,))
    assert str(told.value).splitlines() == [
        "what was said about the weights: 1 problem",
        "  - a weighs at least 2 times b; b weighs at least 1 times c; c weighs at least 1 times a; "
        "c weighs 10 % or more cannot hold together. "
        "Take back one of them; every weight is 0 or more and they sum to 1.",
    ]


@settings(max_examples=30, deadline=None)
@given(lows=st.tuples(*[numbers] * 4))
def test_lower_bounds_are_refused_exactly_when_they_exceed_the_whole(lows: tuple[float, ...]) -> None:
    rows = [row for name, low in zip("abcd", lows, strict=True) for row in Between(name, low).rows()]
    if not rows:
        return
    if round(10 * sum(lows)) > 10:
        with pytest.raises(SrmkitError, match="cannot hold"):
            weight_space(list("abcd"), rows, draws=16, seed=(0,))
    else:
        assert weight_space(list("abcd"), rows, draws=16, seed=(0,)).mean == pytest.approx(
            np.array(lows) + (1 - sum(lows)) / 4)


def test_statements_speak_of_their_axis_and_the_concentration_of_the_rest(
    scored: Callable[..., Scores], table: pd.DataFrame
) -> None:
    scores = scored(table)
    doubt = Doubt(concentration=60, weights=Ordered(("sources", "lead_time")), data=False, seed=7)
    weights = axis_draws(scores, doubt).weights
    within = weights.div(weights[["spend", "margin"]].sum(axis=1), axis=0)["spend"]

    assert (weights["sources"] >= weights["lead_time"] - 1e-12).all()
    assert within.var() == pytest.approx(0.7 * 0.3 / 61, rel=0.03)
    told = allowed_weights(scores, doubt)
    assert told.index.tolist() == ["sources", "lead_time"]
    assert told["axis"].tolist() == ["supply_risk"] * 2
    assert told["mean"].tolist() == pytest.approx([0.75, 0.25])
    assert told["sd"].tolist() == pytest.approx([0.5 / 12**0.5] * 2)


def test_an_axis_can_be_spoken_about_and_a_group_is_the_sum_of_its_criteria() -> None:
    scale = Linear(worst=0, best=1)
    part = Group("delivery", 1, (Criterion("late", 1, scale), Criterion("short", 1, scale)))
    card = Scorecard("nested", axes=(Group("x", 1, (part, Criterion("price", 1, scale))),
                                     Group("y", 1, (Criterion("size", 1, scale),))))
    scores = card.score(pd.DataFrame({"late": [0.5], "short": [0.5], "price": [0.5], "size": [0.5]}))
    said = (Between("y", 0.6), Inequality({"delivery": 1, "price": -3}))
    weights = axis_draws(scores, Doubt(weights=said, data=False, seed=7)).weights

    assert weights["size"].min() >= 0.6 - 1e-9
    assert (weights["late"] + weights["short"] >= 3 * weights["price"] - 1e-9).all()


def test_a_criterion_of_0_points_stays_without_weight_unless_it_is_spoken_about(
    scored: Callable[..., Scores],
) -> None:
    scores = scored(pd.DataFrame({"a": [1.0], "b": [0.5], "c": [0.2]}), axes={"x": {"a": 50, "b": 50, "c": 0}})
    silent = axis_draws(scores, Doubt(weights=AtLeast("a", "b"), seed=7)).weights
    spoken = axis_draws(scores, Doubt(weights=AtLeast("a", "c"), seed=7)).weights
    assert silent["c"].abs().max() < 1e-9
    assert spoken["c"].mean() > 0.1


def test_statements_move_classes_like_any_other_doubt_about_weights(
    scored: Callable[..., Scores], table: pd.DataFrame
) -> None:
    """Risk of the bearing is 100 (.7 s + .6 (1 - s)) >= 66 while s >= .6: all weights with s >= .5 give 4/5."""
    doubt = Doubt(weights=Ordered(("sources", "lead_time")), data=False, cut_band=0, seed=7)
    sure = class_acceptability(scored(table), kraljic(risk_cut=66), doubt)
    share = sure.probabilities.loc["Bearing", ["strategic", "bottleneck"]].sum()
    assert share == pytest.approx(0.8, abs=4 * (0.8 * 0.2 / 4096) ** 0.5)
    assert (sure.by_doubt["data"] == 0).all()


def test_names_that_no_scorecard_has_and_axes_that_mix_are_refused(
    scored: Callable[..., Scores], table: pd.DataFrame
) -> None:
    with pytest.raises(SrmkitError) as told:
        axis_draws(scored(table), Doubt(weights=(AtLeast("sorces", "spend"), AtLeast("sources", "spend")), seed=7))
    assert str(told.value).splitlines() == [
        "weights of scorecard 'study': 2 problems",
        "  - 'sorces' is no axis, group or criterion of it. Did you mean 'sources'?",
        "  - 'sources weighs at least 1 times spend' speaks about weights of different axes. "
        "Weights are shares of their axis: compare those of one axis, or the axes themselves.",
    ]


@pytest.mark.parametrize(("build", "words"), [
    (lambda: Between("a", 0.5, 0.2), "low and high must satisfy 0 <= low <= high <= 1; found 0.5 and 0.2."),
    (lambda: AtLeast("a", "a", times=0), "times must be above 0; found 0."),
    (lambda: Ordered(("a", "a")), "ranks must name each weight once; found 'a' twice."),
    (lambda: Ordered(("a",)), "ranks must name two weights or more"),
    (lambda: Inequality({"a": 0.0}), "coefficients and least must be finite numbers, and not all 0"),
    (lambda: Doubt(weights="ordered", seed=1), "weights must be statements about weights; found 'ordered'."),
])
def test_what_says_nothing_sensible_is_refused(build: Callable[[], object], words: str) -> None:
    with pytest.raises(SrmkitError) as told:
        build()
    assert words in str(told.value)


@pytest.mark.parametrize("seed", range(5))
def test_draws_hang_on_what_was_said_and_not_on_how_a_processor_turns_the_plane(seed: int) -> None:
    names = ("price", "quality", "service", "delivery", "trust")
    # a box about even weights: many of its facets can be cut into simplices in several ways
    rows = [row for name in names for row in Between(name, 0.1, 0.35).rows()]
    space = Polytope.of(names, rows)
    turn = np.linalg.qr(np.random.default_rng(seed).standard_normal((space.dimension, space.dimension)))[0]
    turned = replace(space, basis=space.basis @ turn, rows=space.rows @ turn)
    points = np.random.default_rng(seed).random((256, len(names) - 1))
    ours, theirs = filled(space), filled(turned)
    assert ours is not None
    assert theirs is not None
    assert len(ours.pieces) > 1
    np.testing.assert_allclose(ours.draws(points), theirs.draws(points), atol=1e-9)
