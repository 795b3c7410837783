"""Excel workbooks, sheet by sheet, with cells in the type that Excel gave them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import python_calamine

from srmkit.errors import Problem, SrmkitError
from srmkit.tables.csv_files import check_header
from srmkit.tables.fingerprint import file_fingerprint
from srmkit.tables.raw import RawTable, without_blank_rows

_MOST_BYTES = 1_000_000_000  # unpacked; a workbook may be packed a thousandfold


def sheet_names(path: Path, name: str) -> tuple[str, ...]:
    """The sheets of a workbook, in their order."""
    with _opened(path, name) as book:
        return tuple(book.sheet_names)


def read_sheet(path: Path, name: str, sheet: str | None = None) -> RawTable:
    """Read one sheet (the first where none is named); its first row with values is the header."""
    with _opened(path, name) as book:
        wanted = book.sheet_names[0] if sheet is None else sheet
        if wanted not in book.sheet_names:
            problem = Problem(
                f"sheet '{wanted}'", "is missing", ", ".join(book.sheet_names), "Correct its name."
            )
            raise SrmkitError(name, [problem])
        rows = book.get_sheet_by_name(wanted).to_python(skip_empty_area=False)
    label = name if sheet is None else f"{name}, sheet {sheet}"
    return RawTable(label, _cells(rows, label), fingerprints={name: file_fingerprint(path)})


def _opened(path: Path, name: str) -> Any:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > _MOST_BYTES:
            found = f"{unpacked / 1e6:,.0f} MB"
            problem = Problem("the workbook", "unpacks to more than 1,000 MB", found, "Give it as CSV.")
            raise SrmkitError(name, [problem])
        return python_calamine.CalamineWorkbook.from_path(path)
    except (python_calamine.CalamineError, zipfile.BadZipFile, OSError) as error:
        todo = "Save it as .xlsx without a password."
        raise SrmkitError(name, [Problem("the workbook", "cannot be opened", str(error), todo)]) from None


def _cells(rows: list[list[Any]], name: str) -> pd.DataFrame:
    top = next((place for place, row in enumerate(rows) if any(cell != "" for cell in row)), 0)
    header = [str(cell).strip() for cell in rows[top]] if rows else []
    check_header(header, name)
    names = [cell or f"column {position}" for position, cell in enumerate(header, start=1)]
    numbers = pd.RangeIndex(top + 2, len(rows) + 1, name="row")
    frame = pd.DataFrame(rows[top + 1 :], columns=names, index=numbers, dtype=object)
    return without_blank_rows(frame)
