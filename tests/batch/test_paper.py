"""A report becomes a PDF through a browser, and it is said what to do where there is none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from srmkit.batch.paper import find_browser, write_pdf
from srmkit.cli import app
from srmkit.errors import SrmkitError


def test_without_a_browser_nothing_runs_and_it_is_said_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
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
