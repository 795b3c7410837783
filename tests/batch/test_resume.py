"""What is done and unchanged is left alone; what failed, or hangs on something that changed, runs again."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from srmkit.batch import Case, Run, run_cases, runs_of
from srmkit.batch.index import write_index
from srmkit.batch.ledger import CUT_SHORT, FILE, Ledger, State
from srmkit.batch.stamp import UNKNOWN, Stamps
from srmkit.errors import SrmkitError
from srmkit.places import data_folder

SMALL = {"draws": 64}
TWO = [Case("account_selection", "ten", {**SMALL, "capacity": 10}),
       Case("account_selection", "five", {**SMALL, "capacity": 5})]
FILES = ("report.html", "tables.xlsx", "manifest.json", "charts/whale.svg")


class Maker:
    """Makes reports at once and remembers which; fails for the names in `broken`."""

    def __init__(self, broken: Sequence[str] = ()) -> None:
        self.broken = broken
        self.made: list[str] = []

    def __call__(self, case: Case, folder: Path) -> None:
        self.made.append(case.name)
        if case.name in self.broken:
            raise ValueError("no such luck")
        (folder / "charts").mkdir()
        for name in FILES:
            (folder / name).write_text(f'"{case.name}"', encoding="utf-8")


def batch(place: Path, cases: Sequence[Case] = TWO, broken: Sequence[str] = ()) -> tuple[list[Run], list[str]]:
    maker = Maker(broken)
    return run_cases(cases, place, jobs=1, resume=True, make=maker), maker.made


def test_what_is_done_is_left_alone(tmp_path: Path) -> None:
    assert batch(tmp_path)[1] == ["ten", "five"]
    runs, made = batch(tmp_path)
    assert made == []
    assert all(run.unchanged and run.state == "done" for run in runs)


def test_without_resume_everything_runs_again(tmp_path: Path) -> None:
    batch(tmp_path)
    maker = Maker()
    run_cases(TWO, tmp_path, jobs=1, make=maker)
    assert maker.made == ["ten", "five"]


def test_what_failed_runs_again(tmp_path: Path) -> None:
    runs, _ = batch(tmp_path, broken=["five"])
    assert [(run.state, run.error) for run in runs] == [("done", ""), ("failed", "ValueError: no such luck")]
    assert batch(tmp_path)[1] == ["five"]


def test_other_settings_run_again_and_defaults_written_out_do_not(tmp_path: Path) -> None:
    batch(tmp_path)
    assert batch(tmp_path, [TWO[0], Case("account_selection", "five", {**SMALL, "capacity": 6})])[1] == ["five"]
    assert batch(tmp_path, [Case("account_selection", "ten", {**TWO[0].settings, "seed": 7})])[1] == []


def test_a_file_that_changed_runs_again(tmp_path: Path) -> None:
    card = tmp_path / "mine.toml"
    shipped = (data_folder() / "scorecards" / "account.toml").read_text(encoding="utf-8")
    card.write_text(shipped, encoding="utf-8")
    data = tmp_path / "data"
    data.mkdir()
    case = Case("account_selection", "mine", {"scorecard": str(card), "data": str(data)})
    place = tmp_path / "reports"
    assert batch(place, [case])[1] == ["mine"]
    assert batch(place, [case])[1] == []
    card.write_text(f"# as agreed in May\n{shipped}", encoding="utf-8")
    assert batch(place, [case])[1] == ["mine"]
    (data / "customers.csv").write_text("id", encoding="utf-8")
    assert batch(place, [case])[1] == ["mine"]
    assert batch(place, [case])[1] == []


def test_code_that_changed_runs_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batch(tmp_path)
    monkeypatch.setattr("srmkit.batch.stamp._code", lambda study: "another version")
    assert batch(tmp_path)[1] == ["ten", "five"]


def test_a_database_on_a_server_may_have_changed_and_runs_again(tmp_path: Path) -> None:
    case = Case("account_selection", "live", {"data": "postgresql://host/name"})
    assert Stamps().of(case).inputs == UNKNOWN
    batch(tmp_path, [case])
    assert batch(tmp_path, [case])[1] == ["live"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("spoil", [Path.unlink, lambda file: file.write_text('"TEN"', encoding="utf-8")],
                         ids=["gone", "altered"])
def test_a_file_that_is_gone_or_altered_is_made_again(spoil: Callable[[Path], object], name: str, tmp_path: Path
                                                      ) -> None:
    runs, _ = batch(tmp_path)
    spoil(runs[0].folder / name)
    runs, made = batch(tmp_path)
    assert made == ["ten"]
    assert [run.unchanged for run in runs] == [False, True]
    assert (runs[0].folder / name).read_text(encoding="utf-8") == '"ten"'
    assert batch(tmp_path)[1] == []


def test_what_people_put_beside_a_report_or_moved_as_it_was_changes_nothing(tmp_path: Path) -> None:
    place, moved = tmp_path / "here", tmp_path / "there"
    runs, _ = batch(place)
    (runs[0].folder / "notes.txt").write_text("looked at in May", encoding="utf-8")
    shutil.copytree(place, moved, copy_function=shutil.copyfile)  # with the time of now
    assert batch(moved)[1] == []


def test_of_a_run_that_left_no_record_of_its_files_nothing_is_believed(tmp_path: Path) -> None:
    batch(tmp_path)
    base = sqlite3.connect(tmp_path / FILE)
    base.execute("ALTER TABLE runs DROP COLUMN files")  # as ledgers were
    base.commit()
    base.close()
    assert batch(tmp_path)[1] == ["ten", "five"]
    assert batch(tmp_path)[1] == []


def test_a_run_cut_short_is_told_and_runs_again(tmp_path: Path) -> None:
    batch(tmp_path)
    with Ledger(tmp_path) as ledger:
        ledger.begin(TWO[1], Stamps().of(TWO[1]))
    cut_short = [run for run in runs_of(tmp_path) if run.state == "failed"]
    assert [(run.case.name, run.error) for run in cut_short] == [("five", CUT_SHORT)]
    assert CUT_SHORT in write_index(runs_of(tmp_path), tmp_path).read_text(encoding="utf-8")
    assert batch(tmp_path)[1] == ["five"]
    attempts = sqlite3.connect(tmp_path / FILE).execute("SELECT name, attempts FROM runs").fetchall()
    assert attempts == [("ten", 1), ("five", 2)]


def test_a_case_that_fails_again_has_another_attempt_until_its_settings_change(tmp_path: Path) -> None:
    def tried(case: Case, state: State) -> int:
        with Ledger(tmp_path) as ledger:
            ledger.begin(case, Stamps().of(case))
            ledger.end(Run(case, state, tmp_path / case.folder, 1.0))
        ((attempts,),) = sqlite3.connect(tmp_path / FILE).execute("SELECT attempts FROM runs").fetchall()
        return int(attempts)

    case = TWO[0]
    other = Case(case.study, case.name, {"capacity": 7})
    assert [tried(case, "failed"), tried(case, "failed"), tried(case, "done"), tried(case, "failed")] == [1, 2, 3, 1]
    assert tried(other, "failed") == 1


def test_the_ledger_knows_the_runs_of_earlier_batches(tmp_path: Path) -> None:
    batch(tmp_path, TWO[:1])
    batch(tmp_path, TWO[1:])
    assert [run.case for run in runs_of(tmp_path)] == TWO


def test_two_batches_never_write_into_one_folder_at_a_time(tmp_path: Path) -> None:
    with Ledger(tmp_path), pytest.raises(SrmkitError, match="is being written by another batch. Wait until it is done"):
        batch(tmp_path)
    assert batch(tmp_path)[1] == ["ten", "five"]


def test_a_file_that_is_no_ledger_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("a shopping list, long enough to be no database at all " * 10, encoding="utf-8")
    with pytest.raises(SrmkitError, match="is no ledger of reports.*Move it away"):
        batch(tmp_path)
    assert "shopping" in (tmp_path / FILE).read_text(encoding="utf-8")
