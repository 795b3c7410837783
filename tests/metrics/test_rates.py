"""Intervals, bounds and shrinkage, against published figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.metrics.rates import (
    beta_posterior,
    parts_per_million,
    peer_prior,
    shrink_mean,
    shrink_to_peers,
    wilson,
    zero_event_bound,
)


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_the_interval_of_a_rate_holds_the_rate_and_stays_within_0_and_1(events: int, n: int) -> None:
    hits = min(events, n)
    low, high = wilson(hits, n)
    assert 0 <= low <= hits / n <= high <= 1


@given(st.integers(1, 500), st.floats(0, 1))
def test_more_deliveries_of_the_same_rate_narrow_the_interval(n: int, rate: float) -> None:
    few, many = wilson(rate * n, n), wilson(rate * 10 * n, 10 * n)
    assert many.high - many.low < few.high - few.low


@pytest.mark.parametrize(
    ("events", "n", "low", "high"),
    # Wilson 1927, JASA 22, 209-212; the intervals of 19/20 and 930/1000 as any score-interval table has them
    [(19, 20, 0.7639, 0.9911), (930, 1000, 0.9125, 0.9442)],
)
def test_wilson_intervals_agree_with_the_formula_of_1927(events: int, n: int, low: float, high: float) -> None:
    found = wilson(events, n)
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_ten_won_and_thirty_lost_may_be_anything_from_14_to_40_percent() -> None:
    low, high = wilson(10, 40)
    assert (round(float(low), 4), round(float(high), 4)) == (0.1419, 0.4019)


def test_no_defect_in_100_units_still_allows_2_95_percent() -> None:
    # exact: 1 - 0.05^(1/100), the "rule of three" (Hanley & Lippman-Hand 1983, JAMA 249, 1743-1745)
    assert zero_event_bound(100) == pytest.approx(0.0295, abs=5e-5)
    assert (1 - zero_event_bound(100)) ** 100 == pytest.approx(0.05, rel=1e-12)


def test_seven_defects_in_12500_units_are_560_parts_per_million() -> None:
    assert parts_per_million(7, 12_500) == pytest.approx(560, rel=1e-12)


def test_three_good_deliveries_do_not_beat_930_of_a_thousand() -> None:
    # posterior means under Beta(45, 5): 48/53, 64/70, 975/1050
    shrunk = shrink_to_peers([3, 19, 930], [3, 20, 1000], prior=(45, 5))
    assert shrunk.round(4).tolist() == [0.9057, 0.9143, 0.9286]
    assert shrunk.tolist() == sorted(shrunk)


def test_counting_adds_to_what_was_believed_before() -> None:
    a, b = beta_posterior(3, 10, prior=(45, 5))
    assert (float(a), float(b)) == (48, 12)


def test_a_supplier_without_deliveries_is_taken_for_its_peers() -> None:
    assert shrink_to_peers([0, 19], [0, 20], prior=(45, 5))[0] == pytest.approx(0.9)


def test_peers_that_differ_by_chance_alone_count_as_one() -> None:
    a, b = peer_prior([9, 9, 9], [10, 10, 10])
    assert a / (a + b) == pytest.approx(0.9)
    assert a + b > 1e5


def test_the_prior_of_peers_is_found_again_in_what_it_generated() -> None:
    chance = np.random.default_rng(7)
    n = chance.integers(20, 400, size=4000)
    events = chance.binomial(n, chance.beta(45, 5, size=4000))
    a, b = peer_prior(events, n)
    assert a / (a + b) == pytest.approx(0.9, abs=0.005)
    assert a + b == pytest.approx(50, rel=0.15)


def test_peers_without_a_single_event_still_give_a_usable_prior() -> None:
    a, b = peer_prior([0, 0], [50, 80])
    assert a > 0
    assert b > 0


def test_nothing_counted_is_no_rate() -> None:
    assert np.isnan(wilson(0, 0)).all()
    assert np.isnan(zero_event_bound(0))
    assert np.isnan(parts_per_million(0, 0))


def test_more_events_than_cases_are_refused() -> None:
    with pytest.raises(SrmkitError, match="must lie between 0 and the number of cases; found 5 of 3"):
        wilson(5, 3)


def test_a_confidence_in_percent_is_refused() -> None:
    with pytest.raises(SrmkitError, match="'confidence' must lie between 0 and 1; found 95"):
        wilson(1, 3, confidence=95)


def test_one_peer_is_no_group_of_peers() -> None:
    with pytest.raises(SrmkitError, match="fewer than two have cases; found 1. Give a prior"):
        shrink_to_peers([1, 0], [3, 0])


def test_few_votes_are_drawn_to_the_mean_of_all() -> None:
    """Domain case O10: 4.5 from 21 votes, a prior of 3.8 that counts like 20."""
    assert shrink_mean(4.5, 21, prior=3.8, prior_n=20) == pytest.approx(4.1585, abs=5e-5)
    found = shrink_mean([5.0, 4.6, np.nan], [1, 200, 0], prior=3.8, prior_n=20)
    assert found[0] < found[1]  # one enthusiast does not beat two hundred
    assert found[2] == 3.8
    with pytest.raises(SrmkitError, match="must be 0 or more, and prior_n above 0; found -1 ratings"):
        shrink_mean([4.0], [-1], prior=3.8, prior_n=20)
