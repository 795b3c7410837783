"""One way in for whatever an analyst has: a folder, a workbook, one file, a package, a database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import xlsxwriter

from srmkit.errors import SrmkitError
from srmkit.tables import read_dataset
from srmkit.tables.sources import ENDINGS, open_source, table_name

SUPPLIERS = pd.DataFrame({"supplier_id": ["S1", "S2"], "name": ["Müller & Söhne", "Dahl AB"]})
ITEMS = pd.DataFrame({"item_id": ["I1"], "name": ["bolt"]})


def folder(home: Path) -> str:
    SUPPLIERS.to_csv(home / "suppliers.csv", index=False)
    ITEMS.to_parquet(home / "items.parquet")
    return str(home)


def tabbed(home: Path) -> str:
    SUPPLIERS.to_csv(home / "suppliers.tsv", index=False, sep="\t")
    ITEMS.to_csv(home / "items.txt.gz", index=False, sep="|")
    return str(home)


def workbook(home: Path) -> str:
    path = home / "company.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, frame in (("suppliers", SUPPLIERS), ("notes", pd.DataFrame({"a": [1]})), ("items", ITEMS)):
            sheet = book.add_worksheet(name)
            for column, title in enumerate(frame.columns):
                sheet.write_column(0, column, [title, *frame[title]])
    return str(path)


def in_duckdb(home: Path) -> str:
    with duckdb.connect(str(home / "company.duckdb")) as connection:
        for name, frame in (("suppliers", SUPPLIERS), ("items", ITEMS)):
            connection.register("arriving", frame)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM arriving")
    return f"duckdb:///{home / 'company.duckdb'}"


def in_sqlite(home: Path) -> str:
    with sqlite3.connect(home / "company.db") as connection:
        SUPPLIERS.to_sql("suppliers", connection, index=False)
        ITEMS.to_sql("items", connection, index=False)
    connection.close()
    return f"sqlite:///{home / 'company.db'}"


@pytest.mark.parametrize("kind", [folder, tabbed, workbook, in_duckdb, in_sqlite])
def test_the_same_tables_come_from_every_kind_of_source(tmp_path: Path, kind: Callable[[Path], str]) -> None:
    data = read_dataset(kind(tmp_path))
    assert data.frame("suppliers")["name"].tolist() == ["Müller & Söhne", "Dahl AB"]
    assert data.frame("items")["item_id"].tolist() == ["I1"]


@pytest.mark.parametrize("ending", ["csv", "csv.gz", "tsv", "txt", "parquet"])
def test_one_file_is_a_source_of_its_own(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"suppliers.{ending}"
    if ending == "parquet":
        SUPPLIERS.to_parquet(path)
    else:
        SUPPLIERS.to_csv(path, index=False, sep="\t" if ending == "tsv" else ",")
    assert read_dataset(path).frame("suppliers")["supplier_id"].tolist() == ["S1", "S2"]


def test_one_file_reaches_no_other_beside_it(tmp_path: Path) -> None:
    folder(tmp_path)
    with pytest.raises(SrmkitError, match=r"file 'items.parquet' is missing; found suppliers.csv"):
        open_source(tmp_path / "suppliers.csv").read("items.parquet")


def test_a_package_is_a_source_whose_lists_are_tables(tmp_path: Path) -> None:
    path = tmp_path / "release.json"
    path.write_text(json.dumps({"releases": [{"ocid": "o", "parties": [{"id": "S1", "name": "Alba"}]}]}), "utf-8")
    assert open_source(path).names == ("parties",)


def test_parts_of_a_source_can_be_listed(tmp_path: Path) -> None:
    workbook(tmp_path)
    assert open_source(tmp_path).sheets("company.xlsx") == ("suppliers", "notes", "items")
    assert open_source(tmp_path / "company.xlsx").sheets("items") == (None,)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_table_is_called_like_its_file(ending: str) -> None:
    assert table_name(f"suppliers{ending.upper()}") == "suppliers"


def test_a_column_that_pandas_made_an_index_is_a_column(tmp_path: Path) -> None:
    SUPPLIERS.set_index("supplier_id").to_parquet(tmp_path / "suppliers.parquet")
    assert read_dataset(tmp_path).frame("suppliers")["supplier_id"].tolist() == ["S1", "S2"]


def test_lists_within_cells_are_left_out_and_told(tmp_path: Path) -> None:
    SUPPLIERS.assign(tags=[["a"], ["b", "c"]]).to_parquet(tmp_path / "suppliers.parquet")
    data = read_dataset(tmp_path)
    assert len(data.frame("suppliers")) == 2
    assert any("column 'tags' holds lists within its cells and was not read" in note for note in data.health.notes)
