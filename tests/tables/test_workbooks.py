"""Excel workbooks."""

from __future__ import annotations

import datetime as dt
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from srmkit.errors import SrmkitError
from srmkit.tables import read_dataset, workbooks
from srmkit.tables.cell_errors import errors_told


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "company.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        suppliers = book.add_worksheet("suppliers")
        suppliers.write_row(2, 0, ["supplier_id", "name", "active"])  # a heading and a blank row stand above
        suppliers.write_row(3, 0, [17, "Müller & Söhne", True])
        suppliers.write_row(5, 0, [18, "Dahl", False])
        contracts = book.add_worksheet("contracts")
        contracts.write_row(0, 0, ["contract_id", "supplier_id", "start_date", "end_date", "annual_value"])
        contracts.write_row(1, 0, ["C1", 17])
        contracts.write_datetime(1, 2, dt.datetime(2024, 3, 4), day)
        contracts.write_datetime(1, 3, dt.datetime(2026, 3, 3), day)
        contracts.write_number(1, 4, 1234.5)
        contracts.write_row(2, 0, ["C2", 99, "soon", "2026-01-01", 5])
        book.add_worksheet("remarks").write(0, 0, "nothing to see")
    return path


def test_sheets_are_tables_and_typed_cells_keep_their_meaning(workbook: Path) -> None:
    data = read_dataset(workbook)

    assert data.frame("suppliers")["supplier_id"].tolist() == ["17", "18"]
    assert data.frame("suppliers")["active"].tolist() == [True, False]
    contract = data.frame("contracts").iloc[0]
    assert contract["start_date"].date() == dt.date(2024, 3, 4)
    assert contract["annual_value"] == 1234.5
    assert any("remarks" in note for note in data.health.notes)


def test_rows_are_numbered_as_excel_shows_them(workbook: Path) -> None:
    aside = read_dataset(workbook).health.set_aside

    assert aside[["file", "row", "column", "found"]].to_numpy().tolist() == [
        ["company.xlsx, sheet contracts", 3, "start_date", "soon"]
    ]


def test_declared_marks_do_not_touch_cells_that_are_numbers(workbook: Path, tmp_path: Path) -> None:
    column_map = tmp_path / "mine.toml"
    column_map.write_text(
        """
        name = "Mine"
        currency = "EUR"
        [tables.contracts]
        file = "contracts"
        [tables.contracts.columns]
        contract_id = "contract_id"
        supplier_id = "supplier_id"
        end_date = { from = "end_date", formats = ["%Y-%m-%d"] }
        annual_value = { from = "annual_value", decimal = ",", thousands = "." }
        [tables.contracts.columns.start_date]
        from = "start_date"
        formats = ["%d.%m.%Y"]
        text = [{ pattern = "soon", value = "2025-01-01" }]
        """
    )
    contracts = read_dataset(workbook, column_map=column_map).frame("contracts")

    assert contracts["annual_value"].tolist() == [1234.5, 5]
    assert contracts["start_date"].dt.date.tolist() == [dt.date(2024, 3, 4), dt.date(2025, 1, 1)]


def test_a_missing_sheet_names_those_that_are_there(workbook: Path) -> None:
    with pytest.raises(SrmkitError, match="sheet 'Orders' is missing; found suppliers, contracts, remarks"):
        workbooks.read_sheet(workbook, "company.xlsx", "Orders")


def test_a_file_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "items.xlsx"
    path.write_text("not a workbook")

    with pytest.raises(
        SrmkitError, match=r"the workbook cannot be opened; .* Save it as .xlsx without a password"
    ):
        read_dataset(path)


def test_a_workbook_that_would_fill_the_machine_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "items.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 20_000)
    monkeypatch.setattr(workbooks, "_MOST_BYTES", 10_000)

    with pytest.raises(SrmkitError, match="the workbook unpacks to more than 1,000 MB"):
        read_dataset(path)


def test_cells_that_show_an_error_are_gaps_and_are_told(tmp_path: Path) -> None:
    """The reader gives nothing for them; a price that was #DIV/0! must not vanish without a word."""
    path = tmp_path / "suppliers.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("first").write(0, 0, "not looked at")
        sheet = book.add_worksheet("suppliers & more")
        sheet.write_row(0, 0, ["supplier_id", "name", "annual_sales"])
        sheet.write_row(1, 0, ["S1", "Alba"])
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        sheet.write_row(2, 0, ["S2", "Dahl"])
        sheet.write_formula(2, 2, "=1+1", None, 2)
        sheet.write_row(3, 0, ["S3", "Eck"])
        sheet.write_formula(3, 2, "=NA()", None, "#N/A")
    raw = workbooks.read_sheet(path, path.name, "suppliers & more")
    assert raw.notes == (
        "suppliers.xlsx, sheet suppliers & more: 2 cells show an error of the spreadsheet (the first: #DIV/0! in C2) "
        "and were read as gaps.",
    )  # fmt: skip
    assert workbooks.read_sheet(path, path.name, "first").notes == ()


def changed(path: Path, was: bytes, now: bytes) -> Path:
    """The workbook with some bytes of its first sheet replaced."""
    into = path.with_name(f"changed_{path.name}")
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(into, "w") as made:
        for entry in book.namelist():
            content = book.read(entry)
            made.writestr(entry, content.replace(was, now) if entry == "xl/worksheets/sheet1.xml" else content)
    return into


def test_a_formula_that_no_program_worked_out_is_told(tmp_path: Path) -> None:
    """Programs that write workbooks do not calculate: the cell is empty until a spreadsheet has opened it."""
    path = tmp_path / "written.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("suppliers")
        sheet.write_row(0, 0, ["supplier_id", "name", "annual_sales"])
        sheet.write_row(1, 0, ["S1", "Alba"])
        sheet.write_formula(1, 2, "=100*2", None, "")
    note = workbooks.read_sheet(path, path.name, "suppliers").notes
    assert len(note) == 1
    assert "1 cell shows an error of the spreadsheet (a formula without a value in C2)" in note[0]
    empty_text = changed(path, b'r="C2">', b'r="C2" t="str">')  # as =IF(A2="","",A2) is, worked out
    assert workbooks.read_sheet(empty_text, path.name, "suppliers").notes == ()


@pytest.mark.parametrize("tag", [
    b'<c t="e" ' + b'r="A1" ' * 100_000, b'<c r="A1"><f>' * 50_000, b'<c t="e" r="A1">' * 50_000,
])  # fmt: skip
def test_a_sheet_made_to_take_long_does_not(tmp_path: Path, tag: bytes) -> None:
    path = tmp_path / "slow.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("suppliers").write_row(0, 0, ["supplier_id", "name"])
    slow = changed(path, b"<sheetData>", b"<sheetData>" + tag)
    start = time.process_time()
    errors_told(slow, "suppliers", slow.name)
    assert time.process_time() - start < 3


def test_sheets_that_nobody_asked_for_are_named(tmp_path: Path) -> None:
    """A workbook in a folder is read by its first sheet; the second plant must not vanish without a word."""
    with xlsxwriter.Workbook(tmp_path / "suppliers.xlsx") as book:
        for place, name in enumerate(("Plant 1", "Plant 2", "blank")):
            sheet = book.add_worksheet(name)
            if name != "blank":
                sheet.write_row(0, 0, ["supplier_id", "name"])
                sheet.write_row(1, 0, [f"S{place}", "Alba"])
    data = read_dataset(tmp_path)
    assert data.frame("suppliers")["supplier_id"].tolist() == ["S0"]
    assert any("only its sheet 'Plant 1' was read, not Plant 2;" in note for note in data.health.notes)
