"""Cells made comparable: text without stray spaces, gaps as gaps, typed values left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

Cells: TypeAlias = "pd.Series[Any]"
Mask: TypeAlias = "pd.Series[bool]"

TEXT = pd.StringDtype(na_value=np.nan)
_NUMBER_ID = r"[0-9]+(?:\.0+)?"  # an id that programs take for a number


def tidy(cells: Cells, *, gaps: Iterable[str] = ()) -> Cells:
    """Text without spaces at its ends; empty text and the words in `gaps` become gaps."""
    if isinstance(cells.dtype, pd.CategoricalDtype):
        cells = cells.astype(cells.cat.categories.dtype)
    if isinstance(cells.dtype, pd.ArrowDtype):
        cells = cells.astype(object)
    if pd.api.types.is_string_dtype(cells.dtype) and cells.dtype != object:
        return _tidy_text(cells.astype(TEXT), gaps)
    if cells.dtype != object:
        return cells
    if (texts := is_text(cells)).sum() == cells.notna().sum():
        return _tidy_text(cells.where(texts, np.nan).astype(TEXT), gaps)
    mixed = cells.copy()
    mixed[texts] = _tidy_text(cells[texts].astype(TEXT), gaps).astype(object)
    return mixed


def _tidy_text(cells: Cells, gaps: Iterable[str]) -> Cells:
    stripped = cells.str.strip()
    return stripped.mask(stripped.isin(["", *gaps]))


def is_text(cells: Cells) -> Mask:
    """Which cells hold text (rather than a number, a date, a flag or nothing)."""
    if cells.dtype == TEXT:
        return cells.notna()
    if cells.dtype != object:
        return pd.Series(False, index=cells.index)
    return cells.map(lambda cell: isinstance(cell, str)).astype(bool)


def as_text(cells: Cells) -> Cells:
    """Every cell as text, whole numbers without a decimal point, dates as year-month-day."""
    if cells.dtype == TEXT:
        return cells
    return cells.astype(object).map(_word, na_action="ignore").where(cells.notna(), np.nan).astype(TEXT)


def as_numbers(ids: Cells) -> Cells:
    """Ids as numbers write them, without zeros in front and .0 behind; other ids stay as they are.

    >>> as_numbers(pd.Series(["0001", "1.0", "00A1", "000"], dtype=TEXT)).tolist()
    ['1', '1', '00A1', '0']
    """
    numbers = ids.str.fullmatch(_NUMBER_ID).fillna(False).astype(bool)
    short = ids.str.replace(r"\.0+$", "", regex=True).str.replace("^0+([0-9])", r"\1", regex=True)
    return ids.mask(numbers, short)


def joined(parts: Sequence[Cells], separator: str) -> Cells:
    """Text of several columns in one; a gap in any part makes a gap."""
    whole = as_text(parts[0])
    for part in parts[1:]:
        whole = whole + separator + as_text(part)
    return whole


def _word(cell: Any) -> str:
    if isinstance(cell, float | Decimal | np.floating) and float(cell).is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell)
