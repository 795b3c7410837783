"""Cells that hold whole rows, because a quote was opened and closed far below, or never."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pandas as pd

from srmkit.language import marked, say
from srmkit.tables.raw import BrokenRow

_ONE = marked("holds another line inside one cell, and the quotes of the file are no pairs: one is missing or too many")
_MANY = marked("holds {count:,} more lines inside one cell, and the quotes of the file are no pairs: one is missing or "
               "too many")


def swallowed_rows(
    cells: pd.DataFrame, text: str, separator: str, broken: Iterable[BrokenRow]
) -> tuple[pd.DataFrame, list[BrokenRow]]:
    """Take out rows with a cell of several lines where quotes are no pairs; rows in it would be lost in silence."""
    told = list(broken)
    suspects = {row: word for name in cells.columns for row, word in _with_lines(cells[name]).items()}
    if not suspects or _pairs_of_quotes(text, separator):
        return cells, told
    for row, word in suspects.items():
        count = word.strip("\n").count("\n") or 1
        told.append(BrokenRow(int(str(row)), say(_ONE) if count == 1 else say(_MANY, count=count), word))
    return cells.drop(index=list(suspects)), sorted(told, key=lambda row: row.row)


def _with_lines(words: pd.Series) -> pd.Series:
    return words[words.str.contains("\n", regex=False)]


def _pairs_of_quotes(text: str, separator: str) -> bool:
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            pass
    except csv.Error:
        return False
    return True
