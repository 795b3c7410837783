"""The SQL behind every figure of the sample company, kept as files that a reviewer reads and a change shows up in.

`SRMKIT_REFRESH_GOLDEN=1` writes the files anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from srmkit.metrics import (
    Period,
    account_metrics,
    item_metrics,
    supplier_metrics,
    supplier_spend_by,
    totals,
)
from srmkit.tables import Dataset, read_dataset
from srmkit.tables.engine import Engine

GOLDEN = Path(__file__).parent / "golden"
ASKED: Mapping[str, Callable[[Dataset, Period], object]] = {
    "supplier_metrics": supplier_metrics,
    "item_metrics": item_metrics,
    "category_metrics": lambda data, period: item_metrics(data, period, level="category"),
    "account_metrics": account_metrics,
    "totals": totals,
    "supplier_spend_by_item": lambda data, period: supplier_spend_by(data, period, "item"),
}


@pytest.fixture(scope="module")
def sample() -> Dataset:
    """The sample company as it is committed."""
    return read_dataset("sample")


@pytest.mark.parametrize("name", ASKED)
def test_the_sql_of_a_figure_changes_only_on_purpose(
    sample: Dataset, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    found = "\n\n".join(f"{query};" for query in queries(sample, monkeypatch, ASKED[name])) + "\n"
    file = GOLDEN / f"{name}.sql"
    if os.environ.get("SRMKIT_REFRESH_GOLDEN") == "1":
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8"), (
        f"The SQL of {name} is not the one in {file.name}. If the change is meant, run "
        "SRMKIT_REFRESH_GOLDEN=1 pytest tests/metrics/test_golden_sql.py and read the difference."
    )


def test_no_golden_file_is_left_over() -> None:
    assert {file.stem for file in GOLDEN.glob("*.sql")} == set(ASKED)


def queries(
    data: Dataset, monkeypatch: pytest.MonkeyPatch, ask: Callable[[Dataset, Period], object]
) -> list[str]:
    """Every query that answers, in the order in which it ran, each once."""
    year = Period.ending(data.last_date(), 12)
    heard: dict[str, None] = {}
    really = Engine.collect

    def collect(engine: Engine, expression: Any) -> Any:
        heard[engine.sql(expression)] = None
        return really(engine, expression)

    monkeypatch.setattr(Engine, "collect", collect)
    ask(replace(data), year)  # data of which nothing was measured yet
    return list(heard)
