"""A company whose every name is an attack: reports, pictures, tables, workbooks and controls show names as names."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from srmkit.exports import write_exports
from srmkit.intake import preview
from srmkit.sample import SampleSettings, make_company
from srmkit.studies import account_selection, supplier_segmentation
from srmkit.widgets import Explorer

EVIL = (
    "<script>alert('x')</script>", "<img src=x onerror=alert(1)>", "</svg><script>alert(1)</script>",
    '=HYPERLINK("http://evil","x")', "@SUM(1+1)*cmd|' /C calc'!A0", "'; DROP TABLE suppliers; --",
    "$\\frac{1}{2$ Corp", "{{ 7*7 }}{% raw %}", "\u202eevil", "a\nb", "../../etc/passwd", "&lt;b&gt;", "\ufeffx" * 60,
)  # fmt: skip
LIVE = re.compile(r"<script>alert|<img src=x|onerror=alert\(1\)>|</svg><script>")


def poisoned(column: pd.Series) -> pd.Series:
    return pd.Series([f"{EVIL[n % len(EVIL)]} {n}" for n in range(len(column))], index=column.index)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample company as Parquet, with names of suppliers, customers, items and products made evil."""
    home = tmp_path_factory.mktemp("hostile")
    company = make_company(SampleSettings(customers=60))
    for name, table in company.tables.items():
        changed = table.copy()
        if "name" in changed:
            changed["name"] = poisoned(changed["name"])
        if name in ("suppliers", "customers"):
            changed["owner"] = poisoned(changed["owner"])
        changed.to_parquet(home / f"{name}.parquet")
    return home


@pytest.fixture(scope="module", params=[supplier_segmentation, account_selection], ids=["suppliers", "accounts"])
def study(request: pytest.FixtureRequest, folder: Path):
    return request.param.run(request.param.Params(data=str(folder)))


def test_no_name_becomes_a_part_of_the_page(study) -> None:
    explorer = Explorer(study)
    shown = [explorer.chart.value, explorer.table.value, explorer.status.value, explorer.paste.value]
    explorer.more.selected_index = 0
    explorer.candidate.value = explorer.candidate.options[0]
    shown.append(explorer.reasons.value)
    page = "".join(shown)
    assert not LIVE.search(page)
    assert "&lt;" in page


def test_no_name_becomes_a_formula(study, tmp_path: Path) -> None:
    write_exports(study, tmp_path)
    with zipfile.ZipFile(tmp_path / "tables.xlsx") as book:
        parts = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}
    sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/")]
    assert any("HYPERLINK" in text for text in parts.values())
    assert not any("<f>" in text or "<hyperlink" in text for text in sheets)


def test_a_first_look_steers_no_terminal(folder: Path) -> None:
    words = preview(folder).text()
    assert "\u202e" not in words
    assert "\x1b" not in words
