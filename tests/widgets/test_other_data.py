"""A setting for which data are measured or read anew: told at once, answered at rest, at once where it is known."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from srmkit.decisions.result import fingerprint
from srmkit.places import data_folder
from srmkit.studies import STUDIES, params_of, run_of
from srmkit.tables import Dataset, opening
from srmkit.widgets import Explorer, first_look, resting
from srmkit.widgets.compare import sentence, what_differs, who_moves
from srmkit.widgets.explorer import WHO_MOVES, WHY
from srmkit.widgets.views import moves_html

MEASURING = "The data are being measured for these settings"
READING = "The data of these settings are being read"
CUT = {"supplier_segmentation": "impact_cut", "account_selection": "strength_cut", "criteria_weights": "up_cut",
       "data_health": "essential"}


def settings(study: str, **others: Any) -> Any:
    kind = params_of(study)
    few = {"draws": 64} if "draws" in kind.model_fields else {"duplicates": False}
    return kind(**few | others)


@pytest.fixture(scope="module", params=STUDIES)
def study(request: pytest.FixtureRequest) -> Any:
    return run_of(request.param)(settings(request.param))


@pytest.fixture
def explorer(study: Any, monkeypatch: pytest.MonkeyPatch) -> Explorer:
    """What one of these tests has measured is at hand in the next: each looks at months of its own."""
    monkeypatch.setattr(resting, "REST", 0.02)
    monkeypatch.setattr("srmkit.widgets.explorer.SOON", 0.0)  # nothing ahead: it would be at hand for others, too
    return Explorer(study)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often data were opened and asked since."""
    found: Counter[str] = Counter()

    def watched(where: object, name: str) -> None:
        work = getattr(where, name)

        def spy(*given: Any, **options: Any) -> Any:
            found[name] += 1
            return work(*given, **options)

        monkeypatch.setattr(where, name, spy)

    watched(opening, "read_dataset")
    watched(Dataset, "collect")
    return found


def alone(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Do it in a thread of its own: in this one the tests of the browser may have left a loop running."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, work()).result(120)


def on_show(explorer: Explorer) -> tuple[str, ...]:
    return explorer.chart.value, explorer.table.value, explorer.paste.value


def same_as_alone(explorer: Explorer) -> bool:
    fresh: Any = run_of(explorer.study.params.study)(explorer.study.params)
    found = {name: fingerprint(table) for name, table in explorer.study.tables().items()}
    return found == {name: fingerprint(table) for name, table in fresh.tables().items()}


def test_other_months_are_told_at_once_and_measured_at_rest_without_reading(
    explorer: Explorer, opened: Counter[str]
) -> None:
    async def moved() -> None:
        await explorer.at_rest()
        before, study = on_show(explorer), explorer.study
        opened.clear()
        explorer.form.controls["months"].value = 6
        assert opened == Counter()  # the move itself asks nothing of the data
        assert MEASURING in explorer.status.value
        assert study.headline() in explorer.status.value
        assert (on_show(explorer), explorer.study) == (before, study)
        assert (explorer.save.disabled, explorer.pin.disabled, explorer.undo.disabled) == (True, True, False)
        await explorer.at_rest()
        assert explorer.study.params.months == 6
        assert MEASURING not in explorer.status.value
        assert not explorer.save.disabled
        assert opened["collect"] > 0
        assert opened["read_dataset"] == 0

    alone(moved)
    assert same_as_alone(explorer)


def test_what_was_measured_before_is_at_hand(explorer: Explorer, opened: Counter[str]) -> None:
    async def moved() -> None:
        explorer.form.controls["months"].value = 7
        await explorer.at_rest()
        opened.clear()
        for step, months in ((explorer.undo, 12), (explorer.redo, 7)):
            step.click()
            assert explorer.study.params.months == months
            assert "The data" not in explorer.status.value
        await explorer.at_rest()
        assert opened == Counter()

    alone(moved)


def test_one_more_step_the_same_way_is_measured_ahead(
    explorer: Explorer, opened: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("srmkit.widgets.explorer.SOON", 1e9)  # however slow the machine is

    async def moved() -> None:
        for months in (21, 30):  # nine more than the twelve before, and nine more
            opened.clear()
            explorer.form.controls["months"].value = months
            at_once = explorer.study.params.months == months
            assert at_once == (months == 30)
            assert (MEASURING in explorer.status.value) == (not at_once)
            assert opened == Counter()
            await explorer.at_rest()

    alone(moved)


def test_nothing_is_measured_ahead_that_takes_long(accounts: Explorer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("srmkit.widgets.explorer.SOON", 0.0)

    async def moved() -> None:
        for months in (35, 58):
            accounts.form.controls["months"].value = months
            assert MEASURING in accounts.status.value
            await accounts.at_rest()

    alone(moved)


def test_a_step_ahead_that_cannot_be_taken_is_not_tried(accounts: Explorer) -> None:
    async def moved() -> None:
        accounts.form.controls["months"].value = 130  # 248 would be next, and 240 is the most
        await accounts.at_rest()
        assert accounts.study.params.months == 130
        assert "alert" not in accounts.status.value

    alone(moved)


def test_a_category_is_chosen_from_what_was_measured(opened: Counter[str]) -> None:
    explorer = Explorer(run_of("supplier_segmentation")(settings("supplier_segmentation", level="item")))
    categories = sorted(explorer.study.evidence.items["category"].dropna().unique())[:2]
    opened.clear()

    async def moved() -> None:
        for category in categories:
            explorer.form.controls["category"].value = category
            assert explorer.study.params.category == category
        explorer.form.controls["category"].value = "nobody's"
        assert "is no category of the data" in explorer.form.wrong["category"].value
        await explorer.at_rest()

    alone(moved)
    assert opened == Counter()
    assert same_as_alone(explorer)


def test_other_data_are_read_at_rest(explorer: Explorer, opened: Counter[str]) -> None:
    async def moved() -> None:
        explorer.form.controls["data"].value = str(data_folder() / "sample")
        assert READING in explorer.status.value
        await explorer.at_rest()
        assert READING not in explorer.status.value
        assert opened["read_dataset"] == 1

    alone(moved)


def test_a_move_under_way_goes_on_with_the_next_one_and_can_be_taken_back(explorer: Explorer) -> None:
    cut = CUT[explorer.study.params.study]

    async def moved() -> None:
        first = explorer.study.params
        explorer.form.controls["months"].value = 8
        explorer.form.controls[cut].value = 61.0
        assert explorer.study.params == first
        await explorer.at_rest()
        assert (explorer.study.params.months, getattr(explorer.study.params, cut)) == (8, 61.0)
        second = explorer.study.params
        explorer.form.controls["months"].value = 9
        explorer.undo.click()  # before it was a step
        assert explorer.study.params == second
        assert explorer.form.params() == second
        assert MEASURING not in explorer.status.value
        await explorer.at_rest()
        assert explorer.study.params == second
        explorer.undo.click()
        await explorer.at_rest()
        assert explorer.study.params == first

    alone(moved)


def test_what_is_refused_at_rest_is_told_at_its_control_and_can_be_taken_back(explorer: Explorer) -> None:
    async def moved() -> None:
        before = on_show(explorer)
        explorer.form.controls["data"].value = "no-such-folder"
        assert not explorer.form.wrong["data"].value
        await explorer.at_rest()
        assert 'role="alert"' in explorer.form.wrong["data"].value
        assert 'role="alert"' in explorer.status.value
        assert READING not in explorer.status.value
        assert on_show(explorer) == before
        assert (explorer.save.disabled, explorer.undo.disabled) == (True, False)
        explorer.undo.click()
        assert "alert" not in explorer.status.value
        assert explorer.form.controls["data"].value == explorer.study.params.data
        assert explorer.undo.disabled

    alone(moved)


def test_data_stay_as_they_were_read_until_the_settings_name_others(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    folder.mkdir()
    for file in (data_folder() / "sample").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    explorer = Explorer(run_of("account_selection")(settings("account_selection", data=str(folder))))
    (folder / "sales_order_lines.parquet").unlink()

    async def moved() -> None:
        explorer.form.controls["months"].value = 6
        await explorer.at_rest()
        assert explorer.study.params.months == 6
        assert "alert" not in explorer.status.value

    alone(moved)


@pytest.fixture
def accounts(monkeypatch: pytest.MonkeyPatch) -> Explorer:
    """One whose picture comes in two steps, first with fewer draws, as with very many candidates."""
    monkeypatch.setattr(resting, "REST", 0.02)
    monkeypatch.setattr(first_look, "AT_ONCE", 1)
    return Explorer(run_of("account_selection")(settings("account_selection", draws=128)))


def test_weights_moved_one_after_the_other_while_data_are_measured_all_count(accounts: Explorer) -> None:
    panel = accounts.weights
    assert panel is not None
    axis, criterion = next(iter(panel.sliders)), list(panel.sliders)[-1]
    group = next(names for names in panel._siblings if criterion in names)

    async def moved() -> None:
        accounts.form.controls["months"].value = 6
        panel.sliders[axis].value = 70.0
        panel.sliders[criterion].value = 40.0
        panel.sliders[group[0]].value = 35.0
        there = {name: slider.value / 100 for name, slider in panel.sliders.items()}
        assert there[axis] == pytest.approx(0.7)
        assert sum(there[name] for name in group) == pytest.approx(1)
        await accounts.at_rest()
        assert accounts.study.params.months == 6
        shares = accounts.study.weighted.outline()["share"]
        assert shares[list(there)].to_dict() == pytest.approx(there, abs=1e-5)

    alone(moved)


def test_who_was_chosen_in_the_data_of_before_has_no_reasons_in_others_without_them(
    accounts: Explorer, tmp_path: Path
) -> None:
    name = next(iter(accounts.study.candidate_ids()))
    other = shutil.copytree(data_folder() / "sample", tmp_path / "other")
    customers = pd.read_parquet(other / "customers.parquet")
    customers["name"] = customers["name"].replace(name, "Somebody else")
    customers.to_parquet(other / "customers.parquet")

    async def moved() -> None:
        accounts.form.controls["data"].value = str(other)
        await asyncio.sleep(0.1)  # they are being read
        accounts.more.selected_index = WHY
        accounts.candidate.value = name
        assert name in accounts.reasons.value
        await accounts.at_rest()
        assert name not in accounts.study.candidate_ids()
        assert unescape(accounts.reasons.value) == f"<p>No candidate is called '{name}'.</p>"

    alone(moved)


@pytest.mark.parametrize("wrong", ["rubbish", "1999-01-01"])
def test_a_refusal_takes_no_cause_of_a_move_away(
    accounts: Explorer, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_look, "AT_ONCE", 2**20)  # no draws follow that would bring the causes along

    async def moved() -> None:
        accounts.more.selected_index = WHO_MOVES
        accounts.form.controls["strength_cut"].value = 60.0
        accounts.form.controls["capacity"].value = 12
        accounts.form.controls["as_of"].value = wrong  # before the causes were there
        await accounts.at_rest()
        assert "alert" in accounts.status.value
        assert "because of" in accounts.moves.value

    alone(moved)


def test_who_moves_stands_beside_all_draws_of_what_was_pinned_at_first_sight(accounts: Explorer) -> None:
    async def moved() -> None:
        accounts.form.controls["strength_cut"].value = 57.0
        accounts.pin.click()
        assert accounts.shown is not accounts.study
        accounts.more.selected_index = WHO_MOVES
        accounts.form.controls["strength_cut"].value = 60.0
        await accounts.at_rest()

    alone(moved)
    pinned, now = (run_of("account_selection")(one.params).glance() for one in (accounts.pinned, accounts.study))
    moves = who_moves(pinned, now)
    words = sentence(moves, what_differs(accounts.pinned.params, accounts.study.params))
    assert accounts.moves.value == moves_html(moves, words)


def test_back_at_the_pinned_settings_nothing_has_changed(accounts: Explorer) -> None:
    accounts.more.selected_index = WHO_MOVES
    accounts.form.controls["strength_cut"].value = 60.0
    accounts.undo.click()
    assert "Nothing has been changed since the settings were pinned." in accounts.moves.value


def test_data_that_were_read_before_are_measured_only(
    accounts: Explorer, opened: Counter[str], tmp_path: Path
) -> None:
    first = accounts.study.params.data

    async def moved() -> None:
        accounts.form.controls["data"].value = str(shutil.copytree(data_folder() / "sample", tmp_path / "other"))
        await accounts.at_rest()
        accounts.form.controls["months"].value = 6
        await accounts.at_rest()
        opened.clear()
        accounts.form.controls["data"].value = first
        assert MEASURING in accounts.status.value
        await accounts.at_rest()
        assert (accounts.study.params.data, accounts.study.params.months) == (first, 6)
        assert opened["read_dataset"] == 0

    alone(moved)
    assert same_as_alone(accounts)


@pytest.mark.parametrize("name", ["data", "column_map", "duplicate_decisions"])
def test_what_is_not_there_is_told_where_it_is_written_whatever_else_is_moved(accounts: Explorer, name: str) -> None:
    accounts.form.controls[name].value = "not-there"
    accounts.form.controls["months"].value = 6
    assert [one for one, words in accounts.form.wrong.items() if words.value] == [name]
