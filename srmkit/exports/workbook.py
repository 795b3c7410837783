"""A study's tables as a workbook: typed cells, frozen headers, filters; text from data never becomes a formula."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from numbers import Number
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from srmkit.decisions.glossary import EACH, definitions_of, definitions_on_sheets
from srmkit.language import column as heading
from srmkit.language import marked, said_frame, say, speaking

if TYPE_CHECKING:
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
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "text": {"indent": 1}, "long": {"indent": 1, "text_wrap": True}, "date": {"num_format": "yyyy-mm-dd"},
    "time": {"num_format": "yyyy-mm-dd hh:mm:ss"}, "share": {"num_format": "0.0%"},
    "number": {"num_format": "#,##0.00"}, "whole": {"num_format": "#,##0"},
}
# what spreadsheets take: rows of a sheet below its heading, letters of a cell, digits of a number, the first year
MOST_ROWS, MOST_LETTERS, MOST_DIGITS, FIRST_YEAR = 1_048_575, 32_767, 15, 1900
WIDEST, NARROWEST, LOOKED_AT = 60, 10, 200  # letters of a column, and the rows that its width is taken from
HIGH, MOST_LINES = 15, 12  # points of a line, and lines of a row
SHARE_WORDS = {"share", "rate", "probability", "certainty", "coverage", "chance"}
LONG_TEXTS = marked("Long texts")
# how sure: a colour beside the word, never instead of it
CERTAINTIES = {"firm": {"bg_color": "#d9efe3"}, "likely": {"bg_color": "#fdf1cf"},
               "contested": {"bg_color": "#fbdcd0", "bold": True}}


def write_workbook(study: StudyResult, path: Path) -> None:
    """Write one sheet a table, the settings first and the definitions last; nothing is cut or left out in silence.

    A table of more rows than a sheet takes goes on on the next one. A text of more letters than a cell takes says so
    and goes on on the sheet of long texts. Numbers of more digits than a spreadsheet keeps, such as identifiers, and
    days before 1900 are written as text. Who is called by an id has the name beside it on every sheet that lists them.
    """
    tables = _with_names(study.tables())
    columns = [name for frame in tables.values() for name in frame.columns]
    with speaking("en"):
        units = {str(name): str(unit) for name, unit in definitions_of(study, columns)["unit"].items()}
        on_sheets = definitions_on_sheets(tables).set_index(["sheet", "name"])["unit"].to_dict()
    with xlsxwriter.Workbook(path, SAFE) as book:
        pages = _Pages(book)
        pages.write(marked("Settings"), study.params.table(), {})
        for title, frame in tables.items():
            names = [str(name) for name in _flat(frame).columns]
            own = {name: str(on_sheets[title, known]) for name in names for known in (EACH, name)
                   if (title, known) in on_sheets}
            pages.write(title, frame, {**units, **own})
        if pages.long_texts:
            pages.write(LONG_TEXTS, pd.DataFrame(pages.long_texts, columns=["sheet", "cell", "part", "text"]), {})
        pages.write(marked("Definitions"), _definitions(study, tables), {})


def _with_names(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables, with a column `name` where rows have an id that another table gives a name to."""
    called = {str(frame.index.name): frame["name"] for frame in tables.values()
              if "name" in frame and frame.index.name and frame.index.is_unique}
    named = dict(tables)
    for title, frame in tables.items():
        names = called.get(str(frame.index.name))
        if names is not None and "name" not in frame and not (names == names.index).all():
            named[title] = frame.copy(deep=False)
            named[title].insert(0, "name", names.reindex(frame.index).to_numpy())
    return named


def _definitions(study: StudyResult, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """What every column means, by the heading that it has; first what holds on every sheet that names no other."""
    columns = [name for frame in tables.values() for name in frame.columns]
    here = definitions_on_sheets(tables)
    texts = here.drop(columns="name").map(say).assign(name=here["name"])
    table = pd.concat([definitions_of(study, columns).reset_index(), texts], ignore_index=True)
    other = say("every other")
    named = table["name"].map(lambda name: other if name == EACH else heading(str(name)))
    leading = pd.DataFrame({"sheet": table["sheet"].fillna(other), "column": named})
    return leading.join(table.drop(columns=["sheet", "name"]))


def sheet_name(title: str, used: set[str]) -> str:
    """A sheet name that spreadsheets accept (31 characters, none of []:*?/\\), unlike all in `used`."""
    clean = "".join(" " if letter in "[]:*?/\\" else letter for letter in title).strip("' ")[:31] or "Sheet"
    name, count = clean, 2
    while name.lower() in used:
        name = f"{clean[:27]} ({count})"
        count += 1
    used.add(name.lower())
    return name


@dataclass
class _Pages:
    """The sheets of a workbook as they are written, and the texts that did not fit into a cell."""

    book: xlsxwriter.Workbook
    used: set[str] = field(default_factory=set)
    long_texts: list[tuple[str, str, int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        head = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
        sides = {kind: {"indent": 1} if "indent" in look else {"align": "right"} for kind, look in LOOKS.items()}
        self.heads = {kind: self.book.add_format({**head, **side}) for kind, side in sides.items()}
        self.looks = {kind: self.book.add_format({"valign": "top", **look}) for kind, look in LOOKS.items()}
        self.sure = {word: self.book.add_format(look) for word, look in CERTAINTIES.items()}

    def write(self, title: str, frame: pd.DataFrame, units: Mapping[str, str]) -> None:
        """One table, on as many sheets as it needs; `units` of its columns tell shares from other numbers."""
        flat = _flat(frame)
        for start in range(0, max(1, len(flat)), MOST_ROWS):
            sheet = self.book.add_worksheet(sheet_name(say(title), self.used))
            self._fill(sheet, flat.iloc[start : start + MOST_ROWS], units)

    def _fill(self, sheet: Worksheet, frame: pd.DataFrame, units: Mapping[str, str]) -> None:
        texts, lines = said_frame(frame), np.ones(len(frame), dtype=int)
        for place, name in enumerate(frame.columns):
            values = texts.iloc[:, place]
            kind = _kind(str(name), values, units.get(str(name), ""))
            title = heading(str(name))
            sheet.write_string(0, place, title, self.heads[kind])
            shown = [_shown(value, kind) for value in values.head(LOOKED_AT)]
            widest = max((_width(text) for text in shown), default=0)
            if kind == "text" and (widest > WIDEST or any("\n" in text for text in shown)):
                kind = "long"
                lines = np.maximum(lines, [_lines(value) for value in values.tolist()])
            for row, value in enumerate(values.tolist(), start=1):
                self._cell(sheet, row, place, value, kind)
            # a heading may take two lines, and has the arrow of its filter beside it
            sheet.set_column(place, place, min(WIDEST, max(NARROWEST, _width(title) / 2 + 4, widest + 3)))
            self._mark_certainty(sheet, place, str(name), values)
        for row in np.flatnonzero(lines > 1).tolist():  # some spreadsheets find no height of wrapped text
            sheet.set_row(row + 1, HIGH * int(lines[row]))
        sheet.freeze_panes(1, 1)
        if len(frame.columns):
            sheet.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)

    def _mark_certainty(self, sheet: Worksheet, place: int, name: str, values: pd.Series) -> None:
        """Colour the words of certainty, also when someone changes a cell."""
        if "certainty" in name and len(values) and not pd.api.types.is_numeric_dtype(values):
            for word, look in self.sure.items():
                rule = {"type": "cell", "criteria": "==", "value": f'"{say(word)}"', "format": look}
                sheet.conditional_format(1, place, len(values), place, rule)

    def _cell(self, sheet: Worksheet, row: int, place: int, value: object, kind: str) -> None:
        # the usual kinds first: a workbook has tens of thousands of cells
        if isinstance(value, str):
            sheet.write_string(row, place, self._fitting(sheet, row, place, value), self.looks[kind])
        elif isinstance(value, bool | np.bool_):
            sheet.write_boolean(row, place, bool(value), self.looks[kind])
        elif isinstance(value, float | int | Decimal | np.integer | np.floating):
            look = self.looks[kind if kind in ("share", "number", "whole") else _kind_of(value)]
            if math.isnan(value):
                return
            if math.isinf(value):
                sheet.write_string(row, place, "∞" if value > 0 else "-∞", look)
            elif not isinstance(value, float | np.floating) and len(_digits(value)) > MOST_DIGITS:
                sheet.write_string(row, place, f"{value:f}" if isinstance(value, Decimal) else str(value), look)
            else:
                sheet.write_number(row, place, float(value), look)
        elif isinstance(value, date):  # a Timestamp is one, too
            if pd.isna(value):
                return
            if value.year < FIRST_YEAR:
                sheet.write_string(row, place, value.isoformat().removesuffix("T00:00:00"), self.looks["text"])
            else:
                sheet.write_datetime(row, place, value, self.looks[kind])
        elif value is not None and value is not pd.NA:
            sheet.write_string(row, place, self._fitting(sheet, row, place, str(value)), self.looks[kind])

    def _fitting(self, sheet: Worksheet, row: int, place: int, text: str) -> str:
        """The text, or as much of it as a cell takes and where the rest stands."""
        if len(text) <= MOST_LETTERS // 2 or _letters(text) <= MOST_LETTERS:
            return text
        note = say(" … (goes on on the sheet '{sheet}')", sheet=say(LONG_TEXTS))
        first, *rest = _parts(text, MOST_LETTERS - _letters(note))
        cell = xl_rowcol_to_cell(row, place)
        self.long_texts += [(sheet.name, cell, number, part) for number, part in enumerate(rest, start=2)]
        return first + note


def _parts(text: str, most: int) -> Iterator[str]:
    """The text in pieces that fit: a letter beyond the first 65,536 counts twice."""
    step = most if _letters(text) == len(text) else most // 2
    for start in range(0, len(text), step):
        yield text[start : start + step]


def _letters(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum(letter > "\uffff" for letter in text)


def _digits(value: object) -> str:
    """The digits of a whole or decimal number, without zeros that say nothing of it."""
    return str(value).lstrip("-").replace(".", "").strip("0")


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    return frame if isinstance(frame.index, pd.RangeIndex) else frame.reset_index()


def _kind(name: str, column: pd.Series, unit: str) -> str:
    known = column.dropna()
    first = known.iloc[0] if len(known) else None
    if pd.api.types.is_datetime64_any_dtype(column) or isinstance(first, date):
        days = [value for value in known.head(LOOKED_AT) if isinstance(value, datetime)]
        return "time" if any(value.time() != datetime.min.time() for value in days) else "date"
    if isinstance(first, bool | np.bool_) or not isinstance(first, Number | None) or first is None:
        return "text"
    if unit == "share":
        return "share"
    numbers = known[known.map(lambda one: isinstance(one, Number))].to_numpy(dtype=float)
    if not unit and SHARE_WORDS & set(name.split("_")) and (np.abs(numbers) <= 1).all():
        return "share"
    return "whole" if (numbers == np.round(numbers)).all() else "number"


def _kind_of(value: Any) -> str:
    """The kind of a number that stands among texts."""
    return "whole" if value % 1 == 0 else "number"


def _shown(value: object, kind: str) -> str:
    """About what a cell shows, to leave room for it."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return ""
    if kind in ("number", "whole") and isinstance(value, Number):
        return f"{value:,.{2 if kind == 'number' else 0}f}"
    if kind in ("share", "date", "time"):
        return {"share": "-100.0%", "date": "2026-01-01", "time": "2026-01-01 00:00:00"}[kind]
    return str(value)


def _lines(value: object) -> int:
    """Lines that a wrapped text takes in the widest column."""
    if not isinstance(value, str):
        return 1
    return min(MOST_LINES, sum(max(1, math.ceil(1.1 * _width(line) / WIDEST)) for line in value.split("\n")))


def _width(text: str) -> int:
    """Room of the longest line, in letters; one of Chinese takes that of two."""
    line = max(text.split("\n"), key=len)
    return len(line) if line.isascii() else sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)
