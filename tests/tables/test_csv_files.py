"""CSV files as offices and machines write them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from srmkit.errors import SrmkitError
from srmkit.tables.csv_files import read_csv


def written(tmp_path: Path, content: bytes, name: str = "items.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_in_the_header(tmp_path: Path, separator: str) -> None:
    text = f"item_id{separator}name\n1{separator}bolt\n"
    raw = read_csv(written(tmp_path, text.encode()), "items.csv")

    assert raw.cells.to_dict("records") == [{"item_id": "1", "name": "bolt"}]


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        (
            "cp1252",
            "items.csv is not UTF-8 and was read as Windows-1252 (cp1252); look at names with accents.",
        ),
        ("utf-16", "items.csv was read as UTF-16."),
    ],
)
def test_encodings_in_use_are_read_and_a_guess_is_noted(tmp_path: Path, encoding: str, note: str) -> None:
    raw = read_csv(written(tmp_path, "item_id,name\n1,Kühler\n".encode(encoding)), "items.csv")

    assert raw.cells["name"].tolist() == ["Kühler"]
    assert list(raw.cells.columns) == ["item_id", "name"]
    assert raw.notes == ((note,) if note else ())


def test_text_in_no_known_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        SrmkitError, match="is neither UTF-8 nor Windows-1252 text; found byte 0x81 at position 5"
    ):
        read_csv(written(tmp_path, b"a,b\n1\x81,2\n"), "items.csv")


def test_rows_are_numbered_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    text = 'item_id,name\n1,bolt\n\n2,"nut\nwith a second line"\n3,washer,too many\n4,screw\n5\n6,pin\n'
    raw = read_csv(written(tmp_path, text.encode()), "items.csv")

    assert raw.cells["item_id"].to_dict() == {2: "1", 4: "2", 6: "4", 8: "6"}
    assert [(row.row, row.reason, row.found) for row in raw.broken] == [
        (5, "has 3 cells where the header has 2", "3,washer,too many"),
        (7, "has 1 cell where the header has 2", "5"),
    ]


def test_empty_cells_at_the_end_of_the_header_keep_their_place(tmp_path: Path) -> None:
    raw = read_csv(written(tmp_path, b"item_id,name,\n1,bolt,x\n"), "items.csv")

    assert list(raw.cells.columns) == ["item_id", "name", "column 3"]


def test_a_header_that_names_a_column_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        SrmkitError, match=r"the header names columns more than once; found name\. Rename one of each"
    ):
        read_csv(written(tmp_path, b"name,name\n1,2\n"), "items.csv")


@pytest.mark.parametrize("content", [b"", b"\n\n", b",,\n1,2,3\n"])
def test_a_file_without_a_readable_header_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SrmkitError, match="row 1 holds no column names. Put the column names into the first"):
        read_csv(written(tmp_path, content), "items.csv")


def test_packed_files_are_read_and_broken_ones_told(tmp_path: Path) -> None:
    whole = gzip.compress(b"item_id,name\n1,bolt\n")

    assert len(read_csv(written(tmp_path, whole, "items.csv.gz"), "items.csv.gz").cells) == 1
    with pytest.raises(SrmkitError, match="the file cannot be unpacked"):
        read_csv(written(tmp_path, whole[:-9], "items.csv.gz"), "items.csv.gz")


def test_a_header_alone_is_an_empty_table(tmp_path: Path) -> None:
    raw = read_csv(written(tmp_path, b"item_id,name\n"), "items.csv")

    assert raw.cells.empty
    assert list(raw.cells.columns) == ["item_id", "name"]
