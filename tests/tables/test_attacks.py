"""Files made to harm: each is refused in words or does nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import xlsxwriter

from srmkit.errors import SrmkitError
from srmkit.tables import read_dataset
from srmkit.tables.limits import check_shape, content_of
from srmkit.tables.workbooks import read_sheet


def test_a_cell_far_out_does_not_fill_the_machine(tmp_path: Path) -> None:
    path = tmp_path / "suppliers.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "supplier_id")
        sheet.write("XFD1048576", "far out")
    with pytest.raises(SrmkitError, match="has more cells than the 20,000,000 that are read"):
        read_sheet(path, path.name)


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_before_it_does(tmp_path: Path) -> None:
    path = tmp_path / "suppliers.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(
        "xl/worksheets/sheet1.xml", "w", force_zip64=True
    ) as sheet:
        for _ in range(1_100):
            sheet.write(bytes(1_000_000))
    assert path.stat().st_size < 5_000_000
    with pytest.raises(SrmkitError, match="unpacks to more than 1,000 MB"):
        read_sheet(path, path.name)


def test_a_view_in_a_database_file_reads_no_other_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("supplier_id,name\nS1,the secret\n", encoding="utf-8")
    path = tmp_path / "company.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"CREATE VIEW suppliers AS SELECT * FROM read_csv('{secret}')")
    with pytest.raises(SrmkitError) as told:
        read_dataset(f"duckdb:///{path}")
    assert "the secret" not in str(told.value)


def test_a_view_without_end_is_cut_and_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("srmkit.tables.databases._FETCHED", 1_001)
    monkeypatch.setattr("srmkit.tables.limits.MOST_ROWS", 1_000)
    path = tmp_path / "company.duckdb"
    with duckdb.connect(str(path)) as connection:
        endless = "SELECT i::VARCHAR AS supplier_id, 'x' AS name FROM range(1000000000000) t(i)"
        connection.execute(f"CREATE VIEW suppliers AS {endless}")
    with pytest.raises(SrmkitError, match="has more rows than"):
        read_dataset(f"duckdb:///{path}")


def test_names_in_a_database_are_names_and_no_code(tmp_path: Path) -> None:
    path = tmp_path / "company.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE suppliers (supplier_id VARCHAR, name VARCHAR)")
        connection.execute("INSERT INTO suppliers VALUES ('S1', 'Alba')")
        connection.execute('CREATE TABLE "x""; DROP TABLE suppliers; --" (a INT)')
    data = read_dataset(f"duckdb:///{path}")
    assert data.frame("suppliers")["name"].tolist() == ["Alba"]


def test_a_folder_of_pickles_is_no_data(tmp_path: Path) -> None:
    frame = pd.DataFrame({"supplier_id": ["S1"], "name": ["Alba"]})
    frame.to_pickle(tmp_path / "suppliers.pkl")
    with pytest.raises(SrmkitError):
        read_dataset(tmp_path)


def test_a_table_with_too_many_columns_rows_or_cells_is_refused() -> None:
    for rows, columns in ((1, 20_000), (60_000_000, 2), (40_000_000, 20)):
        with pytest.raises(SrmkitError, match="that are read"):
            check_shape("orders.parquet", rows, columns)
    check_shape("orders.parquet", 10_000_000, 20)


def test_a_file_larger_than_what_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_bytes(bytes(3_000_000))
    with pytest.raises(SrmkitError, match="is larger than the 2 MB that are read; found 3 MB"):
        content_of(path, path.name, most=2_000_000)


@pytest.mark.parametrize("file", ["../secret.csv", "/etc/passwd", "..\\secret.csv"])
def test_a_map_reaches_nothing_outside_the_data_folder(tmp_path: Path, file: str) -> None:
    (tmp_path / "secret.csv").write_text("id,name\nS1,the secret\n", encoding="utf-8")
    home = tmp_path / "company"
    home.mkdir()
    (home / "suppliers.csv").write_text("id,name\nS1,Alba\n", encoding="utf-8")
    column_map = tmp_path / "map.toml"
    words = f"file = '{file}'\ncolumns = {{ supplier_id = 'id', name = 'name' }}\n"
    column_map.write_text(f"name = 'Mine'\ncurrency = 'EUR'\n[tables.suppliers]\n{words}", encoding="utf-8")
    with pytest.raises(SrmkitError) as told:
        read_dataset(home, column_map=column_map)
    assert "the secret" not in str(told.value)
