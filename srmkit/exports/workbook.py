"""A study's tables as a workbook: typed cells, frozen headers, filters; text from data never becomes a formula."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import xlsxwriter

from srmkit.decisions.glossary import definitions_of
from srmkit.language import column as heading
from srmkit.language import marked, said_frame, say, speaking

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from srmkit.decisions.result import StudyResult

SAFE = {
    "strings_to_formulas": False,  # a supplier named =HYPERLINK(...) stays a name
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "default_date_format": "yyyy-mm-dd",
    "remove_timezone": True,
}
SHARE_WORDS = ("share", "rate", "probability", "certainty", "coverage", "chance")
# how sure: a colour beside the word, never instead of it
CERTAINTIES = {"firm": {"bg_color": "#d9efe3"}, "likely": {"bg_color": "#fdf1cf"},
               "contested": {"bg_color": "#fbdcd0", "bold": True}}


def write_workbook(study: StudyResult, path: Path) -> None:
    """Write one sheet a table, the settings first and the definitions last."""
    tables = study.tables()
    columns = [name for frame in tables.values() for name in frame.columns]
    definitions = definitions_of(study, columns)
    with speaking("en"):
        units = {str(name): str(unit) for name, unit in definitions_of(study, columns)["unit"].items()}
    sheets = {marked("Settings"): study.params.table(), **tables, marked("Definitions"): definitions}
    with xlsxwriter.Workbook(path, SAFE) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats = {
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "share": book.add_format({"num_format": "0.0%"}),
            "number": book.add_format({"num_format": "#,##0.00"}),
            "whole": book.add_format({"num_format": "#,##0"}),
            "text": book.add_format({}),
        }
        sure = {word: book.add_format(look) for word, look in CERTAINTIES.items()}
        used: set[str] = set()
        for title, frame in sheets.items():
            sheet = book.add_worksheet(sheet_name(say(title), used))
            shares = frame.columns if _are_shares(frame) else ()
            _fill(sheet, _flat(frame), head, formats, {**units, **dict.fromkeys(map(str, shares), "share")})
            _mark_certainty(sheet, _flat(frame), sure)


def sheet_name(title: str, used: set[str]) -> str:
    """A sheet name that spreadsheets accept (31 characters, none of []:*?/\\), unlike all in `used`."""
    clean = "".join(" " if letter in "[]:*?/\\" else letter for letter in title).strip("' ")[:31] or "Sheet"
    name, count = clean, 2
    while name.lower() in used:
        name = f"{clean[:27]} ({count})"
        count += 1
    used.add(name.lower())
    return name


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    return frame if isinstance(frame.index, pd.RangeIndex) else frame.reset_index()


def _are_shares(frame: pd.DataFrame) -> bool:
    """Whether each row parts a whole, such as the probabilities of the classes."""
    known = frame.dropna(how="all")
    if len(frame.columns) < 2 or known.empty or not all(map(pd.api.types.is_float_dtype, frame.dtypes)):
        return False
    return bool((known >= 0).all(axis=None) and np.allclose(known.sum(axis=1), 1.0))


def _mark_certainty(sheet: Worksheet, frame: pd.DataFrame, looks: Mapping[str, Format]) -> None:
    """Colour the words of certainty, also when someone changes a cell."""
    for place, name in enumerate(frame.columns):
        if "certainty" in str(name) and len(frame) and not pd.api.types.is_numeric_dtype(frame[name]):
            for word, look in looks.items():
                rule = {"type": "cell", "criteria": "==", "value": f'"{say(word)}"', "format": look}
                sheet.conditional_format(1, place, len(frame), place, rule)


def _fill(
    sheet: Worksheet, frame: pd.DataFrame, head: Format, formats: Mapping[str, Format], units: Mapping[str, str]
) -> None:
    texts = said_frame(frame)
    for place, name in enumerate(frame.columns):
        column = texts.iloc[:, place]
        kind = _kind(str(name), column, units.get(str(name), ""))
        sheet.write_string(0, place, heading(str(name)), head)
        for row, value in enumerate(column.tolist(), start=1):
            _write_cell(sheet, row, place, value, formats[kind])
        longest = max((len(str(value)) for value in column.head(200)), default=0) if kind == "text" else 0
        sheet.set_column(place, place, min(60, max(10, len(str(name)), longest) + 2))
    sheet.freeze_panes(1, 1)
    if len(frame.columns):
        sheet.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)


def _kind(name: str, column: pd.Series, unit: str) -> str:
    first = column.first_valid_index()
    if pd.api.types.is_datetime64_any_dtype(column) or (first is not None and isinstance(column[first], date)):
        return "date"
    if pd.api.types.is_bool_dtype(column) or not pd.api.types.is_numeric_dtype(column):
        return "text"
    if pd.api.types.is_integer_dtype(column):
        return "whole"
    if unit == "share" or (any(word in name for word in SHARE_WORDS) and column.abs().max() <= 1):
        return "share"
    return "number"


def _write_cell(sheet: Worksheet, row: int, place: int, value: object, form: Format) -> None:
    # the usual kinds first: a workbook has tens of thousands of cells
    if isinstance(value, str):
        sheet.write_string(row, place, value[:32_767], form)
    elif isinstance(value, bool | np.bool_):
        sheet.write_boolean(row, place, bool(value))
    elif isinstance(value, float | int | Decimal | np.integer | np.floating):
        if math.isfinite(value):
            sheet.write_number(row, place, float(value), form)
    elif isinstance(value, date):  # a Timestamp is one, too
        if pd.notna(value):
            sheet.write_datetime(row, place, value, form)
    elif value is not None and value is not pd.NA:
        sheet.write_string(row, place, str(value)[:32_767], form)
