"""Classes on a grid: margins, what a candidate would become, counts, and errors."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.segmentation import UNCLASSIFIED, Matrix, kraljic

# nine cells in three zones (Hofer and Schendel 1978 tell of the nine-cell screen): neighbours may share a class
NINE = Matrix(
    "Nine cells", x_axis="strength", y_axis="attractiveness", x_cuts=(30, 60), y_cuts=(40, 70),
    classes=(("harvest", "harvest", "select"), ("harvest", "select", "invest"), ("select", "invest", "invest")),
    names=("invest", "select", "harvest"),
)
HAIR = 1e-6
points = st.integers(0, 400).map(lambda quarters: quarters / 4)


def of(matrix: Matrix, x: float, y: float) -> str:
    return str(matrix.assign(pd.DataFrame({matrix.x_axis: [x], matrix.y_axis: [y]})).segment.iloc[0])


def test_a_supplier_on_the_cut_belongs_to_the_higher_side() -> None:
    assert of(kraljic(), 50.0, 50.0) == "strategic"
    assert of(kraljic(), 49.99, 50.0) == "leverage"
    assert of(kraljic(), 50.0, 49.99) == "bottleneck"


def test_the_last_digits_of_a_sum_move_nobody() -> None:
    assert 0.1 + 0.2 != 0.3
    assert of(kraljic(0.3, 0.3), 0.3, 0.1 + 0.2) == of(kraljic(0.1 + 0.2, 0.1 + 0.2), 0.3, 0.3) == "strategic"


def test_a_point_that_other_rules_forget_has_a_class() -> None:
    # right on the upright line and below the level one: a rule of two strict signs gives it no class
    assert of(kraljic(0.5, 0.5), 0.5, 0.4) == "bottleneck"


def test_the_margin_is_the_way_to_the_nearest_cut_that_changes_the_class() -> None:
    axes = pd.DataFrame({"supply_risk": [56.0, 20.0], "profit_impact": [90.0, 47.0]}, index=["pumps", "paper"])
    table = kraljic().assign(axes).table
    assert table.loc["pumps", ["segment", "margin", "flips_to", "flips_on"]].to_list() == [
        "strategic", 6.0, "leverage", "supply_risk",
    ]
    assert table.loc["paper", ["segment", "margin", "flips_to", "flips_on"]].to_list() == [
        "non-critical", 3.0, "leverage", "profit_impact",
    ]


def test_a_cut_between_cells_of_one_class_is_no_margin() -> None:
    # below 40 on attractiveness harvest reaches to 60 on strength: the cut at 30, a point away, changes nothing
    table = NINE.assign(pd.DataFrame({"strength": [31.0], "attractiveness": [10.0]})).table
    assert table.loc[0, ["segment", "margin", "flips_to", "flips_on"]].to_list() == [
        "harvest", 29.0, "select", "strength",
    ]


@given(x=points, y=points)
def test_moving_a_candidate_by_its_margin_flips_it_and_by_less_does_not(x: float, y: float) -> None:
    for matrix in (kraljic(), NINE):
        row = matrix.assign(pd.DataFrame({matrix.x_axis: [x], matrix.y_axis: [y]})).table.iloc[0]
        less, more = max(row["margin"] - HAIR, 0.0), row["margin"] + HAIR
        moves = {matrix.x_axis: lambda by: (x + by, y), matrix.y_axis: lambda by: (x, y + by)}
        for move in moves.values():
            assert of(matrix, *move(less)) == row["segment"]
            assert less == 0 or of(matrix, *move(-less)) == row["segment"]
        beyond = {of(matrix, *moves[row["flips_on"]](by)) for by in (more, -more)}
        assert row["flips_to"] in beyond - {row["segment"]}


def test_a_candidate_at_infinity_has_a_class_and_only_finite_margins() -> None:
    table = kraljic().assign(pd.DataFrame({"supply_risk": [np.inf, np.inf], "profit_impact": [60.0, np.inf]})).table
    assert table["segment"].to_list() == ["strategic", "strategic"]
    assert table.loc[0, "flips_to"] == "bottleneck"
    assert table.loc[0, "margin"] == 10.0
    assert pd.isna(table.loc[1, "margin"])


def test_counts_list_every_class_also_the_empty_ones_and_the_unclassified_last() -> None:
    axes = pd.DataFrame({"supply_risk": [90.0, 80.0, np.nan], "profit_impact": [90.0, 70.0, 10.0]}, index=list("abc"))
    segments = kraljic().assign(axes)
    assert segments.counts().to_dict() == {
        "strategic": 2, "bottleneck": 0, "leverage": 0, "non-critical": 0, UNCLASSIFIED: 1,
    }
    assert segments.members("strategic") == ["a", "b"]
    assert segments.members(UNCLASSIFIED) == ["c"]


def test_shifted_cuts_are_read_draw_by_draw() -> None:
    codes = kraljic().codes(np.full((2, 3), 52.0), 90.0, x_shift=np.array([0.0, 2.0, 3.0]))
    assert codes.tolist() == [[0, 0, 2], [0, 0, 2]]  # strategic, on the moved cut, leverage


def test_a_wrong_matrix_is_told_everything_at_once() -> None:
    with pytest.raises(SrmkitError) as told:
        Matrix("Mine", x_axis="a", y_axis="b", x_cuts=(60, 40), y_cuts=(50,), classes=(("low", "high"),),
               names=("low", "low", "high"))
    assert str(told.value).splitlines() == [
        "matrix 'Mine': 3 problems",
        "  - x_cuts must be finite and ascend; found 60, 40. Write the lowest cut first, each only once.",
        "  - classes must be 2 rows of 3 names; found low, high.",
        "  - names must hold each class of the grid once; found low, low, high.",
    ]


def test_scores_without_the_axes_of_the_matrix_are_refused() -> None:
    with pytest.raises(SrmkitError) as told:
        kraljic().assign(pd.DataFrame({"strength": [1.0]}))
    assert str(told.value).splitlines() == [
        "matrix 'Kraljic portfolio': 2 problems",
        "  - axis 'supply_risk' is not among the scores; found strength. Use the scorecard that was made for this "
        "matrix.",
        "  - axis 'profit_impact' is not among the scores; found strength. Use the scorecard that was made for this "
        "matrix.",
    ]


def test_members_of_an_unknown_class_are_refused() -> None:
    segments = kraljic().assign(pd.DataFrame({"supply_risk": [1.0], "profit_impact": [1.0]}))
    with pytest.raises(SrmkitError, match="class 'gold' is unknown. Classes are: strategic, bottleneck, leverage"):
        segments.members("gold")
