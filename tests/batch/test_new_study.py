"""A study of one's own begins whole: fit, run, and the one that the guide explains."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from srmkit.batch.notebook_check import WATCHED, check_notebook
from srmkit.batch.refresh import refresh_notebook
from srmkit.batch.verify import verify
from srmkit.cli import app
from srmkit.errors import SrmkitError

REPOSITORY = Path(__file__).resolve().parents[2]
NAME = "visits"  # also the name of one of its settings


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("mine")
    made = CliRunner().invoke(app, ["new", NAME, "--into", str(into)])
    assert made.exit_code == 0, made.output
    return into


def test_it_is_fit_and_its_watched_tables_are_kept_as_text(folder: Path) -> None:
    notebook = folder / f"{NAME}.ipynb"
    assert check_notebook(notebook).study == NAME
    kept = [cell for cell in nbformat.read(notebook, as_version=4).cells if cell.get("outputs")]
    assert [cell.id for cell in kept] == ["in-brief", "suppliers"]
    assert all(WATCHED in cell.metadata.tags and list(cell.outputs[0].data) == ["text/plain"] for cell in kept)
    assert "takes the place of" in kept[0].outputs[0].data["text/plain"]


def test_it_is_the_study_that_the_guide_explains(folder: Path) -> None:
    guide = (REPOSITORY / "docs" / "write-a-study.md").read_text(encoding="utf-8")
    [explained] = re.findall(r'^```python title="visits\.py"\n(.*?)^```', guide, re.DOTALL | re.MULTILINE)
    assert (folder / f"{NAME}.py").read_text(encoding="utf-8") == explained.replace('"visits"', f'"{NAME}"')


def test_its_code_keeps_the_rules_of_the_house(folder: Path) -> None:
    # the order of imports hangs on whose srmkit is
    rules = ["--config", str(REPOSITORY / "pyproject.toml"), "--no-cache", "--ignore", "I001"]
    done = subprocess.run([sys.executable, "-m", "ruff", "check", *rules, str(folder)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_a_batch_runs_it_as_one_of_ours(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.chdir(folder.parent)
    cases, into = tmp_path / "cases.toml", tmp_path / "reports"
    cases.write_text('[[case]]\nname = "three"\nvisits = 3\n', encoding="utf-8")
    command = ["run", str(folder / f"{NAME}.ipynb"), "--cases", str(cases), "--into", str(into)]
    made = CliRunner().invoke(app, command)
    assert made.exit_code == 0, made.output
    run = into / f"{NAME}-three"
    assert json.loads((run / "decision.json").read_text(encoding="utf-8"))["answer"].startswith("3 suppliers to visit;")
    assert "how many suppliers can be visited; 1 to 200" in (run / "report.html").read_text(encoding="utf-8")
    assert verify(run).same
    code = json.loads((run / "manifest.json").read_text(encoding="utf-8"))["code"]
    assert set(code) == {f"{folder.name}/{NAME}.ipynb", f"{folder.name}/{NAME}.py"}
    assert "1 of them before and unchanged" in CliRunner().invoke(app, [*command, "--resume"]).output

    cases.write_text('[[case]]\nname = "none"\nvisits = 0\n', encoding="utf-8")
    refused = CliRunner().invoke(app, command)
    assert refused.exit_code == 2
    assert "case 'none', 'visits' should be greater than or equal to 1; found 0." in refused.output


def test_a_notebook_without_its_module_is_told(tmp_path: Path) -> None:
    refused = CliRunner().invoke(app, ["run", str(tmp_path / "visits_that_are_not_there.ipynb")])
    assert refused.exit_code == 2
    assert "visits_that_are_not_there.py' is not there. `srmkit new` writes both." in refused.output


def test_after_a_change_that_is_meant_it_is_refreshed_and_what_fails_stays_as_it_was(folder: Path) -> None:
    file = folder / f"{NAME}.ipynb"
    notebook = nbformat.read(file, as_version=4)
    settings = next(cell for cell in notebook.cells if cell.id == "parameters")
    settings.source = settings.source.replace("visits: int = 10", "visits: int = 2")
    nbformat.write(notebook, file)
    refresh_notebook(file)
    assert "are to be visited" not in file.read_text(encoding="utf-8")  # the record is not watched
    assert next(cell for cell in nbformat.read(file, as_version=4).cells if cell.id == "in-brief").outputs[0].data[
        "text/plain"].count("of 2 are visited")
    settings.source += "\n1 / 0"
    nbformat.write(notebook, file)
    before = file.read_bytes()
    with pytest.raises(SrmkitError, match="a cell fails; found ZeroDivisionError: division by zero"):
        refresh_notebook(file)
    assert file.read_bytes() == before


@pytest.mark.parametrize(("name", "told"), [
    ("My study", "the name 'My study' is none for a module"),
    ("pandas", "the name 'pandas' is that of another module"),
    ("json", "the name 'json' is that of another module"),
    ("account_selection", "the name 'account_selection' is that of a study that comes with srmkit. Take another name."),
    (NAME, f"{NAME}.ipynb' is there already"),
])
def test_a_name_that_is_not_fit_is_refused_and_nothing_is_written(folder: Path, name: str, told: str) -> None:
    before = sorted(folder.rglob("*"))
    refused = CliRunner().invoke(app, ["new", name, "--into", str(folder)])
    assert refused.exit_code == 2
    assert told in " ".join(refused.output.split())
    assert sorted(folder.rglob("*")) == before
