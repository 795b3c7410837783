"""CSV files as people have them: any usual separator and encoding, short and long rows told apart."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv

from srmkit.errors import Problem, SrmkitError
from srmkit.language import say_many
from srmkit.tables.cells import TEXT
from srmkit.tables.encodings import decoded
from srmkit.tables.fingerprint import file_fingerprint
from srmkit.tables.headers import check_header, header_names
from srmkit.tables.limits import MOST_BYTES, content_of
from srmkit.tables.map_settings import FileRule
from srmkit.tables.raw import BrokenRow, RawTable, rows_above, without_blank_rows
from srmkit.tables.swallowed import swallowed_rows

_SEPARATORS = (",", ";", "\t", "|")
_BELOW = 20  # rows below the header that are looked at
_AS_FOUND = FileRule()


@dataclass(frozen=True)
class Layout:
    """How a text file is cut: the separator, the names of the columns, and the line of the header's last row."""

    separator: str
    header: tuple[str, ...]
    line: int


def read_csv(path: Path, name: str, rule: FileRule = _AS_FOUND) -> RawTable:
    """Read a CSV or csv.gz file, every cell as text; what `rule` leaves open is found in the file."""
    text, notes = decoded(_bytes(path, name), name, rule.encoding)
    lines = _Lines(text)
    layout = _layout(lines, name, rule)
    broken: list[BrokenRow] = []

    def note_broken(row: pyarrow.csv.InvalidRow) -> str:
        reason = say_many("has {count} cell where the header has {wanted}",
                          "has {count} cells where the header has {wanted}",
                          row.actual_columns, wanted=row.expected_columns)
        broken.append(BrokenRow(row.number, reason, row.text or ""))
        return "skip"

    body = lines.after(layout.line - 1)
    cells = _cells(body, name, layout, note_broken)
    cells = _with_row_numbers(cells, {int(row.row) for row in broken})
    broken = [row for row in broken if row.row != 1]
    whole, broken = swallowed_rows(cells, body, layout.separator, broken)
    above = layout.line - 1  # rows over the header count, as a spreadsheet counts them
    refused = (BrokenRow(int(row.row) + above, row.reason, row.found[:80]) for row in broken if row.found.strip())
    whole = without_blank_rows(whole.set_axis(whole.index + above, axis="index").rename_axis("row"))
    over = rows_above(lines.first(rule.header[0] - 1, layout.separator), rule.header) if rule.header else ()
    return RawTable(name, whole, (*over, *refused), notes, {name: file_fingerprint(path)})


def csv_top(path: Path, name: str, rule: FileRule, rows: int) -> list[list[str]]:
    """The first lines of a text file, cut at the mark that cuts most cells, before anybody knows the header."""
    text, _ = decoded(_bytes(path, name), name, rule.encoding)
    lines = _Lines(text)
    cut = {mark: lines.first(rows, mark) for mark in ([rule.separator] if rule.separator else _SEPARATORS)}
    return max(cut.values(), key=lambda found: sum(len(row) - 1 for row in found))  # the first of equals wins: a comma


def _bytes(path: Path, name: str) -> bytes:
    if path.suffix.lower() != ".gz":
        return content_of(path, name)
    try:
        with gzip.open(path) as stream:
            content = stream.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise SrmkitError(
            name, [Problem("the file", "cannot be unpacked", str(error), "Pack it again.")]
        ) from None
    if len(content) > MOST_BYTES:
        problem = Problem("the file", "unpacks to more than 4 GB", "", "Give it as Parquet or in parts.")
        raise SrmkitError(name, [problem])
    return content


class _Lines:
    """The lines of a text, found one by one, so that a long file is not cut in vain."""

    def __init__(self, text: str) -> None:
        self.text = text if "\n" in text else text.replace("\r", "\n")  # as old Macs end their lines
        self._starts = [0]

    def start(self, line: int) -> int:
        """Where the line (from 1) begins; the end of the text where it has fewer lines."""
        while len(self._starts) < line:
            end = self.text.find("\n", self._starts[-1])
            self._starts.append(len(self.text) if end < 0 else end + 1)
        return self._starts[line - 1]

    def after(self, line: int) -> str:
        """The text below that line."""
        return self.text[self.start(line + 1) :]

    def first(self, count: int, separator: str) -> list[list[str]]:
        """The cells of the first lines, each line cut by itself; a line that Excel writes for itself is blank."""
        found = [self.text[self.start(line) : self.start(line + 1)].rstrip("\r\n") for line in range(1, count + 1)]
        ours = ["" if line.lower().startswith("sep=") and len(line) == 5 else line for line in found]
        return [[cell.strip() for cell in _first_row(line[: 1 << 16], separator)] for line in ours]

    def head(self, line: int) -> str:
        """The text from that line on, as much as a header may take."""
        start = self.start(line)
        return self.text[start : start + (1 << 20)]


def _layout(lines: _Lines, name: str, rule: FileRule) -> Layout:
    separator, header = rule.separator, rule.header
    first = lines.head(1)[:8].rstrip("\r\n").lower().splitlines()
    if first and first[0].startswith("sep=") and len(first[0]) == 5:  # a line that Excel writes and reads
        separator, header = separator or first[0][4], header or (2,)
    header = header or (1,)
    found = [mark for mark in _SEPARATORS if mark == separator] or list(_SEPARATORS)
    if separator:
        found = [separator]
    rows = {mark: [_first_row(lines.head(line), mark) for line in header] for mark in found}
    best = max(found, key=lambda mark: len(rows[mark][-1]))  # the first of equals wins: a comma
    names = header_names(rows[best])
    check_header(names, name, row=header[-1])
    return Layout(best, (*names, *_behind_the_header(lines, header[-1], best, len(names))), header[-1])


def _behind_the_header(lines: _Lines, line: int, separator: str, width: int) -> list[str]:
    """Columns without a name, where most rows end with a separator more than the header, and nothing behind it."""
    below = [_first_row(row, separator) for row in lines.text[lines.start(line + 1) :][: 1 << 16].splitlines()[:_BELOW]]
    filled = [row for row in below if row]
    longer = [len(row) - width for row in filled if len(row) > width and not any(map(str.strip, row[width:]))]
    return [""] * max(longer) if len(set(longer)) == 1 and 2 * len(longer) > len(filled) else []


def _first_row(head: str, separator: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(head), delimiter=separator), [])
    except csv.Error:  # a quote that is opened in the header and not closed
        return []


def _cells(text: str, name: str, layout: Layout, note_broken: object) -> pd.DataFrame:
    # a column without a name still has its place, or the cells after it would shift
    names = [cell or f"column {position}" for position, cell in enumerate(layout.header, start=1)]
    content = text.encode()
    read = pyarrow.csv.ReadOptions(
        use_threads=False,  # rows keep their numbers only when read in order
        column_names=names,
        block_size=max(1 << 20, min(len(content), 1 << 26)),
    )
    parse = pyarrow.csv.ParseOptions(
        delimiter=layout.separator,
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
    # the first row is the header; it may be among the skipped ones, where the rows below it have more cells
    return cells.set_axis(rows, axis="index").drop(index=1, errors="ignore")
