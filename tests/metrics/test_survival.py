"""Waits of many parties, estimated at once, against each alone and against the textbook's steps."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmkit.metrics.survival import waiting_time, waiting_times

COUNTS = st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(any)
WAITS = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 40), COUNTS), min_size=1, max_size=30)


@given(waits=WAITS)
def test_all_parties_at_once_are_each_of_them_alone(waits: list[tuple[str, int, tuple[int, int]]]) -> None:
    parties, days, counts = zip(*waits, strict=True)
    answered, open_still = np.transpose(counts)
    found = waiting_times(parties, days, answered, open_still)

    assert found.index.tolist() == sorted(set(parties))
    for party in found.index:
        mine = np.array(parties) == party
        alone = waiting_time(np.array(days)[mine], answered[mine], open_still[mine])
        assert tuple(found.loc[party]) == pytest.approx(tuple(alone), rel=1e-12, nan_ok=True)


@given(waits=WAITS)
def test_the_estimate_is_what_the_steps_of_the_textbook_give(waits: list[tuple[str, int, tuple[int, int]]]) -> None:
    # Klein & Moeschberger 2003, Survival Analysis, (4.2.1) and (4.5.1) to (4.5.2), case by case
    ended = [day for _, day, (answered, _) in waits for _ in range(answered)]
    everyone = ended + [day for _, day, (_, open_still) in waits for _ in range(open_still)]
    times = sorted(set(everyone))
    survival = {0: 1.0}
    for day in times:
        at_risk = sum(other >= day for other in everyone)
        survival[day] = list(survival.values())[-1] * (1 - ended.count(day) / at_risk)

    def area(start: int) -> float:
        return sum(survival[max(known for known in survival if known <= day)] for day in range(start, times[-1]))

    variance = 0.0
    for day in set(ended):
        at_risk = sum(other >= day for other in everyone)
        if at_risk > ended.count(day):
            variance += area(day) ** 2 * ended.count(day) / (at_risk * (at_risk - ended.count(day)))
    cases = len(everyone)
    found = waiting_time(*np.transpose([(day, *counts) for _, day, counts in waits]))

    assert found.cases == cases
    assert found.mean == pytest.approx(area(0), rel=1e-12)
    if cases > 1:
        assert found.error == pytest.approx((variance * cases / (cases - 1)) ** 0.5, rel=1e-9)
    reached = [day for day in times if survival[day] <= 0.5 + 1e-12]
    assert found.median == pytest.approx(reached[0] if reached else np.nan, nan_ok=True)


def test_nobody_waits_no_time() -> None:
    found = waiting_times(pd.Series([], dtype=str), [], [], [])
    assert found.empty
    assert list(found) == ["mean", "error", "median", "cases"]
