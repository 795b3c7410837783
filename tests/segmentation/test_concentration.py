"""Concentration against published figures and exact ones."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmkit.concentration import hhi_by
from srmkit.errors import SrmkitError
from srmkit.segmentation import effective_number, hhi, hhi_band

amounts = st.lists(st.integers(1, 10**6), min_size=1, max_size=30).map(lambda found: pd.Series(found, dtype=float))


@pytest.mark.parametrize(
    ("shares", "index"),
    [
        # United States Department of Justice, page "Herfindahl-Hirschman Index"
        ([30, 30, 20, 20], 2_600),
        # squares of whole percentages, by hand
        ([50, 30, 20], 3_800),
        ([40, 30, 20, 10], 3_000),
        ([70, 30], 5_800),
        ([25, 20, 15, 10, 9, 8, 7, 6], 1_580),
        ([100], 10_000),
    ],
)
def test_the_index_of_published_and_whole_shares(shares: list[int], index: int) -> None:
    assert hhi(pd.Series(shares, dtype=float)) == pytest.approx(index, rel=1e-12)


def test_the_effective_number_of_half_thirty_and_twenty() -> None:
    assert effective_number(pd.Series([50.0, 30.0, 20.0])) == pytest.approx(100 / 38, rel=1e-12)


@given(count=st.integers(1, 200), amount=st.floats(0.01, 1e9))
def test_equal_suppliers_count_as_many_as_they_are(count: int, amount: float) -> None:
    assert effective_number(pd.Series([amount] * count)) == pytest.approx(count, rel=1e-9)


@given(spend=amounts, factor=st.floats(1e-6, 1e6))
def test_currency_and_order_change_nothing(spend: pd.Series, factor: float) -> None:
    assert hhi(spend * factor) == pytest.approx(hhi(spend), rel=1e-9)
    assert hhi(spend[::-1]) == pytest.approx(hhi(spend), rel=1e-12)


@given(spend=amounts)
def test_the_index_lies_between_all_equal_and_one_alone_and_a_merger_raises_it(spend: pd.Series) -> None:
    assert 10_000 / len(spend) - 1e-6 <= hhi(spend) <= 10_000 + 1e-6
    if len(spend) > 1:
        merged = pd.Series([spend.iloc[:2].sum(), *spend.iloc[2:]])
        shares = 100 * spend / spend.sum()
        assert hhi(merged) - hhi(spend) == pytest.approx(2 * shares.iloc[0] * shares.iloc[1], abs=1e-6)


@given(spend=amounts)
def test_it_is_the_figure_of_the_item_metrics(spend: pd.Series) -> None:
    items = pd.Series("bearings", index=spend.index)
    assert hhi(spend) == pytest.approx(hhi_by(spend, items)["bearings"], rel=1e-12)


def test_gaps_and_credits_take_no_share() -> None:
    assert hhi(pd.Series([70.0, 30.0, np.nan, 0.0, -50.0])) == pytest.approx(5_800)


def test_without_spend_there_is_no_concentration() -> None:
    for nothing in ([], [0.0, 0.0], [np.nan], [-5.0]):
        assert np.isnan(hhi(pd.Series(nothing, dtype=float)))
        assert np.isnan(effective_number(pd.Series(nothing, dtype=float)))


@pytest.mark.parametrize(
    ("edition", "low", "high"),
    [
        ("1992", 1_000, 1_800),  # Horizontal Merger Guidelines 1992, 1.51
        ("2010", 1_500, 2_500),  # Horizontal Merger Guidelines 2010, 5.3
        ("2023", 1_000, 1_800),  # Merger Guidelines 2023, 2.1, as the Department of Justice reads it
    ],
)
def test_bands_are_those_of_the_edition_with_both_ends_moderate(edition: str, low: float, high: float) -> None:
    values = pd.Series([0, low - 0.01, low, high, high + 0.01, 10_000])
    assert [hhi_band(value, edition=edition) for value in values] == [
        "unconcentrated", "unconcentrated", "moderately concentrated", "moderately concentrated",
        "highly concentrated", "highly concentrated",
    ]


def test_the_same_index_is_another_band_in_another_year() -> None:
    index = hhi(pd.Series([30.0, 20.0, 20.0, 20.0, 10.0]))
    assert index == pytest.approx(2_200)
    assert hhi_band(index, edition="2010") == "moderately concentrated"
    assert hhi_band(index, edition="2023") == "highly concentrated"


def test_a_gap_has_no_band() -> None:
    assert hhi_band(np.nan) is None


def test_an_unknown_edition_and_an_index_out_of_range_are_told_at_once() -> None:
    with pytest.raises(SrmkitError) as told:
        hhi_band(10_001, edition="1850")
    assert str(told.value).splitlines() == [
        "concentration band: 2 problems",
        "  - edition '1850' is unknown. Editions are: 1992, 2010, 2023.",
        "  - index must lie from 0 to 10,000; found 10001. Shares are squared in percent.",
    ]


def test_an_infinite_amount_is_refused() -> None:
    with pytest.raises(SrmkitError, match=r"amounts \(1\) must be finite; found Alba. Correct them"):
        hhi(pd.Series({"Alba": np.inf, "Dahl": 1.0}))
