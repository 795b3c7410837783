"""What must be true of every selection, whoever the candidates are."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.strategy import select, select_by_hours

# few different figures, so that equals are common
FIGURES = st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0, None])
CANDIDATES = st.lists(
    st.tuples(FIGURES, FIGURES, st.booleans(), st.integers(0, 3), st.integers(0, 50)), min_size=1, max_size=12
)


def table_of(rows):
    table = pd.DataFrame(rows, columns=["margin", "growth", "willing", "revenue", "hours"])
    return table.astype(float).set_axis([f"C{number}" for number in range(len(rows))])


def scored(scorecard, rows):
    table = table_of(rows)
    if table["margin"].isna().all() and table["growth"].isna().all():
        table.loc["C0", "margin"] = 50.0
    return table, scorecard.score(table, missing="reweight" if table["margin"].notna().any() else "worst")


@settings(max_examples=40, deadline=None)
@given(rows=CANDIDATES, data=st.data())
def test_as_many_are_selected_as_there_are_places_or_eligible_candidates(scorecard, rows, data):
    _, scores = scored(scorecard, rows)
    capacity = data.draw(st.integers(1, len(rows)))
    chosen = select(scores, capacity=capacity)
    assert len(chosen.selected) == min(capacity, len(scores.eligible))


@settings(max_examples=40, deadline=None)
@given(rows=CANDIDATES, data=st.data())
def test_nobody_outranks_a_selected_candidate_without_a_reason(scorecard, rows, data):
    table, scores = scored(scorecard, rows)
    chosen = select(scores, capacity=data.draw(st.integers(1, len(rows))), volume=table["revenue"]).table
    worst = chosen.loc[chosen["selected"], "rank"].max()
    better = chosen[~chosen["selected"] & (chosen["rank"] <= worst).fillna(False)]
    assert better["tied_on_cut"].all()
    assert (chosen["reason"] != "").all()


@settings(max_examples=40, deadline=None)
@given(rows=CANDIDATES, data=st.data())
def test_shuffling_the_rows_changes_nothing(scorecard, rows, data):
    table, scores = scored(scorecard, rows)
    order = data.draw(st.permutations(list(table.index)))
    shuffled = scorecard.score(table.loc[order], missing=scores.missing)
    capacity = data.draw(st.integers(1, len(rows)))
    one = select(scores, capacity=capacity, volume=table["revenue"])
    two = select(shuffled, capacity=capacity, volume=table["revenue"].loc[order])
    for part in ("table", "why_not", "borderline", "compensation", "against_volume"):
        pd.testing.assert_frame_equal(getattr(one, part), getattr(two, part), check_exact=True)


@settings(max_examples=40, deadline=None)
@given(rows=CANDIDATES, available=st.integers(1, 200))
def test_hours_never_exceed_those_available_and_nobody_who_fits_is_passed_over(scorecard, rows, available):
    table, scores = scored(scorecard, rows)
    chosen = select_by_hours(scores, table["hours"], available=available, volume=table["revenue"])
    assert chosen.hours_used <= available
    out = chosen.table[~chosen.table["selected"] & chosen.table["rank"].notna()]
    assert (out["hours"] > out["hours_left"]).all()
    foil = chosen.table["selected_by_volume"].to_numpy(dtype=bool)
    assert np.sum(chosen.table["hours"].to_numpy()[foil]) <= available
