"""What holds for every method, whatever the values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.crosscheck import Preference, electre_tri, mr_sort, promethee, topsis, vikor

LEADS = Preference("linear", q=0.05, p=0.3)
# on twentieths of the scale ties, and leads on a threshold, are common
value = st.integers(0, 20).map(lambda step: step / 20)
names = [f"K{place}" for place in range(10)]
tables = st.lists(st.tuples(value, value, value), min_size=1, max_size=len(names)).map(
    lambda rows: pd.DataFrame(rows, columns=list("abc"), index=names[: len(rows)], dtype=float))
points = st.tuples(*[st.integers(0, 5)] * 3).filter(any).map(lambda three: dict(zip("abc", three, strict=True)))
Points = dict[str, int]

PROFILES = pd.DataFrame({name: [0.65, 0.4] for name in "abc"}, index=["gold", "silver"])


def tri(values: pd.DataFrame, weights: Points) -> Any:
    return electre_tri(values, weights, PROFILES, otherwise="bronze", indifference=0.05, preference=0.3, veto=0.5)


def majority(values: pd.DataFrame, weights: Points) -> Any:
    return mr_sort(values, weights, PROFILES, otherwise="bronze", majority=0.6).grade


# each gives a place: the smaller the better
METHODS: dict[str, Callable[[pd.DataFrame, Points], pd.Series]] = {
    "topsis": lambda values, weights: topsis(values, weights)["rank"],
    "topsis, vector": lambda values, weights: topsis(values, weights, normalisation="vector")["rank"],
    "topsis, min-max": lambda values, weights: topsis(values, weights, normalisation="min-max")["rank"],
    "vikor": lambda values, weights: vikor(values, weights).table["rank"],
    "promethee": lambda values, weights: promethee(values, weights, LEADS).table["rank"],
    "electre, pessimistic": lambda values, weights: tri(values, weights).pessimistic.cat.codes,
    "electre, optimistic": lambda values, weights: tri(values, weights).optimistic.cat.codes,
    "mr-sort": lambda values, weights: majority(values, weights).cat.codes,
}
ALONE = ["topsis", "electre, pessimistic", "electre, optimistic", "mr-sort"]  # judge each candidate by itself


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=40, deadline=None)
@given(values=tables, weights=points, seed=st.integers(0, 99))
def test_the_order_of_rows_columns_and_weights_changes_nothing(
    name: str, values: pd.DataFrame, weights: Points, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    shuffled = values.iloc[rng.permutation(len(values)), rng.permutation(3)]
    turned = {key: 10 * weights[key] for key in reversed(weights)}  # and their unit is free
    assert METHODS[name](shuffled, turned)[values.index].tolist() == METHODS[name](values, weights).tolist()


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=40, deadline=None)
@given(values=tables, weights=points)
def test_identical_candidates_tie(name: str, values: pd.DataFrame, weights: Points) -> None:
    twice = pd.concat([values, values.iloc[[0]].set_axis(["twin"])])
    found = METHODS[name](twice, weights)
    assert found["twin"] == found["K0"]


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=40, deadline=None)
@given(values=tables, weights=points)
def test_nobody_is_behind_one_who_is_no_better_anywhere(name: str, values: pd.DataFrame, weights: Points) -> None:
    worse = (values.iloc[[0]] - 0.1).clip(0, 1).set_axis(["shadow"])
    found = METHODS[name](pd.concat([values, worse]), weights)
    assert found["K0"] <= found["shadow"]


@pytest.mark.parametrize("name", ALONE)
@settings(max_examples=40, deadline=None)
@given(values=tables, weights=points, newcomer=st.tuples(value, value, value))
def test_a_newcomer_turns_nobodys_order(
    name: str, values: pd.DataFrame, weights: Points, newcomer: tuple[float, ...]
) -> None:
    more = pd.concat([values, pd.DataFrame([newcomer], columns=list("abc"), index=["new"])])
    before, after = METHODS[name](values, weights), METHODS[name](more, weights)[values.index]
    order = before.astype(float).rank(method="min")
    assert after.astype(float).rank(method="min").tolist() == order.tolist()


@pytest.mark.parametrize("name", ["vikor", "promethee", "topsis, min-max"])
def test_where_the_page_says_that_a_newcomer_may_turn_an_order_one_does(name: str) -> None:
    rng, equal = np.random.default_rng(2), dict.fromkeys("abc", 1)
    for _ in range(2_000):
        values = pd.DataFrame(rng.integers(0, 21, (4, 3)) / 20, columns=list("abc"), index=[*"ABC", "new"])
        after, before = METHODS[name](values, equal), METHODS[name](values.drop(index="new"), equal)
        if (before["A"] < before["B"]) and (after["A"] > after["B"]):
            return
    pytest.fail("no newcomer turned an order")


@settings(max_examples=60, deadline=None)
@given(values=tables, weights=points)
def test_net_flows_cancel_out(values: pd.DataFrame, weights: Points) -> None:
    assert promethee(values, weights, LEADS).table["net"].sum() == pytest.approx(0, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(values=tables, weights=points)
def test_the_optimistic_class_is_never_the_worse_one(values: pd.DataFrame, weights: Points) -> None:
    found = tri(values, weights)
    assert (found.optimistic.cat.codes <= found.pessimistic.cat.codes).all()


@settings(max_examples=60, deadline=None)
@given(values=tables, weights=points)
def test_outranking_without_thresholds_is_majority(values: pd.DataFrame, weights: Points) -> None:
    """MR-Sort is the pessimistic ELECTRE TRI without indifference, preference and veto (Leroy et al. 2011)."""
    found = electre_tri(values, weights, PROFILES, otherwise="bronze", majority=0.6)
    assert found.pessimistic.tolist() == majority(values, weights).tolist()


@settings(max_examples=60, deadline=None)
@given(values=tables, weights=points, v=value)
def test_q_lies_between_the_least_and_the_most_regret(values: pd.DataFrame, weights: Points, v: float) -> None:
    found = vikor(values, weights, utility_weight=v).table
    assert found["Q"].between(-1e-12, 1 + 1e-12).all()
