"""A report still holds, or it is said which tables differ and why."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from srmkit.batch.verify import seal, sign, verify
from srmkit.cli import app
from srmkit.errors import SrmkitError
from srmkit.places import data_folder
from srmkit.studies import add_study, params_of, run_of


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("run") / "manifest.json"
    study = run_of("account_selection")(params_of("account_selection")(draws=64))
    file.write_text(json.dumps(study.manifest()), encoding="utf-8")
    return file


def changed(manifest: Path, into: Path, part: str, name: str) -> Path:
    content = json.loads(manifest.read_text(encoding="utf-8"))
    assert name in content[part]
    content[part][name] = "0" * 64
    into.mkdir(exist_ok=True)
    (into / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    return into


def test_the_same_settings_and_data_give_the_same_numbers(manifest: Path) -> None:
    (manifest.parent / "report.html").touch()
    for place in (manifest, manifest.parent, manifest.parent / "report.html"):
        assert verify(place).sentences == ("Every number is the same.",)


def test_a_table_that_differs_is_named(manifest: Path, tmp_path: Path) -> None:
    table = next(iter(json.loads(manifest.read_text(encoding="utf-8"))["results"]))
    verdict = verify(changed(manifest, tmp_path / "run", "results", table))
    assert not verdict.same
    assert verdict.sentences == (f"Numbers differ in: {table}.",)


def test_what_changed_without_changing_a_number_is_told_too(manifest: Path, tmp_path: Path) -> None:
    verdict = verify(changed(manifest, tmp_path / "run", "packages", "numpy"))
    assert verdict.same
    assert verdict.sentences == ("Every number is the same.", "Packages of another version: numpy.")


def test_the_command_ends_with_0_1_or_2(manifest: Path, tmp_path: Path) -> None:
    table = next(iter(json.loads(manifest.read_text(encoding="utf-8"))["results"]))
    other = changed(manifest, tmp_path / "run", "results", table)
    results = [CliRunner().invoke(app, ["verify", str(place)]) for place in (manifest, other, tmp_path / "none")]
    assert [result.exit_code for result in results] == [0, 1, 2]
    assert f"'{tmp_path / 'none'}' is not there. Name the folder of a run" in " ".join(results[2].output.split())


def test_a_number_that_changed_in_the_data_is_caught_and_its_tables_named(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(data_folder() / "sample", data)
    kind = params_of("account_selection")
    before = run_of("account_selection")(kind.check({"data": str(data), "draws": 64})).manifest()
    (tmp_path / "manifest.json").write_text(json.dumps(before), encoding="utf-8")
    file = data / "sales_order_lines.parquet"
    lines = pd.read_parquet(file)
    lines.loc[lines.index[-1], "revenue"] += 1.0
    lines.to_parquet(file)
    verdict = verify(tmp_path)
    assert not verdict.same
    assert "Accounts" in verdict.differs["results"]
    assert verdict.differs["inputs"] == ("sales_order_lines.parquet",)


def test_a_file_that_was_changed_removed_or_added_is_named(manifest: Path, tmp_path: Path) -> None:
    shutil.copy(manifest, tmp_path)
    record, chart = tmp_path / "decision.json", tmp_path / "charts" / "whale.svg"
    chart.parent.mkdir()
    chart.write_text("<svg/>", encoding="utf-8")
    record.write_text('{"certainty": "93 firm"}', encoding="utf-8")
    seal(tmp_path)
    (tmp_path / "previous.json").write_text("{}", encoding="utf-8")
    (tmp_path / "report.pdf").touch()
    seal(tmp_path, "report.pdf")
    assert verify(tmp_path).sentences == ("Every number is the same.",)
    record.write_text('{"certainty": "94 firm"}', encoding="utf-8")
    chart.unlink()
    (tmp_path / "notes.txt").touch()
    verdict = verify(tmp_path)
    assert not verdict.same
    assert verdict.differs == {"files": ("decision.json",), "missing": ("charts/whale.svg",), "added": ("notes.txt",)}
    assert verdict.sentences[1:] == (
        "Files that were changed since they were written, do not trust their numbers: decision.json.",
        "Files that the run wrote and that are no longer there: charts/whale.svg.",
        "Files that the run did not write, not compared with anything: notes.txt.",
    )


def test_what_is_no_manifest_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    for text, words in (("{", "is not JSON"), ("[]", "is no manifest"), ('{"study": "astrology"}', "is no manifest")):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(SrmkitError, match=words):
            verify(file)


OWN = """
from dataclasses import dataclass
import pandas as pd
from srmkit.decisions import StudyParams, make_manifest, setting

class Params(StudyParams):
    study = "one_of_mine"
    visits: int = setting(3, "how many suppliers can be visited", group="Model", low=1, high=9)

@dataclass(frozen=True)
class Study:
    params: Params

    def manifest(self):
        tables = {"Suppliers": pd.DataFrame({"visits": range(self.params.visits)})}
        return make_manifest(self.params, inputs={}, scorecards={}, tables=tables)

run = Study
"""
MINE = "one_of_mine"
Forget = Callable[[], None]


@pytest.fixture
def forget(monkeypatch: pytest.MonkeyPatch) -> Forget:
    """Another process, which has not heard of the study."""
    usual = [*sys.path]

    def another() -> None:
        sys.modules.pop(MINE, None)
        monkeypatch.setattr(sys, "path", [*usual])
        monkeypatch.setenv("PYTHONPATH", "")

    another()
    return another


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forget: Forget) -> Path:
    """The report of a study of one's own, run where one is now, which has its notebook in the folder `mine`."""
    monkeypatch.chdir(tmp_path)
    notebook, report = tmp_path / "mine" / f"{MINE}.ipynb", tmp_path / "reports" / MINE
    for folder in (notebook.parent, report):
        folder.mkdir(parents=True)
    notebook.touch()
    notebook.with_suffix(".py").write_text(OWN, encoding="utf-8")
    add_study(notebook)
    manifest = run_of(MINE)(params_of(MINE)(visits=2)).manifest()
    (report / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    sign(report, MINE)
    forget()
    return report


def test_a_study_of_ones_own_is_found_from_the_folder_in_which_it_was_run(mine: Path, forget: Forget) -> None:
    assert verify(mine).sentences == ("Every number is the same.",)
    (mine / "failed").mkdir()
    (mine / "failed" / "error.txt").write_text("OSError: no network\n", encoding="utf-8")
    forget()
    file = Path("mine", f"{MINE}.py")
    file.write_text(OWN + "\n# looked at in May\n", encoding="utf-8")
    assert verify(mine).sentences == (
        "Every number is the same.", f"Files of the study that changed: mine/{MINE}.py.",
        "A later run of this case failed, and this is still the report of the earlier one: OSError: no network.")


def test_from_elsewhere_it_is_told_what_to_do_and_the_notebook_can_be_named(
    mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    told = CliRunner().invoke(app, ["verify", str(mine)])
    assert told.exit_code == 2
    assert f"is of a study that is not found; found '{MINE}'. Call it where `srmkit run mine/{MINE}.ipynb` was " in (
        told.output)
    assert f"or name its notebook: --notebook FOLDER/{MINE}.ipynb" in told.output
    named = CliRunner().invoke(app, ["verify", str(mine), "--notebook", str(tmp_path / "mine" / f"{MINE}.ipynb")])
    assert (named.exit_code, named.output) == (0, "Every number is the same.\n")


def test_a_report_of_before_is_told_to_name_its_notebook(mine: Path) -> None:
    file = mine / "manifest.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    del content["code"]
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(SrmkitError, match="is not found; found 'one_of_mine'. Name its notebook: --notebook FOLDER"):
        verify(mine)


def test_a_notebook_of_another_study_is_told(mine: Path) -> None:
    other = Path("mine", "another_of_mine.ipynb")
    other.touch()
    other.with_suffix(".py").touch()
    with pytest.raises(SrmkitError, match=f"is of another study; found '{MINE}'. Name {MINE}.ipynb"):
        verify(mine, notebook=other)


@pytest.mark.parametrize("place", ["reports", "../outside"])
def test_code_that_came_with_a_report_or_lies_elsewhere_is_not_run_unless_it_is_named(mine: Path, place: str) -> None:
    away = Path(place).resolve()
    shutil.move("mine", away / "code")
    file = away / "code" / f"{MINE}.py"
    file.write_text("raise SystemExit('it ran')", encoding="utf-8")
    manifest = json.loads((mine / "manifest.json").read_text(encoding="utf-8"))
    manifest["code"] = {os.path.relpath(file.with_suffix(".ipynb")): "", os.path.relpath(file): ""}
    (mine / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(SrmkitError, match="is of a study that is not found"):
        verify(mine)
