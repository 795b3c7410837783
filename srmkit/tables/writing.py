"""Columns whose days or numbers can be read in two ways, and what the map must say about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from srmkit.errors import Problem, Problems
from srmkit.tables.catalogue import Column, Table
from srmkit.tables.cells import TEXT, is_text, tidy
from srmkit.tables.column_map import NUMBERS, ColumnRule

_DAY = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
_MONTHS = 12


def check_writing(
    cells: pd.DataFrame, table: Table, rules: Mapping[str, ColumnRule], gaps: Iterable[str]
) -> None:
    """SrmkitError for each column of undeclared writing that is no year-month-day, or whose point may be either mark.

    A day such as 04/03/2026 has two readings. So has 1.250 in a column where every point has three digits behind it:
    a little over one, or over a thousand.
    """
    problems = Problems("the writing")
    for name, rule in rules.items():
        if len(rule.from_) == 1:
            problems.extend(_doubts(cells, table.column(name), rule, tuple(gaps)))
    problems.raise_if_any()


def _doubts(cells: pd.DataFrame, column: Column, rule: ColumnRule, gaps: tuple[str, ...]) -> Iterator[Problem]:
    thing = f"column '{rule.from_[0]}' ({column.name})"
    if column.kind == "date" and not rule.formats:
        yield from _two_days(thing, _words(cells, rule, gaps))
    elif column.kind in NUMBERS and not {"decimal", "thousands"} & rule.model_fields_set:
        yield from _two_numbers(thing, _words(cells, rule, gaps))


def _words(cells: pd.DataFrame, rule: ColumnRule, gaps: tuple[str, ...]) -> list[str]:
    """The different texts of the column."""
    column = tidy(cells[rule.from_[0]], gaps=gaps)
    return list(column[is_text(column)].astype(TEXT).unique())


def _two_days(thing: str, words: list[str]) -> Iterator[Problem]:
    days = [day for word in words if (day := _DAY.fullmatch(word))]
    if len(days) * 2 <= len(words):
        return
    day_first = next((day for day in days if int(day[1]) > _MONTHS), None)
    month_first = next((day for day in days if int(day[3]) > _MONTHS), None)
    mark, year = days[0][2], "%Y" if len(days[0][4]) == len("2026") else "%y"
    ways = [f'formats = ["{mark.join([*order, year])}"]' for order in (("%d", "%m"), ("%m", "%d"))]
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
        found, todo = days[0][0], f"Ask who made the file, then say in the column map: {either}."
    yield Problem(thing, wrong, found, todo)


def _two_numbers(thing: str, words: list[str]) -> Iterator[Problem]:
    pointed = [word for word in words if "." in word]
    if not pointed or not all(map(_GROUPED.fullmatch, pointed)):
        return
    first = pointed[0]
    wrong = f"has numbers that can be read in two ways: {first} as {first.replace('.', ',')} or as a fraction"
    todo = 'Say in the column map thousands = ".", decimal = "," or, for fractions, decimal = ".".'
    yield Problem(thing, wrong, ", ".join(pointed[:3]), todo)
