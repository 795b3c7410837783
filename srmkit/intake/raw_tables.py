"""Every table that a source holds, each with what its columns look like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from srmkit.errors import Problem, SrmkitError
from srmkit.intake.header_rows import header_rows
from srmkit.intake.looks import Look
from srmkit.intake.series import in_series
from srmkit.language import listed, say_many
from srmkit.tables.cells import Mask, as_text
from srmkit.tables.map_settings import FileRule
from srmkit.tables.raw import BrokenRow
from srmkit.tables.row_rules import headers_again, says_total
from srmkit.tables.sources import TEXT_ENDINGS, WORKBOOK_ENDINGS, Folder, Package, Source, Workbook, open_source

_FEW = 3  # columns: in a list of two a row of one cell may be a gap
_MOST_ROWS = 50_000  # rows looked at; a longer table is looked at evenly


@dataclass(frozen=True)
class Looked:
    """All tables of a source, and what could not be read."""

    label: str
    tables: tuple[Look, ...]
    problems: tuple[Problem, ...]
    is_package: bool = False


def look(source: str | Path, files: Mapping[str, FileRule] | None = None) -> Looked:
    """Read every table of the source as it stands; `files` says how a file is written, as in a column map.

    Files or sheets of one series with the same columns, such as one for each year, are one table in parts.
    """
    opened = open_source(source)
    rules = files or {}
    tables: list[Look] = []
    problems: list[Problem] = []
    for name in _names(opened):
        # each sheet by itself: one that cannot be read takes no other along
        for sheet in _sheets(opened, name, problems):
            try:
                found = _look(opened, name, sheet, rules)
                tables += [found] if len(found.cells.columns) else []
            except SrmkitError as error:
                if not _holds_nothing(opened, name, sheet):
                    problems += _of(f"{name}/{sheet}" if sheet else name, error)
    together = tables if isinstance(opened, Package) else list(in_series(tables, tuple(_names(opened))))
    return Looked(opened.label, tuple(together), tuple(problems), isinstance(opened, Package))


def _names(opened: Source) -> Iterator[str]:
    if not isinstance(opened, Folder):
        yield from opened.names
        return
    for name in opened.names:
        yield from opened.parts(name) or (name,)
    yield from opened.packages


def _sheets(opened: Source, name: str, problems: list[Problem]) -> tuple[str | None, ...]:
    try:
        return opened.sheets(name)
    except SrmkitError as error:
        if not name.lower().endswith(".json") or name in opened.names:  # other JSON is no data
            problems += _of(name, error)
        return ()


def _of(name: str, error: SrmkitError) -> list[Problem]:
    return [Problem(f"{name}: {p.thing}", p.wrong, p.found, p.todo) for p in error.problems]


def _holds_nothing(opened: Source, name: str, sheet: str | None) -> bool:
    """Whether a text file or sheet is blank: nothing is lost with it."""
    is_looked_into = isinstance(opened, Workbook) or name.lower().endswith((*TEXT_ENDINGS, *WORKBOOK_ENDINGS))
    try:
        return is_looked_into and not any(any(row) for row in opened.top(name, sheet))
    except SrmkitError:
        return False


def _look(opened: Source, name: str, sheet: str | None, rules: Mapping[str, FileRule]) -> Look:
    given = rules.get(f"{name}/{sheet}") or rules.get(name) or FileRule()
    found = () if given.header else header_rows(opened.top(name, sheet, given))
    rule = given.model_copy(update={"header": found}) if found else given
    raw = opened.read(name, sheet, rule)
    cells = raw.cells.iloc[_evenly(len(raw.cells))]
    facts = ~beside_the_facts(cells)
    above = [row for row in raw.broken if row.above]
    notes = (*raw.notes, *_told(found, above), *_left_out(int((~facts).sum())))
    broken = len(raw.broken) - len(above)
    return Look(name, sheet, len(raw.cells) + broken, cells[facts], notes, broken, rule if found else None)


def beside_the_facts(cells: pd.DataFrame) -> Mask:
    """Rows that tell nothing of what a column holds: the header again, totals, remarks of one cell."""
    beside = pd.Series(False, index=cells.index)
    for _, again, _ in headers_again(cells):
        beside |= cells.index.isin(again.index)
    filled = cells.astype(object).replace("", None).notna().sum(axis="columns")
    if len(cells.columns) < _FEW:
        return beside
    few = cells[filled * 2 <= filled.median()]
    total = pd.Series(False, index=few.index)
    for name in few.columns:
        total |= says_total(as_text(few[name]))
    return beside | filled.eq(1) & (filled.median() > 1) | total.reindex(cells.index, fill_value=False)


def _left_out(rows: int) -> Iterator[str]:
    if rows:
        yield say_many("{count:,} row is no fact (a total, a remark or the header again) and was not looked at.",
                       "{count:,} rows are no facts (totals, remarks, the header again) and were not looked at.", rows)


def _told(header: tuple[int, ...], above: Sequence[BrokenRow]) -> Iterator[str]:
    if header:
        yield say_many("Row {rows} is taken for the names of the columns.",
                       "Rows {rows} are taken for the names of the columns.", len(header),
                       rows=listed([str(row) for row in header]))
    if above and header:
        yield say_many("{count} row above it is no row of the table: {words}.",
                       "{count} rows above it are no rows of the table: {words}.", len(above),
                       words=listed([f"'{row.found}'" for row in above], most=3))


def _evenly(rows: int) -> slice:
    return slice(None, None, max(1, -(-rows // _MOST_ROWS)))
