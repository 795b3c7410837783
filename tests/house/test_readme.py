"""What the README shows does what the README says."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from srmkit.batch import read_cases


@pytest.fixture(scope="module")
def readme(repository: Path) -> str:
    return (repository / "README.md").read_text(encoding="utf-8")


def _blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)


def test_the_example_in_python_runs_on_the_sample_company(readme: str) -> None:
    (program,) = (block for block in _blocks(readme, "python") if 'read_dataset("sample")' in block)
    names: dict[str, object] = {}
    exec(compile(program, "README.md", "exec"), names)
    assert {"scores", "segments", "sure"} <= names.keys()


def test_the_cases_shown_are_cases_that_can_run(readme: str, tmp_path: Path) -> None:
    (cases,) = _blocks(readme, "toml")
    file = tmp_path / "cases.toml"
    file.write_text(cases, encoding="utf-8")
    assert [case.name for case in read_cases(file, "account_selection")] == ["twenty places", "by hours"]


def test_every_study_stands_in_the_table(readme: str, repository: Path) -> None:
    for notebook in (repository / "notebooks").glob("*.ipynb"):
        assert f"(notebooks/{notebook.name})" in readme


@pytest.mark.parametrize(("shell", "script"), [("bash", ".ci/run"), ("sh", "scripts/setup.sh")])
def test_the_scripts_can_be_run(repository: Path, shell: str, script: str) -> None:
    assert os.access(repository / script, os.X_OK)
    subprocess.run([shell, "-n", script], cwd=repository, check=True)
