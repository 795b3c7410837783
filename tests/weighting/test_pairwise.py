"""Comparisons in pairs against published cases, and what must hold for any comparisons."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.weighting import Comparisons, combined_comparisons, pairwise_weights
from srmkit.weighting.pairwise import random_index

# Saaty 2008, Int. J. Services Sciences 1(1), 83-98: consumption of drinks in the US
DRINKS = ("coffee", "wine", "tea", "beer", "soda", "milk", "water")
JUDGED = [
    9, 5, 2, 1, 1, 1 / 2,
    1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9,
    1 / 3, 1 / 4, 1 / 3, 1 / 9,
    1 / 2, 1, 1 / 3,
    2, 1 / 2,
    1 / 3,
]
# Papathanasiou & Ploskas 2018, Multiple Criteria Decision Aid (recomputed)
FOUR = [[1, 1, 5, 3], [1, 1, 5, 3], [1 / 5, 1 / 5, 1, 1 / 3], [1 / 3, 1 / 3, 3, 1]]
# Satman, Yildirim & Kuruca 2021, JOSS: an 8 x 8 case
EIGHT = [
    [1, 7, 1 / 5, 1 / 8, 1 / 2, 1 / 3, 1 / 5, 1], [1 / 7, 1, 1 / 8, 1 / 9, 1 / 4, 1 / 5, 1 / 9, 1 / 8],
    [5, 8, 1, 1 / 3, 4, 2, 1, 1], [8, 9, 3, 1, 7, 5, 3, 3], [2, 4, 1 / 4, 1 / 7, 1, 1 / 2, 1 / 5, 1 / 5],
    [3, 5, 1 / 2, 1 / 5, 2, 1, 1 / 3, 1 / 3], [5, 9, 1, 1 / 3, 5, 3, 1, 1], [1, 8, 1, 1 / 3, 5, 3, 1, 1],
]


def of(matrix: list[list[float]]) -> Comparisons:
    names = [f"c{place + 1}" for place in range(len(matrix))]
    return Comparisons.of_matrix(pd.DataFrame(matrix, index=names, columns=names))


def test_saatys_drinks() -> None:
    found = pairwise_weights(Comparisons(DRINKS, dict(zip(combinations(DRINKS, 2), JUDGED, strict=True))))
    assert found.weights.tolist() == pytest.approx([0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327], abs=6e-4)
    assert found.weights.tolist() == pytest.approx(
        [0.1774567474, 0.019149476, 0.0418311817, 0.1164170317, 0.1895723753, 0.1287805485, 0.3267926393], abs=1e-8)
    assert found.consistency_index == pytest.approx(0.02943817, abs=1e-8)
    assert found.consistency_ratio == pytest.approx(0.022, abs=6e-4)
    assert found.acceptable


def test_four_criteria_by_both_methods() -> None:
    found = pairwise_weights(of(FOUR))
    assert found.weights.tolist() == pytest.approx([0.390, 0.390, 0.068, 0.152], abs=6e-4)
    assert (found.lambda_max, found.consistency_index) == pytest.approx((4.0435, 0.01450), abs=6e-5)
    assert found.consistency_ratio == pytest.approx(0.0161, abs=6e-5)
    by_mean = pairwise_weights(of(FOUR), "geometric_mean")
    assert by_mean.weights.tolist() == pytest.approx([0.3908, 0.3908, 0.0675, 0.1509], abs=6e-5)
    assert by_mean.consistency_ratio == found.consistency_ratio


def test_eight_criteria_by_all_three_methods() -> None:
    found = pairwise_weights(of(EIGHT))
    assert found.weights.tolist() == pytest.approx(
        [0.0537202712, 0.016667754, 0.1514546829, 0.3466582706, 0.0469275112, 0.0761503766, 0.1675207288,
         0.1409004047], abs=1e-8)
    assert (found.lambda_max, found.consistency_index) == pytest.approx((8.698197598, 0.099742514), abs=1e-8)
    by_mean = pairwise_weights(of(EIGHT), "geometric_mean")
    assert by_mean.weights.tolist() == pytest.approx(
        [0.0458242595, 0.0161345452, 0.1562641836, 0.3503090805, 0.0457063037, 0.0759828711, 0.1715452399,
         0.1382335164], abs=1e-8)
    by_columns = pairwise_weights(of(EIGHT), "column_mean")
    assert by_columns.weights.tolist() == pytest.approx(
        [0.0569922047, 0.0177502115, 0.1497067821, 0.3439871231, 0.0472131549, 0.0756416207, 0.1655231235,
         0.1431857794], abs=1e-8)
    shares = by_columns.weights.to_numpy()
    largest = float((np.array(EIGHT) @ shares / shares).mean())  # as those take it who stop at the columns
    assert largest == pytest.approx(8.72642777111301, abs=1e-8)
    assert (largest - 8) / 7 / random_index(8) == pytest.approx(0.07359957154133831, abs=1e-8)
    assert by_columns.consistency_ratio == found.consistency_ratio  # ours is that of the comparisons


def test_the_random_index() -> None:
    assert [random_index(count) for count in (2, 3, 5, 10)] == [0.0, 0.58, 1.12, 1.49]
    assert random_index(10) == pytest.approx((1.7699 * 10 - 4.3513) / 9, abs=0.01)  # the two sources meet
    assert random_index(12) == pytest.approx(1.5352, abs=1e-4)
    # Agoston & Csato 2022: with one of six pairs missing two thirds of the index are left
    assert random_index(4, 1) == pytest.approx(0.9 * 2 / 3)
    assert random_index(4, 3) == 0.0  # a tree cannot contradict itself


weights_of = st.lists(st.floats(0.05, 1), min_size=3, max_size=7)


@settings(deadline=None)
@given(weights_of, st.sampled_from(["eigenvector", "geometric_mean", "column_mean"]), st.randoms(use_true_random=False))
def test_consistent_comparisons_give_back_their_weights(true: list[float], method: str, chance: object) -> None:
    """Any connected part of perfect comparisons says everything."""
    names = [f"c{place}" for place in range(len(true))]
    weight = dict(zip(names, true, strict=True))
    chain = list(zip(names, names[1:], strict=False))
    more = [pair for pair in combinations(names, 2) if pair not in chain and chance.random() < 0.5]  # type: ignore[attr-defined]
    given_pairs = {(a, b): weight[a] / weight[b] for a, b in [*chain, *more]}
    found = pairwise_weights(Comparisons(tuple(names), given_pairs), method)  # type: ignore[arg-type]
    assert found.weights.to_dict() == pytest.approx({name: weight[name] / sum(true) for name in names}, rel=1e-6)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-6)


def test_the_oddest_judgement_and_what_mends_it() -> None:
    right = {"a": 8.0, "b": 4.0, "c": 2.0, "d": 1.0}
    pairs = {(x, y): right[x] / right[y] for x, y in combinations(right, 2)}
    found = pairwise_weights(Comparisons(tuple(right), {**pairs, ("b", "d"): 1 / 4}))
    assert not found.acceptable
    mend = found.mend()
    assert mend is not None
    assert (mend.criterion, mend.other, mend.judged) == ("b", "d", 1 / 4)
    assert (mend.implied, mend.on_scale, mend.ratio_after) == pytest.approx((4.0, 4.0, 0.0), abs=1e-6)
    assert mend.sentence.startswith("b against d is judged 1/4; the other judgements imply 4, and with 4 or so")
    assert tuple(found.errors.loc[0, ["criterion", "other"]]) == ("b", "d")
    assert mend.as_good == 0
    assert pairwise_weights(Comparisons(tuple(right), pairs)).mend() is None


def test_three_judgements_do_not_tell_which_of_them_is_the_odd_one() -> None:
    pairs = {("a", "b"): 2.0, ("b", "c"): 2.0, ("a", "c"): 1 / 4}
    mend = pairwise_weights(Comparisons(("a", "b", "c"), pairs)).mend()
    assert mend is not None
    assert (mend.as_good, mend.ratio_after) == (2, pytest.approx(0, abs=1e-9))


def test_a_group_takes_the_geometric_mean_of_each_pair() -> None:
    names = ("a", "b", "c")
    one = Comparisons(names, {("a", "b"): 2, ("b", "c"): 3})
    other = Comparisons(("c", "a", "b"), {("b", "a"): 1 / 8, ("a", "c"): 5})
    both = combined_comparisons([one, other])
    assert dict(both.ratios) == pytest.approx({("a", "b"): 4.0, ("b", "c"): 3.0, ("a", "c"): 5.0})
    # a group of twins judges as each of them
    assert dict(combined_comparisons([one, one]).ratios) == pytest.approx(dict(one.ratios))


def test_both_halves_of_a_table_may_be_filled_and_must_agree() -> None:
    assert of(FOUR).missing == ()
    broken = [[1, 2, np.nan], [3, 1, 1], [np.nan, 1, 1]]
    with pytest.raises(SrmkitError, match=r"'c2' against 'c1' contradicts its mirror; found 3 and 2"):
        of(broken)


@pytest.mark.parametrize(
    ("names", "pairs", "words"),
    [
        (("a",), {}, "criteria must be two or more, each once"),
        (("a", "a"), {}, "each once; found a, a"),
        (("a", "b"), {("a", "b"): 0}, "'a' against 'b' must be a number above 0; found 0"),
        (("a", "b"), {("a", "b"): float("inf")}, "must be a number above 0"),
        (("price", "b"), {("prise", "b"): 2}, "'prise' is none of the criteria. Did you mean 'price'?"),
        (("a", "b"), {("a", "a"): 1, ("a", "b"): 2}, "compares a criterion with itself"),
        (("a", "b", "c", "d"), {("a", "b"): 2, ("c", "d"): 2},
         "'a', 'b'; 'c', 'd' are not connected by any comparison. Judge one pair across."),
    ],
)
def test_impossible_comparisons_are_refused(
    names: tuple[str, ...], pairs: dict[tuple[str, str], float], words: str
) -> None:
    with pytest.raises(SrmkitError) as caught:
        Comparisons(names, pairs)
    assert words in str(caught.value)


def test_raters_of_other_criteria_and_unknown_methods_are_refused() -> None:
    with pytest.raises(SrmkitError, match="rater no. 2 compares other criteria; found a, c"):
        combined_comparisons([Comparisons(("a", "b"), {("a", "b"): 2}), Comparisons(("a", "c"), {("a", "c"): 2})])
    with pytest.raises(SrmkitError, match="one of eigenvector, geometric_mean, column_mean; found 'mean'"):
        pairwise_weights(of(FOUR), "mean")  # type: ignore[arg-type]


complete = st.lists(st.sampled_from([1 / 9, 1 / 5, 1 / 3, 1 / 2, 1.0, 2.0, 3.0, 5.0, 9.0]), min_size=6, max_size=6)


@settings(deadline=None)
@given(complete, st.permutations("abcd"), st.sampled_from(["eigenvector", "geometric_mean"]))
def test_the_order_of_the_criteria_does_not_matter(ratios: list[float], order: list[str], method: str) -> None:
    pairs = dict(zip(combinations("abcd", 2), ratios, strict=True))
    one = pairwise_weights(Comparisons(tuple("abcd"), pairs), method)  # type: ignore[arg-type]
    mirrored = {(other, first): 1 / ratio for (first, other), ratio in pairs.items()}
    other = pairwise_weights(Comparisons(tuple(order), mirrored), method)  # type: ignore[arg-type]
    assert other.weights[list("abcd")].to_dict() == pytest.approx(one.weights.to_dict(), rel=1e-7)
    assert other.consistency_ratio == pytest.approx(one.consistency_ratio, abs=1e-9)
    assert one.lambda_max >= 4 - 1e-9  # Saaty 1977: n only where consistent


@settings(deadline=None)
@given(complete)
def test_the_geometric_mean_is_that_of_the_rows(ratios: list[float]) -> None:
    given_pairs = Comparisons(tuple("abcd"), dict(zip(combinations("abcd", 2), ratios, strict=True)))
    rows = given_pairs.matrix.prod(axis=1) ** (1 / 4)
    found = pairwise_weights(given_pairs, "geometric_mean").weights
    assert found.to_dict() == pytest.approx((rows / rows.sum()).to_dict())


@settings(deadline=None)
@given(complete)
def test_mending_never_makes_it_worse(ratios: list[float]) -> None:
    found = pairwise_weights(Comparisons(tuple("abcd"), dict(zip(combinations("abcd", 2), ratios, strict=True))))
    mend = found.mend()
    if mend is not None:
        assert mend.ratio_after < found.consistency_ratio
        assert mend.ratio_before == found.consistency_ratio
