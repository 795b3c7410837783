"""The notebooks under plain papermill, as a user of its command line runs them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from srmkit.places import notebooks_folder
from srmkit.studies import STUDIES, params_of, supplier_segmentation

FAST = ["-p", "draws", "64"]
MONTHS = ("-p", "months", "24", "-r", "reviewer", "007")


def papermill(study: str, into: Path, *options: str) -> subprocess.CompletedProcess[str]:
    notebook = notebooks_folder() / f"{study}.ipynb"
    fast = FAST if "draws" in params_of(study).model_fields else []
    command = [sys.executable, "-m", "papermill", str(notebook), str(into), "--no-progress-bar", *fast, *options]
    environment = {**os.environ, "TQDM_DISABLE": "1"}
    return subprocess.run(command, capture_output=True, text=True, cwd=into.parent, env=environment, check=False)


def outputs(file: Path, cell: str) -> str:
    content = json.loads(file.read_text(encoding="utf-8"))
    found = next(part for part in content["cells"] if part["id"] == cell)
    return json.dumps(found["outputs"], ensure_ascii=False)


@pytest.fixture(scope="module")
def packaging(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second set of settings: one category, other cuts, data taken as certain."""
    into = tmp_path_factory.mktemp("papermill") / "packaging.ipynb"
    done = papermill("supplier_segmentation", into, "-p", "category", "Packaging", "-p", "risk_cut", "40",
                     "-p", "data_doubt", "false", "-r", "review_by", "2027-06-30")
    assert done.returncode == 0, done.stderr[-2000:]
    return into


def test_settings_from_the_command_line_reach_the_study(packaging: Path) -> None:
    settings = outputs(packaging, "settings")
    for words in ("category", "Packaging", "risk_cut", "40", "data_doubt", "False", "2027-06-30"):
        assert words in settings


def test_the_notebook_says_what_the_study_says_without_it(packaging: Path) -> None:
    params = supplier_segmentation.Params(category="Packaging", risk_cut=40, data_doubt=False, draws=64)
    study = supplier_segmentation.run(params)
    assert study.evidence.level == "item"
    assert study.headline() in outputs(packaging, "run")
    for sentence in study.sentences():
        assert json.dumps(sentence, ensure_ascii=False)[1:-1] in outputs(packaging, "change")


def test_the_settings_are_printed_instead_of_controls_that_nobody_moves(packaging: Path) -> None:
    shown = outputs(packaging, "what-if")
    assert "Settings of this run" in shown
    assert "application/vnd.jupyter.widget-view+json" not in shown


@pytest.mark.parametrize("study", ["criteria_weights", "data_health"])
def test_the_other_studies_run_too(study: str, tmp_path: Path) -> None:
    done = papermill(study, tmp_path / "out.ipynb", *MONTHS)
    assert done.returncode == 0, done.stderr[-2000:]
    settings = outputs(tmp_path / "out.ipynb", "settings")
    assert "months" in settings
    assert "24" in settings
    assert "007" in settings  # text that looks like a number stays text
    assert "Settings of this run" in outputs(tmp_path / "out.ipynb", "what-if")


@pytest.mark.parametrize("study", STUDIES)
def test_papermill_tells_every_setting_with_its_type_its_default_and_what_it_means(study: str, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "papermill", "--help-notebook",
                           str(notebooks_folder() / f"{study}.ipynb")], capture_output=True, text=True, check=True)
    told = re.findall(r"^  (\w+): (.*?) \(default (.*?)\)\s+(\S.*)$", done.stdout, re.MULTILINE)
    lines = [line for line in params_of(study).cell().splitlines() if " = " in line]
    assert [f"{name}: {kind} = {default}  # {meaning}" for name, kind, default, meaning in told] == lines
    kinds = {name: kind for name, kind, _, _ in told}
    assert {kinds[name] for name in ("data", "language")} == {"str"}  # also where it is one of some words
    assert (kinds["months"], kinds["firm"]) == ("int", "float")
    assert set(kinds.values()) <= {"str", "int", "float", "bool", "dict[str, float]"}


def test_a_misspelt_setting_fails_with_our_words(tmp_path: Path) -> None:
    done = papermill("account_selection", tmp_path / "out.ipynb", "-p", "capacty", "7")
    assert done.returncode != 0
    assert "'capacty' is no setting of this study" in done.stderr
    assert "Did you mean 'capacity'?" in done.stderr


def test_a_setting_of_the_wrong_kind_fails_with_our_words(tmp_path: Path) -> None:
    done = papermill("account_selection", tmp_path / "out.ipynb", "-p", "capacity", "many")
    assert done.returncode != 0
    assert "parameters of account_selection: 1 problem" in done.stderr
    assert "'capacity'" in done.stderr
    assert "found 'many'" in done.stderr
