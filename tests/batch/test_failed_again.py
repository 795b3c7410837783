"""A run that fails leaves an earlier good report where it was: marked as that, with the message beside it."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from srmkit.batch import Case, run_cases, runs_of
from srmkit.batch.folders import is_report, mend
from srmkit.batch.index import write_index
from srmkit.batch.ledger import CUT_SHORT, FILE, Ledger
from srmkit.batch.stamp import Stamps
from srmkit.batch.verify import seal

CASE = Case("account_selection", "ten", {"capacity": 10})
FOLDER = CASE.folder


class Maker:
    """Leaves a report that says `answer`; or half of it, and an error."""

    def __init__(self, answer: str, *, fails: bool = False) -> None:
        self.answer, self.fails = answer, fails

    def __call__(self, case: Case, folder: Path) -> None:
        (folder / "notebook.ipynb").write_text(self.answer, encoding="utf-8")
        (folder / "report.html").write_text(self.answer, encoding="utf-8")
        if self.fails:
            raise ValueError(f"no luck with {self.answer}")
        (folder / "decision.json").write_text(json.dumps({"answer": self.answer}), encoding="utf-8")
        (folder / "manifest.json").write_text(json.dumps({"results": {"Accounts": self.answer}}), encoding="utf-8")
        seal(folder)


def after(place: Path, *makers: Maker) -> str:
    """The index after these runs."""
    for maker in makers:
        run_cases([CASE], place, make=maker)
    return write_index(runs_of(place), place).read_text(encoding="utf-8")


GOOD, WORSE, AGAIN = Maker("Ten."), Maker("Nine.", fails=True), Maker("Eight.", fails=True)


def test_the_last_good_report_stays_and_is_marked_and_the_message_stands_beside_it(tmp_path: Path) -> None:
    page = after(tmp_path, GOOD, WORSE)
    folder = tmp_path / FOLDER
    assert (folder / "report.html").read_text(encoding="utf-8") == "Ten."
    assert (folder / "failed" / "error.txt").read_text(encoding="utf-8") == "ValueError: no luck with Nine.\n"
    assert (folder / "failed" / "notebook.ipynb").read_text(encoding="utf-8") == "Nine."
    assert "ten: failed" in page
    assert "no luck with Nine." in page
    assert re.search(r'/report.html">report of an earlier run, of \d{4}-\d\d-\d\d, \d\d:\d\d UTC</a>', page)
    assert f'href="{FOLDER}/failed/notebook.ipynb"' in page
    assert "Ten." not in page  # what it decided is not what holds today
    assert [run.state for run in runs_of(tmp_path)] == ["failed"]


def test_it_stays_however_often_it_fails_and_only_the_last_message_is_kept(tmp_path: Path) -> None:
    page = after(tmp_path, GOOD, WORSE, AGAIN)
    assert (tmp_path / FOLDER / "report.html").read_text(encoding="utf-8") == "Ten."
    assert "Eight." in (tmp_path / FOLDER / "failed" / "error.txt").read_text(encoding="utf-8")
    assert "no luck with Nine." not in page
    assert "report of an earlier run, of" in page


def test_the_next_good_one_takes_its_place_and_is_compared_with_it(tmp_path: Path) -> None:
    page = after(tmp_path, GOOD, WORSE, Maker("Eleven."))
    assert not (tmp_path / FOLDER / "failed").exists()
    assert "Against the run before: The run before said: Ten." in page
    assert "earlier run" not in page


def test_before_there_is_a_good_one_the_folder_holds_what_the_failed_one_left(tmp_path: Path) -> None:
    page = after(tmp_path, WORSE, AGAIN)
    folder = tmp_path / FOLDER
    assert not is_report(folder)
    assert "Eight." in (folder / "error.txt").read_text(encoding="utf-8")
    assert not (folder / "failed").exists()
    assert "report.html" not in page  # half of one
    assert after(tmp_path, GOOD).count("failed</h2>") == 0


def test_what_a_failed_run_left_beside_a_report_is_no_part_of_it(tmp_path: Path) -> None:
    after(tmp_path, GOOD, WORSE)
    (tmp_path / FOLDER / "report.html").touch()
    files = json.loads((tmp_path / FOLDER / "manifest.json").read_text(encoding="utf-8"))["files"]
    seal(tmp_path / FOLDER)
    assert json.loads((tmp_path / FOLDER / "manifest.json").read_text(encoding="utf-8"))["files"] == files


def test_when_the_report_was_made_outlives_a_run_that_was_cut_short(tmp_path: Path) -> None:
    after(tmp_path, GOOD)
    (made,) = (run.report_at for run in runs_of(tmp_path))
    with Ledger(tmp_path) as ledger:
        ledger.begin(CASE, Stamps().of(CASE))
    (run,) = runs_of(tmp_path)
    assert (run.error, run.stale, run.report_at) == (CUT_SHORT, True, made)
    after(tmp_path, WORSE)
    (run,) = runs_of(tmp_path)
    assert (run.stale, run.report_at) == (True, made)


def test_a_ledger_of_an_earlier_version_goes_on(tmp_path: Path) -> None:
    after(tmp_path, GOOD)
    base = sqlite3.connect(tmp_path / FILE)
    base.execute("ALTER TABLE runs DROP COLUMN report_at")
    base.execute("UPDATE runs SET at = '2026-01-31T05:00:00+00:00'")
    base.commit()
    base.close()
    assert "report of an earlier run, of 2026-01-31, 05:00 UTC" in after(tmp_path, WORSE)


class Death(BaseException):
    """The process dies here."""


@pytest.mark.parametrize("maker", [WORSE, Maker("Eleven.")], ids=["fails", "succeeds"])
def test_whenever_it_dies_a_good_report_is_there_and_whole(
    maker: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dies before each step that changes the disk, one after the other, until a run comes through."""
    steps = 0
    while True:
        steps += 1
        place = tmp_path / str(steps)
        run_cases([CASE], place, make=GOOD)
        run_cases([CASE], place, make=AGAIN)  # so that what it left has to be replaced, too
        with monkeypatch.context() as patched:
            left = dying_after(steps, patched)
            with suppress(Death):
                run_cases([CASE], place, make=maker, jobs=1)
        mend(place)
        folder = place / FOLDER
        answer = (folder / "report.html").read_text(encoding="utf-8")
        assert is_report(folder)
        assert answer in ("Ten.", "Eleven.")
        assert json.loads((folder / "decision.json").read_text(encoding="utf-8"))["answer"] == answer
        files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        beside = {"failed/error.txt", "failed/notebook.ipynb", "failed/report.html"}
        assert not files & beside or files >= beside
        assert not [name for name in files if name.startswith(".")]
        write_index(runs_of(place), place)
        if left() > 0:
            break
    assert steps == 6  # it died before each of five: two renames, two removals, one line in the ledger


def dying_after(steps: int, patched: pytest.MonkeyPatch) -> Callable[[], int]:
    """From the draft that is whole on, every rename and removal counts; how many are left in the end."""
    count = [steps]

    def counted(usual: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **options: object) -> object:
            count[0] -= 1
            if count[0] <= 0:
                raise Death
            return usual(*arguments, **options)

        return step

    patched.setattr(Path, "rename", counted(Path.rename))
    patched.setattr(shutil, "rmtree", counted(shutil.rmtree))
    patched.setattr(Ledger, "end", counted(Ledger.end))
    return lambda: count[0]
