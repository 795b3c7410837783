"""How sure suppliers' classes are, and what flips them: in each case the class most of their spend falls in."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.robustness import (
    ClassAcceptability,
    Doubt,
    class_acceptability,
    rolled_up_tipping_points,
    tipping_points,
)
from srmkit.scoring import Scores
from srmkit.segmentation import kraljic, roll_up
from srmkit.segmentation.matrix import Matrix

NINE = Matrix(
    "nine fields", "supply_risk", "profit_impact", (35, 65), (35, 65),
    (("drop", "drop", "watch"), ("drop", "hold", "hold"), ("watch", "hold", "build")),
    ("build", "hold", "watch", "drop"),
)
NEAR = 1e-6
ITEMS = ["Alloy", "Bearing", "Carton", "Drill"]


def drawn_by_hand(codes: list[list[int]], base: list[str | None]) -> ClassAcceptability:
    """Items that fall into class 0, 1 or 2 in draws written down one by one."""
    drawn = dict.fromkeys(("weights", "data", "cuts", "all"), np.array(codes, dtype=np.int8))
    items = pd.Series(base, index=ITEMS[: len(base)], name="segment", dtype=object)
    return ClassAcceptability(("high", "mid", "low"), items, drawn, Doubt(draws=len(codes), seed=0))


def test_a_supplier_goes_with_most_of_its_spend_in_every_draw() -> None:
    """60 of Alloy outweigh 50 of Bearing; together with Carton, Bearing outweighs Alloy."""
    items = drawn_by_hand([[0, 1, 2], [0, 1, 1], [1, 1, 0], [2, 0, 0]], ["high", "mid", "low"])
    spend = pd.DataFrame({"Alloy": [60, 0], "Bearing": [50, 1], "Carton": [20, np.nan]}, index=["Alba", "Dahl"])
    sure = items.rolled_up(spend)

    assert sure.codes.T.tolist() == [[0, 1, 1, 0], [1, 1, 1, 0]]
    assert sure.base.to_dict() == {"Alba": "high", "Dahl": "mid"}
    assert sure.certainty.to_dict() == {"Alba": 0.5, "Dahl": 0.75}
    assert sure.runner_up.to_dict() == {"Alba": "mid", "Dahl": "high"}


def test_on_a_tie_the_more_demanding_class_wins() -> None:
    items = drawn_by_hand([[0, 1], [2, 1], [1, 1]], ["low", "mid"])
    sure = items.rolled_up(pd.DataFrame({"Alloy": [0.1 + 0.2], "Bearing": [0.3]}, index=["Alba"]))

    assert sure.base["Alba"] == "mid"
    assert sure.codes[:, 0].tolist() == [0, 1, 1]


def test_what_is_unclassed_counts_for_nobody() -> None:
    items = drawn_by_hand([[-1, 1], [-1, 0]], [None, "mid"])
    sure = items.rolled_up(pd.DataFrame({"Alloy": [90, 90, 0], "Bearing": [10, 0, 0]}, index=["Alba", "Dahl", "Eck"]))

    assert sure.base.tolist() == ["mid", None, None]
    assert sure.certainty.tolist() == pytest.approx([0.5, np.nan, np.nan], nan_ok=True)
    assert sure.label.tolist() == ["contested", "unknown", "unknown"]


def test_one_item_makes_its_supplier_as_sure_as_itself(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    items = class_acceptability(scored(table), kraljic(), Doubt(concentration=10, seed=7))
    sellers = items.rolled_up(pd.DataFrame(np.eye(4), index=list("WXYZ"), columns=ITEMS))

    assert sellers.probabilities.to_numpy().tolist() == items.probabilities.to_numpy().tolist()
    assert sellers.by_doubt.to_numpy().tolist() == items.by_doubt.to_numpy().tolist()


def test_without_doubt_it_is_the_roll_up_of_the_classes(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    scores = scored(table)
    spend = pd.DataFrame(np.random.default_rng(7).random((9, 4)), columns=ITEMS)
    doubt = Doubt(concentration=None, data=False, cut_band=0, seed=7)
    sure = class_acceptability(scores, kraljic(), doubt).rolled_up(spend)

    assert sure.base.tolist() == roll_up(kraljic().assign(scores.axes), spend).segment.tolist()
    assert (sure.certainty == 1).all()


values = st.one_of(st.none(), st.integers(0, 20).map(lambda step: step / 20))
amounts = st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=1, max_size=4)
figures = st.lists(st.tuples(*[values] * 4), min_size=4, max_size=4)
weights = st.tuples(*[st.integers(1, 9)] * 4)


@settings(max_examples=60, deadline=None)
@given(figures=figures, weights=weights, amounts=amounts, matrix=st.sampled_from([kraljic(), NINE]))
@example(  # Alloy and Bearing leave the cut that they stand on at once, one up and one down
    figures=[(0.8, 0.2, 1, 1), (0.2, 0.8, 1, 1), (0.0, 0.0, 0, 0), (0.0, 0.0, 0, 0)], weights=(1, 1, 1, 1),
    amounts=[[9, 2, 1, 0], [2, 9, 1, 0], [1, 1, 9, 9]], matrix=kraljic(),
)
@example(  # Alloy meets the cut at the very end of the way
    figures=[(0.5, 0.2, 1, 1), (0.1, 0.1, 1, 1), (0.0, 0.0, 0, 0), (0.0, 0.0, 0, 0)], weights=(1, 1, 1, 1),
    amounts=[[9, 2, 1, 0]], matrix=kraljic(),
)
@example(  # Drill rises to the cut at the weight at which Carton leaves it
    figures=[(0.5, 0.5, 0, 0), (0.5, 0.5, 0, 0), (0.5, 0.0, 0.3, 1.0), (0.5, 0.0, 0.8, 0.5)], weights=(1, 1, 1, 2),
    amounts=[[0, 1, 1, 1]], matrix=NINE,
)
def test_a_supplier_flips_at_its_tipping_point_and_not_before(
    scored: Callable[..., Scores], axes_when: Callable[..., dict[str, np.ndarray]],
    figures: list[tuple[float | None, ...]], weights: tuple[int, ...], amounts: list[list[int]], matrix: Matrix,
) -> None:
    table = pd.DataFrame(figures, columns=list("abcd"), index=ITEMS, dtype=float).fillna({"a": 0.5})
    table.loc["Drill", ["c", "d"]] = table.loc["Drill", ["c", "d"]].fillna(0.5)
    a, b, c, d = weights
    scores = scored(table, axes={"supply_risk": {"a": a, "b": b}, "profit_impact": {"c": c, "d": d}},
                    missing="reweight")
    spend = pd.DataFrame(amounts, columns=ITEMS, dtype=float)
    found = rolled_up_tipping_points(scores, matrix, spend)
    flips = {(flip["candidate"], flip["criterion"], flip["direction"]): flip for flip in found.to_dict("records")}
    assert len(flips) == len(found)

    def classes(axes: dict[str, np.ndarray]) -> list[str | None]:
        """Amounts by class added up; the first of the largest is the more demanding one."""
        codes = matrix.codes(axes["supply_risk"], axes["profit_impact"])
        by_class = spend.to_numpy() @ (codes[:, None] == np.arange(len(matrix.names)))
        return [matrix.names[row.argmax()] if row.any() else None for row in by_class]

    now = [None if name == "unclassified" else name for name in roll_up(matrix.assign(scores.axes), spend).segment]
    for criterion, stated in scores.scorecard.weights.items():
        sweep = [NEAR, *np.linspace(0.003, 0.997, 20), 1 - NEAR]
        swept = {float(share): classes(axes_when(scores, criterion, share)) for share in sweep}
        for supplier, sign in itertools.product(spend.index, (-1, 1)):
            flip = flips.get((supplier, criterion, "more" if sign > 0 else "less"))
            end = flip["weight_at_flip"] if flip else 0.5 + sign
            before = [share for share in swept if sign * stated < sign * share < sign * (end - sign * NEAR)]
            assert all(swept[share][supplier] == now[supplier] for share in before)
            if flip and sign * (end - stated) > 2 * NEAR:
                near = classes(axes_when(scores, criterion, end - sign * NEAR))
                assert near[supplier] == now[supplier] == flip["segment"]
            if flip:
                beyond = min(max(end + sign * NEAR, 0.0), 1.0)
                assert classes(axes_when(scores, criterion, beyond))[supplier] == flip["becomes"]


@settings(max_examples=30, deadline=None)
@given(figures=figures, weights=weights)
def test_who_sells_one_item_flips_with_it(
    scored: Callable[..., Scores], figures: list[tuple[float | None, ...]], weights: tuple[int, ...]
) -> None:
    table = pd.DataFrame(figures, columns=list("abcd"), index=ITEMS, dtype=float).fillna({"a": 0.5, "c": 0.5})
    a, b, c, d = weights
    scores = scored(table, axes={"supply_risk": {"a": a, "b": b}, "profit_impact": {"c": c, "d": d}},
                    missing="reweight")
    columns = ["candidate", "criterion", "direction", "segment", "becomes", "weight_now", "weight_at_flip", "change"]
    items, sellers = (
        found[columns].sort_values(columns[:3], ignore_index=True)
        for found in (tipping_points(scores, NINE),
                      rolled_up_tipping_points(scores, NINE, pd.DataFrame(np.eye(4), index=ITEMS, columns=ITEMS)))
    )
    pd.testing.assert_frame_equal(sellers, items, check_dtype=False, atol=1e-9)


def test_the_largest_item_decides(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    """Drill leaves non-critical as sources falls to 50 %; it takes Alba along, and Dahl not, who sells little of it."""
    spend = pd.DataFrame({"Drill": [60.0, 10.0], "Carton": [40.0, 90.0]}, index=["Alba", "Dahl"])
    found = rolled_up_tipping_points(scored(table), kraljic(), spend).query("criterion == 'sources'")

    assert found[["candidate", "segment", "becomes"]].to_numpy().tolist() == [["Alba", "non-critical", "bottleneck"]]
    assert found["weight_at_flip"].tolist() == pytest.approx([0.5])
    assert found["sentence"].tolist() == [
        "Alba becomes bottleneck if sources weighs less than 50.0 % of supply risk (now 60.0 %)."]


def test_who_sells_nothing_classed_has_no_tipping_point(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    spend = pd.DataFrame({"Drill": [0.0, np.nan]}, index=["Alba", "Dahl"])
    assert rolled_up_tipping_points(scored(table), kraljic(), spend).empty


@pytest.mark.parametrize("ask", [
    lambda scores, spend: class_acceptability(scores, kraljic(), Doubt(seed=7)).rolled_up(spend),
    lambda scores, spend: rolled_up_tipping_points(scores, kraljic(), spend),
], ids=["class acceptability", "tipping points"])
def test_spend_that_cannot_be_rolled_up_is_named(
    scored: Callable[..., Scores], table: pd.DataFrame, ask: Callable[[Scores, pd.DataFrame], object]
) -> None:
    scores = scored(table)
    spend = pd.DataFrame({"Drill": [1.0, -1.0], "Eyelet": [1.0, 1.0]}, index=["Alba", "Dahl"])
    with pytest.raises(SrmkitError) as told:
        ask(scores, spend)
    assert str(told.value).splitlines() == [
        "spend to roll up: 2 problems",
        "  - columns (1) are not among the classed candidates; found Eyelet. Class these too, or leave them out.",
        "  - suppliers (1) have amounts below 0; found Dahl. Net credits against purchases, or leave them out.",
    ]
