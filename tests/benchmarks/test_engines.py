"""Our supplier metrics, SQL by hand and pandas say the same of a ledger; docs/scale.md has how much each takes."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path

import pytest

from srmkit.sample import write_ledger

PROGRAMS = Path(__file__).parent / "engines"
YEAR = (date(2025, 7, 1), date(2026, 6, 30))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small ledger."""
    return write_ledger(tmp_path_factory.mktemp("ledger") / "data", 20_000)


def answers_of(who: str, ledger: Path) -> Path:
    """The figures of a program, in a file beside the data."""
    figures, _ = runpy.run_path(str(PROGRAMS / f"{who}.py"))["answer"](ledger, *YEAR, "1GB")
    into = ledger.parent / f"{who}.parquet"
    figures.rename_axis("supplier_id").to_parquet(into)
    return into


def test_three_programs_say_the_same_of_every_supplier(ledger: Path) -> None:
    differences = runpy.run_path(str(PROGRAMS / "answers.py"))["differences"]
    ours = answers_of("ours", ledger)
    assert differences(ours, answers_of("theirs_sql", ledger)) == []
    assert differences(ours, answers_of("theirs_pandas", ledger)) == []


def test_the_same_ledger_comes_out_again_whatever_is_written_at_once(ledger: Path, tmp_path: Path) -> None:
    again = write_ledger(tmp_path / "data", 20_000)
    for file in sorted(ledger.glob("*.parquet")):
        assert (again / file.name).read_bytes() == file.read_bytes(), file.name
