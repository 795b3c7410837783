"""Columns whose days or numbers can be read in two ways, and what the map must say about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from srmkit.errors import Problem, Problems
from srmkit.tables.catalogue import Column, Table
from srmkit.tables.cells import TEXT, Cells, as_text, is_text, tidy
from srmkit.tables.column_map import NUMBERS, ColumnRule
from srmkit.tables.dates import DAY, read_dates
from srmkit.tables.day_formats import spreadsheet_day
from srmkit.tables.plausible_days import BESIDE, out_of_order

_DAY = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
_MONTHS = 12
_CURRENCY = re.compile(r"[€$£¥₹₽₩₺₴₫฿¢]|[A-Z]{2}\$|[A-Z]{3}|US\$|Fr\.?|kr\.?|zł|Kč|元|円")


def check_writing(
    cells: pd.DataFrame, table: Table, rules: Mapping[str, ColumnRule], gaps: Iterable[str]
) -> None:
    """SrmkitError for each column of undeclared writing that is no year-month-day, or whose point may be either mark.

    A day such as 04/03/2026 has two readings. So has 1.250 in a column where every point has three digits behind it:
    a little over one, or over a thousand. And a column of amounts with signs of several currencies is no column of
    amounts: taking the signs away would add up euros and dollars.
    """
    problems = Problems("the writing")
    for name, rule in rules.items():
        if len(rule.from_) == 1:
            if rule.remove:
                problems.extend(_two_currencies(cells, rule))
            problems.extend(_doubts(cells, table, table.column(name), rules, tuple(gaps)))
    problems.raise_if_any()


def _doubts(
    cells: pd.DataFrame, table: Table, column: Column, rules: Mapping[str, ColumnRule], gaps: tuple[str, ...]
) -> Iterator[Problem]:
    rule = rules[column.name]
    thing = f"column '{rule.from_[0]}' ({column.name})"
    if column.kind == "date" and not rule.formats:
        if pd.api.types.is_numeric_dtype(cells[rule.from_[0]].dtype):
            yield from _day_numbers(thing, list(as_text(cells[rule.from_[0]]).dropna().unique()))
        yield from _two_days(thing, _words(cells, rule, gaps), _Neighbours(cells, table, column, rules, gaps))
    elif column.kind in NUMBERS and not {"decimal", "thousands"} & rule.model_fields_set:
        yield from _two_numbers(thing, _words(cells, rule, gaps))


@dataclass(frozen=True)
class _Neighbours:
    """The days that stand beside a column of days: they tell which reading makes sense."""

    cells: pd.DataFrame
    table: Table
    column: Column
    rules: Mapping[str, ColumnRule]
    gaps: tuple[str, ...]

    def evidence(self, formats: Sequence[str]) -> str:
        """How many rows have their days in the wrong order under each reading; "" where that tells nothing."""
        for earlier, later, years in BESIDE.get(self.table.name, ()):
            if self.column.name in (earlier, later) and {earlier, later} <= set(self.rules):
                wrong = [self._wrong(earlier, later, years, reading) for reading in formats]
                if wrong[0] != wrong[1]:
                    other = earlier if self.column.name == later else later
                    day, month = (f"{count:,}" if count else "no" for count in wrong)
                    return f"beside {other}, {day} rows make no sense with the day first, {month} with the month first"
        return ""

    def _wrong(self, earlier: str, later: str, years: int, reading: str) -> int:
        first, last = self._days(earlier, reading), self._days(later, reading)
        return int(out_of_order(first, last, years=years, slack=0).sum())

    def _days(self, name: str, reading: str) -> Cells:
        rule = self.rules[name]
        if len(rule.from_) != 1:
            return pd.Series(pd.NaT, index=self.cells.index, dtype=DAY)
        words = tidy(self.cells[rule.from_[0]], gaps=self.gaps)
        as_said = read_dates(words, formats=rule.formats).cells
        return as_said if rule.formats or as_said.notna().any() else read_dates(words, formats=(reading,)).cells


def _words(cells: pd.DataFrame, rule: ColumnRule, gaps: tuple[str, ...]) -> list[str]:
    """The different texts of the column."""
    column = tidy(cells[rule.from_[0]], gaps=gaps)
    return list(column[is_text(column)].astype(TEXT).unique())


def _two_days(thing: str, words: list[str], neighbours: _Neighbours) -> Iterator[Problem]:
    yield from _day_numbers(thing, words)
    days = [day for word in words if (day := _DAY.fullmatch(word))]
    if len(days) * 2 <= len(words):
        return
    day_first = next((day for day in days if int(day[1]) > _MONTHS), None)
    month_first = next((day for day in days if int(day[3]) > _MONTHS), None)
    mark, year = days[0][2], "%Y" if len(days[0][4]) == len("2026") else "%y"
    formats = [mark.join([*order, year]) for order in (("%d", "%m"), ("%m", "%d"))]
    ways = [f'formats = ["{one}"]' for one in formats]
    either = f"{ways[0]} where the day comes first, {ways[1]} where the month does"
    if day_first and month_first:
        wrong = "is written with the day first in some rows and the month first in others"
        found, todo = f"{day_first[0]} and {month_first[0]}", "Part them in the source, or write year-month-day."
    elif day_first or month_first:
        told = day_first or month_first
        order = "day" if day_first else "month"
        wrong = f"is not written year-month-day; it can only be with the {order} first"
        found, todo = (told or days[0])[0], f"Say so in the column map: {ways[0 if day_first else 1]}."
    else:
        wrong = "can be read with the day or the month first, and no row tells which"
        evidence = neighbours.evidence(formats)
        found = "; ".join(filter(None, (days[0][0], evidence)))
        todo = f"Ask who made the file, then say in the column map: {either}."
    yield Problem(thing, wrong, found, todo)


def _day_numbers(thing: str, words: list[str]) -> Iterator[Problem]:
    """Numbers in a column of days, as spreadsheets count them."""
    days = [day for word in words if (day := spreadsheet_day(word))]
    if days and len(days) == len(words):
        todo = 'Say so in the column map where that is right: formats = ["excel"].'
        wrong = "holds numbers; they may be the day numbers of a spreadsheet"
        yield Problem(thing, wrong, f"{words[0]}, which would be {days[0]}", todo)


def _two_numbers(thing: str, words: list[str]) -> Iterator[Problem]:
    pointed = [word for word in words if "." in word]
    if not pointed or not all(map(_GROUPED.fullmatch, pointed)):
        return
    first = pointed[0]
    wrong = f"has numbers that can be read in two ways: {first} as {first.replace('.', ',')} or as a fraction"
    todo = 'Say in the column map thousands = ".", decimal = "," or, for fractions, decimal = ".".'
    yield Problem(thing, wrong, ", ".join(pointed[:3]), todo)


def _two_currencies(cells: pd.DataFrame, rule: ColumnRule) -> Iterator[Problem]:
    words = _words(cells, rule, ())
    signs = [mark for mark in rule.remove if _CURRENCY.fullmatch(mark.strip())]
    found = [mark for mark in signs if any(mark in word for word in words)]
    if len(found) > 1:
        todo = "Make two columns of it, the amount and its currency, and map the currency."
        wrong = "has amounts in several currencies, which would be added up as one"
        yield Problem(f"column '{rule.from_[0]}'", wrong, " and ".join(found), todo)
