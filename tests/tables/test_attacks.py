"""Files made to harm: each is refused in words or does nothing."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import pickle  # noqa: TID251 - to make what must not run
import sqlite3
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest
import xlsxwriter

from srmkit.errors import SrmkitError
from srmkit.intake import preview, propose
from srmkit.tables import connect_dataset, read_dataset
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


def link(place: Path, target: Path) -> None:
    """A symbolic link; the test is left out where the machine makes none."""
    try:
        place.symlink_to(target)
    except OSError:
        pytest.skip("this machine makes no symbolic links")


def test_a_link_in_the_data_folder_leads_nowhere_else(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("supplier_id,name\nS1,the secret\n", encoding="utf-8")
    home = tmp_path / "company"
    home.mkdir()
    link(home / "suppliers.csv", secret)
    with pytest.raises(SrmkitError, match="lies outside the data folder") as told:
        read_dataset(home)
    assert "the secret" not in str(told.value)
    assert "the secret" not in preview(home).text()


_COLUMNS = '[tables.suppliers.columns]\nsupplier_id = "id"\nname = "name"\n'
REACHING = {
    "a join": 'join = [{{ file = "{file}", on = "id" }}]\n' + _COLUMNS,
    "rates": _COLUMNS + '[rates]\nfile = "{file}"\n',
}


@pytest.mark.parametrize("through", REACHING)
@pytest.mark.parametrize("file", ["../secret.csv", "linked.csv", "company/../../secret.csv", "x\x00.csv", "y" * 5_000])
def test_no_part_of_a_map_reaches_outside_the_data_folder(tmp_path: Path, through: str, file: str) -> None:
    (tmp_path / "secret.csv").write_text("id,date,currency,rate\nS1,2026-01-01,the secret,1\n", encoding="utf-8")
    home = tmp_path / "company"
    home.mkdir()
    link(home / "linked.csv", tmp_path / "secret.csv")
    (home / "suppliers.csv").write_text("id,name\nS1,Alba\n", encoding="utf-8")
    written = json.dumps(file)[1:-1]
    words = 'name = "Mine"\ncurrency = "EUR"\n[tables.suppliers]\nfile = "suppliers.csv"\n'
    (tmp_path / "map.toml").write_text(words + REACHING[through].format(file=written), encoding="utf-8")
    with pytest.raises(SrmkitError, match="lies outside the data folder|is missing") as told:
        read_dataset(home, column_map=tmp_path / "map.toml")
    assert "the secret" not in str(told.value)


def workbook_with(path: Path, part: str, content: bytes) -> Path:
    """A sound workbook of which one part is replaced."""
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("suppliers").write_row(0, 0, ["supplier_id", "name"])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, old in parts.items():
            archive.writestr(name, content if name == part else old)
    return path


def test_a_workbook_that_lies_about_the_size_of_its_parts_is_refused(tmp_path: Path) -> None:
    path = workbook_with(tmp_path / "suppliers.xlsx", "xl/sharedStrings.xml", b" " * 40_000_000)
    content = path.read_bytes()
    assert content.count((40_000_000).to_bytes(4, "little")) == 2  # in the part's head and in the directory
    path.write_bytes(content.replace((40_000_000).to_bytes(4, "little"), (900).to_bytes(4, "little")))
    with pytest.raises(SrmkitError, match="cannot be opened"):
        read_sheet(path, path.name)


def test_entities_that_multiply_or_read_files_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a0 "x"><!ENTITY file SYSTEM "{secret.as_uri()}">{entities}]>'
    for entity in ("&a11;", "&file;"):
        strings = f'{head}<sst count="2" uniqueCount="2"><si><t>supplier_id</t></si><si><t>{entity}</t></si></sst>'
        path = workbook_with(tmp_path / "suppliers.xlsx", "xl/sharedStrings.xml", strings.encode())
        try:
            found = str(read_sheet(path, path.name).cells.columns.tolist())
        except SrmkitError as error:
            found = str(error)
        assert "the secret" not in found
        assert len(found) < 10_000


def test_a_packed_file_that_unpacks_without_end_is_refused_on_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("srmkit.tables.csv_files.MOST_BYTES", 1_000_000)
    (tmp_path / "suppliers.csv.gz").write_bytes(gzip.compress(b"supplier_id,name\n" + b"S1,Alba\n" * 500_000))
    with pytest.raises(SrmkitError, match="unpacks to more than"):
        read_dataset(tmp_path)


def test_a_parquet_file_of_one_long_word_said_a_million_times_is_refused_on_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("srmkit.tables.parquet_files.MOST_BYTES", 50_000_000)
    pd.DataFrame({"supplier_id": ["x" * 10_000] * 100_000, "name": "Alba"}).to_parquet(tmp_path / "suppliers.parquet")
    assert (tmp_path / "suppliers.parquet").stat().st_size < 100_000
    with pytest.raises(SrmkitError, match="unpacks to more than the 50 MB that are read"):
        read_dataset(tmp_path)


class Runs:
    """Something that would run a command when it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self.trace}",)


def test_code_hidden_in_a_parquet_file_does_not_run(tmp_path: Path) -> None:
    """Arrow once unpickled the types of strange columns."""
    trace = tmp_path / "trace"
    payload = pickle.dumps(Runs(trace))  # noqa: S301 - made to be refused
    hidden = {"ARROW:extension:name": "arrow.py_extension_type", "ARROW:extension:metadata": payload}
    schema = pa.schema([pa.field("supplier_id", pa.string(), metadata=hidden), ("name", pa.string())])
    pyarrow.parquet.write_table(pa.table([["S1"], ["Alba"]], schema=schema), tmp_path / "suppliers.parquet")
    assert read_dataset(tmp_path).frame("suppliers")["name"].tolist() == ["Alba"]
    assert not trace.exists()


ENDLESS = {
    "duckdb": "SELECT count(*)::VARCHAR AS supplier_id, 'x' AS name FROM range(1000000000000) t(i) WHERE i % 7 = 3",
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS supplier_id, 'x' AS name FROM n",  # noqa: E501
}


def file_with_view(path: Path, kind: str, name: str, query: str) -> str:
    """A database file whose one view is that query; its address."""
    connect = sqlite3.connect if kind == "sqlite" else duckdb.connect
    with contextlib.closing(connect(str(path))) as connection:
        connection.execute(f"CREATE VIEW {name} AS {query}")
    return f"{kind}:///{path}"


@pytest.mark.parametrize(("kind", "reads"), [
    ("duckdb", read_dataset), ("sqlite", read_dataset), ("duckdb", connect_dataset)  # SQLite is not measured in place
])
def test_a_view_in_a_database_that_never_ends_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, reads: Callable[[str], object]
) -> None:
    monkeypatch.setattr("srmkit.tables.databases.SECONDS", 0.3)
    monkeypatch.setattr("srmkit.tables.engine.SECONDS", 0.3)
    url = file_with_view(tmp_path / "company.db", kind, "suppliers", ENDLESS[kind])
    started = time.monotonic()
    with pytest.raises(SrmkitError, match="takes longer than the 0.3 seconds that are waited"):
        reads(url)
    assert "takes longer than the 0.3 seconds" in preview(url).text()
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(("kind", "query"), [
    ("sqlite", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 4000) "
               "SELECT i AS supplier_id, hex(zeroblob(1000)) AS name FROM n"),
    ("duckdb", "SELECT i::VARCHAR AS supplier_id, repeat('x', 2000) AS name FROM range(40000) t(i)"),
])
def test_a_view_that_swells_is_refused_on_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, query: str
) -> None:
    monkeypatch.setattr("srmkit.tables.limits.MOST_BYTES", 5_000_000)
    url = file_with_view(tmp_path / "company.db", kind, "suppliers", query)
    with pytest.raises(SrmkitError, match="of text that are read"):
        read_dataset(url)


NESTED = {
    "a text rule": 'supplier_id = "id"\nname = {{ from = "name", text = [{{ pattern = "{pattern}", gap = true }}] }}\n',
    "an exclusion": 'supplier_id = "id"\nname = "name"\n',
}


@pytest.mark.parametrize("place", NESTED)
@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|aa)+$", "^(.*a){20}$", "(x+x+)+y"])
def test_a_pattern_made_to_run_for_ever_takes_no_time(tmp_path: Path, place: str, pattern: str) -> None:
    """Catastrophic backtracking (CWE-1333): in an engine that backtracks each takes longer than anybody lives."""
    (tmp_path / "suppliers.csv").write_text(f"id,name\nS1,{'a' * 60}!\nS2,{'x' * 5_000}\n", encoding="utf-8")
    exclude = f'exclude = [{{ column = "name", matches = "{pattern}", reason = "no" }}]\n'
    words = f'[tables.suppliers]\nfile = "suppliers.csv"\n{exclude if place == "an exclusion" else ""}'
    columns = f"[tables.suppliers.columns]\n{NESTED[place].format(pattern=pattern)}"
    path = tmp_path / "map.toml"
    path.write_text(f'name = "Mine"\ncurrency = "EUR"\n{words}{columns}', encoding="utf-8")
    started = time.monotonic()
    data = read_dataset(tmp_path, column_map=path)
    assert time.monotonic() - started < 10
    assert data.health.tables.loc["suppliers", "rows_read"] == 2


@pytest.mark.parametrize(("pattern", "told"), [
    ("(?=x)", "invalid perl operator"), (r"(a)\\1", "invalid escape sequence"), ("x{1000}{1000}", "repetition"),
    ("(" * 600 + ")" * 600, "longer than 1,000 letters"), ("((((a{1000}){1000}){1000}){1000})", "repetition"),
])
def test_a_pattern_that_would_swell_or_look_around_is_refused(tmp_path: Path, pattern: str, told: str) -> None:
    path = tmp_path / "map.toml"
    exclude = f'exclude = [{{ column = "name", matches = "{pattern}", reason = "no" }}]\n'
    path.write_text(f'name = "Mine"\ncurrency = "EUR"\n[tables.suppliers]\nfile = "a.csv"\n{exclude}{_COLUMNS}',
                    encoding="utf-8")
    with pytest.raises(SrmkitError, match="not a regular expression of RE2") as found:
        read_dataset(tmp_path, column_map=path)
    assert told in str(found.value)


def test_a_cell_of_a_million_letters_takes_no_time(tmp_path: Path) -> None:
    long = {"letters": "a" * 1_000_000, "digits": "1" * 1_000_000, "dashes": "a1-" * 300_000, "spaces": " " * 999_999,
            "points": "1." * 400_000, "brackets": "(" * 900_000, "marks": "-" * 900_000}
    lines = [",".join(long), *[",".join(long.values())] * 3]
    (tmp_path / "suppliers.csv").write_text("\n".join(lines), encoding="utf-8")
    started = time.monotonic()
    text = preview(tmp_path).text()
    propose(tmp_path)
    assert time.monotonic() - started < 20
    assert len(text) < 100_000


def test_a_view_in_a_sqlite_file_loads_no_library(tmp_path: Path) -> None:
    path = tmp_path / "company.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE VIEW suppliers AS SELECT load_extension('evil') AS supplier_id, 'x' AS name")
    connection.close()
    with pytest.raises(SrmkitError, match="cannot be read"):
        read_dataset(f"sqlite:///{path}")


HOSTILE = (
    "'; DROP TABLE suppliers; --", 'x"); DROP TABLE suppliers; --', "S1' OR '1'='1", "<script>alert(1)</script>",
    '=HYPERLINK("http://evil")', "../../etc/passwd", "{{7*7}}", "$\\frac{1}{2$", "\u202eevil", "a\nb", "x" * 300,
)  # fmt: skip


def test_ids_and_names_are_values_and_no_code(tmp_path: Path) -> None:
    pd.DataFrame({"supplier_id": HOSTILE, "name": HOSTILE}).to_parquet(tmp_path / "suppliers.parquet")
    data = read_dataset(tmp_path)
    suppliers = data["suppliers"]
    for name in HOSTILE:
        found = data.collect(suppliers.filter(suppliers.supplier_id == name))
        assert found["name"].tolist() == [name]
    assert len(data.frame("suppliers")) == len(HOSTILE)


def test_words_from_data_cannot_break_the_lines_of_a_message(tmp_path: Path) -> None:
    evil = "x\n  - all is well\x1b[2J\u202e"
    pd.DataFrame({"supplier_id": ["S1"], evil: ["Alba"]}).to_parquet(tmp_path / "suppliers.parquet")
    with pytest.raises(SrmkitError) as told:
        read_dataset(tmp_path)
    assert len(str(told.value).splitlines()) == 2
    assert "\x1b" not in str(told.value)
    assert "\u202e" not in str(told.value)
