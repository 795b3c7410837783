"""Figures are written alike on every machine: what the order of adding leaves in the last digits shows in none."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmkit.language import number, percent
from srmkit.rounding import figure

SAFE = 2.0**-45  # relative: a hundred times what adding a thousand figures in another order leaves


@given(st.integers(-(10**9), 10**9), st.integers(0, 3), st.sampled_from([-SAFE, -(2.0**-52), 2.0**-52, SAFE]))
def test_a_figure_on_a_half_is_written_the_same_a_hair_beside_it(whole: int, places: int, hair: float) -> None:
    exact = whole / 10**3
    assert number(exact * (1 + hair), places) == number(exact, places)
    assert percent(exact / 100 * (1 + hair), places) == percent(exact / 100, places)
    assert figure(exact * (1 + hair)) == figure(exact)


@pytest.mark.parametrize(("value", "places", "written"), [
    (12345678901234.56, 2, "12,345,678,901,234.56"),  # fifteen digits and more are kept
    (-0.004, 2, "0.00"),                              # no negative nothing
    (-0.006, 2, "-0.01"),
    (math.inf, 0, "inf"),
])
def test_the_figure_itself_is_not_changed(value: float, places: int, written: str) -> None:
    assert number(value, places) == written
