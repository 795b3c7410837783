"""Batches as a team runs them: reports that stand alone, failures that stop nobody, and one page over all."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from srmkit.batch import Case, Run, run_cases
from srmkit.batch.index import write_index
from srmkit.cli import app
from srmkit.errors import SrmkitError
from srmkit.places import notebooks_folder
from srmkit.studies import _found

FAST = {"draws": 64, "months": 12}


def without_health(folder: Path) -> Path:
    """The notebooks, but one of them fails where no check before the run could know."""
    copied = shutil.copytree(notebooks_folder(), folder / "notebooks")
    broken = nbformat.read(copied / "data_health.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    broken.cells.insert(0, nbformat.v4.new_code_cell("raise OSError('the disk & its <cable> are gone')"))  # type: ignore[no-untyped-call]
    nbformat.write(broken, copied / "data_health.ipynb")  # type: ignore[no-untyped-call]
    return copied


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Run]:
    cases = [
        Case("supplier_segmentation", "Packaging", {**FAST, "category": "Packaging"}),
        Case("account_selection", "account_selection", {**FAST, "capacity": 5}),
        Case("data_health", "Broken", {"duplicates": False}),
    ]
    told: list[Run] = []
    with pytest.MonkeyPatch.context() as patched:
        notebooks = without_health(tmp_path_factory.mktemp("broken"))
        patched.setattr(_found, "notebooks_folder", lambda: notebooks)
        done = run_cases(cases, tmp_path_factory.mktemp("reports"), jobs=2, told=told.append)
    assert {run.case.name for run in told} == {case.name for case in cases}
    write_index(done, done[0].folder.parent)
    return {run.case.name: run for run in done}


def test_a_run_leaves_report_notebook_workbook_decision_and_manifest(runs: Mapping[str, Run]) -> None:
    for name in ("Packaging", "account_selection"):
        assert runs[name].state == "done", runs[name].error
        files = {path.name for path in runs[name].folder.iterdir()}
        assert files == {"report.html", "notebook.ipynb", "tables.xlsx", "decision.json", "manifest.json",
                         "definitions.json", "charts"}


def test_one_that_fails_says_why_and_stops_no_other(runs: Mapping[str, Run]) -> None:
    failed = runs["Broken"]
    assert (failed.state, failed.error) == ("failed", "OSError: the disk & its <cable> are gone")
    assert (failed.folder / "error.txt").read_text(encoding="utf-8") == f"{failed.error}\n"


def test_the_report_is_one_page_without_code_or_request_and_one_script(runs: Mapping[str, Run]) -> None:
    folder = runs["Packaging"].folder
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert page.count("<script") == 1  # that of the tables, named by its hash
    links = re.findall(r"""(?:src|href)\s*=\s*["'](?!data:|#)([^"']+)""", page)
    assert [link for link in links if not (folder / link).exists()] == []  # all lead to files beside the page
    assert "default-src 'none'" in page
    assert "supplier_segmentation.run(params)" not in page
    assert "explore(study)" not in page
    pictures = re.findall(r"<(?:img|svg) [^>]*>", page)
    assert len(pictures) >= 5
    assert all(re.search(r' (?:alt|aria-label)="[^"]{40,}', tag) for tag in pictures)


def test_the_manifest_repeats_the_run(runs: Mapping[str, Run]) -> None:
    manifest = json.loads((runs["Packaging"].folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["study"] == "supplier_segmentation"
    assert manifest["changed_settings"] == {"category": "Packaging", "draws": 64}
    assert manifest["settings"]["seed"] == 7
    assert all(re.fullmatch(r"[0-9a-f]{64}", value) for value in manifest["inputs"].values())
    assert {"srmkit", "numpy", "pandas"} <= set(manifest["packages"])


def test_the_decision_says_how_sure_it_is(runs: Mapping[str, Run]) -> None:
    decision = json.loads((runs["account_selection"].folder / "decision.json").read_text(encoding="utf-8"))
    assert decision["question"] == "Which customers are our key accounts?"
    assert decision["recommendation"]
    assert re.search(r"\d+ firm, \d+ likely and \d+ contested", decision["certainty"])


def test_the_workbook_opens_with_its_settings(runs: Mapping[str, Run]) -> None:
    with zipfile.ZipFile(runs["Packaging"].folder / "tables.xlsx") as book:
        assert b'name="Settings"' in book.read("xl/workbook.xml")


def test_the_index_lists_failures_first_and_links_every_report(runs: Mapping[str, Run]) -> None:
    page = (runs["Packaging"].folder.parent / "index.html").read_text(encoding="utf-8")
    headings = re.findall(r"<h2>(.*?)</h2>", page, re.DOTALL)
    assert [heading.startswith("Broken: failed") for heading in headings] == [True, False, False]
    for run in runs.values():
        if run.state == "done":
            assert f'href="{run.folder.name}/report.html"' in page
    assert "OSError: the disk &amp; its &lt;cable&gt; are gone" in page


def test_nothing_runs_until_every_case_is_right(tmp_path: Path) -> None:
    cases = [Case("supplier_segmentation", "a", {"draws": 64}), Case("supplier_segmentation", "b", {"drows": 64})]
    with pytest.raises(SrmkitError, match="'drows'.*Did you mean 'draws'"):
        run_cases(cases, tmp_path / "reports")
    assert not (tmp_path / "reports").exists()


def test_the_command_refuses_wrong_cases_with_2(tmp_path: Path) -> None:
    file = tmp_path / "cases.toml"
    file.write_text('[[case]]\nname = "a"\nseed = -1\n[[case]]\nname = "b"\ncapacty = 5\n', encoding="utf-8")
    result = CliRunner().invoke(app, ["run", "account_selection", "--cases", str(file), "--into", str(tmp_path / "r")])
    assert result.exit_code == 2
    assert "2 problems" in result.output
    assert "Did you mean 'capacity'?" in result.output
