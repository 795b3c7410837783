"""What must stay true in every matrix, whatever the scores."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import srmkit.segmentation
from srmkit.errors import SrmkitError
from srmkit.scoring import Scorecard
from srmkit.segmentation import MATRICES, UNCLASSIFIED, Matrix, account_matrix, kraljic
from srmkit.strategy import read_cards

SCORECARDS = {
    "kraljic": ("kraljic", "kraljic_items", "kraljic_measured"),
    "supplier_potential": ("supplier_potential",),
    "supplier_preferencing": ("supplier_preferencing",),
    "account_matrix": ("account", "account_measured", "account_profit_led", "account_size_led"),
}
CORNERS = {  # class by (y is high, x is high), as the books draw them
    "kraljic": ("non-critical", "bottleneck", "leverage", "strategic"),
    "supplier_potential": ("replace or contain", "develop", "win commitment", "keep and deepen"),
    "supplier_preferencing": ("nuisance", "exploitable", "development", "core"),
    "account_matrix": ("opportunistic", "maintenance", "key development", "key"),
}
every_matrix = pytest.mark.parametrize("name", sorted(MATRICES))
cuts = st.integers(0, 100).map(float)
anywhere = st.floats(allow_nan=False, allow_infinity=True)


def near(cut: float) -> st.SearchStrategy[float]:
    """On a cut, a hair beside it, far away, and anywhere."""
    beside = [cut, math.nextafter(cut, -math.inf), math.nextafter(cut, math.inf), cut - 1e-10, cut - 1e-8, cut + 1e-8]
    extremes = [0.0, -0.0, 5e-324, -5e-324, 100.0, 1e308, -1e308, math.inf, -math.inf]
    return st.one_of(st.sampled_from(beside + extremes), st.floats(0, 100), anywhere)


def is_high(value: float, cut: float) -> bool:
    return value >= cut or math.isclose(value, cut, rel_tol=0, abs_tol=1e-9)


def bands(matrix: Matrix, x: float, y: float) -> tuple[int, int]:
    """Row and column of a point's class; each class has a cell of its own."""
    found = matrix.names[int(matrix.codes(x, y))]
    (cell,) = [(row, column) for row, names in enumerate(matrix.classes)
               for column, name in enumerate(names) if name == found]
    return cell


def test_no_matrix_is_forgotten() -> None:
    offered = {name for name in srmkit.segmentation.__all__
               if callable(build := getattr(srmkit.segmentation, name)) and _returns_a_matrix(build)}
    assert offered == set(MATRICES) == set(CORNERS) == set(SCORECARDS)


def _returns_a_matrix(build: object) -> bool:
    return getattr(build, "__annotations__", {}).get("return") == "Matrix"


@every_matrix
@given(data=st.data())
def test_every_point_of_the_plane_belongs_to_exactly_one_class(name: str, data: st.DataObject) -> None:
    y_cut, x_cut = data.draw(cuts), data.draw(cuts)
    x, y = data.draw(near(x_cut)), data.draw(near(y_cut))
    matrix = MATRICES[name](y_cut, x_cut)
    corners = zip(product((False, True), repeat=2), CORNERS[name], strict=True)
    homes = [corner for sides, corner in corners if sides == (is_high(y, y_cut), is_high(x, x_cut))]
    assert [matrix.names[int(matrix.codes(x, y))]] == homes


@every_matrix
@given(data=st.data())
def test_a_higher_score_never_lowers_the_band(name: str, data: st.DataObject) -> None:
    y_cut, x_cut = data.draw(cuts), data.draw(cuts)
    x, y = data.draw(near(x_cut)), data.draw(near(y_cut))
    more_x, more_y = max(x, data.draw(near(x_cut))), max(y, data.draw(near(y_cut)))
    matrix = MATRICES[name](y_cut, x_cut)
    row, column = bands(matrix, x, y)
    assert bands(matrix, more_x, y)[0] == row
    assert bands(matrix, more_x, y)[1] >= column
    assert bands(matrix, x, more_y)[0] >= row
    assert bands(matrix, x, more_y)[1] == column


@every_matrix
@given(data=st.data())
def test_moving_cuts_and_points_together_changes_nothing(name: str, data: st.DataObject) -> None:
    eighths = st.integers(-800, 1600).map(lambda count: count / 8)  # added without rounding
    y_cut, x_cut = data.draw(cuts), data.draw(cuts)
    x, y = (np.array(data.draw(st.lists(eighths, min_size=3, max_size=3))) for _ in range(2))
    right, up = data.draw(eighths), data.draw(eighths)
    before = MATRICES[name](y_cut, x_cut).codes(x, y).tolist()
    assert MATRICES[name](y_cut + up, x_cut + right).codes(x + right, y + up).tolist() == before
    assert MATRICES[name](y_cut, x_cut).codes(x + right, y + up, x_shift=right, y_shift=up).tolist() == before


@every_matrix
def test_a_missing_axis_leaves_a_candidate_unclassified_without_margin(name: str) -> None:
    matrix = MATRICES[name](50.0, 50.0)
    gaps = pd.DataFrame({matrix.x_axis: [70.0, np.nan, np.nan], matrix.y_axis: [np.nan, 70.0, np.nan]})
    table = matrix.assign(gaps).table
    assert (table["segment"] == UNCLASSIFIED).all()
    assert table[["margin", "flips_to", "flips_on"]].isna().all(axis=None)


@every_matrix
def test_the_shipped_scorecards_have_its_axes(name: str) -> None:
    matrix = MATRICES[name](50.0, 50.0)
    for scorecard in SCORECARDS[name]:
        assert {axis.name for axis in Scorecard.read(scorecard).axes} == {matrix.x_axis, matrix.y_axis}


def test_every_class_that_gets_hours_has_a_strategy_card() -> None:
    read_cards("suppliers").check_covers(kraljic().names)
    read_cards("accounts").check_covers(account_matrix().names)


@every_matrix
def test_the_first_cut_is_the_one_of_the_upright_axis(name: str) -> None:
    matrix = MATRICES[name](30.0, 70.0)
    assert (matrix.y_cuts, matrix.x_cuts) == ((30.0,), (70.0,))


@every_matrix
def test_a_cut_that_is_no_number_is_refused(name: str) -> None:
    with pytest.raises(SrmkitError, match="x_cuts must be finite and ascend; found nan"):
        MATRICES[name](50.0, math.nan)
