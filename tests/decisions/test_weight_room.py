"""How far a weight can move before the answer changes: the ends are where it does, and nowhere nearer."""

from __future__ import annotations

import pandas as pd
import pytest

from srmkit.decisions.weight_room import INTERVALS, critical_sentence
from srmkit.segmentation import roll_up
from srmkit.studies import account_selection, supplier_segmentation

JUST = 1e-6


@pytest.fixture(scope="module")
def accounts():
    return account_selection.run(account_selection.Params(draws=64))


@pytest.fixture(scope="module")
def suppliers():
    return supplier_segmentation.run(supplier_segmentation.Params(draws=64))


def axes_at(scores, name: str, share: float) -> pd.DataFrame:
    """Axis scores with one weight moved, the others of its axis keeping their ratios and gaps giving weight away."""
    card = scores.scorecard
    weights, axis_of = card.weights.astype(float).copy(), card.axis_of
    others = axis_of.index[(axis_of == axis_of[name]) & (axis_of.index != name)]
    weights[others] *= (1 - share) / weights[others].sum()
    weights[name] = share
    axes = {}
    for axis in card.axis_weights.index:
        mine = axis_of.index[axis_of == axis]
        known = scores.values[mine].notna() * weights[mine]
        axes[axis] = 100 * (scores.values[mine].fillna(0) * known).sum(axis=1) / known.sum(axis=1)
    return pd.DataFrame(axes)


@pytest.mark.parametrize("criterion", ["profit_rate", "growth", "trust"])
@pytest.mark.parametrize("end", ["low", "high"])
def test_the_same_places_inside_an_interval_and_other_ones_outside(accounts, criterion, end):
    table = accounts.weight_intervals
    row = table[(table["criterion"] == criterion) & (table["holds"] == "places")].iloc[0]
    outward = -JUST if end == "low" else JUST
    before, capacity = set(accounts.selected), len(accounts.selected)

    def best(share: float) -> set[object]:
        scores = accounts.scores
        totals = axes_at(scores, criterion, share) @ scores.scorecard.axis_weights
        totals = totals[scores.rank.notna()]
        others = totals.drop(list(before))
        return before if totals[list(before)].min() >= others.max() - 1e-9 else set(totals.nlargest(capacity).index)

    assert best(row[end] - outward) == before
    assert best(row[end] + outward) != before


@pytest.mark.parametrize("criterion", ["spend_share", "quality_impact"])
def test_large_suppliers_keep_their_class_up_to_the_end_and_lose_it_beyond(suppliers, criterion):
    table = suppliers.weight_intervals
    row = table[(table["criterion"] == criterion) & (table["holds"] == "large suppliers")].iloc[0]
    large = suppliers.suppliers.index[suppliers.suppliers["abc"] != "C"]

    def classes(share: float) -> pd.Series:
        axes = axes_at(suppliers.kraljic.scores, criterion, share)
        return roll_up(suppliers.matrix.assign(axes), suppliers.evidence.spend).segment.reindex(large)

    now = suppliers.rolled_up.segment.reindex(large)
    assert classes(row["low"] + JUST).equals(now)
    assert classes(row["high"] - JUST).equals(now)
    assert not classes(row["low"] - JUST).equals(now)
    assert not classes(row["high"] + JUST).equals(now)


def test_the_table_for_people_names_each_weight_once_the_nearest_first(accounts, suppliers):
    for study in (accounts, suppliers):
        table = study.weights_hold()
        assert not table[["criterion", "axis"]].duplicated().any()
        assert table["relative_change"].is_monotonic_increasing
        assert set(table["criterion"]) >= {study.weighted.criteria[0].label.lower()}
        assert study.weight_words()


def test_parts_of_the_variance_sum_to_the_whole(accounts):
    parts = accounts.score_doubt[["weight_part", "figure_part", "doubt_part"]]
    assert parts.sum().tolist() == pytest.approx([1, 1, 1])


def test_the_formula_for_the_critical_criterion_is_used_where_no_figure_is_missing():
    gaps = account_selection.run(account_selection.Params(draws=64))
    worst = account_selection.run(account_selection.Params(draws=64, missing="worst"))
    assert gaps.tables()["Critical criterion"].empty
    assert any("lack figures" in line for line in gaps.weight_words())
    table = worst.tables()["Critical criterion"]
    assert len(table) == len(worst.scorecards["own"].criteria)
    assert table["weight"].sum() == pytest.approx(1)
    assert any("all weights divided by their sum" in line for line in worst.weight_words())


def test_scores_that_do_not_add_up_have_no_intervals(accounts):
    nothing = pd.DataFrame(columns=INTERVALS)
    assert "no formula" in critical_sentence(accounts.scores, nothing, "places")
    assert (accounts.weight_intervals["room"].dropna() >= 0).all()
