"""Values that an analyst writes into a column map, as they stand in a column."""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

import pandas as pd

from srmkit.tables.catalogue import Kind
from srmkit.tables.cells import Cells

Word: TypeAlias = str | bool | int | float


def fits_kind(word: Word, kind: Kind) -> bool:
    """Whether the word can stand in a column of that kind."""
    if kind == "flag":
        return isinstance(word, bool)
    if kind in ("number", "money", "whole"):
        return isinstance(word, int | float) and not isinstance(word, bool)
    return isinstance(word, str) and (kind != "date" or _is_day(word))


def native(word: Word, kind: Kind) -> object:
    """The word as a value of its column; days are written year-month-day."""
    return dt.date.fromisoformat(str(word)) if kind == "date" else word


def shown(word: Word | None) -> str:
    """The word as TOML would show it, without quotes."""
    return str(word).lower() if isinstance(word, bool) else str(word)


def constant(word: Word, kind: Kind, index: pd.Index) -> Cells:
    """The same value for every row."""
    return pd.Series([native(word, kind)] * len(index), index=index, dtype=object)


def _is_day(word: str) -> bool:
    try:
        dt.date.fromisoformat(word)
    except ValueError:
        return False
    return True
