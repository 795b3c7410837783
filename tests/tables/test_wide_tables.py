"""Wide tables, several header rows, packages of open contracting data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.tables import read_dataset
from srmkit.tables.map_settings import FileRule, Unpivot
from srmkit.tables.ocds import compiled, ocds_lists, read_ocds
from srmkit.tables.raw import RawTable
from srmkit.tables.unpivot import unpivoted
from srmkit.tables.workbooks import read_sheet


def raw(frame: pd.DataFrame) -> RawTable:
    """A table whose rows are numbered from 2."""
    return RawTable("prices.csv", frame.set_axis(pd.RangeIndex(2, 2 + len(frame), name="row"), axis="index"))


def test_each_cell_of_a_wide_table_becomes_a_row_called_as_the_spreadsheet_calls_it() -> None:
    wide = raw(pd.DataFrame({"month": ["2024-01", "2024-02"], "Copper | $/t": ["8", ""], "Zinc | $/t": ["2", "3"]}))
    long = unpivoted(wide, Unpivot(keep=("month",), names=("metal", "unit"), value="price")).cells
    assert long.index.tolist() == ["B2", "C2", "C3"]
    assert long.loc["C3"].to_dict() == {"month": "2024-02", "metal": "Zinc", "unit": "$/t", "price": "3"}


def test_a_column_to_keep_that_is_not_there_is_told() -> None:
    with pytest.raises(SrmkitError, match=r"column 'year' \(to keep\) is missing; found month"):
        unpivoted(raw(pd.DataFrame({"month": ["1"]})), Unpivot(keep=("year",)))
    with pytest.raises(SrmkitError, match="has not the 2 parts that unpivot names"):
        unpivoted(raw(pd.DataFrame({"month": ["1"], "Zinc": ["2"]})), Unpivot(keep=("month",), names=("a", "b")))


def release(day: str, **more: Any) -> dict[str, Any]:
    return {"ocid": "o-1", "date": f"2024-{day}", **more}


def test_releases_become_the_state_of_today() -> None:
    """standard.open-contracting.org, Merging: later replaces, null removes, lists with ids merge by id."""
    first = release("01-01", awards=[{"id": "A", "value": {"amount": 5}}, {"id": "B", "status": "active"}])
    second = release("02-01", awards=[{"id": "A", "value": {"amount": 7}, "status": "active"}], tender=None)
    assert compiled([second, first])["awards"] == [
        {"id": "A", "value": {"amount": 7}, "status": "active"},
        {"id": "B", "status": "active"},
    ]


def package(home: Path, content: object) -> Path:
    path = home / "release.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_every_list_of_a_package_is_a_table(tmp_path: Path) -> None:
    award = {"id": "A", "value": {"amount": 5, "currency": "GBP"}, "suppliers": [{"id": "S1", "name": "Alba"}]}
    party = {"id": "S1", "roles": ["supplier", "payee"]}
    path = package(tmp_path, {"releases": [release("01-01", awards=[award], parties=[party])]})
    assert set(ocds_lists(path, path.name)) == {"awards", "awards.suppliers", "parties"}
    suppliers = read_ocds(path, path.name, "awards.suppliers").cells
    assert suppliers.iloc[0].to_dict() == {
        "ocid": "o-1", "awards.id": "A", "awards.value.amount": 5, "awards.value.currency": "GBP", "id": "S1",
        "name": "Alba",
    }  # fmt: skip
    assert read_ocds(path, path.name, "parties").cells.iloc[0]["roles"] == "supplier; payee"


@pytest.mark.parametrize("content", ["[1, 2", "[" * 100_000, '{"a": 1}', "[]"], ids=["cut", "endless", "other", "list"])
def test_what_is_no_package_is_refused_in_words(tmp_path: Path, content: str) -> None:
    path = tmp_path / "release.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SrmkitError):
        read_ocds(path, path.name)


def test_a_list_that_is_not_in_the_package_is_told(tmp_path: Path) -> None:
    path = package(tmp_path, {"releases": [release("01-01", parties=[{"id": "S1"}])]})
    with pytest.raises(SrmkitError, match="list 'bids' is missing; found parties"):
        read_ocds(path, path.name, "bids")


OCDS_MAP = """
name = "Open contracting"
currency = "{currency}"
[tables.suppliers]
file = "{file}"
sheet = "parties"
distinct = true
columns = {{ supplier_id = "id", name = "name" }}
"""


def test_the_published_example_is_read_through_a_map(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data" / "ocds"
    file = next(folder.glob("ocds-*.json"))
    column_map = tmp_path / "map.toml"
    column_map.write_text(OCDS_MAP.format(currency="GBP", file=file.name), encoding="utf-8")
    data = read_dataset(folder, column_map=column_map)
    parties = {
        party["id"]: party["name"]
        for one in json.loads(file.read_text(encoding="utf-8"))["releases"]
        for party in one["parties"]
    }
    assert data.frame("suppliers").set_index("supplier_id")["name"].to_dict() == parties


def test_the_pink_sheet_is_read_with_its_three_header_rows(shared: Path) -> None:
    """World Bank Commodity Price Data: 71 series, 779 months from January 1960, name above unit above code."""
    path = shared / "data" / "commodity-prices" / "CMO-Historical-Data-Monthly.xlsx"
    sheet = read_sheet(path, path.name, "Monthly Prices", FileRule(header=(5, 6, 7)))
    assert sheet.cells.shape == (779, 72)
    first = str(sheet.cells.columns[0])
    long = unpivoted(sheet, Unpivot(keep=(first,), names=("series", "unit", "code"), value="price")).cells
    assert long["code"].nunique() == 71
    assert len(long) == 779 * 71
    assert long["price"].eq("…").sum() == 6171
