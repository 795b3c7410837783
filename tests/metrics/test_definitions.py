"""Every metric says what it does with what does not fit, and every note is said in the reader's language."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from srmkit.language import speaking
from srmkit.metrics import Metrics, Period, account_metrics, item_metrics, supplier_metrics
from srmkit.metrics.total_definitions import TOTAL_DEFINITIONS
from srmkit.tables import Dataset, read_dataset, read_frames

HAN = re.compile("[\u4e00-\u9fff]")
MEASURED: Mapping[str, Callable[[Dataset, Period], Metrics]] = {
    "suppliers": supplier_metrics,
    "items": item_metrics,
    "categories": lambda data, period: item_metrics(data, period, level="category"),
    "accounts": account_metrics,
}
edge_cases = runpy.run_path(str(Path(__file__).parents[1] / "engines" / "edge_cases.py"))["edge_cases"]


def bare() -> Dataset:
    """A company that orders, and of which nothing else is known: a note for each figure that this leaves out."""
    whole = read_dataset("sample")
    kept = ("suppliers", "items", "purchase_order_lines", "customers", "sales_order_lines")
    frames = {name: whole.frame(name) for name in kept}
    lines = frames["purchase_order_lines"].drop(columns="promised_date")
    return read_frames(frames | {"purchase_order_lines": lines}, name="bare", currency="EUR")


@pytest.fixture(scope="module", params=[edge_cases, bare], ids=["edge cases", "bare"])
def company(request: pytest.FixtureRequest) -> Dataset:
    """A company with much to be noted."""
    made: Dataset = request.param()
    return made


def the_year(data: Dataset) -> Period:
    return Period.ending(data.last_date(), 12)


@pytest.mark.parametrize("asked", MEASURED)
def test_every_metric_fills_its_treatment(asked: str) -> None:
    data = read_dataset("sample")
    found = MEASURED[asked](data, the_year(data)).definitions.values()
    assert [one.name for one in found if not one.treatment] == []


def test_every_total_fills_its_treatment() -> None:
    assert [one.name for one in TOTAL_DEFINITIONS if not one.treatment] == []


@pytest.mark.parametrize("asked", MEASURED)
def test_every_note_is_said_in_the_language_of_the_reader(company: Dataset, asked: str) -> None:
    english = MEASURED[asked](company, the_year(company)).notes
    with speaking("zh"):
        chinese = MEASURED[asked](company, the_year(company)).notes
    assert len(chinese) == len(english)
    assert [note for note in chinese if not HAN.search(note)] == []


def test_there_are_notes_to_be_said() -> None:
    data = bare()
    assert len(supplier_metrics(data, the_year(data)).notes) >= 2
