"""ABC: who makes most of the amount."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.segmentation import abc

amounts = st.lists(st.integers(1, 10**6), min_size=1, max_size=40).map(lambda found: pd.Series(found, dtype=float))


def classes(*found: float, cuts: tuple[float, ...] = (0.8, 0.95)) -> str:
    return "".join(abc(pd.Series(found, dtype=float), cuts)["abc"])


def test_a_worked_example() -> None:
    spend = pd.Series({"Fay": 40.0, "Alba": 500.0, "Gull": 10.0, "Dahl": 300.0, "Eck": 150.0})
    table = abc(spend)
    assert table.index.to_list() == ["Alba", "Dahl", "Eck", "Fay", "Gull"]
    assert table["share"].to_list() == pytest.approx([0.5, 0.3, 0.15, 0.04, 0.01])
    assert table["cumulative_share"].to_list() == pytest.approx([0.5, 0.8, 0.95, 0.99, 1.0])
    assert "".join(table["abc"]) == "AABCC"  # both cuts are reached exactly


def test_the_one_that_crosses_a_cut_belongs_to_the_higher_class() -> None:
    assert classes(79, 13, 3.5, 2.5, 1.5, 0.5) == "AABCCC"  # 79, 92 crosses 80, 95.5 crosses 95


def test_the_largest_is_a_even_if_it_crosses_all_cuts() -> None:
    assert classes(98, 1, 1) == "ACC"
    assert classes(100) == "A"


def test_equals_share_the_better_class() -> None:
    assert classes(*[10] * 10) == "A" * 10
    assert classes(60, 15, 15, 10) == "AAAB"  # 75 is below the cut, so the first of the equals is A, and the second too


def test_other_cuts_give_other_and_more_classes() -> None:
    assert classes(50, 30, 15, 5, cuts=(0.5,)) == "ABBB"
    assert classes(50, 30, 15, 5, cuts=(0.5, 0.8, 0.95)) == "ABCD"


def test_credits_and_nothing_are_last_and_gaps_have_no_class() -> None:
    table = abc(pd.Series({"gap": np.nan, "credit": -20.0, "Alba": 90.0, "none": 0.0, "Dahl": 10.0}))
    assert table.index.to_list() == ["Alba", "Dahl", "none", "credit", "gap"]
    assert table["abc"].to_list()[:4] == ["A", "B", "C", "C"]
    assert pd.isna(table.loc["gap", "abc"])
    assert table["share"].to_list()[:4] == [0.9, 0.1, 0.0, 0.0]
    assert table.loc["gap", ["share", "cumulative_share"]].isna().all()
    assert table.loc["credit", "amount"] == -20.0


def test_where_nothing_was_spent_nobody_has_a_class() -> None:
    table = abc(pd.Series({"Alba": 0.0, "Dahl": 0.0}))
    assert table["abc"].isna().all()
    assert table["share"].isna().all()
    assert abc(pd.Series(dtype=float)).empty


@given(spend=amounts)
def test_a_is_the_smallest_group_that_reaches_the_cut_up_to_equals(spend: pd.Series) -> None:
    table = abc(spend)
    in_a = table[table["abc"] == "A"]
    assert in_a["share"].sum() >= 0.8 - 1e-9
    larger = in_a[in_a["amount"] > in_a["amount"].min()]
    assert larger["share"].sum() < 0.8 + 1e-9


@given(spend=amounts, data=st.data())
def test_order_and_currency_change_nothing(spend: pd.Series, data: st.DataObject) -> None:
    found = abc(spend)["abc"]
    shuffled = spend.loc[data.draw(st.permutations(list(spend.index)))]
    pd.testing.assert_series_equal(abc(shuffled)["abc"].sort_index(), found.sort_index())
    pd.testing.assert_series_equal(abc(spend * 4)["abc"], found)


@given(spend=amounts)
def test_a_larger_amount_never_has_a_lower_class(spend: pd.Series) -> None:
    table = abc(spend)
    assert table["abc"].is_monotonic_increasing
    assert table["amount"].is_monotonic_decreasing
    assert table["cumulative_share"].iloc[-1] == pytest.approx(1.0)


@pytest.mark.parametrize(("cuts", "found"), [((0.95, 0.8), "0.95, 0.8"), ((80, 95), "80, 95"), ((), "none")])
def test_cuts_must_ascend_between_nothing_and_all(cuts: tuple[float, ...], found: str) -> None:
    with pytest.raises(SrmkitError) as told:
        abc(pd.Series([1.0]), cuts)
    assert str(told.value).splitlines() == [
        "ABC analysis: 1 problem",
        f"  - cuts must ascend between 0 and 1; found {found}. Write shares such as 0.8, 0.95.",
    ]
