"""While the hand moves fewer draws answer, and say so; at rest the picture is that of a run without controls."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from srmkit.decisions.result import fingerprint
from srmkit.stopping import look
from srmkit.studies import params_of, run_of
from srmkit.widgets import Explorer, first_look, resting
from srmkit.widgets.resting import Resting
from srmkit.widgets.views import reasons_html, view_of

MOVE = {"supplier_segmentation": ("impact_cut", 75.0), "account_selection": ("capacity", 12),
        "criteria_weights": ("up_cut", 65.0)}


def alone(work: Callable[..., object], *given: object) -> None:
    """Do it in a thread of its own: in this one the tests of the browser may have left a loop running."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(work, *given).result()


@pytest.fixture(params=MOVE)
def explorer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Explorer:
    monkeypatch.setattr(first_look, "AT_ONCE", 1)  # as with very many candidates
    monkeypatch.setattr(resting, "REST", 0.05)
    return Explorer(run_of(request.param)(params_of(request.param)(draws=256)))


def test_a_move_shows_few_draws_with_their_error_and_the_rest_follows(explorer: Explorer) -> None:
    name, value = MOVE[explorer.study.params.study]

    async def moved() -> None:
        explorer.form.controls[name].value = value
        assert (explorer.study.params.draws, explorer.shown.params.draws) == (256, 64)
        assert "First look with 64 of 256 draws: shares are right to 6.2 %" in explorer.status.value
        assert "64" not in explorer.paste.value  # what is taken along are the settings, not the first look
        await asyncio.wait_for(_settled(explorer), 60)

    alone(asyncio.run, moved())
    fresh: Any = run_of(explorer.study.params.study)(explorer.study.params)
    view = view_of(fresh)
    assert "First look" not in explorer.status.value
    assert (explorer.table.value, explorer.chart.value) == (view.table._repr_html_(), view.chart.html())
    for sheet, frame in fresh.tables().items():
        assert fingerprint(frame) == fingerprint(explorer.shown.tables()[sheet]), sheet


def test_the_next_move_takes_the_place_of_what_was_not_shown_yet(explorer: Explorer) -> None:
    name, value = MOVE[explorer.study.params.study]
    shown: list[int] = []
    explorer.table.observe(lambda _: shown.append(explorer.shown.params.draws), names="value")

    async def moved() -> None:
        explorer.form.controls[name].value = value
        explorer.undo.click()
        await asyncio.wait_for(_settled(explorer), 60)

    alone(asyncio.run, moved())
    assert explorer.shown is explorer.study
    assert getattr(explorer.study.params, name) != value
    assert shown.count(256) <= 1


def test_an_open_reason_sheet_says_that_it_is_of_before_and_follows_at_rest(explorer: Explorer) -> None:
    name, value = MOVE[explorer.study.params.study]
    one, other = list(explorer.study.candidate_ids())[:2]
    told: list[str] = []

    async def moved() -> None:
        explorer.table.chosen = one
        at_once = explorer.reasons.value
        assert one in at_once
        await asyncio.wait_for(explorer.at_rest(), 60)
        before = explorer.reasons.value
        looked_for = "The smallest changes of its figures are looked for" in at_once
        assert looked_for == (before != at_once)
        explorer.form.controls[name].value = value
        assert explorer.reasons.value.startswith("<p><em>These reasons are those of the settings before")
        assert explorer.reasons.value.endswith(before)
        await asyncio.wait_for(explorer.at_rest(), 60)
        told.append(explorer.reasons.value)
        explorer.undo.click()
        explorer.table.chosen = other  # chosen while the other's sheet is worked out
        await asyncio.wait_for(explorer.at_rest(), 60)
        told.append(explorer.reasons.value)

    alone(asyncio.run, moved())
    kind, run = params_of(explorer.study.params.study), run_of(explorer.study.params.study)
    for candidate, settings, sheet in ((one, {name: value}, told[0]), (other, {}, told[1])):
        fresh = run(kind(draws=256, **settings))
        assert sheet == reasons_html(fresh.reasons(fresh.candidate_ids()[candidate]))


def test_a_refused_move_leaves_what_was_still_to_come_and_its_own_error(explorer: Explorer) -> None:
    name, value = MOVE[explorer.study.params.study]

    async def moved() -> None:
        explorer.form.controls[name].value = value
        explorer.form.controls["weights"].value = '{"nobody": 3}'
        assert explorer.shown is not explorer.study
        await asyncio.wait_for(explorer.at_rest(), 60)
        assert explorer.shown is explorer.study
        assert "nobody" in explorer.status.value
        assert "nobody" in explorer.form.wrong["weights"].value

    alone(asyncio.run, moved())


def test_without_a_loop_there_is_nothing_to_wait_for(explorer: Explorer) -> None:
    name, value = MOVE[explorer.study.params.study]
    alone(setattr, explorer.form.controls[name], "value", value)
    assert explorer.shown is explorer.study
    assert "First look" not in explorer.status.value


def test_few_candidates_are_answered_with_all_draws_at_once() -> None:
    explorer = Explorer(run_of("criteria_weights")(params_of("criteria_weights")(draws=256)))

    async def moved() -> None:
        explorer.form.controls["up_cut"].value = 65.0
        assert explorer.shown is explorer.study

    alone(asyncio.run, moved())


def test_work_under_way_is_given_up_at_its_next_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resting, "REST", 0.0)
    looks: list[int] = []
    found: list[str] = []
    failed: list[Exception] = []

    def long() -> str:
        while True:
            look()
            looks.append(1)
            time.sleep(0.001)

    async def moved() -> None:
        hand = Resting()
        hand.then(long, found.append, failed.append)
        while not looks:
            await asyncio.sleep(0.01)
        hand.then(lambda: "second", found.append, failed.append)
        while not found:
            await asyncio.sleep(0.01)

    alone(asyncio.run, moved())
    assert (found, failed) == (["second"], [])


async def _settled(explorer: Explorer) -> None:
    while explorer.shown is not explorer.study:
        await asyncio.sleep(0.02)
