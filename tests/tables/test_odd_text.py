"""Text files that are nearly what they seem: each is read whole, or refused with what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from srmkit.errors import SrmkitError
from srmkit.tables import Dataset, read_dataset


def read(tmp_path: Path, content: bytes) -> Dataset:
    """A file of suppliers with these bytes."""
    (tmp_path / "suppliers.csv").write_bytes(content)
    return read_dataset(tmp_path)


def test_rows_that_end_with_a_separator_more_than_the_header_are_read(tmp_path: Path) -> None:
    """Many systems end each row with one, and not the header."""
    data = read(tmp_path, b"supplier_id;name\nS1;Alba;;\n\nS2;Dahl;;\nS5;Gaia;;\nS3;Eck;x;\nS4;Fink\n")
    assert data.frame("suppliers")["supplier_id"].tolist() == ["S1", "S2", "S5", "S3"]
    assert data.health.tables.loc["suppliers"].tolist() == [5, 4, 0, 1]  # the last row has too few
    assert "columns not used" in data.health.notes[0]


def test_a_cell_behind_the_header_that_holds_something_is_no_empty_column(tmp_path: Path) -> None:
    with pytest.raises(SrmkitError, match="has 3 cells where the header has 2"):
        read(tmp_path, b"supplier_id,name\nS1,Alba, Inc\nS2,Dahl, Ltd\n")


def test_one_damaged_letter_does_not_spoil_all_the_others(tmp_path: Path) -> None:
    content = "supplier_id,name\nS1,Müller\nS2,Łódź\n".encode() + b"S3,\xffber\n"
    with pytest.raises(SrmkitError, match="is UTF-8 but for 1 bytes that are none; found byte 0xff at position"):
        read(tmp_path, content)


def test_western_european_letters_are_still_read_with_a_note(tmp_path: Path) -> None:
    data = read(tmp_path, "supplier_id,name\nS1,Müller & Söhne\nS2,Ça va\n".encode("cp1252"))
    assert data.frame("suppliers")["name"].tolist() == ["Müller & Söhne", "Ça va"]
    assert "was read as Windows-1252" in data.health.notes[0]


@pytest.mark.parametrize(("content", "what"), [
    (b"PK\x03\x04\x14\x00", "a workbook or an archive"), (b"\xd0\xcf\x11\xe0\xa1\xb1", "a workbook of the old kind"),
    (b"PAR1\x15\x04", "a Parquet file"), (b"\x1f\x8b\x08\x00", "packed"), (b"%PDF-1.7", "a PDF"),
    (b"SQLite format 3\x00", "a database"), (b"\n<html><table>", "a web page"), (b"<!DOCTYPE html>", "a web page"),
])  # fmt: skip
def test_what_is_no_text_is_called_what_it_is(tmp_path: Path, content: bytes, what: str) -> None:
    with pytest.raises(SrmkitError, match=rf"suppliers.csv: the file is {what}.*, whatever it is called"):
        read(tmp_path, content)
