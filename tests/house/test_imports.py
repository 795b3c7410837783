"""Importing is quick and quiet: what is heavy is loaded when first used."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

PEOPLE = {"matplotlib", "ipywidgets", "IPython", "papermill", "nbconvert"}
HEAVY = PEOPLE | {"pandas", "numpy", "scipy", "ibis", "duckdb"}
TIME_AND_MODULES = """
import json, sys, time
started = time.perf_counter()
{statement}
seconds = time.perf_counter() - started
print(json.dumps([seconds, sorted({{name.split('.')[0] for name in sys.modules}})]))
"""


def _after(statement: str) -> tuple[float, set[str]]:
    """Seconds that a statement takes in a fresh Python, and the top-level modules loaded then."""
    done = subprocess.run(
        [sys.executable, "-c", TIME_AND_MODULES.format(statement=statement)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    seconds, modules = json.loads(done.stdout)  # one line: the statement itself printed nothing
    return seconds, set(modules)


def test_importing_srmkit_costs_next_to_nothing() -> None:
    seconds, modules = min((_after("import srmkit") for _ in range(3)), key=lambda run: run[0])
    assert modules & HEAVY == set()
    assert seconds < 0.05


def test_the_command_answers_before_anything_heavy_is_loaded() -> None:
    _, modules = _after("import srmkit.cli")
    assert modules & HEAVY == set()


@pytest.mark.parametrize("folder", ["bands", "scoring", "segmentation", "robustness", "strategy"])
def test_scoring_needs_neither_pictures_nor_notebooks_nor_statistics(folder: str) -> None:
    _, modules = _after(f"import srmkit.{folder}")
    assert modules & (PEOPLE | {"scipy"}) == set()


def test_reading_tables_needs_neither_pictures_nor_notebooks() -> None:
    _, modules = _after("import srmkit.tables, srmkit.metrics")
    assert modules & PEOPLE == set()
