"""Grades: who stands in which, and what happens on the line."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.bands import THEMES, Bands
from srmkit.errors import SrmkitError

MEDALS = Bands(("gold", "silver", "bronze"), (75, 50))


def test_a_score_on_the_line_belongs_to_the_higher_grade():
    grades = MEDALS.of(pd.Series([75.0, 50.0, 74.999, 49.999]))
    assert grades.tolist() == ["gold", "silver", "silver", "bronze"]


def test_a_sum_that_misses_the_line_by_its_last_digits_is_on_the_line():
    almost = sum([7.5] * 10) - 1e-14 * 75
    assert almost < 75
    assert MEDALS.of(pd.Series([almost, 50 * (1 - 1e-15)])).tolist() == ["gold", "silver"]


def test_the_best_and_the_worst_score_have_a_grade():
    # an open scorecard system left a score of exactly 100 without a standing
    assert MEDALS.of(pd.Series([100.0, 0.0])).tolist() == ["gold", "bronze"]


def test_no_score_has_no_grade():
    assert MEDALS.of(pd.Series([np.nan, 80.0])).isna().tolist() == [True, False]
    assert MEDALS.of(pd.Series([pd.NA, 80.0], dtype="Float64")).isna().tolist() == [True, False]


def test_grades_sort_best_first():
    grades = MEDALS.of(pd.Series({"Alba": 10.0, "Dahl": 90.0, "Eck": 60.0}))
    assert grades.sort_values().index.tolist() == ["Dahl", "Eck", "Alba"]


def test_codes_take_any_shape():
    assert MEDALS.codes([[80, 60], [np.nan, 1]]).tolist() == [[0, 1], [-1, 2]]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(0, 100), min_size=1),
    st.lists(st.floats(0, 100), min_size=1, max_size=4, unique=True),
)
def test_every_score_has_exactly_one_grade_and_a_better_score_never_a_worse_one(scores, cuts):
    bands = Bands(tuple("ABCDE"[: len(cuts) + 1]), tuple(sorted(cuts, reverse=True)))
    codes = bands.codes(sorted(scores, reverse=True))
    assert ((codes >= 0) & (codes < len(bands.names))).all()
    assert (np.diff(codes) >= 0).all()


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_names_grades(theme):
    names = THEMES[theme]
    assert len(set(names)) == len(names) == 3


def test_shares_give_the_best_fifth_the_first_grade():
    values = pd.Series(np.arange(10.0))
    bands = Bands.by_quantiles(values, THEMES["medals"], (0.2, 0.3, 0.5))
    assert bands.of(values).value_counts(sort=False).tolist() == [2, 3, 5]
    assert bands.relative


def test_shares_never_part_equals():
    values = pd.Series([9.0, 5.0, 5.0, 5.0, 1.0])
    bands = Bands.by_quantiles(values, ("A", "B"), (0.4, 0.6))
    assert bands.of(values).tolist() == ["A", "A", "A", "A", "B"]


def test_a_share_of_nothing_is_a_grade_that_nobody_reaches():
    values = pd.Series([3.0, 2.0])
    assert Bands.by_quantiles(values, ("A", "B"), (0.0, 1.0)).of(values).tolist() == ["B", "B"]


def test_capacity_is_kept_even_when_equals_compete():
    values = pd.Series([9.0, 7.0, 7.0, 7.0, 1.0])
    bands = Bands.by_capacity(values, THEMES["medals"], (2, 3))
    assert bands.of(values).tolist() == ["gold", "silver", "silver", "silver", "bronze"]


def test_places_may_stay_free_but_never_overflow():
    values = pd.Series([7.0, 7.0, 7.0])
    assert Bands.by_capacity(values, ("gold", "silver"), (2,)).of(values).tolist() == ["silver"] * 3


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 5).map(float), max_size=12), st.integers(0, 4), st.integers(0, 4))
def test_no_grade_holds_more_than_it_can(values, gold, silver):
    scores = pd.Series(values, dtype=float)
    counts = Bands.by_capacity(scores, THEMES["medals"], (gold, silver)).of(scores).value_counts(sort=False)
    assert counts["gold"] <= gold
    assert counts["silver"] <= silver


def test_every_mistake_in_bands_is_told_at_once():
    with pytest.raises(SrmkitError) as error:
        Bands(("gold", "gold", "bronze"), (50, 75, 80))
    assert str(error.value) == (
        "bands: 3 problems\n"
        "  - names must differ; found 'gold' twice.\n"
        "  - cuts must be 2, one fewer than the grades; found 3. The last grade takes whatever is left.\n"
        "  - cuts must descend, best grade first; found 50, 75, 80. "
        "Write the highest cut first, each only once."
    )


def test_agreed_cuts_differ():
    with pytest.raises(SrmkitError, match="cuts must descend, best grade first; found 50, 50"):
        Bands(("gold", "silver", "bronze"), (50, 50))


def test_bands_need_a_grade():
    with pytest.raises(SrmkitError, match="names must hold at least one grade; found none"):
        Bands((), ())


def test_shares_sum_to_one():
    with pytest.raises(SrmkitError, match="shares must be 0 or more and sum to 1; found 0.5, 0.6"):
        Bands.by_quantiles(pd.Series([1.0]), ("A", "B"), (0.5, 0.6))
    with pytest.raises(SrmkitError, match="shares must be 2, one a grade; found 1"):
        Bands.by_quantiles(pd.Series([1.0]), ("A", "B"), (1.0,))


def test_counts_fit_the_grades():
    with pytest.raises(SrmkitError, match="counts must be 1, one for each grade but the last; found 2"):
        Bands.by_capacity(pd.Series([1.0]), ("A", "B"), (1, 2))
    with pytest.raises(SrmkitError, match="counts must be 0 or more; found -1"):
        Bands.by_capacity(pd.Series([1.0]), ("A", "B"), (-1,))
