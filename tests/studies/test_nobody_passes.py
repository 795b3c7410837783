"""A study in which nobody passes, nobody fits, only one is there, or all are equal: a report, never an error."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from srmkit.batch.cases import Case
from srmkit.batch.runner import make_report
from srmkit.decisions.gates import gates_for_people, stopped_by_gates, without_gates
from srmkit.exports import write_exports
from srmkit.language import speaking
from srmkit.places import data_folder
from srmkit.scoring import Criterion, Gate, Group, Linear, Scorecard
from srmkit.studies import account_selection, supplier_segmentation
from srmkit.widgets import Explorer

QUICK: dict[str, Any] = {"draws": 64}
GATE = '\n[[gates]]\nmetric = "{metric}"\nat_least = 1e15\nwords = "is too small"\n'


def with_gate(folder: Path, card: str, metric: str) -> str:
    """A shipped scorecard with a gate that nobody passes."""
    file = folder / f"{card}_gated.toml"
    text = (data_folder() / "scorecards" / f"{card}.toml").read_text(encoding="utf-8")
    file.write_text(text.replace(f'name = "{card}"', f'name = "{card}_gated"') + GATE.format(metric=metric), "utf-8")
    return str(file)


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> str:
    return with_gate(tmp_path_factory.mktemp("cards"), "account", "revenue")


@pytest.fixture
def scores():
    price = Criterion("price", weight=1, scale=Linear(worst=0, best=100))
    card = Scorecard("three", axes=(Group("value", 1, (price,)),), gates=(
        Gate("price", "too cheap", at_least=50), Gate("size", "too large", at_most=10), Gate("open", "shut", equals=1),
    ))
    figures = pd.DataFrame({"price": [40, 49, 80, 90], "size": [5, 20, 12, 30], "open": [1, 1, 1, 1]},
                           index=["Alba", "Dahl", "Eck", "Faro"])
    return card.score(figures)


def test_each_gate_says_how_many_it_stops_who_is_nearest_and_who_would_pass_without_it(scores) -> None:
    names = pd.Series({"Alba": "Alba AG", "Dahl": "Dahl BV", "Eck": "Eck Ltd", "Faro": "Faro SA"})
    gates = gates_for_people(scores, names).set_index("gate")
    assert list(gates.index) == ["too large", "too cheap", "shut"]  # the one that stops most first
    assert gates["stopped"].to_dict() == {"too large": 3, "too cheap": 2, "shut": 0}
    assert gates["stopped_alone"].to_dict() == {"too large": 2, "too cheap": 1, "shut": 0}
    assert gates.loc["too large", "nearest"] == "Eck Ltd, found 12"
    assert gates.loc["too cheap", "nearest"] == "Dahl BV, found 49"
    assert gates.loc["too large", "first_without"] == "Faro SA"  # 90 points against 80
    assert gates.loc["shut", ["nearest", "first_without"]].tolist() == ["", ""]
    assert len(stopped_by_gates(gates.reset_index(), 4)) == 2
    assert without_gates(gates.reset_index()) == (
        "Without the gate 'too large' 2 would pass, Faro SA with the best score.",
        "Without the gate 'too cheap' 1 would pass: Alba AG.",
    )


@pytest.mark.parametrize("settings", [
    {}, {"limit": "hours"}, {"missing": "interval"}, {"grading": "shares"}, {"grading": "capacity"},
], ids=str)
def test_a_gate_that_nobody_passes_gives_a_decision_and_every_file(strict, settings, tmp_path) -> None:
    study = account_selection.run(account_selection.Params(scorecard=strict, **QUICK, **settings))
    everybody = len(study.scores.total)
    record = study.decision()
    assert record.answer == f"Nobody gets a place: all {everybody} accounts fail a gate."
    assert any(f"'is too small' stops {everybody} of {everybody}" in line for line in record.recommendation)
    assert f"Nearest to passing: {study.names.iloc[0]}" in " ".join(record.recommendation)  # the largest by revenue
    assert "Without the gate 'is too small'" in record.would_change_it[0]
    assert "No weight changes it" in record.certainty
    assert set(study.standing["certainty"]) == {"unknown"}
    assert study.standing["place_certainty"].isna().all()
    assert "do not simply add up" not in " ".join(study.weight_words())
    assert study.tables()["Gates"]["stopped"].max() == everybody
    if not settings:
        write_exports(study, tmp_path)
        assert json.loads((tmp_path / "decision.json").read_text("utf-8"))["answer"] == record.answer


def test_its_report_opens_with_that_in_either_language(strict, tmp_path) -> None:
    for language, words in (("en", "Nobody gets a place"), ("zh", "无人获得名额")):
        folder = tmp_path / language
        folder.mkdir()
        make_report(Case("account_selection", language, {"scorecard": strict, "language": language, **QUICK}), folder)
        page = (folder / "report.html").read_text(encoding="utf-8")
        assert words in page.partition("</header>")[0]
        assert (folder / "tables.xlsx").exists()
        assert "nan %" not in page
        assert "nan%" not in page


def test_the_controls_open_where_nobody_passes(strict) -> None:
    explorer = Explorer(account_selection.run(account_selection.Params(scorecard=strict, **QUICK)))
    assert "Nobody gets a place" in explorer.chart.value + explorer.status.value


def test_hours_that_fit_nobody_say_who_needs_the_fewest() -> None:
    study = account_selection.run(account_selection.Params(limit="hours", hours_available=1, **QUICK))
    least = study.selection.table.loc[study.scores.eligible.index, "hours"].min()
    record = study.decision()
    assert record.answer.endswith("none fits into the hours there are (1).")
    assert f"with {least:.0f} hours a year" in record.would_change_it[0]
    assert not any(line.startswith("Gate") for line in record.recommendation)
    again = account_selection.again(study, study.params.model_copy(update={"hours_available": float(least)}))
    assert again.names[again.selected[0]] in record.would_change_it[0]
    assert study.tables()


def test_an_account_alone_has_its_place_and_competes_with_nobody() -> None:
    params = account_selection.Params(**QUICK)
    evidence = account_selection.gather(params)
    one = evidence.revenue.index[0]
    alone = replace(evidence, metrics=evidence.metrics.only(pd.Index([one])))
    study = account_selection.decide(alone, params)
    assert list(study.selected) == [one]
    assert "nobody competes" in study.decision().certainty
    assert study.tables()


def test_equal_accounts_are_said_to_be_level() -> None:
    params = account_selection.Params(**QUICK)
    evidence = account_selection.gather(params)
    values = evidence.metrics.values.copy()
    values[:] = values.iloc[[0]].to_numpy()
    study = account_selection.decide(replace(evidence, metrics=replace(evidence.metrics, values=values)), params)
    assert len(study.selected) == params.capacity
    assert "are level at the last place" in study.decision().certainty
    assert study.tables()


def test_gates_on_classes_are_told_though_nobody_is_ranked(tmp_path) -> None:
    card = with_gate(tmp_path, "kraljic", "spend_share")
    study = supplier_segmentation.run(supplier_segmentation.Params(scorecard=card, **QUICK))
    placed = len(study.candidates)
    words = " ".join(study.decision().recommendation)
    assert f"Gate 'is too small' stops {placed} of {placed}" in words
    assert "keeps its class" in words
    assert study.tables()["Gates"]["stopped"].tolist() == [placed]
    with speaking("zh"):
        assert "门槛" in " ".join(supplier_segmentation.again(
            study, study.params.model_copy(update={"language": "zh"})).how_sure())


@pytest.mark.parametrize("equal", [False, True], ids=["alone", "equal"])
def test_one_category_alone_and_all_equal_have_a_class(equal) -> None:
    params = supplier_segmentation.Params(**QUICK)
    evidence = supplier_segmentation.gather(params)
    candidates = evidence.candidates
    if equal:
        values = candidates.values.copy()
        values[:] = values.iloc[[0]].to_numpy()
        candidates = replace(candidates, values=values)
        evidence = replace(evidence, candidates=candidates)
    else:
        evidence = replace(evidence, candidates=candidates.only(candidates.values.index[:1]),
                           spend=evidence.spend.iloc[:, :1].loc[lambda spend: spend.iloc[:, 0] > 0])
    study = supplier_segmentation.decide(evidence, params)
    assert len(set(study.classed["segment"])) == 1
    assert study.decision().answer
    assert study.tables()
