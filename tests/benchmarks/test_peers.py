"""The comparison with other programs still runs on our side, and asks what it says; docs/speed.md has its figures."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

PEERS = Path(__file__).parent / "peers"
WORK = runpy.run_path(str(PEERS / "cases.py"))["WORK"]
OURS = sorted({work.ours for work in WORK} - {"ours.import_srmkit"})
PLAIN = sorted({work.ours for work in WORK if work.plain})


def answer(repository: Path, function: str) -> list[float]:
    """What a piece of work answers for 60 candidates and 64 draws, in a process of its own."""
    done = subprocess.run(
        [sys.executable, str(PEERS / "once.py"), function, "60", "64"], capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(repository)},
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["peak"] >= found["before"] > 0
    return found["answer"]


@pytest.mark.parametrize("function", OURS)
def test_each_piece_of_work_runs_and_answers(repository: Path, function: str) -> None:
    found = answer(repository, function)
    assert len(found) >= 20
    assert all(-1 <= number <= 1 for number in found)


def test_the_formula_that_checks_nothing_gives_the_same_totals(repository: Path) -> None:
    assert answer(repository, "ours.scoring") == pytest.approx(answer(repository, "theirs.scoring_numpy"), abs=1e-12)


@pytest.mark.parametrize("function", PLAIN)
def test_plain_arrays_give_the_same_answer(repository: Path, function: str) -> None:
    assert answer(repository, f"{function}_arrays") == pytest.approx(answer(repository, function), abs=1e-14)
