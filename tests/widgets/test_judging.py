"""The form for raters: each way of judging becomes the weights that the same rows of a file would become."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from srmkit.places import data_folder
from srmkit.scoring import Scorecard
from srmkit.weighting import panels, read_judgements
from srmkit.widgets import Judging, judge

CARD = Scorecard.read("kraljic")
DAY = dt.date(2026, 11, 26)


@pytest.fixture
def form() -> Judging:
    said = read_judgements(data_folder() / "judgements" / "kraljic.csv", CARD)
    made = Judging(CARD, said, today=DAY)
    made.rater.value = "Ada"
    return made


def test_it_begins_with_an_axis_and_shows_the_ends_of_every_scale(form: Judging) -> None:
    assert form.group.value == "profit_impact"
    assert form.inputs["spend_share"].description == "Share of our spend (0.002 → 0.1)"


@pytest.mark.parametrize("method", ["points", "swing", "rank"])
def test_numbers_become_weights_at_once(form: Judging, method: str) -> None:
    form.method.value = method
    form.inputs["spend_share"].value = {"points": 20, "swing": 100, "rank": 1}[method]
    for name in ("quality_impact", "growth_of_need"):
        form.inputs[name].value = {"points": 10, "swing": 50, "rank": 2}[method]
    assert "Share of our spend" in form.outcome.value
    assert not form.keep.disabled
    found = {"points": "50 %", "swing": "50 %", "rank": "61 %"}[method]
    assert f"Share of our spend {found}" in form.outcome.value


def test_comparisons_say_what_is_missing_and_how_consistent_they_are(form: Judging) -> None:
    form.method.value = "pairs"
    assert form.keep.disabled
    assert "Growth of our need were not judged. Judge the whole group" in form.outcome.value
    pairs = [("spend_share", "quality_impact", 2.0), ("quality_impact", "growth_of_need", 2.0),
             ("spend_share", "growth_of_need", 4.0)]
    for one, other, ratio in pairs:
        form.inputs[one, other].value = ratio
    assert "consistent" in form.outcome.value
    form.inputs["spend_share", "growth_of_need"].value = 1 / 4
    assert "judge again" in form.outcome.value
    assert "changing another of them could do as much" in form.outcome.value


def test_best_and_worst(form: Judging) -> None:
    form.method.value = "best_worst"
    form.inputs["best", "quality_impact"].value = 2
    form.inputs["best", "growth_of_need"].value = 4
    form.inputs["worst", "quality_impact"].value = 2
    assert "Share of our spend 57 %" in form.outcome.value


def test_best_and_worst_are_two(form: Judging) -> None:
    form.method.value = "best_worst"
    form.inputs["worst"].value = form.inputs["best"].value
    assert "Not yet: the most and the least important must be two different ones." in form.outcome.value
    assert form.keep.disabled


def test_a_chinese_form_stays_chinese_whatever_is_pressed_later() -> None:
    said = read_judgements(data_folder() / "judgements" / "kraljic.csv", CARD)
    form = Judging(CARD, said, today=DAY, language="zh")
    form.rater.value = "Ada"
    told = []
    for method in ("points", "swing", "pairs", "best_worst", "choice"):
        form.method.value = method
        if method == "points":
            for box in form.inputs.values():
                box.value = 0
        if method == "swing":
            form.inputs["spend_share"].value = 80
            form.inputs["quality_impact"].value = form.inputs["growth_of_need"].value = 20
        if method == "best_worst":
            form.inputs["worst"].value = form.inputs["best"].value
        told.append(unescape(form.outcome.value))
    assert told[1].startswith("<p>尚未：最大的摆动必须为 100 分；现为占我方采购支出的比例: 80。")
    for words in [*told, form.asked.children[0].value, *(str(label) for label, _ in form.group.options)]:  # type: ignore[attr-defined]  # an HTML box
        assert not re.search("[A-Za-z]{2,}", re.sub("<[^>]*>", "", words))


def test_choices_are_asked_until_the_order_is_settled_and_can_be_taken_back(form: Judging) -> None:
    form.method.value = "choice"
    asked: Any = form.asked.children[0]
    assert "Share of our spend" in asked.value
    assert "spend_share" not in asked.value
    form.inputs["first"].click()
    assert len(form.said().judgements) == 1
    form._undo().click()
    assert form.said().judgements == ()
    for _ in range(3):
        form.inputs["first"].click()
    assert "The order is settled." in form.asked.children[0].value  # type: ignore[attr-defined]  # an HTML box
    assert not form.keep.disabled


def test_what_was_kept_is_written_beside_the_others_and_read_back(form: Judging, tmp_path: Path) -> None:
    form.inputs["spend_share"].value = 20
    form.keep.click()
    assert "Kept: Ada about profit_impact; 74 judgements so far." in form.outcome.value
    form.inputs["spend_share"].value = 80
    form.keep.click()  # again: the newer one counts
    form.file.value = str(tmp_path / "ours.csv")
    form.write.click()
    assert "Written." in form.outcome.value
    found = read_judgements(tmp_path / "ours.csv", CARD)
    assert found.raters[-1] == "Ada"
    panel = next(panel for panel in panels(found, CARD) if panel.group == "profit_impact")
    assert panel.raters.loc["Ada", "spend_share"] == pytest.approx(0.8)
    assert found.said[-1].said_on == DAY


def test_nobody_in_particular_cannot_judge(form: Judging) -> None:
    form.rater.value = " "
    form.keep.click()
    assert "Say who judges first." in form.outcome.value


def test_a_batch_gets_a_line_of_text(monkeypatch: pytest.MonkeyPatch, form: Judging) -> None:
    monkeypatch.setenv("SRMKIT_MODE", "batch")
    assert repr(judge(CARD, form.judgements)) == "71 judgements of 6 raters"
    monkeypatch.setenv("SRMKIT_MODE", "explore")
    assert isinstance(judge(CARD, form.judgements), Judging)
