"""Exact shares of weights, against fractions, the beta distribution and draws."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from srmkit.bands import Bands
from srmkit.errors import SrmkitError
from srmkit.robustness import (
    AtLeast,
    Between,
    Doubt,
    Ordered,
    class_acceptability,
    exact_acceptability,
    exact_classes,
    grade_acceptability,
    grade_shares,
    rank_acceptability,
    winning_indices,
)
from srmkit.scoring import Scores
from srmkit.segmentation import kraljic

MEDALS = Bands(("gold", "silver", "bronze"), (65, 45))
WEIGHTS = ["uniform", 40, Ordered(tuple("abcde")), tuple(Between(name, 0.08) for name in "abcde"),
           (Between("a", 0.1, 0.5), AtLeast("b", "c", times=2))]


@pytest.fixture
def five(scored: Callable[..., Scores]) -> Scores:
    """Twelve candidates on five criteria with points 10, 8, 6, 8, 8 of 40."""
    values = np.random.default_rng(7).random((12, 5))
    return scored(pd.DataFrame(values, columns=list("abcde")), axes={"x": dict(zip("abcde", (10, 8, 6, 8, 8),
                                                                                   strict=True))})


def doubt_of(weights: object) -> Doubt:
    said = {"concentration": weights} if isinstance(weights, (str, int)) else {"weights": weights}
    return Doubt(**said, data=False, cut_band=0, draws=16384, seed=7)


@pytest.mark.parametrize("weights", WEIGHTS, ids=["any", "about", "ordered", "lower bounds", "comparisons"])
def test_exact_shares_are_what_draws_come_near(five: Scores, weights: object) -> None:
    exact, doubt = exact_acceptability(five, weights), doubt_of(weights)
    grades, drawn = exact.grades(MEDALS), grade_acceptability(five, MEDALS, doubt).probabilities
    ranks = rank_acceptability(five, doubt, top=1)
    rank = exact.expected_rank().reindex(ranks.expected_rank.index)

    assert ((grades - drawn).abs() <= 4 * np.sqrt(grades * (1 - grades) / 16384) + 1e-9).all(axis=None)
    assert np.allclose(grades.sum(axis=1), 1)
    assert rank.sum() == pytest.approx(12 * 13 / 2)
    assert ((ranks.expected_rank - rank).abs() < 4 * ranks.expected_rank_error + 1e-9).all()


@pytest.mark.parametrize("kind", ["any", "about", "ordered", "lower bounds"])
@pytest.mark.parametrize("count", [2, 3, 4, 6, 8, 10])
def test_formulas_for_any_number_of_criteria_are_what_draws_come_near(
    scored: Callable[..., Scores], count: int, kind: str
) -> None:
    """Grades, pairs and mean ranks of eight candidates, within four standard errors of 16,384 draws."""
    names = [f"c{place}" for place in range(count)]
    weights: object = {"any": "uniform", "about": count * (count + 1) // 2, "ordered": Ordered(tuple(names)),
                       "lower bounds": tuple(Between(name, 0.5 / count) for name in names)}[kind]
    table = pd.DataFrame(np.random.default_rng(count).random((8, count)), index=list("ABCDEFGH"), columns=names)
    scores = scored(table, axes={"x": {name: 1.0 + place for place, name in enumerate(names)}})
    exact, doubt = exact_acceptability(scores, weights), doubt_of(weights)

    def near(found: pd.DataFrame, share: pd.DataFrame) -> bool:
        return ((found - share).abs() <= 4 * np.sqrt(share * (1 - share) / doubt.draws) + 1e-9).all(axis=None)

    assert near(grade_shares(scores, MEDALS, doubt), exact.grades(MEDALS))
    pairs = winning_indices(scores, doubt, list("ABCDEFGH"))
    assert near(pairs[["ahead", "behind"]],
                exact.winning(list(zip(pairs["candidate"], pairs["against"], strict=True)))[["ahead", "behind"]])
    ranks = rank_acceptability(scores, doubt, top=1)
    apart = (ranks.expected_rank - exact.expected_rank().reindex(ranks.expected_rank.index)).abs()
    assert (apart <= 4 * ranks.expected_rank_error + 1e-9).all()


@pytest.mark.parametrize(("difference", "share"), [
    ([2, -1], "2/3"), ([1, 2, -3], "11/20"), ([0.5, 0.1, -0.3, -0.2], "361/672"), ([3, 1, -1, -2, 2.5], "3019/3780"),
])
def test_pairs_in_fractions(scored: Callable[..., Scores], difference: list[float], share: str) -> None:
    """Volumes by Varsi 1973: one candidate at 5 plus the difference, the other at 5, on scales to 10."""
    table = pd.DataFrame([[(5 + part) / 10 for part in difference], [0.5] * len(difference)], index=["Alba", "Dahl"])
    table.columns = list("abcde"[: len(difference)])
    found = exact_acceptability(scored(table, axes={"x": dict.fromkeys(table.columns, 1.0)}))
    row = found.winning([("Alba", "Dahl")]).iloc[0]
    assert row["ahead"] == pytest.approx(float(Fraction(share)), abs=1e-10)
    assert row["behind"] == pytest.approx(1 - float(Fraction(share)), abs=1e-10)


@pytest.mark.parametrize("count", [3, 5, 8])
def test_one_good_criterion_of_several_by_the_beta_distribution(scored: Callable[..., Scores], count: int) -> None:
    """A candidate with 100 points on one criterion alone has w x 100 points, and w is Beta(1, n - 1)."""
    names = list("abcdefgh"[:count])
    table = pd.DataFrame([[1.0] + [0.0] * (count - 1)], columns=names)
    found = exact_acceptability(scored(table, axes={"x": dict.fromkeys(names, 1.0)}))
    assert found.reaches(30)[0] == pytest.approx(beta.sf(0.3, 1, count - 1), abs=1e-12)
    about = exact_acceptability(scored(table, axes={"x": dict.fromkeys(names, 1.0)}), 4 * count)
    assert about.reaches(30)[0] == pytest.approx(beta.sf(0.3, 4, 4 * (count - 1)), abs=1e-12)


def test_ordered_weights_of_two_by_hand(scored: Callable[..., Scores]) -> None:
    """a from 1/2 to 1: 80 a + 40 (1 - a) >= 70 from a = 3/4 on, half of them."""
    scores = scored(pd.DataFrame({"a": [0.8], "b": [0.4]}), axes={"x": {"a": 1, "b": 1}})
    assert exact_acceptability(scores, Ordered(("a", "b"))).reaches(70)[0] == pytest.approx(0.5)
    assert exact_acceptability(scores, Between("a", 0.5)).reaches(70)[0] == pytest.approx(0.5)
    assert exact_acceptability(scores, Between("a", 0.2, 0.7)).reaches(60)[0] == pytest.approx(0.4)


def test_a_score_on_a_cut_whatever_the_weights_belongs_to_the_higher_grade(scored: Callable[..., Scores]) -> None:
    scores = scored(pd.DataFrame({"a": [0.65], "b": [0.1 + 0.2 + 0.35]}), axes={"x": {"a": 1, "b": 1}})
    assert exact_acceptability(scores).grades(MEDALS).iloc[0].tolist() == [1, 0, 0]


def test_equals_are_neither_ahead_nor_behind_and_share_the_better_rank(scored: Callable[..., Scores]) -> None:
    table = pd.DataFrame({"a": [0.3, 0.3, 0.1], "b": [0.4, 0.1 + 0.3, 0.1]}, index=["Alba", "Dahl", "Eck"])
    found = exact_acceptability(scored(table, axes={"x": {"a": 1, "b": 1}}))
    assert found.winning([("Alba", "Dahl")])[["ahead", "behind"]].iloc[0].tolist() == [0, 0]
    assert found.expected_rank().tolist() == [1, 1, 3]
    assert found.winning([]).empty


def test_a_gap_gives_its_weight_away_exactly_as_in_the_draws(scored: Callable[..., Scores]) -> None:
    table = pd.DataFrame({"a": [0.9, np.nan], "b": [0.2, 0.8], "c": [0.4, 0.3]}, index=["Alba", "Dahl"])
    scores = scored(table, axes={"x": {"a": 1, "b": 1, "c": 1}}, missing="reweight")
    found = exact_acceptability(scores)
    assert found.reaches(55)["Dahl"] == pytest.approx(0.5)  # .8 b + .3 c over b + c, and b / (b + c) is even
    with pytest.raises(SrmkitError) as told:
        found.expected_rank()
    assert "'Alba' and 'Dahl' miss different figures" in str(told.value)


def test_classes_of_a_matrix_are_products_of_its_axes(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    scores, weights = scored(table), (Ordered(("lead_time", "sources")), Between("spend", 0.3))
    exact = exact_classes(scores, kraljic(), weights)
    drawn = class_acceptability(scores, kraljic(), doubt_of(weights)).probabilities
    assert ((exact - drawn).abs() <= 4 * np.sqrt(exact * (1 - exact) / 16384) + 1e-9).all(axis=None)
    assert np.allclose(exact.sum(axis=1), 1)
    assert np.allclose(exact_classes(scores, kraljic()).sum(axis=1), 1)


@settings(max_examples=30, deadline=None)
@given(rows=st.lists(st.tuples(*[st.integers(0, 10).map(lambda step: step / 10)] * 4), min_size=2, max_size=5),
       places=st.permutations(range(4)))
def test_neither_order_of_criteria_nor_of_candidates_matters_and_the_better_one_is_never_behind(
    scored: Callable[..., Scores], rows: list[tuple[float, ...]], places: list[int]
) -> None:
    table = pd.DataFrame(rows, columns=list("abcd"))
    first = exact_acceptability(scored(table, axes={"x": dict.fromkeys("abcd", 1.0)}))
    turned = table.iloc[::-1, places]
    second = exact_acceptability(scored(turned, axes={"x": dict.fromkeys(turned.columns, 1.0)}))

    assert second.expected_rank()[first.values.index].tolist() == pytest.approx(first.expected_rank().tolist())
    pairs = list(combinations(table.index, 2))
    won = first.winning(pairs)
    for (one, other), ahead, behind in zip(pairs, won["ahead"], won["behind"], strict=True):
        assert ahead + behind == pytest.approx(0.0 if rows[one] == rows[other] else 1.0)
        if all(mine >= theirs for mine, theirs in zip(rows[one], rows[other], strict=True)):
            assert behind == pytest.approx(0)


def test_what_has_no_exact_answer_says_so(
    scored: Callable[..., Scores], five: Scores, table: pd.DataFrame
) -> None:
    for weights, words in ((7, "times the concentration must be whole numbers of 1 or more; found a 1.75"),
                           (AtLeast("a", "z"), "'z' is not among the criteria asked about")):
        with pytest.raises(SrmkitError) as told:
            exact_acceptability(five, weights)
        assert words in str(told.value)
    with pytest.raises(SrmkitError, match="axis 'risk' is not scored"):
        exact_acceptability(five, axis="risk")
    gaps = scored(table.assign(margin=[0.3, np.nan, 0.4, 0.2]), missing="reweight")
    with pytest.raises(SrmkitError, match="candidates miss figures"):
        exact_acceptability(gaps)
    names = list("abcdefghij")
    ten = scored(pd.DataFrame([[0.5] * 10], columns=names), axes={"x": dict.fromkeys(names, 1.0)})
    with pytest.raises(SrmkitError, match="too many corners for an exact answer"):
        exact_acceptability(ten, [Between(name, 0.02, 0.2) for name in names])
