"""Thousands of damaged files, over every reader: each is read with its losses counted, or refused in words.

Seeded, so that a file that fails can be made again: `damaged_files(kind, count)` yields the same files each time.

Bounded in time, as multiples of what a small sound file takes on the same machine: no file may take more than `A_FILE`
of them, nor the files of a kind more than `ON_AVERAGE` each, making and checking them included. On average a kind takes
0.5 to 2.2 of them.
"""

from __future__ import annotations

import gzip
import io
import json
import re
import sqlite3
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from srmkit.errors import SrmkitError
from srmkit.intake import preview, propose
from srmkit.tables import ColumnMap, Dataset, read_dataset

SEED = 20_260_630
COUNTS = {"csv": 600, "semicolon": 200, "encoded": 160, "gz": 200, "xlsx": 260, "parquet": 240, "json": 220,
          "sqlite": 100, "duckdb": 40, "folder": 100, "erp": 200}  # fmt: skip
TEXT = ("csv", "semicolon", "encoded", "gz")
MAPS = 200
LOOKED_AT = 60
A_FILE = 50
ON_AVERAGE = 6
assert sum(COUNTS.values()) >= 2_000

ROWS = 8
HEADER = ["contract_id", "supplier_id", "start_date", "end_date", "annual_value"]
AMOUNT = HEADER.index("annual_value")
NASTY = (
    "", " ", '"', '""', "'", "\n", "\r", "\x00", ";", ",", "\t", "|", "=1+1", "@x", "-", "--", "n/a", "NaN", "inf",
    "-inf", "1e999", "-0", "9" * 400, "0x10", "1_000", "1.250,00", "1,250.00", "٣", "½", "1e-400", "2026-02-30",
    "0000-00-00", "9999-12-31", "2026-13-01", "2026-06-30T24:00:00", "03/04/2026", "Total", "Summe", "True", "yes",
    "None", "\u202eevil", "\ufeff", "🙂", "x" * 5_000, "<script>alert(1)</script>", "'; DROP TABLE x; --",
    "{}", "[]", "null", "\ud7ff", "\u2028",
)  # fmt: skip

PROBLEMS = re.compile(r".+: [0-9]+ problems?(\n  - [^\n]+)+", re.DOTALL)
DRAWN = np.random.Generator


def rows(draw: DRAWN) -> list[list[str]]:
    """Sound contracts; a few of them made strange."""
    made = [
        [f"C{n}", f"S{n % 4}", f"2026-0{n % 9 + 1}-01", "2027-01-31", f"{1000 * n + 0.1:.2f}"] for n in range(ROWS)
    ]
    for _ in range(int(draw.integers(0, 5))):
        made[draw.integers(ROWS)][draw.integers(len(HEADER))] = str(draw.choice(NASTY))
    if draw.random() < 0.1:
        made.append(list(HEADER))
    if draw.random() < 0.1:
        made.append(["Total", "", "", "", "28000.80"])
    return made


def damaged(content: bytes, draw: DRAWN) -> bytes:
    """The bytes with one to four accidents: flipped, cut, doubled, lost, or something strange put in."""
    data = bytearray(content)
    for _ in range(int(draw.integers(1, 5))):
        if not data:
            break
        place, length = int(draw.integers(len(data))), int(draw.integers(1, 40))
        match draw.integers(6):
            case 0:
                data[place] = int(draw.integers(256))
            case 1:
                del data[place:]
            case 2:
                data[place:place] = data[place : place + length]
            case 3:
                del data[place : place + length]
            case 4:
                data[place:place] = str(draw.choice(NASTY)).encode("utf-8", "surrogatepass")
            case _:
                data[place:place] = draw.bytes(length)
    return bytes(data)


def maybe(content: bytes, draw: DRAWN, chance: float = 0.7) -> bytes:
    return damaged(content, draw) if draw.random() < chance else content


def text(draw: DRAWN, mark: str = ",") -> str:
    head = list(HEADER)
    if draw.random() < 0.1:
        head[draw.integers(len(head))] = str(draw.choice(NASTY))
    quote = draw.random() < 0.5
    cut = [[f'"{cell}"' if quote and (mark in cell or "\n" in cell) else cell for cell in row] for row in rows(draw)]
    return str(draw.choice(["\n", "\r\n"])).join(mark.join(row) for row in [head, *cut]) + "\n"


def as_csv(home: Path, draw: DRAWN) -> Path:
    return written(home / "contracts.csv", maybe(text(draw).encode(), draw))


def as_semicolon(home: Path, draw: DRAWN) -> Path:
    return written(home / "contracts.tsv", maybe(text(draw, str(draw.choice([";", "\t", "|"]))).encode(), draw))


def as_encoded(home: Path, draw: DRAWN) -> Path:
    encoding = str(draw.choice(["utf-8-sig", "utf-16", "utf-16-le", "cp1252", "gb18030", "utf-32"]))
    content = text(draw).replace("S1", "Müller").encode(encoding, "replace")
    return written(home / "contracts.csv", maybe(content, draw))


def as_gz(home: Path, draw: DRAWN) -> Path:
    inside = gzip.compress(maybe(text(draw).encode(), draw, 0.5), mtime=0)
    return written(home / "contracts.csv.gz", maybe(inside, draw, 0.5))


def as_xlsx(home: Path, draw: DRAWN) -> Path:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("contracts")
        for place, row in enumerate([HEADER, *rows(draw)]):
            for column, cell in enumerate(row):
                is_number = column == AMOUNT and re.fullmatch(r"[0-9]+(\.[0-9]+)?", cell) and len(cell) < 20
                sheet.write(place, column, float(cell) if is_number else cell[:30_000].replace("\x00", ""))
    content = stream.getvalue()
    if draw.random() < 0.6:
        content = repacked(content, draw)
    return written(home / "contracts.xlsx", maybe(content, draw, 0.4))


def repacked(content: bytes, draw: DRAWN) -> bytes:
    """The workbook with one of its parts damaged inside a sound archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        chosen = str(draw.choice([name for name in names if re.search("sheet|haredStrings|book", name)]))
        for name in names:
            new.writestr(name, damaged(old.read(name), draw) if name == chosen else old.read(name))
    return stream.getvalue()


def frame(draw: DRAWN) -> pd.DataFrame:
    """The same rows as a table, some columns in types of their own."""
    table = pd.DataFrame(rows(draw), columns=HEADER, dtype=object)
    for name, change in (
        ("annual_value", lambda column: pd.to_numeric(column, errors="coerce")),
        ("start_date", lambda column: pd.to_datetime(column, errors="coerce", format="%Y-%m-%d")),
        ("contract_id", lambda column: [[cell] for cell in column]),
        ("supplier_id", lambda column: column.astype("category")),
    ):
        if draw.random() < 0.2:
            table[name] = change(table[name])
    return table


def as_parquet(home: Path, draw: DRAWN) -> Path:
    stream = io.BytesIO()
    frame(draw).to_parquet(stream)
    return written(home / "contracts.parquet", maybe(stream.getvalue(), draw, 0.6))


def as_json(home: Path, draw: DRAWN) -> Path:
    table = frame(draw).astype(str).to_dict("records")
    strange = [None, {}, [], "x", 5, [None], {"id": None}, [[{}]], 10**400]
    if draw.random() < 0.5:
        table[draw.integers(len(table))][str(draw.choice(HEADER))] = strange[draw.integers(len(strange))]
    release = {"ocid": "o-1", "date": "2024-01-01", "contracts": table}
    content = json.dumps({str(draw.choice(["releases", "records"])): [release, strange[draw.integers(len(strange))]]})
    return written(home / "contracts.json", maybe(content.encode(), draw, 0.6))


def as_sqlite(home: Path, draw: DRAWN) -> Path:
    path = home / "company.db"
    connection = sqlite3.connect(path)
    plain = pd.DataFrame(rows(draw), columns=HEADER).map(lambda cell: cell.replace("\x00", ""))
    plain.to_sql("contracts", connection, index=False)
    if draw.random() < 0.3:
        connection.execute("UPDATE contracts SET annual_value = x'00ff10' WHERE rowid = 2")
    connection.commit()
    connection.close()
    return written(path, maybe(path.read_bytes(), draw))


def as_duckdb(home: Path, draw: DRAWN) -> Path:
    path = home / "company.duckdb"
    table = frame(draw)
    with duckdb.connect(str(path)) as connection:
        connection.register("arriving", table)
        connection.execute("CREATE TABLE contracts AS SELECT * FROM arriving")
    return written(path, maybe(path.read_bytes(), draw, 0.6))


def as_folder(home: Path, draw: DRAWN) -> Path:
    """Tables that refer to each other, in files of three kinds; one of them damaged, and something that is no table."""
    contracts = as_xlsx(home, draw) if draw.random() < 0.3 else written(home / "contracts.csv", text(draw).encode())
    suppliers = pd.DataFrame({"supplier_id": [f"S{n}" for n in range(4)], "name": ["A", "B", "Müller", "=1+1"]})
    stream = io.BytesIO()
    suppliers.to_parquet(stream)
    written(home / "suppliers.parquet", stream.getvalue())
    items = ["item_id,name,category,unit,standard_price", *(f"I{n},Bolt,K{n % 3},pcs,{n}.50" for n in range(9))]
    written(home / "items.csv", "\n".join(items).encode())
    written(home / str(draw.choice(["readme.txt", ".hidden.csv", "photo.png", "items.csv.bak"])), draw.bytes(60))
    hit = home / str(draw.choice([contracts.name, "suppliers.parquet", "items.csv"]))
    written(hit, maybe(hit.read_bytes(), draw))
    return home


def as_erp(home: Path, draw: DRAWN) -> Path:
    """A list as an ERP system prints it: title, ruled line, bars, subtotals, the header again on the second page."""
    head = "|Lieferant |Bestellung|Pos|Material|Bestelldat|Menge|Nettowert|Währg|"
    made = [
        [f"000010{n % 3:04}", f"45{n:08}", "010", f"M-{n}", f"{n + 1:02}.03.2026", f"1.{n:03}", f"{n}.450,00", "EUR"]
        for n in range(ROWS)
    ]
    for _ in range(int(draw.integers(0, 4))):
        made[draw.integers(ROWS)][draw.integers(8)] = str(draw.choice(NASTY))
    lines = ["|" + "|".join(row) + "|" for row in made]
    subtotal = "|* Summe   |          |   |        |          |     |28.000,00|EUR  |"
    page = ["Bestellungen je Lieferant                              Seite 2", head]
    printed = ["Bestellungen je Lieferant                              Seite 1", "Werk 1000, Stand 30.06.2026", "",
               head, "-" * 70, *lines[:4], subtotal, *page, *lines[4:], subtotal]  # fmt: skip
    encoding = str(draw.choice(["utf-8", "cp1252"]))
    content = "\r\n".join(printed).encode(encoding, "replace")
    return written(home / "liste.txt", maybe(content, draw))


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


MAKERS: dict[str, Callable[[Path, DRAWN], Path]] = {
    "csv": as_csv, "semicolon": as_semicolon, "encoded": as_encoded, "gz": as_gz, "xlsx": as_xlsx,
    "parquet": as_parquet, "json": as_json, "sqlite": as_sqlite, "duckdb": as_duckdb, "folder": as_folder,
    "erp": as_erp,
}  # fmt: skip

COLUMN_MAPS = {
    "erp": """
name = "ERP list"
currency = "EUR"
[files."liste.txt"]
header = 4
separator = "|"
decimal = ","
thousands = "."
dates = ["%d.%m.%Y"]
[tables.purchase_order_lines]
file = "liste.txt"
currency = "Währg"
[tables.purchase_order_lines.columns]
po_id = "Bestellung"
line_id = "Pos"
supplier_id = "Lieferant"
item_id = "Material"
order_date = "Bestelldat"
ordered_quantity = "Menge"
unit_price = { from = "Nettowert", divided_by = "Menge" }
"""
}


def damaged_files(home: Path, kind: str, count: int) -> Iterator[tuple[int, Path]]:
    """One damaged file after the other, each alone in the folder."""
    for number in range(count):
        for old in home.iterdir():
            old.unlink()
        yield number, MAKERS[kind](home, np.random.default_rng([SEED, list(MAKERS).index(kind), number]))


def address(path: Path) -> str:
    scheme = {".db": "sqlite:///", ".duckdb": "duckdb:///"}.get(path.suffix, "") if path.is_file() else ""
    return f"{scheme}{path}"


def check_account(data: Dataset, number: int) -> None:
    """Rows and money reconcile, every row set aside is listed, and what is used is there."""
    tables = data.health.tables
    parts = tables[["rows_used", "rows_excluded", "rows_refused"]].sum(axis="columns")
    assert (tables["rows_read"] == parts).all()
    assert len(data.health.set_aside) == tables[["rows_excluded", "rows_refused"]].to_numpy().sum()
    for money in data.health.money.itertuples():
        assert money.read == money.used + money.excluded + money.refused
    for name in data.tables if number % 5 == 0 else ():  # a look into the database costs as much as a reading
        assert len(data.frame(name)) == tables.loc[name, "rows_used"]


def check_refusal(error: SrmkitError) -> None:
    """One line for each problem, in the words of the template."""
    assert PROBLEMS.fullmatch(str(error)), str(error)
    assert len(str(error)) < 20_000
    for problem in error.problems:
        assert problem.wrong
        assert problem.todo


def plain_lines(content: bytes) -> int | None:
    """How many rows a text without quotes holds, counted without any reader of ours; None where that is unclear."""
    try:
        words = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if '"' in words or "\x00" in words or "\r" in words.replace("\r\n", "") or content[:3] == b"\xef\xbb\xbf":
        return None
    first, *others = words.replace("\r\n", "\n").split("\n")
    mark = max(",;\t|", key=first.count)
    return sum(bool(line.strip(f" {mark}")) for line in others) if first.strip() else None


def counted(kind: str, path: Path) -> int | None:
    """How many rows the file holds by a reader that is not ours; None where that is unclear."""
    match kind:
        case "csv" | "semicolon":
            return plain_lines(path.read_bytes())
        case "gz":
            return plain_lines(gzip.decompress(path.read_bytes()))
        case "parquet":
            return int(pq.read_metadata(path).num_rows)
        case "sqlite" | "duckdb":
            connect = sqlite3.connect if kind == "sqlite" else duckdb.connect
            with closing(connect(str(path))) as connection:
                found = connection.execute("SELECT * FROM contracts").fetchall()
                return sum(any(cell not in (None, "") for cell in row) for row in found)
    return None


@cache
def a_sound_file() -> float:
    """CPU seconds for a small sound file: the median of nine readings, the first left out."""
    with TemporaryDirectory() as home:
        lines = [HEADER, *([f"K{row}", f"S{row}", "2025-01-01", "2026-12-31", "1000"] for row in range(ROWS))]
        path = written(Path(home) / "contracts.csv", "\n".join(map(",".join, lines)).encode())
        taken = []
        for _ in range(10):
            started = time.process_time()
            read_dataset(str(path))
            taken.append(time.process_time() - started)
    return median(taken[1:])


def read_all(home: Path, kind: str) -> None:
    """Every damaged file of a kind is read with its losses counted, or refused in words, within its time."""
    sound = a_sound_file()
    files, column_map = home / "files", None
    files.mkdir()
    if kind in COLUMN_MAPS:
        column_map = written(home / "map.toml", COLUMN_MAPS[kind].encode())
    read = refused = known = 0
    begun = time.process_time()
    for number, path in damaged_files(files, kind, COUNTS[kind]):
        started = time.process_time()
        try:
            data = read_dataset(address(path), column_map=column_map)
        except SrmkitError as error:
            check_refusal(error)
            refused += 1
        except Exception as error:
            raise AssertionError(f"{kind} {number} gave no words: {error!r}") from error
        else:
            check_account(data, number)
            read += 1
            rows_there = counted(kind, path)
            known += rows_there is not None
            assert rows_there in (None, data.health.tables["rows_read"].sum()), f"{kind} {number} lost rows"
        assert time.process_time() - started < A_FILE * sound, f"{kind} {number} took long"
    assert read
    assert refused
    assert known or kind in ("encoded", "xlsx", "json", "folder", "erp")
    assert time.process_time() - begun < ON_AVERAGE * sound * COUNTS[kind], f"the files of kind {kind} took long"


class TestText:
    """A class of its own, so that two workers share the time."""

    @pytest.mark.parametrize("kind", TEXT)
    def test_every_damaged_file_is_read_with_its_losses_counted_or_refused_in_words(
        self, tmp_path: Path, kind: str
    ) -> None:
        read_all(tmp_path, kind)


class TestOthers:
    """Workbooks, Parquet, packages, databases, folders, and lists that a map explains."""

    @pytest.mark.parametrize("kind", [kind for kind in MAKERS if kind not in TEXT])
    def test_every_damaged_file_is_read_with_its_losses_counted_or_refused_in_words(
        self, tmp_path: Path, kind: str
    ) -> None:
        read_all(tmp_path, kind)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet", "json"])
def test_a_first_look_at_a_damaged_file_ends_in_words_too(tmp_path: Path, kind: str) -> None:
    for number, path in damaged_files(tmp_path, kind, LOOKED_AT // 4):
        for look in (preview, propose):
            try:
                look(str(path))
            except SrmkitError as error:
                check_refusal(error)
            except Exception as error:
                raise AssertionError(f"{kind} {number} gave no words: {error!r}") from error


def test_damaged_column_maps_are_refused_in_words(tmp_path: Path) -> None:
    known = sorted((Path(__file__).parents[2] / "data" / "column_maps").glob("*.toml"))
    path = tmp_path / "map.toml"
    for number in range(MAPS):
        draw = np.random.default_rng([SEED, 99, number])
        path.write_bytes(damaged(known[number % len(known)].read_bytes(), draw))
        try:
            ColumnMap.read(path)
        except SrmkitError as error:
            check_refusal(error)
        except Exception as error:
            raise AssertionError(f"map {number} gave no words: {error!r}") from error
