"""What a batch would be refused for is told before its first run, all of it at once, and by --dry-run as well."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from srmkit.batch import Case, cases, check_batch, run_cases, workers
from srmkit.batch.ledger import FILE, Ledger
from srmkit.batch.stamp import Stamps
from srmkit.cli import app
from srmkit.errors import Problem, SrmkitError

ACCOUNTS = Case("account_selection", "five", {"capacity": 5, "draws": 64})
CLOSED = "tcp://127.0.0.1:9"


def write_page(case: Case, folder: Path) -> None:
    (folder / "report.html").write_text(case.name, encoding="utf-8")


def command(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["run", "account_selection", *map(str, arguments)])
    return done.exit_code, done.output


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SRMKIT_BROWSER", "no-such-browser")


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch, unrehearsed: None) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 0.3)


@pytest.mark.parametrize("dry", [["--dry-run"], []], ids=["dry", "wet"])
def test_cases_folder_and_browser_are_told_in_one_message(dry: list[str], tmp_path: Path, no_browser: None) -> None:
    file, into = tmp_path / "cases.toml", tmp_path / "a file" / "reports"
    file.write_text('[[case]]\nname = "a"\ncapacty = 5\n', encoding="utf-8")
    into.parent.touch()
    code, told = command("--cases", file, "--into", into, "--pdf", *dry)
    assert code == 2
    assert "3 problems" in told
    assert "'capacty' is no setting of this study" in told
    assert f"'{into}' cannot be a folder for reports" in told
    assert "a browser is needed and was not found" in told


@pytest.mark.parametrize(("address", "why"), [
    ("tcp://192.0.2.1:8786", "--cluster would send code and data over an open line"),
    ("http://127.0.0.1:8786", "--cluster is no address of a scheduler; found 'http://127.0.0.1:8786'. Write it as"),
    ("127.0.0.1", "--cluster is no address of a scheduler; found '127.0.0.1'"),
    ("tcp://127.0.0.1:many", "--cluster is no address of a scheduler"),
    ("tcp://127.0.0.1:99999", "--cluster is no address of a scheduler"),
    ("tls://127.0.0.1:9", "needs certificates, and none are named"),
    (CLOSED, "gave no answer"),
])
def test_a_cluster_that_is_not_fit_is_told_and_nothing_is_made(address: str, why: str, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
    code, told = command("--into", tmp_path / "reports", "--cluster", address, "--dry-run")
    assert code == 2
    assert "1 problem" in told
    assert why in told
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize("dry", [["--dry-run"], []], ids=["dry", "wet"])
def test_it_is_told_with_the_cases(dry: list[str], tmp_path: Path) -> None:
    file, into = tmp_path / "cases.toml", tmp_path / "reports"
    file.write_text('[[case]]\nname = "a"\ncapacty = 5\n', encoding="utf-8")
    code, told = command("--cases", file, "--into", into, "--cluster", "127.0.0.1", *dry)
    assert code == 2
    assert "2 problems" in told
    assert "'capacty' is no setting of this study" in told
    assert "--cluster is no address of a scheduler" in told
    assert not into.exists()


def test_what_only_the_data_show_is_told_with_the_cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
    monkeypatch.setattr(cases.Rehearsal, "problems", lambda *_: [Problem("'theme'", "is not in the data")])
    with pytest.raises(SrmkitError, match="2 problems") as refused:
        check_batch([ACCOUNTS], tmp_path, cluster="127.0.0.1")
    assert [problem.thing for problem in refused.value.problems] == ["--cluster", "case 'five', 'theme'"]
    assert list(tmp_path.iterdir()) == []


class Workers:
    """Two workers that are asked in this process."""

    def wait_for_workers(self, count: int, timeout: float) -> None:
        pass

    def run(self, function: Any, *arguments: Any, on_error: str) -> dict[str, Any]:
        return {"one": function(*arguments), "other": function("/somewhere/else", *arguments[1:])}


def test_workers_are_asked_for_the_folder_in_which_the_reports_would_be_made_and_for_a_browser(
    tmp_path: Path, no_browser: None
) -> None:
    with pytest.raises(SrmkitError) as refused:
        workers._check_workers(Workers(), "tcp://127.0.0.1:8786", workers.nearest(tmp_path / "not" / "yet"), True)
    told = str(refused.value)
    assert "3 problems" in told
    assert told.count("worker one, a browser is needed and was not found") == 1
    assert f"worker other does not see the folder '{tmp_path}'" in told
    assert list(tmp_path.iterdir()) == []


def test_a_folder_into_which_another_batch_writes_is_told(tmp_path: Path) -> None:
    with Ledger(tmp_path):
        code, told = command("--into", tmp_path, "--dry-run")
    assert code == 2
    assert "is being written by another batch" in told


@pytest.mark.skipif(os.name == "nt", reason="file modes are those of Unix")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("srmkit.batch.runner.TemporaryFile", refuse)  # root may write everywhere
    code, told = command("--into", tmp_path / "reports", "--dry-run")
    assert code == 2
    assert "cannot be a folder for reports; found [Errno 13] Permission denied. Name another one" in told


def test_it_leaves_nothing_and_says_what_is_due_and_why(tmp_path: Path) -> None:
    file, into = tmp_path / "cases.toml", tmp_path / "reports"
    file.write_text('[[case]]\nname = "five"\ncapacity = 5\ndraws = 64\n[[case]]\nname = "six"\ncapacity = 6\n',
                     encoding="utf-8")
    listed = ["account_selection-five: capacity = 5, draws = 64", "account_selection-six: capacity = 6"]

    def told(*options: str) -> list[str]:
        code, text = command("--cases", file, "--into", into, "--dry-run", *options)
        *lines, last = text.splitlines()
        assert (code, last) == (0, "2 cases, all right; none was run.")
        return [line.removeprefix(start) for line, start in zip(lines, listed, strict=True)]

    assert told() == ["", ""]
    assert told("--resume") == [" (new)", " (new)"]
    assert not into.exists()
    run_cases([ACCOUNTS], into, make=write_page)
    before = contents(into)
    assert told("--resume") == [" (done and unchanged)", " (new)"]
    assert told() == ["", ""]
    assert contents(into) == before


def test_what_is_due_again_is_told_with_its_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def why(case: Case = ACCOUNTS) -> list[str]:
        return [one.why for one in check_batch([case], tmp_path / "reports", resume=True)]

    def fail(case: Case, folder: Path) -> None:
        raise RuntimeError("no")

    assert why() == ["new"]
    (tmp_path / "reports").mkdir()
    with Ledger(tmp_path / "reports") as ledger:
        ledger.begin(ACCOUNTS, Stamps().of(ACCOUNTS))
    assert why() == ["was stopped before it was done"]
    run_cases([ACCOUNTS], tmp_path / "reports", make=fail)
    assert why() == ["failed before"]
    (run,) = run_cases([ACCOUNTS], tmp_path / "reports", make=write_page)
    assert why() == []
    assert why(Case(ACCOUNTS.study, ACCOUNTS.name, {**ACCOUNTS.settings, "capacity": 6})) == ["other settings"]
    (run.folder / "report.html").write_text("another word", encoding="utf-8")
    assert why() == ["changed or lost since: report.html"]
    monkeypatch.setattr("srmkit.batch.stamp._code", lambda study: "later")
    assert why() == ["other code"]
    data = tmp_path / "orders.csv"
    data.write_text("order\n1\n", encoding="utf-8")
    mine = Case(ACCOUNTS.study, "mine", {"data": str(data)})
    run_cases([mine], tmp_path / "reports", make=write_page)
    assert why(mine) == []
    data.write_text("order\n2\n", encoding="utf-8")
    assert why(mine) == ["other data"]


def test_a_case_whose_folder_does_not_hold_its_name_is_told_by_both(tmp_path: Path) -> None:
    file = tmp_path / "cases.toml"
    file.write_text("".join(f'[[case]]\nname = "{name}"\n' for name in ("华东", ".", "Retail")), encoding="utf-8")
    code, told = command("--cases", file, "--into", tmp_path / "reports", "--dry-run")
    assert (code, told.splitlines()[:3]) == (0, [
        "account_selection-case-142461b1 ('华东'): defaults", "account_selection-case-cdb4ee2a ('.'): defaults",
        "account_selection-retail: defaults"])


def test_what_lost_a_file_is_told_to_be_run(tmp_path: Path) -> None:
    (run,) = run_cases([ACCOUNTS], tmp_path, make=write_page)
    assert check_batch([ACCOUNTS], tmp_path, resume=True) == []
    (run.folder / "report.html").write_text("another word", encoding="utf-8")
    assert [one.case for one in check_batch([ACCOUNTS], tmp_path, resume=True)] == [ACCOUNTS]


def test_what_a_ledger_of_before_files_were_noted_knows_is_run_again(tmp_path: Path) -> None:
    (run,) = run_cases([ACCOUNTS], tmp_path, make=write_page)
    with closing(sqlite3.connect(tmp_path / FILE)) as ledger, ledger:
        ledger.execute("UPDATE runs SET files = '{}'")
    (run.folder / "report.html").unlink()
    assert [one.why for one in check_batch([ACCOUNTS], tmp_path, resume=True)] == ["its files are not known"]


def contents(place: Path) -> Sequence[tuple[str, bytes]]:
    return [(str(file), file.read_bytes()) for file in sorted(place.rglob("*")) if file.is_file()]


def test_what_is_done_and_unchanged_needs_no_cluster(tmp_path: Path) -> None:
    run_cases([ACCOUNTS], tmp_path, make=write_page)
    assert check_batch([ACCOUNTS], tmp_path, resume=True, cluster=CLOSED) == []
