"""What fails while the hand rests is told beside the control or at the view, and the last good picture stays."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from srmkit.errors import Problem, SrmkitError
from srmkit.studies import params_of, run_of
from srmkit.widgets import Explorer, explorer, first_look, resting
from srmkit.widgets.explorer import WHO_MOVES, WHY
from srmkit.widgets.views import View

REFUSED = SrmkitError("the draws", [Problem("'draws'", "cannot be had", "no room", "Ask for fewer.")])
CRASHED = MemoryError("no room")


@pytest.fixture(scope="module")
def study() -> Any:
    return run_of("account_selection")(params_of("account_selection")(draws=128))


@pytest.fixture
def opened(study: Any, monkeypatch: pytest.MonkeyPatch) -> Explorer:
    monkeypatch.setattr(first_look, "AT_ONCE", 1)  # as with very many candidates
    monkeypatch.setattr(resting, "REST", 0.02)
    return Explorer(study)


def alone(work: Any) -> None:
    """Do it in a thread of its own: in this one the tests of the browser may have left a loop running."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, work).result(120)


def fails(monkeypatch: pytest.MonkeyPatch, error: Exception, draws: int = 128) -> None:
    """From now on no picture with so many draws can be made."""
    made = explorer.view_of

    def view_of(study: Any) -> View:
        if study.params.draws == draws:
            raise error
        return made(study)

    monkeypatch.setattr(explorer, "view_of", view_of)


@pytest.mark.parametrize("error", [REFUSED, CRASHED])
def test_draws_that_cannot_be_had_are_told_and_the_first_look_stays(
    opened: Explorer, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails(monkeypatch, error)

    async def moved() -> None:
        opened.form.controls["strength_cut"].value = 41.0
        shown, picture = opened.shown, (opened.chart.value, opened.table.value)
        await opened.at_rest()
        assert (opened.shown, opened.chart.value, opened.table.value) == (shown, *picture)
        assert "The other draws could not be worked out." in opened.status.value
        assert "follow when the hand rests" not in opened.status.value
        assert opened.shown.headline() in opened.status.value
        assert 'role="alert"' in opened.status.value
        place = "draws" if error is REFUSED else "strength_cut"  # the control it is about, or that was moved
        assert [one for one, words in opened.form.wrong.items() if words.value] == [place]
        assert "no room" in opened.form.wrong[place].value
        opened.form.controls["draws"].value = 64
        await opened.at_rest()
        assert opened.shown is opened.study
        assert "alert" not in opened.status.value
        assert not any(words.value for words in opened.form.wrong.values())

    alone(moved())


def test_what_nobody_foresaw_is_told_at_the_control_and_its_trace_is_kept(
    opened: Explorer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    table, name = opened.table.value, str(CRASHED)
    fails(monkeypatch, CRASHED, draws=64)
    with caplog.at_level(logging.ERROR):
        alone(asyncio.to_thread(setattr, opened.form.controls["strength_cut"], "value", 41.0))
    assert f"MemoryError: {name}" in opened.form.wrong["strength_cut"].value
    assert "please tell whoever looks after srmkit" in opened.status.value
    assert opened.table.value == table
    assert caplog.records[0].exc_info


def test_reasons_that_cannot_be_found_are_told_and_those_on_show_stay(
    opened: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = type(opened.study)
    reasons = kind.reasons
    one, other = list(opened.study.candidate_ids())[:2]

    def whole(self: Any, candidate: Any, *, searched: bool = True) -> Any:
        if searched or self.evidence.ids[other] == candidate:
            raise CRASHED
        return reasons(self, candidate, searched=False)

    monkeypatch.setattr(kind, "reasons", whole)

    async def moved() -> None:
        opened.table.chosen = one
        await opened.at_rest()
        assert 'role="alert"' in opened.reasons.value
        assert "The smallest changes of its figures could not be worked out." in opened.reasons.value
        assert opened.reasons.value.count("<table") == 2
        opened.form.controls["strength_cut"].value = 41.0
        await opened.at_rest()
        assert "These reasons are those of the settings before; the new ones could not be" in opened.reasons.value
        assert opened.reasons.value.count("<table") == 2
        assert opened.shown is opened.study  # the picture came
        assert "alert" not in opened.status.value
        opened.table.chosen = other
        assert "MemoryError" in opened.reasons.value
        assert "<table" not in opened.reasons.value  # nobody else's reasons stand in
        monkeypatch.setattr(kind, "reasons", reasons)
        opened.table.chosen = one
        await opened.at_rest()
        assert "alert" not in opened.reasons.value

    alone(moved())


def test_a_comparison_that_fails_is_told_where_it_would_stand(
    opened: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.more.selected_index = WHO_MOVES
    monkeypatch.setattr(explorer, "who_moves", lambda *_: 1 / 0)
    alone(asyncio.to_thread(setattr, opened.form.controls["strength_cut"], "value", 41.0))
    assert "ZeroDivisionError" in opened.moves.value
    assert "strength_cut = 41.0" in opened.paste.value  # the move was made


def test_who_is_selected_meanwhile_does_not_start_the_picture_again(
    opened: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, drawn = explorer.view_of, Counter[int]()

    def view_of(study: Any) -> View:
        drawn[study.params.draws] += 1
        return made(study)

    monkeypatch.setattr(explorer, "view_of", view_of)
    names = list(opened.study.candidate_ids())

    async def moved() -> None:
        opened.more.selected_index = WHY
        opened.form.controls["strength_cut"].value = 41.0
        for name in names[:4]:
            opened.table.chosen = name
            await asyncio.sleep(0.03)
        await opened.at_rest()
        assert drawn[128] == 1
        assert opened.shown is opened.study
        fresh = run_of("account_selection")(opened.study.params)
        assert opened.reasons.value == explorer.reasons_html(fresh.reasons(fresh.candidate_ids()[names[3]]))

    alone(moved())
