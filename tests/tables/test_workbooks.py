"""Excel workbooks."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from srmkit.errors import SrmkitError
from srmkit.tables import read_dataset, workbooks


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
