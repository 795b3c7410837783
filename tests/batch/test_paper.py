"""A report becomes a PDF through a browser, and it is said what to do where there is none."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from srmkit.batch import Case, run_cases, runner, runs_of
from srmkit.batch.index import write_index
from srmkit.batch.paper import find_browser, is_on, write_pdf
from srmkit.batch.verify import seal
from srmkit.cli import app
from srmkit.errors import SrmkitError


def test_without_a_browser_nothing_runs_and_it_is_said_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, unrehearsed: None
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("SRMKIT_BROWSER", raising=False)
    done = CliRunner().invoke(app, ["run", "account_selection", "--into", str(tmp_path / "reports"), "--pdf"])
    assert done.exit_code == 2
    assert "a browser is needed and was not found; found looked for chromium" in done.output
    assert "Install Chromium or Chrome, name one in SRMKIT_BROWSER, or print report.html" in done.output
    assert not (tmp_path / "reports").exists()


def test_the_browser_that_is_named_is_taken_or_told_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SRMKIT_BROWSER", sys.executable)
    assert find_browser() == sys.executable
    monkeypatch.setenv("SRMKIT_BROWSER", "no-such-browser")
    with pytest.raises(SrmkitError, match="SRMKIT_BROWSER names 'no-such-browser'"):
        find_browser()


def test_a_browser_that_fails_leaves_no_half_file(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text("<html><head></head></html>", encoding="utf-8")
    with pytest.raises(SrmkitError, match="made no PDF"):
        write_pdf(page, tmp_path / "report.pdf", browser=sys.executable)
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


BROWSER = """#!/bin/sh
for one; do case $one in --print-to-pdf=*) pdf=${one#*=};; file://*) page=${one#file://};; esac; done
if grep -q unprintable "$page"; then echo "out of ink" >&2; exit 9; fi
echo printed >> "$SRMKIT_PRINTED"
cp "$page" "$pdf"
if grep -q "size: Letter" "$page"; then width=612; else width=595.28; fi
echo "/MediaBox [0 0 $width 800]" >> "$pdf"
"""
CASES = [Case("account_selection", name, {"capacity": number})
         for number, name in enumerate(("one", "unprintable", "three"), start=1)]
WHY = "browser '{browser}' made no PDF; found out of ink. Try another browser by SRMKIT_BROWSER"


def make(case: Case, folder: Path, **_: object) -> None:
    (folder / "report.html").write_text(f"<html><head></head>{case.name}</html>", encoding="utf-8")
    (folder / "decision.json").write_text(json.dumps({"answer": case.name}), encoding="utf-8")
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    seal(folder)


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One that copies a page, but for those that name themselves unprintable."""
    program = tmp_path / "browser"
    program.write_text(BROWSER, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("SRMKIT_BROWSER", str(program))
    monkeypatch.setenv("SRMKIT_PRINTED", str(tmp_path / "printed"))
    return program


def printed(place: Path) -> list[str]:
    return sorted(pdf.parent.name for pdf in place.glob("*/report.pdf"))


@pytest.mark.skipif(os.name == "nt", reason="the browser is a script of Unix")
def test_a_report_that_cannot_be_printed_counts_as_failed_and_is_there_and_stops_no_other(
    browser: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unrehearsed: None
) -> None:
    monkeypatch.setattr(runner, "make_report", make)
    monkeypatch.setattr(runner, "warm_up", lambda shared: None)
    place, file = tmp_path / "reports", tmp_path / "cases.toml"
    file.write_text("".join(f'[[case]]\nname = "{case.name}"\n' for case in CASES), encoding="utf-8")
    done = CliRunner().invoke(app, ["run", "account_selection", "--cases", str(file), "--into", str(place), "--pdf"])
    assert done.exit_code == 1, done.output
    why = WHY.format(browser=browser)
    assert f"unprintable failed: {why}" in done.output
    assert "2 of 3 runs done" in done.output
    assert [run.state for run in runs_of(place)] == ["done", "failed", "done"]
    assert why in runs_of(place)[1].error
    assert printed(place) == ["account_selection-one", "account_selection-three"]
    for folder in place.glob("account_selection-*"):  # whole, and sealed with its PDF
        files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
        assert set(files) == {path.name for path in folder.iterdir()} - {"manifest.json"}
    page = (place / "index.html").read_text(encoding="utf-8")
    assert "unprintable: failed" in page
    assert "out of ink" in page
    assert re.search(r'href="account_selection-unprintable/report.html">report</a>', page)
    assert "earlier run" not in page


@pytest.mark.skipif(os.name == "nt", reason="the browser is a script of Unix")
def test_of_what_is_done_and_unchanged_only_the_missing_pdf_is_made(browser: Path, tmp_path: Path) -> None:
    place, log = tmp_path / "reports", tmp_path / "printed"
    run_cases(CASES, place, make=make)
    (place / CASES[0].folder / "report.html").touch()
    log.touch()
    before = {case.name: (place / case.folder / "report.html").stat().st_mtime_ns for case in CASES}

    runs = run_cases(CASES, place, make=make, resume=True, paper="A4")
    assert [(run.state, run.unchanged) for run in runs] == [("done", True), ("failed", False), ("done", True)]
    assert [run.state for run in runs_of(place)] == ["done", "failed", "done"]
    assert before == {case.name: (place / case.folder / "report.html").stat().st_mtime_ns for case in CASES}
    assert printed(place) == ["account_selection-one", "account_selection-three"]
    files = json.loads((place / CASES[0].folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert "report.pdf" in files
    assert not list(place.glob(".*"))
    assert "earlier run" not in write_index(runs_of(place), place).read_text(encoding="utf-8")
    assert log.read_text(encoding="utf-8").count("printed") == 2
    run_cases(CASES[::2], place, make=make, resume=True, paper="A4")
    assert log.read_text(encoding="utf-8").count("printed") == 2
    run_cases(CASES[::2], place, make=make, resume=True, paper="Letter")  # of another paper there is none yet
    assert log.read_text(encoding="utf-8").count("printed") == 4
    assert all(is_on(place / case.folder / "report.pdf", "Letter") for case in CASES[::2])
    pdf = place / CASES[0].folder / "report.pdf"
    whole = pdf.read_bytes()
    pdf.write_bytes(whole + b"another word")
    run_cases(CASES[::2], place, make=make, resume=True, paper="Letter")
    assert pdf.read_bytes() == whole
    assert log.read_text(encoding="utf-8").count("printed") == 5
    assert before == {case.name: (place / case.folder / "report.html").stat().st_mtime_ns for case in CASES}
    pdf.unlink()  # no PDF is asked for, but one of its files is gone
    assert [run.unchanged for run in run_cases(CASES[::2], place, make=make, resume=True)] == [False, True]
