"""The notebooks are what the studies say they are: one each, in the agreed order, with nothing left in them."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from srmkit.studies import STUDIES, params_of

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
FILES = sorted(NOTEBOOKS.glob("*.ipynb"))


def cells(file: Path) -> list[dict[str, Any]]:
    content = json.loads(file.read_text(encoding="utf-8"))
    return [{**cell, "source": "".join(cell["source"])} for cell in content["cells"]]


def tags(cell: dict[str, Any]) -> list[str]:
    return list(cell["metadata"].get("tags", []))


def test_every_study_has_a_notebook_and_every_notebook_a_study() -> None:
    assert tuple(file.stem for file in FILES) == STUDIES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_only_cells_that_are_checked_keep_their_output(file: Path) -> None:
    code = [cell for cell in cells(file) if cell["cell_type"] == "code"]
    checked = [cell for cell in code if "nbval-check-output" in tags(cell)]
    assert len(checked) >= 3
    for cell in code:
        assert bool(cell["outputs"]) == (cell in checked), cell["id"]
        assert (cell["execution_count"] is not None) == (cell in checked), cell["id"]
        for output in cell["outputs"]:
            assert list(output["data"]) == ["text/plain"], "`srmkit refresh` keeps what is compared"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_notebook_opens_with_the_usual_kernel(file: Path) -> None:
    content = json.loads(file.read_text(encoding="utf-8"))
    assert content["metadata"]["kernelspec"]["name"] == "python3"
    names = [cell["id"] for cell in content["cells"]]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_cells_may_be_run_again_in_any_order(file: Path) -> None:
    """No cell leaves a plain value behind: the next reading of the settings would take it for one."""
    settings = set(params_of(file.stem).model_fields)
    for cell in cells(file):
        if cell["cell_type"] == "code" and "parameters" not in tags(cell):
            for statement in ast.parse(cell["source"]).body:
                for node in ast.walk(statement):
                    if isinstance(node, ast.Assign):
                        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
                        assert not names & settings, cell["id"]
                        assert isinstance(node.value, ast.Call | ast.Subscript), cell["id"]
