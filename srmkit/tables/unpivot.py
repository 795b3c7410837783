"""Wide tables made long: one row for each cell, placed as the spreadsheet shows it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from srmkit.errors import Problem, SrmkitError
from srmkit.tables.headers import PARTS
from srmkit.tables.limits import check_shape
from srmkit.tables.map_settings import Unpivot
from srmkit.tables.raw import RawTable, without_blank_rows


def unpivoted(raw: RawTable, rule: Unpivot) -> RawTable:
    """The table with a row for each filled cell beside the columns to keep.

    Rows are numbered by their cell, such as "C12". SrmkitError where a column to keep is not there, or the names
    do not have as many parts as the header has rows.
    """
    wide = [name for name in raw.cells.columns if name not in rule.keep]
    _check(raw, rule, wide)
    place = {str(name): letters(position) for position, name in enumerate(raw.cells.columns)}
    parts = [_long(raw.cells, str(name), place[str(name)], rule) for name in wide]
    # a row here is a cell: what stands above the header is none
    broken = tuple(replace(row, row=f"{letters(0)}{row.row}") for row in raw.broken if not row.above)
    cells = _filled(pd.concat(parts), rule.value) if parts else raw.cells.iloc[:0]
    return replace(raw, cells=cells, broken=broken)


def letters(position: int) -> str:
    """What a spreadsheet calls its column at this place, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    word = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        word = chr(65 + rest) + word
    return word


def _long(cells: pd.DataFrame, name: str, column: str, rule: Unpivot) -> pd.DataFrame:
    words = name.split(PARTS) if len(rule.names) > 1 else [name]
    named = dict(zip(rule.names, words, strict=True))
    long = cells[list(rule.keep)].assign(**named, **{rule.value: cells[name]})
    return long.set_axis(pd.Index([f"{column}{row}" for row in cells.index], name="row"), axis="index")


def _filled(long: pd.DataFrame, value: str) -> pd.DataFrame:
    return long.loc[without_blank_rows(long[[value]]).index]


def _check(raw: RawTable, rule: Unpivot, wide: list[str]) -> None:
    missing = [name for name in rule.keep if name not in raw.cells]
    uneven = [name for name in wide if len(rule.names) > 1 and len(name.split(PARTS)) != len(rule.names)]
    if missing:
        there = ", ".join(map(str, raw.cells.columns))
        problem = Problem(f"column '{missing[0]}' (to keep)", "is missing", there, "Correct the column map.")
        raise SrmkitError(raw.name, [problem])
    if uneven:
        problem = Problem(f"column '{uneven[0]}'", f"has not the {len(rule.names)} parts that unpivot names", "",
                          "Give one name for each header row.")  # fmt: skip
        raise SrmkitError(raw.name, [problem])
    check_shape(raw.name, len(raw.cells) * len(wide), len(rule.keep) + len(rule.names) + 1)
