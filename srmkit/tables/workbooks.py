"""Excel workbooks, sheet by sheet, with cells in the type that Excel gave them."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any

import pandas as pd
import python_calamine

from srmkit.errors import Problem, SrmkitError
from srmkit.language import listed, say
from srmkit.tables.cell_errors import errors_told
from srmkit.tables.fingerprint import file_fingerprint
from srmkit.tables.headers import check_header, header_names
from srmkit.tables.limits import check_shape
from srmkit.tables.map_settings import FileRule
from srmkit.tables.raw import RawTable, rows_above, without_blank_rows

_MOST_BYTES = 1_000_000_000  # unpacked; a workbook may be packed a thousandfold
_MOST_CELLS = 20_000_000  # a sheet is held as a full rectangle of cells
_PIECE = 1 << 20
_PLACE = re.compile(rb"""\br=["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_AS_FOUND = FileRule()


def sheet_names(path: Path, name: str) -> tuple[str, ...]:
    """The sheets of a workbook, in their order."""
    with _opened(path, name) as book:
        return tuple(book.sheet_names)


def read_sheet(path: Path, name: str, sheet: str | None = None, rule: FileRule = _AS_FOUND) -> RawTable:
    """Read one sheet (the first where none is named); its first row with values is the header."""
    with _opened(path, name) as book:
        wanted = next(iter(book.sheet_names), "") if sheet is None else sheet
        if wanted not in book.sheet_names:
            there = ", ".join(book.sheet_names) or "no sheet"
            raise SrmkitError(name, [Problem(f"sheet '{wanted}'", "is missing", there, "Correct its name.")])
        rows = _rows(book, wanted, name)
        others = [] if sheet else [other for other in book.sheet_names if other != wanted and _has_rows(book, other)]
    label = name if sheet is None else f"{name}, sheet {sheet}"
    above = tuple(rows_above(rows, rule.header)) if rule.header else ()
    notes = errors_told(path, wanted, label)
    if others:
        notes += (say("{file}: only its sheet '{sheet}' was read, not {others}; name the sheet in the column map for "
                      "another.", file=name, sheet=wanted, others=listed(others)),)  # fmt: skip
    return RawTable(label, _cells(rows, label, rule), above, notes, {name: file_fingerprint(path)})


def sheet_top(path: Path, name: str, sheet: str | None, rows: int) -> list[list[str]]:
    """The first rows of a sheet as words, before anybody knows which of them is the header."""
    with _opened(path, name) as book:
        wanted = next(iter(book.sheet_names), "") if sheet is None else sheet
        found = _rows(book, wanted, name)[:rows] if wanted in book.sheet_names else []
    return [[str(cell).strip() for cell in row] for row in found]


def _rows(book: Any, sheet: str, name: str) -> list[list[Any]]:
    try:
        rows: list[list[Any]] = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        problem = Problem(f"sheet '{sheet}'", "cannot be read", str(error), "Save the workbook again.")
        raise SrmkitError(name, [problem]) from None
    return rows


def _has_rows(book: Any, sheet: str) -> bool:
    try:
        return int(book.get_sheet_by_name(sheet).height) > 0
    except (python_calamine.CalamineError, OSError, ValueError):  # a chart, or a sheet that cannot be read
        return False


def _opened(path: Path, name: str) -> Any:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > _MOST_BYTES:
                found = f"{unpacked / 1e6:,.0f} MB"
                problem = Problem("the workbook", "unpacks to more than 1,000 MB", found, "Give it as CSV.")
                raise SrmkitError(name, [problem])
            _check_extent(archive, name)
        return python_calamine.CalamineWorkbook.from_path(path)
    except (python_calamine.CalamineError, zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError,
            NotImplementedError, RuntimeError) as error:  # fmt: skip
        if isinstance(error, SrmkitError):
            raise
        todo = "Save it as .xlsx without a password."
        raise SrmkitError(name, [Problem("the workbook", "cannot be opened", str(error), todo)]) from None


def _check_extent(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a sheet with a cell so far out that the rectangle up to it would fill the machine."""
    for entry in archive.infolist():
        if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
            with archive.open(entry) as sheet:
                rows, columns = _extent(sheet)
            check_shape(f"{name}, {entry.filename}", rows, columns, most_cells=_MOST_CELLS)


def _extent(sheet: IO[bytes]) -> tuple[int, int]:
    """The last row and column that a cell of the sheet stands in."""
    last_row, letters, rest = 0, b"A", b""
    while piece := sheet.read(_PIECE):
        for column, row in _PLACE.findall(rest + piece):
            last_row = max(last_row, int(row))
            letters = max(letters, column.upper(), key=lambda word: (len(word), word))
        rest = piece[-32:]  # a place may be cut in two
    return last_row, sum(26**power * (letter - 64) for power, letter in enumerate(reversed(letters)))


def _cells(rows: list[list[Any]], name: str, rule: FileRule) -> pd.DataFrame:
    first = next((place for place, row in enumerate(rows) if any(cell != "" for cell in row)), 0)
    lines = [line - 1 for line in rule.header] or [first]
    header = header_names([rows[line] if line < len(rows) else [] for line in lines])
    top = lines[-1]
    check_header(header, name, row=top + 1)
    names = [cell or f"column {position}" for position, cell in enumerate(header, start=1)]
    numbers = pd.RangeIndex(top + 2, max(len(rows), top + 1) + 1, name="row")
    frame = pd.DataFrame(rows[top + 1 :], columns=names, index=numbers, dtype=object)
    return without_blank_rows(frame)
