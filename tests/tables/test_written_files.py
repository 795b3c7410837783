"""Text in any common encoding, cut by any mark, its header where the map says: read or refused, never guessed."""

from __future__ import annotations

import gzip
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.tables.csv_files import read_csv
from srmkit.tables.encodings import ENCODINGS, decoded
from srmkit.tables.map_settings import FileRule


def file(home: Path, content: bytes, name: str = "vendors.csv") -> Path:
    """A file with these bytes."""
    path = home / name
    path.write_bytes(content)
    return path


def cells(home: Path, content: bytes, rule: FileRule = FileRule()) -> pd.DataFrame:  # noqa: B008 - frozen
    return read_csv(file(home, content), "vendors.csv", rule).cells


def refusal(home: Path, content: bytes, rule: FileRule = FileRule()) -> str:  # noqa: B008 - frozen
    with pytest.raises(SrmkitError) as told:
        cells(home, content, rule)
    return str(told.value)


PLAIN = "id;name\nS1;Müller & Söhne\nS2;Ångström\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_western_names_survive_whatever_the_program_that_saved_them(tmp_path: Path, encoding: str) -> None:
    found = cells(tmp_path, PLAIN.encode(encoding))
    assert found["name"].tolist() == ["Müller & Söhne", "Ångström"]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1251", "Северсталь Калуга"),
        ("gb18030", "上海精密机械有限公司"),
        ("cp1250", "Železárny Třinec"),
        ("big5", "台積電股份"),
    ],
)
def test_other_alphabets_are_read_as_declared_and_never_guessed(tmp_path: Path, encoding: str, name: str) -> None:
    content = f"id;name\nS1;{name}\nS2;{name}\n".encode(encoding)
    found = cells(tmp_path, content, FileRule(encoding=encoding))
    assert found["name"].tolist() == [name, name]


def test_an_unknown_alphabet_is_asked_about_with_the_words_of_each_reading(tmp_path: Path) -> None:
    words = refusal(tmp_path, "id;name\nS1;Северсталь\nS2;Металлург\n".encode("cp1251"))
    assert "letters of some other alphabet than the Western European one" in words
    assert '[files."vendors.csv"] encoding = "' in words
    assert "cp1251 reads 'Северсталь', 'Металлург'" in words


def test_text_that_is_not_what_was_declared_is_refused(tmp_path: Path) -> None:
    words = refusal(tmp_path, b"id;name\nS1;\xff\n", FileRule(encoding="utf-8"))
    assert "is no UTF-8 text; found byte 0xff at position 11" in words


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters='",;\t|\r\n\x00\ufeff'), min_size=1))
def test_every_text_in_unicode_comes_back(name: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        text, _ = decoded(f"id,name\nS1,{name}\n".encode(encoding), "x")
        assert text == f"id,name\nS1,{name}\n"


def test_every_encoding_that_may_be_declared_exists() -> None:
    for encoding in ENCODINGS:
        assert decoded("id".encode(encoding), "x", encoding)[0].lstrip("\ufeff") == "id"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
def test_any_common_separator_and_end_of_line(tmp_path: Path, mark: str, end: str) -> None:
    lines = [["id", "name", "city"], ["S1", "Alba", "Ulm"], ["S2", "Dahl", "Bergen"]]
    found = cells(tmp_path, end.join(mark.join(line) for line in lines).encode())
    assert found.to_dict("list") == {"id": ["S1", "S2"], "name": ["Alba", "Dahl"], "city": ["Ulm", "Bergen"]}
    assert found.index.tolist() == [2, 3]


def test_a_declared_separator_wins_over_what_looks_likely(tmp_path: Path) -> None:
    found = cells(tmp_path, b"id~name, city, country\nS1~Alba, Ulm, DE\n", FileRule(separator="~"))
    assert found.to_dict("list") == {"id": ["S1"], "name, city, country": ["Alba, Ulm, DE"]}


def test_rows_above_the_header_are_left_out_and_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    content = b"Vendor list\nas of 30 June\n\nid,name\nS1,Alba\nS2,Dahl,extra\n"
    table = read_csv(file(tmp_path, content), "vendors.csv", FileRule(header=(4,)))
    assert table.cells.index.tolist() == [5]
    assert [(row.row, row.reason) for row in table.broken] == [
        (1, "stands above the header"), (2, "stands above the header"), (6, "has 3 cells where the header has 2")]


def test_several_header_rows_make_one_name_each(tmp_path: Path) -> None:
    found = cells(tmp_path, b",Copper,Zinc\nmonth,$/t,$/t\n2024-01,1,2\n", FileRule(header=(1, 2)))
    assert list(found.columns) == [" | month", "Copper | $/t", "Zinc | $/t"]


def test_a_quote_that_swallows_rows_is_found_out(tmp_path: Path) -> None:
    content = b'id,name\nS1,"Alba\nS2,Dahl\nS3,Eyde\nS4,"Fram"\nS5,Gard\n'
    table = read_csv(file(tmp_path, content), "vendors.csv")
    told = " ".join(row.reason for row in table.broken)
    kept = set(table.cells["id"])
    assert "quotes of the file are no pairs" in told
    assert "S5" in kept
    assert not table.cells["name"].str.contains("\n").any()


def test_an_address_of_two_lines_in_quotes_is_one_cell(tmp_path: Path) -> None:
    table = read_csv(file(tmp_path, b'id,name\nS1,"Alba\nUlm"\nS2,Dahl\n'), "vendors.csv")
    assert table.cells["name"].tolist() == ["Alba\nUlm", "Dahl"]
    assert table.broken == ()


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    packed = gzip.compress(b"id,name\n" + b"S1,Alba\n" * 1000)
    path = file(tmp_path, packed[: len(packed) // 2], "vendors.csv.gz")
    with pytest.raises(SrmkitError, match="cannot be unpacked"):
        read_csv(path, "vendors.csv.gz")
