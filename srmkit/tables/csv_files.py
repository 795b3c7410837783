"""CSV files as people have them: any usual separator and encoding, short and long rows told apart."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv

from srmkit.errors import Problem, SrmkitError
from srmkit.tables.cells import TEXT
from srmkit.tables.fingerprint import file_fingerprint
from srmkit.tables.raw import BrokenRow, RawTable, without_blank_rows

_SEPARATORS = (",", ";", "\t", "|")
_MOST_BYTES = 4_000_000_000  # a small .gz may unpack to more than the machine holds


def read_csv(path: Path, name: str) -> RawTable:
    """Read a CSV or csv.gz file, every cell as text."""
    text, notes = _decoded(_bytes(path, name), name)
    separator, header = _header(text, name)
    broken: list[BrokenRow] = []

    def note_broken(row: pyarrow.csv.InvalidRow) -> str:
        cells = "1 cell" if row.actual_columns == 1 else f"{row.actual_columns} cells"
        reason = f"has {cells} where the header has {row.expected_columns}"
        broken.append(BrokenRow(row.number, reason, (row.text or "")[:80]))
        return "skip"

    cells = _cells(text, name, header, separator, note_broken)
    return RawTable(
        name,
        without_blank_rows(_with_row_numbers(cells, {row.row for row in broken})),
        tuple(row for row in broken if row.found.strip()),
        notes,
        {name: file_fingerprint(path)},
    )


def _bytes(path: Path, name: str) -> bytes:
    if path.suffix.lower() != ".gz":
        return path.read_bytes()
    try:
        with gzip.open(path) as stream:
            content = stream.read(_MOST_BYTES + 1)
    except (OSError, EOFError) as error:
        raise SrmkitError(
            name, [Problem("the file", "cannot be unpacked", str(error), "Pack it again.")]
        ) from None
    if len(content) > _MOST_BYTES:
        problem = Problem("the file", "unpacks to more than 4 GB", "", "Give it as Parquet or in parts.")
        raise SrmkitError(name, [problem])
    return content


def _decoded(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16"), (f"{name} was read as UTF-16.",)
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        note = f"{name} is not UTF-8 and was read as Windows-1252 (cp1252); look at names with accents."
    try:
        return content.decode("cp1252"), (note,)
    except UnicodeDecodeError as error:
        found = f"byte {content[error.start]:#04x} at position {error.start:,}"
        problem = Problem(
            "the file", "is neither UTF-8 nor Windows-1252 text", found, "Save it as CSV UTF-8."
        )
        raise SrmkitError(name, [problem]) from None


def _header(text: str, name: str) -> tuple[str, list[str]]:
    head = text[: 1 << 20]
    headers = {mark: _first_row(head, mark) for mark in _SEPARATORS}
    separator = max(_SEPARATORS, key=lambda mark: len(headers[mark]))  # the first of equals wins: a comma
    header = [cell.strip() for cell in headers[separator]]
    check_header(header, name)
    return separator, header


def _first_row(head: str, separator: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(head), delimiter=separator), [])
    except csv.Error:  # a quote that is opened in the header and not closed
        return []


def check_header(header: list[str], name: str) -> None:
    """SrmkitError where a header is empty or names a column twice."""
    twice = sorted({cell for cell in header if cell and header.count(cell) > 1})
    if not any(header):
        problem = Problem("row 1", "holds no column names", "", "Put the column names into the first row.")
        raise SrmkitError(name, [problem])
    if twice:
        problem = Problem(
            "the header", "names columns more than once", ", ".join(twice), "Rename one of each."
        )
        raise SrmkitError(name, [problem])


def _cells(text: str, name: str, header: list[str], separator: str, note_broken: object) -> pd.DataFrame:
    # a column without a name still has its place, or the cells after it would shift
    names = [cell or f"column {position}" for position, cell in enumerate(header, start=1)]
    content = text.encode()
    read = pyarrow.csv.ReadOptions(
        use_threads=False,  # rows keep their numbers only when read in order
        column_names=names,
        block_size=max(1 << 20, min(len(content), 1 << 26)),
    )
    parse = pyarrow.csv.ParseOptions(
        delimiter=separator,
        newlines_in_values=True,
        ignore_empty_lines=False,
        invalid_row_handler=note_broken,
    )
    convert = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
    )
    try:
        data = pyarrow.csv.read_csv(io.BytesIO(content), read, parse, convert)
    except pa.ArrowInvalid as error:
        todo = "Look for an opened quote that is never closed."
        raise SrmkitError(name, [Problem("the file", "cannot be cut into rows", str(error), todo)]) from None
    frame: pd.DataFrame = data.to_pandas(types_mapper={pa.string(): TEXT}.get)
    return frame


def _with_row_numbers(cells: pd.DataFrame, skipped: set[int]) -> pd.DataFrame:
    total = len(cells) + len(skipped)
    rows = pd.RangeIndex(1, total + 1).difference(sorted(skipped), sort=False)
    return cells.set_axis(rows, axis="index").rename_axis("row").iloc[1:]
