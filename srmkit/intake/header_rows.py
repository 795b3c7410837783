"""Which rows hold the names of the columns, where titles stand above them or units below: found by rule, and shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

MOST_BELOW = 2  # rows under the first row of names that may belong to the header
_WIDE = 0.6  # of the cells that a usual row has: a row of names has this many, a title has not
_FIGURES = 0.8  # of the cells of a column: then it is one of figures, days or numbered codes
_UNIT = re.compile(
    r"[\[(]?(?:[A-Z]{3}|[€$£¥%‰]|pcs?|pieces?|stk|st|ea|each|k?g|t|tons?|mm|cm|m|km|l|litres?|h|hours?|days?|tage|weeks?"
    r"|date|datum|text|number|yyyy-mm-dd|dd[./-]mm[./-]yyyy|mm/dd/yyyy|\d+|件|个|元|天|日|千克|吨)[\])]?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


def header_rows(top: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Numbers (from 1) of the rows of names; empty where it is the first row, or none can be told from the others.

    - Titles: rows over the first one that has most of the cells that a usual row has.
    - A second row of names, or a row of units: right below, with words where the columns below hold figures or days.
    - Names of groups of columns: right above, two words or more, none of them a figure.

    >>> header_rows([["Open orders"], ["as of 2026-06-30"], [], ["PO", "Day", "Price"], ["", "", "EUR"],
    ...              ["P1", "2026-01-05", "10"], ["P2", "2026-01-06", "12"]])
    (4, 5)
    """
    filled = [sum(map(bool, row)) for row in top]
    usual = _usual(filled)
    first = next((place for place, count in enumerate(filled) if count >= max(2, _WIDE * usual)), None)
    if first is None or usual < 2:
        return ()
    found = [*_groups_above(top, first), first, *_below(top, first)]
    return () if found == [next(place for place, count in enumerate(filled) if count)] else tuple(n + 1 for n in found)


def _usual(filled: Sequence[int]) -> int:
    """How many cells most rows have, the wider of two that are equally frequent."""
    counts = [count for count in filled if count]
    return max(counts, key=lambda count: (counts.count(count), count), default=0)


def _below(top: Sequence[Sequence[str]], first: int) -> Iterator[int]:
    for place in range(first + 1, min(first + 1 + MOST_BELOW, len(top))):
        figures = _columns_of_figures(top[place + 1 :])
        named = [column for column in figures if _cell(top[place], column)]
        if any(_DIGIT.search(_cell(top[place], column)) for column in named) or not named:
            return
        words = [cell for cell in top[place] if cell]
        if len(named) < 2 and not all(map(_UNIT.fullmatch, words)):  # one word among figures may be a gap: n/a
            return
        yield place


def _groups_above(top: Sequence[Sequence[str]], first: int) -> Iterator[int]:
    if first == 0:
        return
    words = [cell for cell in top[first - 1] if cell]
    if len(words) >= 2 and not any(_DIGIT.search(word) or word.endswith(":") for word in words):
        yield first - 1


def _columns_of_figures(rows: Sequence[Sequence[str]]) -> list[int]:
    found = []
    for column in range(max(map(len, rows), default=0)):
        cells = [cell for row in rows if (cell := _cell(row, column))]
        if len(cells) >= 2 and sum(bool(_DIGIT.search(cell)) for cell in cells) >= _FIGURES * len(cells):
            found.append(column)
    return found


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""
