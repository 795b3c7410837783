"""Plain arrays: the same numbers as the tables give, without loading what tables need, and clear about bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.arrays import (
    Preference,
    drawn_weights,
    exact_band_shares,
    grade_shares,
    preference_flows,
    rank_shares,
    top_shares,
)
from srmkit.bands import THEMES, Bands
from srmkit.crosscheck import promethee
from srmkit.errors import SrmkitError
from srmkit.robustness import Doubt, rank_acceptability
from srmkit.robustness import grade_shares as grade_shares_by_name
from srmkit.robustness.simplex import exact_bands
from srmkit.scoring import Criterion, Group, Linear, Scorecard, Scores

MEDALS = Bands(THEMES["medals"], (60, 40))
USED = """
import json, sys
from pathlib import Path
import numpy as np
from srmkit.arrays import Preference, drawn_weights, grade_shares, preference_flows, rank_shares, top_shares
from srmkit.bands import Bands
values, weights = np.random.default_rng(7).random((10_000, 10)), drawn_weights(np.ones(10), draws=512,
                                                                              concentration="uniform", seed=7)
rank_shares(values[:50], weights), top_shares(values, weights, top=10)
grade_shares(values, weights, Bands(("gold", "silver", "bronze"), (60, 40)))
preference_flows(values, np.ones(10), Preference("linear", q=0.05, p=0.3))
status = Path("/proc/self/status")  # peak since this program began; its parent's does not count
peak = status.read_text().partition("VmHWM:")[2].split()[0] if status.exists() else 0
print(json.dumps([sorted(sys.modules), float(peak) / 1024]))
"""


@st.composite
def values_and_points(draw: Any) -> tuple[np.ndarray, list[int]]:
    criteria = draw(st.integers(1, 6))
    rows = st.lists(st.sampled_from([0.0, 0.25, 0.4, 0.6, 1 / 3, 1.0]), min_size=criteria, max_size=criteria)
    values = np.array(draw(st.lists(rows, min_size=1, max_size=12)))
    return values, draw(st.lists(st.integers(1, 9), min_size=criteria, max_size=criteria))


def scored(values: np.ndarray, points: list[int]) -> Scores:
    criteria = tuple(Criterion(f"c{place}", weight, Linear(0, 1)) for place, weight in enumerate(points))
    frame = pd.DataFrame(values, columns=[item.name for item in criteria])
    return Scorecard("plain", axes=(Group("value", 1, criteria),)).score(frame)


@settings(deadline=None)
@given(values_and_points(), st.sampled_from([60, 7.5, "uniform", None]), st.integers(1, 4))
def test_ranks_and_grades_are_those_of_the_tables_to_the_last_digit(
    given_: tuple[np.ndarray, list[int]], concentration: Any, top: int
) -> None:
    values, points = given_
    scores = scored(values, points)
    doubt = Doubt(concentration=concentration, data=False, cut_band=0, draws=64, seed=7)
    weights = drawn_weights(points, concentration=concentration, draws=64, seed=7)

    by_name = rank_acceptability(scores, doubt, top=top)
    order = by_name.ranks.index.to_numpy()
    found = rank_shares(values[order], weights)
    assert np.array_equal(found.shares, by_name.ranks.to_numpy())
    assert np.array_equal(found.mean, by_name.expected_rank.to_numpy())
    assert np.array_equal(top_shares(values[order], weights, top=top),
                          rank_acceptability(scores, doubt, top=top, only_top=True).top_k.to_numpy())
    assert np.array_equal(grade_shares(values, weights, MEDALS), grade_shares_by_name(scores, MEDALS, doubt).to_numpy())


@settings(deadline=None)
@given(values_and_points(), st.sampled_from([Preference("usual"), Preference("linear", q=0.1, p=0.5),
                                             Preference("gaussian", s=0.2)]))
def test_flows_and_exact_shares_are_those_of_the_tables(
    given_: tuple[np.ndarray, list[int]], preference: Preference
) -> None:
    values, points = given_
    frame = pd.DataFrame(values, columns=[f"c{place}" for place in range(len(points))])
    weights = dict(zip(frame.columns, points, strict=True))
    flows, table = preference_flows(values, points, preference), promethee(frame, weights, preference)
    assert np.array_equal(flows.by_criterion, table.by_criterion.to_numpy())
    assert flows.net == pytest.approx(table.table["net"].to_numpy(), abs=1e-14)
    assert np.array_equal(exact_band_shares(values, [0.3, 0.6]), exact_bands(frame, [0.3, 0.6]).to_numpy())


def test_neither_tables_nor_statistics_are_loaded_and_memory_stays_below_100_mb() -> None:
    done = subprocess.run([sys.executable, "-c", USED], capture_output=True, text=True, check=True)
    modules, peak = json.loads(done.stdout)
    assert {name.split(".")[0] for name in modules} & {"pandas", "pyarrow", "scipy", "ibis", "matplotlib"} == set()
    assert peak < 100


def test_weights_about_stated_ones_load_no_tables_either() -> None:
    """Their quantiles are SciPy's special functions; its statistics stay away."""
    code = ("from srmkit.arrays import drawn_weights; drawn_weights([3, 1], seed=7); import sys; "
            "print({'pandas', 'pyarrow', 'scipy.stats'} & set(sys.modules))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


GOOD = np.array([[0.2, 0.8], [0.5, 0.5]])


@pytest.mark.parametrize(("values", "weights", "words"), [
    ([[0.2, np.nan], [np.inf, 0.5]], GOOD, "values must be finite numbers; found 2 that are not, the first in row 0"),
    ([[20.0, 80.0]], GOOD, "must lie from 0 .worst. to 1 .best.; found 20 to 80. Put figures on their scales first"),
    (GOOD, [[0.2, 0.7]], "weights must be 0 or more and sum to 1 in every row; found .* sums from 0.9 to 0.9"),
    (GOOD, [[-0.5, 1.5]], "a least weight of -0.5"),
    (GOOD, [[0.2, 0.3, 0.5]], "must have the same criteria; found 2 columns of values, 3 of weights"),
    ([], GOOD, "values must have rows and columns; found an array of shape"),
    ([["high", "low"]], GOOD, "values must be numbers in rows and columns"),
])
def test_bad_arrays_are_refused_in_words(values: Any, weights: Any, words: str) -> None:
    for call in (rank_shares, lambda v, w: top_shares(v, w, top=1), lambda v, w: grade_shares(v, w, MEDALS)):
        with pytest.raises(SrmkitError, match=words):
            call(values, weights)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(SrmkitError, match="3 problems"):
        top_shares([[np.nan]], [1.0], top=0)
    with pytest.raises(SrmkitError, match="3 problems"):
        drawn_weights([0, 0], concentration=-1, draws=0, seed=7)
    with pytest.raises(SrmkitError, match="same criteria; found 2, 1 and 2"):
        preference_flows(GOOD, [1], Preference("usual"))
