"""The explorer at a notebook: it shows what a run without it computes, quickly, and says how to repeat it."""

from __future__ import annotations

import re
import time
from html import escape, unescape
from pathlib import Path
from typing import Any

import ipywidgets
import pytest

from srmkit.batch import read_cases
from srmkit.decisions.result import fingerprint
from srmkit.studies import STUDIES, account_selection, params_of, run_of
from srmkit.widgets import Explorer, explore
from srmkit.widgets.compare import who_moves
from srmkit.widgets.explorer import CASES, WHO_MOVES, WHY

MOVES: dict[str, dict[str, Any]] = {
    "supplier_segmentation": {"impact_cut": 75.0, "weight_doubt": 35.0, "missing": "worst", "data_doubt": False},
    "criteria_weights": {"up_cut": 65.0, "combine": "arithmetic", "weights_within": "doubt", "from_order": "sum"},
    "account_selection": {"capacity": 12, "strength_cut": 44.0, "limit": "hours", "theme": "cabin"},
}


@pytest.fixture(scope="module", params=[name for name in STUDIES if "draws" in params_of(name).model_fields])
def study(request: pytest.FixtureRequest) -> Any:
    return run_of(request.param)(params_of(request.param)(draws=128))


@pytest.fixture
def explorer(study: Any) -> Explorer:
    return Explorer(study)


def test_every_setting_but_the_places_of_files_has_a_control_with_its_meaning(explorer: Explorer) -> None:
    kind = type(explorer.study.params)
    assert set(explorer.form.controls) == set(kind.model_fields) - set(kind.places)
    for name, control in explorer.form.controls.items():
        assert (kind.model_fields[name].description or "")[:20] in control.tooltip


def test_controls_moved_one_by_one_agree_with_a_run_without_them_to_the_last_digit(explorer: Explorer) -> None:
    moves = MOVES[explorer.study.params.study]
    for name, value in moves.items():
        explorer.form.controls[name].value = value
    alone = run_of(explorer.study.params.study)(params_of(explorer.study.params.study)(draws=128, **moves))
    assert explorer.study.params == alone.params
    for name, frame in alone.tables().items():
        assert fingerprint(frame) == fingerprint(explorer.study.tables()[name]), name


def test_table_chart_sentence_and_lines_to_paste_follow_a_control(explorer: Explorer) -> None:
    name, value = next(iter(MOVES[explorer.study.params.study].items()))
    before = explorer.table.value, explorer.chart.value, explorer.status.value, explorer.paste.value
    explorer.form.controls[name].value = value
    after = explorer.table.value, explorer.chart.value, explorer.status.value, explorer.paste.value
    assert all(old != new for old, new in zip(before, after, strict=True))
    assert f"{name} = {value!r}" in explorer.paste.value
    assert explorer.study.headline() in explorer.status.value


def test_the_lines_to_paste_repeat_the_settings(explorer: Explorer) -> None:
    for name, value in MOVES[explorer.study.params.study].items():
        explorer.form.controls[name].value = value
    namespace: dict[str, Any] = {}
    exec(explorer.study.params.paste(), namespace)  # as a notebook's cell would
    namespace.pop("__builtins__")
    assert type(explorer.study.params).check(namespace) == explorer.study.params


def test_a_wrong_setting_is_told_and_the_last_good_picture_stays(explorer: Explorer) -> None:
    shown = explorer.study
    explorer.form.controls["as_of"].value = "30.06.2026"
    assert explorer.study is shown
    assert 'role="alert"' in explorer.status.value
    assert "should be a day written YYYY-MM-DD" in explorer.status.value
    explorer.form.controls["as_of"].value = ""
    assert "alert" not in explorer.status.value


WRONG = {  # what a control of each kind can ask for, and what is said about it in Chinese
    "as_of": ("30.6.2026", "'截止日' 应为 YYYY-MM-DD 格式的日期；实际为 '30.6.2026'。含义："),
    "likely": (0.95, "'较稳定' 不应高于 '稳定'；实际为 firm = 0.9, likely = 0.95。"),
    "first_cut": (30.0, "应低于"),
    "segment": ("Xy", "不是数据中的细分市场；实际为 'Xy'。细分市场有：buildings"),
    "scorecard": ("nix", "文件不存在；实际为"),
    "missing": ("refuse", "缺少以下对象的数值："),
    "column_map": ("/nope.toml", "文件不存在；实际为 /nope.toml。请给出 TOML 文件的路径"),
    "data": ("/nope", "不是文件夹、可读取的文件或数据库地址"),
}


def test_what_a_control_may_not_be_is_told_in_the_language_and_the_words_of_the_form() -> None:
    explorer = Explorer(account_selection.run(account_selection.Params(draws=64, language="zh")))
    for name, (value, told) in WRONG.items():
        before = explorer.form.controls[name].value
        explorer.form.controls[name].value = value
        beside = unescape(explorer.form.wrong[name].value)
        assert told in beside, name
        assert "found" not in beside + explorer.status.value
        assert "problem" not in explorer.status.value
        assert f"'{name}'" not in unescape(explorer.status.value)
        explorer.form.controls[name].value = before
        assert explorer.form.wrong[name].value == ""


def test_a_batch_gets_the_settings_as_text_and_no_controls(study: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setenv("SRMKIT_MODE", "batch")
    assert "Settings of this run" in repr(explore(study))
    monkeypatch.setenv("SRMKIT_MODE", "explore")
    assert isinstance(explore(study), Explorer)


def test_the_explorer_is_shown_as_a_widget(explorer: Explorer) -> None:
    assert "application/vnd.jupyter.widget-view+json" in explorer._repr_mimebundle_()
    assert isinstance(explorer.box, ipywidgets.HBox)


def test_moving_a_control_costs_less_than_reading_the_data_again(explorer: Explorer) -> None:
    """A guard against work done twice; absolute times are in the benchmarks."""
    name, value = next(iter(MOVES[explorer.study.params.study].items()))
    started = time.perf_counter()
    run_of(explorer.study.params.study)(explorer.study.params).overview()
    whole = time.perf_counter() - started
    explorer.form.controls[name].value = value
    assert 0 < explorer.seconds < whole


def test_undo_takes_a_move_back_and_redo_makes_it_again(explorer: Explorer) -> None:
    name, value = next(iter(MOVES[explorer.study.params.study].items()))
    at_first, table = getattr(explorer.study.params, name), explorer.table.value
    assert explorer.undo.disabled
    explorer.form.controls[name].value = value
    moved = explorer.table.value
    explorer.undo.click()
    assert (getattr(explorer.study.params, name), explorer.table.value) == (at_first, table)
    assert explorer.undo.disabled
    explorer.redo.click()
    assert (getattr(explorer.study.params, name), explorer.table.value) == (value, moved)
    assert explorer.redo.disabled


def test_a_wrong_setting_is_told_under_its_control_and_nowhere_else(explorer: Explorer) -> None:
    explorer.form.controls["as_of"].value = "30.06.2026"
    assert "should be a day written YYYY-MM-DD" in explorer.form.wrong["as_of"].value
    assert all(not place.value for name, place in explorer.form.wrong.items() if name != "as_of")
    explorer.form.controls["as_of"].value = ""
    assert not explorer.form.wrong["as_of"].value


def test_a_dragged_weight_is_the_setting_that_a_run_without_controls_would_get(explorer: Explorer) -> None:
    name, slider = next(iter(explorer.weights.sliders.items()))
    slider.value = 80.0
    weights = explorer.study.params.weights
    assert weights[name] == 80.0
    kind = explorer.study.params.study
    alone = run_of(kind)(params_of(kind)(draws=128, weights=weights))
    assert fingerprint(alone.glance()) == fingerprint(explorer.study.glance())
    group = alone.weighted.outline().loc[list(weights), "share"]
    assert group.sum() == pytest.approx(1)
    assert {one: explorer.weights.sliders[one].value for one in weights} == pytest.approx((100 * group).to_dict())
    explorer.undo.click()
    assert explorer.study.params.weights == {}


def test_a_candidate_says_why_it_is_where_it_is(explorer: Explorer) -> None:
    explorer.more.selected_index = WHY
    assert explorer.reasons.value == ""
    scores = (explorer.study.placed if hasattr(explorer.study, "placed") else explorer.study.kraljic).scores
    name, candidate = next((name, one) for name, one in explorer.study.candidate_ids().items()
                           if one in scores.total.index)
    explorer.candidate.value = name
    sheet = explorer.study.reasons(candidate)
    explained = scores.explain(candidate).frame
    assert sheet.points["points"].to_list() == explained["contribution"].to_list()
    assert sheet.classes["probability"].sum() == pytest.approx(1)
    assert sheet.classes["probability"].is_monotonic_decreasing
    assert any(f"{name} is {segment}" in " ".join(sheet.sentences) for segment in sheet.classes["segment"])
    assert all(sentence.split(" ")[0] in explorer.reasons.value for sentence in sheet.sentences)
    explorer.candidate.value = "<b>nobody</b>"
    assert explorer.reasons.value == "<p>No candidate is called &#x27;&lt;b&gt;nobody&lt;/b&gt;&#x27;.</p>"
    explorer.candidate.value = ""
    assert explorer.reasons.value == ""


def test_a_supplier_says_what_it_sells_and_how_sure_its_class_is() -> None:
    study: Any = run_of("supplier_segmentation")(params_of("supplier_segmentation")(draws=128))
    supplier, name = next(iter(study.names.items()))
    sheet = study.reasons(study.candidate_ids()[name])
    assert sheet.title == "What is bought from it"
    assert sheet.points["spend"].sum() == pytest.approx(study.spend[supplier])
    assert sheet.points["spend_share"].sum() == pytest.approx(1)
    assert sheet.classes["probability"].sum() == pytest.approx(1)
    assert sheet.sentences[0].startswith(f"{name} is {study.rolled_up.segment[supplier]}")


def test_settings_are_compared_with_the_pinned_ones(explorer: Explorer) -> None:
    explorer.more.selected_index = WHO_MOVES
    assert "Nothing has been changed" in explorer.moves.value
    name, value = next(iter(MOVES[explorer.study.params.study].items()))
    before, at_first = explorer.study.glance(), getattr(explorer.study.params, name)
    explorer.form.controls[name].value = value
    movers = who_moves(before, explorer.study.glance())
    assert f"changed: {name.replace('_', ' ')} {at_first:g} → {value:g}" in unescape(explorer.moves.value)
    assert not movers.empty
    assert movers["name"].iloc[0] in unescape(explorer.moves.value)
    explorer.pin.click()
    assert "Nothing has been changed" in explorer.moves.value


def test_of_several_settings_each_mover_names_the_one_that_moves_it() -> None:
    explorer = Explorer(account_selection.run(account_selection.Params(draws=64)))
    explorer.more.selected_index = WHO_MOVES
    explorer.form.controls["capacity"].value = 30
    assert "because of" not in explorer.moves.value  # the sentence says it
    only_places = who_moves(explorer.pinned.glance(), explorer.study.glance())["name"]
    explorer.form.controls["attractiveness_cut"].value = 60
    rows = re.findall(r"<tr>.*?</tr>", unescape(explorer.moves.value))
    assert "because of" in rows[0]
    causes = {name: row for name in only_places for row in rows if name in row}
    assert causes
    assert all("capacity" in row or "several together" in row for row in causes.values())  # some change class, too
    assert any("capacity" in row for row in causes.values())
    assert any(re.search(r"<td[^>]*>attractiveness cut</td></tr>", row) for row in rows)


def test_pointing_at_a_bubble_or_a_row_shows_its_reasons_and_marks_it_in_both(explorer: Explorer) -> None:
    names = list(explorer.study.candidate_ids())
    for pointed, name in ((explorer.chart, names[0]), (explorer.table, names[-1])):
        pointed.chosen = name
        assert explorer.more.selected_index == WHY
        assert explorer.chart.chosen == explorer.table.chosen == explorer.candidate.value == name
        assert name in unescape(explorer.reasons.value)
    shown = set(explorer.study.glance()["name"])
    assert shown <= set(names)  # whoever stands in the table has reasons
    assert all(f'data-candidate="{escape(str(name))}"' in explorer.chart.value
               for name in explorer.study.positions().index[:20])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_bar_of_the_data_check_is_a_decision_with_its_reasons(language: str) -> None:
    explorer = Explorer(run_of("data_health")(params_of("data_health")(language=language, duplicates=False)))
    bars = re.findall('data-candidate="([^"]+)"', explorer.chart.value)
    assert bars == list(explorer.study.candidate_ids())
    explorer.chart.chosen = unescape(bars[-1])
    assert bars[-1] in explorer.reasons.value.casefold()  # it begins a sentence


def test_settings_become_a_case_that_a_batch_reads(explorer: Explorer, monkeypatch: pytest.MonkeyPatch,
                                                   tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    study = explorer.study.params.study
    name, value = next(iter(MOVES[study].items()))
    explorer.form.controls[name].value = value
    explorer.case.value = "moved"
    explorer.save.click()
    assert "moved is in cases.toml" in explorer.saved.value
    (case,) = read_cases(CASES, study)
    assert (case.name, params_of(study).check(case.settings)) == ("moved", explorer.study.params)
    explorer.save.click()
    assert "is in the file already" in explorer.saved.value
