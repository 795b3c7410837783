"""One table in several files, sheets or a folder: all of it is read, or what is left out is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.intake import preview, propose
from srmkit.intake.series import series_of
from srmkit.tables import open_dataset, read_dataset

HEAD = "po_id,line_id,supplier_id,item_id,order_date,ordered_quantity,unit_price\n"
MAP = """
name = "Alba's buyer"
currency = "EUR"
[tables.purchase_order_lines]
file = {file}
[tables.purchase_order_lines.columns]
po_id = "po_id"
line_id = "line_id"
supplier_id = "supplier_id"
item_id = "item_id"
order_date = "order_date"
ordered_quantity = "ordered_quantity"
unit_price = "unit_price"
status = "status"
"""
YEARS = {
    "orders_2025.csv": HEAD + "P1,1,S1,I1,2025-03-01,10,2.50\nP1,2,S1,I1,04.03.2025,10,2.50\n",
    "orders_2026.csv": "status," + HEAD + "open,P2,1,S1,I1,2026-03-01,10,3.10\nopen,P1,1,S1,I1,2026-03-01,1,9.99\n",
}
Write = Callable[[dict[str, str]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write text files into one folder."""

    def into(files: dict[str, str]) -> Path:
        home = tmp_path / "data"
        for name, text in files.items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text(text, encoding="utf-8")
        return home

    return into


@pytest.fixture
def column_map(tmp_path: Path) -> Callable[[str], Path]:
    """A map that takes the order lines from there."""

    def said(file: str) -> Path:
        path = tmp_path / "map.toml"
        path.write_text(MAP.format(file=file), encoding="utf-8")
        return path

    return said


@pytest.mark.parametrize("file", ['"orders_*.csv"', '["orders_2025.csv", "orders_2026.csv"]', '"years"'])
def test_every_part_is_read_and_each_row_keeps_its_place(write: Write, column_map, file: str) -> None:
    folder = "years/" if "years" in file else ""
    data = read_dataset(write({folder + name: text for name, text in YEARS.items()}), column_map=column_map(file))
    assert data.frame("purchase_order_lines")["po_id"].tolist() == ["P1", "P2"]
    assert data.health.tables.loc["purchase_order_lines"].tolist() == [4, 2, 0, 2]
    aside = data.health.set_aside
    assert aside[["file", "row", "column"]].to_numpy().tolist() == [
        [f"{folder}orders_2025.csv", 3, "order_date"], [f"{folder}orders_2026.csv", 3, "po_id, line_id"],
    ]  # fmt: skip
    assert aside["found"].iloc[1] == f"P1 | 1 (first in row {folder}orders_2025.csv:2)"
    money = data.health.money.set_index("column").loc["unit_price"]
    assert [str(money[part]) for part in ("read", "used", "refused")] == ["18.09", "5.60", "12.49"]
    notes = " ".join(data.health.notes)
    assert "was read from 2 parts" in notes
    assert f"{folder}orders_2025.csv lacks columns that other parts of" in notes
    assert {f"{folder}{name}" for name in YEARS} <= set(data.fingerprints)


def test_a_part_that_is_not_there_is_told(write: Write, column_map) -> None:
    home = write(YEARS)
    with pytest.raises(SrmkitError, match=r"file 'orders_2027.csv' is missing; found orders_2025.csv"):
        read_dataset(home, column_map=column_map('["orders_2026.csv", "orders_2027.csv"]'))
    with pytest.raises(SrmkitError, match=r"file 'lines_\*.csv' is missing"):
        read_dataset(home, column_map=column_map('"lines_*.csv"'))


@pytest.mark.parametrize("file", ['"../other"', '"../other/*.csv"', '["orders_2025.csv", "../other/a.csv"]', '"link"'])
def test_no_part_lies_outside_the_data_folder(write: Write, column_map, tmp_path: Path, file: str) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.csv").write_text(YEARS["orders_2025.csv"], encoding="utf-8")
    home = write(YEARS)
    (home / "link").symlink_to(other)
    with pytest.raises(SrmkitError, match="lies outside the data folder|is missing"):
        read_dataset(home, column_map=column_map(file))


def test_a_link_in_a_folder_of_parts_is_not_followed(write: Write, column_map, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text(YEARS["orders_2025.csv"], encoding="utf-8")
    home = write({f"years/{name}": text for name, text in YEARS.items()})
    (home / "years" / "more.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(SrmkitError, match="'years/more.csv' lies outside the data folder"):
        read_dataset(home, column_map=column_map('"years"'))


def test_a_table_as_a_folder_of_parquet_files_is_read_whole(tmp_path: Path) -> None:
    """As Spark and DuckDB write it: measured in place when it is large, it must not vanish when it is small."""
    lines = read_dataset("sample").frame("purchase_order_lines")
    parts = tmp_path / "purchase_order_lines"
    parts.mkdir()
    for number in range(2):
        lines[number::2].to_parquet(parts / f"part-{number}.parquet")
    (parts / "_SUCCESS").touch()
    data = open_dataset(str(tmp_path))
    assert len(data.frame("purchase_order_lines")) == len(lines)


def test_a_folder_that_nothing_is_taken_from_is_named(write: Write) -> None:
    home = write({"items.csv": "item_id,name\nI1,bolt\n", "archive/old.csv": "a,b\n1,2\n"})
    assert "Not read, because no table is taken from it: archive." in read_dataset(home).health.notes


def test_files_of_a_series_are_proposed_as_one_table(write: Write, tmp_path: Path) -> None:
    text = HEAD + "P{0},1,S1,I1,{0}-03-01,10,2.50\nP{0},2,S2,I1,{0}-03-02,10,2.50\n"
    home = write({f"orders_{year}.csv": text.format(year) for year in (2024, 2025, 2026)})
    found = propose(home).in_currency("EUR")
    table = next(table for table in found.tables if table.name == "purchase_order_lines")
    assert (table.file, found.questions) == ("orders_*.csv", ())
    assert "# 3 parts with the same columns are taken for one table" in found.text()
    data = read_dataset(home, column_map=found.write(tmp_path / "mine.toml"))
    assert len(data.frame("purchase_order_lines")) == 6
    assert preview(home).files["table"].tolist() == ["orders_*.csv"]


def test_sheets_of_a_series_are_proposed_as_one_table(tmp_path: Path) -> None:
    lines = pd.DataFrame({"PO number": ["P1"], "PO line": [1], "Vendor": ["S1"], "Material": ["I1"],
                          "PO date": [pd.Timestamp("2026-01-03")], "Qty": [10], "Net price": [2.5], "Curr": ["EUR"]})
    book = tmp_path / "book.xlsx"
    with pd.ExcelWriter(book, engine="xlsxwriter") as into:
        for place, month in enumerate(("Jan", "Feb", "Mar")):
            lines.assign(**{"PO number": f"P{place}"}).to_excel(into, sheet_name=month, index=False)
    found = propose(book)
    assert 'file = ["Jan", "Feb", "Mar"]' in found.text()
    data = read_dataset(book, column_map=found.write(tmp_path / "mine.toml"))
    assert len(data.frame("purchase_order_lines")) == 3
    (tmp_path / "folder").mkdir()
    inside = book.rename(tmp_path / "folder" / "book.xlsx")
    found = propose(inside.parent)
    assert 'sheet = ["Jan", "Feb", "Mar"]' in found.text()
    data = read_dataset(inside.parent, column_map=found.write(tmp_path / "mine.toml"))
    assert len(data.frame("purchase_order_lines")) == 3


def test_two_files_with_the_same_columns_and_other_names_are_asked_about(write: Write) -> None:
    """Nothing says that they are parts of one table, and the second is no list of sources either."""
    more = HEAD + "".join(f"Q{n},1,S1,I1,2026-03-01,10,2.50\n" for n in range(5))
    found = propose(write({"orders.csv": YEARS["orders_2025.csv"], "rest.csv": more}))
    assert [table.name for table in found.tables if table.file == "rest.csv"] == []
    asked = 'rest.csv has the columns of orders.csv and is not used: is it more of the same? Then write both: file = ["'
    assert any(question.startswith(asked) for question in found.questions)


def test_numbers_and_months_make_no_other_series() -> None:
    assert series_of("PO lines 2025-Q1.csv") == series_of("po_lines_2026-q2.csv") != series_of("receipts_2025.csv")
    assert series_of("Jan") == series_of("März 2026") == ()
