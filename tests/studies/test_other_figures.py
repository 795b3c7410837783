"""What other figures would do, what missing ones leave open, and scorecards that multiply: in both studies."""

from __future__ import annotations

import re
import shutil
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from srmkit.charts import Charts
from srmkit.decisions.paths import class_goals, nearest_class
from srmkit.decisions.placement import place
from srmkit.places import data_folder
from srmkit.scoring import path_up
from srmkit.segmentation import kraljic, roll_up_codes
from srmkit.studies import account_selection, supplier_segmentation
from srmkit.studies.account_selection import AccountSelection
from srmkit.studies.supplier_segmentation import SupplierSegmentation

QUICK: dict[str, Any] = {"draws": 64}


@pytest.fixture(scope="module")
def suppliers() -> SupplierSegmentation:
    return supplier_segmentation.run(supplier_segmentation.Params(**QUICK))


@pytest.fixture(scope="module")
def accounts() -> AccountSelection:
    return account_selection.run(account_selection.Params(**QUICK))


@pytest.fixture(scope="module")
def open_accounts() -> AccountSelection:
    return account_selection.run(account_selection.Params(missing="interval", **QUICK))


def test_the_nearest_class_is_what_the_changed_figures_give(suppliers: SupplierSegmentation) -> None:
    placed = suppliers.kraljic
    for candidate in suppliers.candidates.index[:4]:
        nearest = nearest_class(placed, candidate)
        assert nearest is not None
        name, path = nearest
        metrics = {item.name: item.metric for item in placed.scores.scorecard.criteria}
        figures = placed.scores.raw.loc[[candidate]].rename(columns=metrics)
        for row in path.changes.to_dict("records"):
            figures[metrics[row["criterion"]]] = row["to"]
        again = placed.matrix.assign(placed.scores.scorecard.score(figures, missing="reweight").axes)
        assert again.segment[candidate] == name != placed.segments.segment[candidate]
        others = [path_up(placed.scores, candidate, other, class_goals(placed.matrix, other)).cost
                  for other in placed.matrix.names if other != placed.segments.segment[candidate]]
        assert path.cost == pytest.approx(min(others))


def test_the_goals_of_a_class_are_the_edges_of_its_cells() -> None:
    (way,) = class_goals(kraljic(55, 45), "leverage")
    assert {(goal.on, goal.at_least, goal.below) for goal in way} in (
        {("profit_impact", 55, None), ("supply_risk", None, 45)},
    )


def test_both_studies_show_the_paths_where_they_say_what_would_change_it(
    suppliers: SupplierSegmentation, accounts: AccountSelection
) -> None:
    items, places = suppliers.paths(), accounts.paths()
    assert len(items) == 12
    assert items["of_a_scale"].is_monotonic_increasing
    assert set(items["becomes"]) <= set(suppliers.matrix.names)
    assert 0 < len(places) <= 10
    assert places["figures"].str.len().gt(0).all()
    for name in ("supplier_segmentation", "account_selection"):
        assert "study.paths()" in (data_folder().parent / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")


def test_the_path_to_a_place_ranks_the_account_among_the_selected(accounts: AccountSelection) -> None:
    candidate = accounts.selection.why_not.index[1]
    path = accounts.scores.path_up(candidate, rank=len(accounts.selected))
    metrics = {item.name: item.metric for item in accounts.scores.scorecard.criteria}
    figures = accounts.scores.raw.loc[[candidate]].rename(columns=metrics).assign(willing=1)
    for row in path.changes.to_dict("records"):
        figures[metrics[row["criterion"]]] = row["to"]
    total = accounts.scores.scorecard.score(figures, missing="reweight").total[candidate]
    others = accounts.scores.eligible.drop(candidate)
    assert 1 + (others > total + 1e-9).sum() <= len(accounts.selected)
    assert accounts.reasons(candidate).sentences[-1] == path.sentence


def test_reason_sheets_say_figures_as_an_analyst_would(
    suppliers: SupplierSegmentation, accounts: AccountSelection
) -> None:
    """No unit of a definition stands behind a figure as it is written there, and amounts are in the data's currency."""
    for study, wanted in ((accounts, " EUR a year"), (suppliers, " on a scale of 1 to 5")):
        scores = study.placed.scores if isinstance(study, AccountSelection) else study.kraljic.scores
        sheets = [study.reasons(candidate) for candidate in scores.total.index[:6]]
        text = " ".join(sentence for sheet in sheets for sentence in sheet.sentences)
        assert wanted in text
        assert not re.search(r"currency|points 1 to 5|\b1 (contacts|suppliers|days|years)\b", text)
    units = accounts.reasons(accounts.selected[0]).points.set_index("criterion")["unit"]
    assert units["Revenue with us"] == "EUR a year"


def test_a_reason_sheet_names_what_pays_and_the_path(accounts: AccountSelection) -> None:
    candidate = accounts.selected[-1]
    sentences = accounts.reasons(candidate).sentences
    failing = accounts.scores.compensation(candidate)
    assert len(failing) == sum("paid for by" in sentence for sentence in sentences)
    assert any(sentence.startswith("With other figures it becomes ") for sentence in sentences)
    below = accounts.scores.eligible.index[-1]
    text = " ".join(accounts.reasons(below).sentences)
    assert "points short of" in text
    assert "The cheapest path to" in text


def test_intervals_flow_through_the_account_study(open_accounts: AccountSelection, accounts: AccountSelection) -> None:
    study, plain = open_accounts, accounts
    pd.testing.assert_series_equal(study.scores.total, plain.scores.total)
    table = study.accounts
    assert (table["score_low"] <= table["score_high"] + 1e-9).all()
    gappy = study.scores.values.isna().any(axis=1).reindex(table.index)
    assert table.loc[~gappy, ["may_be", "grades"]].isna().all(axis=None)
    assert table["may_be"].notna().any()
    assert any(line.startswith("Missing figures leave") and "classes open" in line for line in study.how_sure())
    assert any("grades open" in line for line in study.how_sure())
    candidate = study.placed.open_classes.index[0]
    said = study.reasons(candidate).sentences
    assert f"Whatever its missing figures are, it is {study.placed.open_classes[candidate]}." in said
    assert "may_be" in study.placed.table().columns
    assert "may_be" not in plain.placed.table().columns
    assert any("leaves the score open between a lowest and a highest" in note for note in study.health())


def test_open_classes_are_those_that_the_missing_figures_can_make(open_accounts: AccountSelection) -> None:
    study = open_accounts
    metrics = study.evidence.metrics
    candidate = study.placed.open_classes.index[0]
    asked = [item.metric for item in study.scores.scorecard.criteria]
    row = metrics.values.loc[[candidate]]
    seen = set()
    for worth in (0.0, 1.0):
        filled = row.copy()
        for item in study.scores.scorecard.criteria:
            if filled[item.metric].isna().all():
                filled[item.metric] = item.scale.worst if worth == 0 else item.scale.best  # type: ignore[attr-defined]
        scores = study.scores.scorecard.score(filled[[*asked, "willing"]])
        seen.add(study.matrix.assign(scores.axes).segment[candidate])
    assert seen <= set(study.placed.open_classes[candidate].split(" or "))


@pytest.fixture
def multiplied(tmp_path: Path) -> str:
    """The scorecard of the categories with a supply risk that multiplies."""
    text = (data_folder() / "scorecards" / "kraljic.toml").read_text(encoding="utf-8")
    changed = text.replace('name = "supply_risk"\n', 'name = "supply_risk"\naggregation = "geometric"\n', 1)
    assert changed != text
    file = tmp_path / "multiplied.toml"
    file.write_text(changed, encoding="utf-8")
    return str(file)


def test_a_study_with_a_scorecard_that_multiplies_draws_and_looks_for_what_has_no_formula(
    multiplied: str, suppliers: SupplierSegmentation
) -> None:
    study = supplier_segmentation.run(supplier_segmentation.Params(scorecard=multiplied, **QUICK))
    assert not study.kraljic.scores.scorecard.additive
    assert (study.kraljic.scores.axes["supply_risk"] <= suppliers.kraljic.scores.axes["supply_risk"] + 1e-9).all()
    assert study.kraljic.certainty.probabilities.sum(axis=1).to_numpy() == pytest.approx(1)
    assert set(study.tipping["axis"]) >= {"supply_risk"}
    said = study.suppliers["changes_if"]
    assert set(said[said.str.startswith("no ")]) == {"no single weight was seen to change it"}
    assert study.decision().would_change_it
    steady = study.kraljic.scores.total.index.difference(study.kraljic.tipping["candidate"])[0]
    sentences = study.reasons(steady).sentences
    assert "No single weight was seen to change its class, at 400 steps of each." in sentences
    assert any("averaged geometrically" in sentence for sentence in sentences)
    flip = study.kraljic.tipping.query("axis == 'supply_risk'").iloc[0]
    for weight, segment in ((flip["weight_at_flip"], flip["becomes"]),
                            (flip["weight_at_flip"] - 1e-6 * np.sign(flip["change"]), flip["segment"])):
        others = study.scorecards["kraljic"].weights.drop(flip["criterion"])
        others = others[study.scorecards["kraljic"].axis_of == "supply_risk"].to_dict()
        points = {name: 100 * share / sum(others.values()) * (1 - weight) for name, share in others.items()}
        moved = study.scorecards["kraljic"].reweighted(**points, **{flip["criterion"]: 100 * weight})
        again = study.matrix.assign(moved.score(study.evidence.candidates).axes)
        assert again.segment[flip["candidate"]] == segment
    assert study.paths().empty
    assert len(study.tables()) > 10
    Charts(language="en").tornado(study.flips())


def test_an_account_study_with_a_scorecard_that_multiplies(tmp_path: Path) -> None:
    text = (data_folder() / "scorecards" / "account.toml").read_text(encoding="utf-8")
    file = tmp_path / "together.toml"
    file.write_text('aggregation = "multiplicative"\ninteraction = 0.3\n' + text, encoding="utf-8")
    study = account_selection.run(account_selection.Params(scorecard=str(file), **QUICK))
    assert study.scores.turns.columns.to_list() == ["total"]
    assert len(study.selected) == 20
    assert study.ranks.top_k.sum() == pytest.approx(20)
    assert study.paths().empty
    assert study.tipping.empty
    assert study.selection.why_not["needed"].str.contains("points more").any()
    assert len(study.tables()) > 10


def test_a_relative_scale_warns_in_the_report(tmp_path: Path, suppliers: SupplierSegmentation) -> None:
    text = (data_folder() / "scorecards" / "kraljic.toml").read_text(encoding="utf-8")
    scale = 'scale = { type = "logarithmic", worst = 7, best = 90 }'
    assert scale in text
    file = tmp_path / "relative.toml"
    file.write_text(text.replace(scale, 'scale = { type = "relative_min_max", better = "higher" }'), encoding="utf-8")
    study = supplier_segmentation.run(supplier_segmentation.Params(scorecard=str(file), **QUICK))
    warnings = [line for line in study.health() if "a newcomer or a leaver may change everybody's score" in line]
    assert len(warnings) == 1
    assert not any("newcomer" in line for line in suppliers.health())


def test_a_placement_of_nobody_in_doubt_leaves_nothing_open(suppliers: SupplierSegmentation) -> None:
    params = suppliers.params.model_copy(update={"missing": "interval"})
    placed = place(suppliers.scorecards["kraljic"], suppliers.evidence.candidates, suppliers.matrix, params)
    whole = placed.scores.values.notna().all(axis=1)
    assert not whole[placed.open_classes.index].any()
    assert np.isfinite(placed.scores.low.to_numpy()).all()


@pytest.fixture(scope="module")
def open_suppliers(tmp_path_factory: pytest.TempPathFactory) -> SupplierSegmentation:
    """The sample company without what was said about the quality impact of three categories."""
    folder = tmp_path_factory.mktemp("gaps") / "data"
    shutil.copytree(data_folder() / "sample", folder)
    ratings = pd.read_parquet(folder / "category_ratings.parquet")
    gone = ratings["category"].isin(sorted(ratings["category"].unique())[:9]) & ratings["criterion"].isin(
        ["quality_impact", "supply_scarcity", "switching_cost"])
    ratings[~gone].to_parquet(folder / "category_ratings.parquet", index=False)
    return supplier_segmentation.run(supplier_segmentation.Params(data=str(folder), missing="interval", **QUICK))


def test_missing_figures_leave_the_classes_of_suppliers_open_too(open_suppliers: SupplierSegmentation) -> None:
    study = open_suppliers
    assert not study.open_classes.empty
    low, high = study.kraljic.scores.low, study.kraljic.scores.high
    spanned = study.matrix.spanned(low, high)
    several = {item: names for item, names in spanned.items() if len(names) > 1}
    assert 1 < len(several) <= 9
    # every way in which the open categories may fall, one after the other
    every = pd.DataFrame(list(product(*several.values())), columns=pd.Index(several))
    classes = pd.Index(study.matrix.names)
    codes = np.tile(classes.get_indexer(pd.Index([names[0] for names in spanned])), (len(every), 1))
    for item in every:
        codes[:, spanned.index.get_loc(item)] = classes.get_indexer(pd.Index(every[item]))
    spend = study.evidence.spend
    found = roll_up_codes(codes, spend.reindex(columns=spanned.index).fillna(0).to_numpy())
    for supplier, drawn in zip(spend.index, found.T, strict=True):
        seen = [classes[code] for code in np.unique(drawn) if code >= 0]
        assert study.open_classes.get(supplier, seen[0] if seen else "") == " or ".join(seen)


def test_open_classes_of_suppliers_are_shown_and_explained(
    open_suppliers: SupplierSegmentation, suppliers: SupplierSegmentation
) -> None:
    study, plain = open_suppliers, suppliers
    supplier = study.open_classes.index[0]
    assert any("of one supplier open" in line or "suppliers open" in line for line in study.how_sure())
    assert study.reasons(supplier).sentences[-1] == (
        f"Whatever the missing figures of what it sells are, it is {study.open_classes[supplier]}.")
    shown = study.overview().set_index("name")["may_be"].dropna()
    assert len(shown) == len(study.open_classes)
    assert "may_be" not in plain.overview().columns
    assert plain.open_classes.empty
