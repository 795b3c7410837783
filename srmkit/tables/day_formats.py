"""Ways of writing a day that a column map may name: those of strptime, and the day numbers of spreadsheets."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd

from srmkit.tables.cells import Cells

SPREADSHEET = "excel"  # days since 1899-12-30, as a cell shows them whose format was lost on the way
_FIRST = pd.Timestamp("1899-12-30")
_NUMBER = r"[0-9]{1,5}(?:\.[0-9]+)?"
_YEAR, _MONTH = {"Y", "y", "G", "c", "x"}, {"m", "b", "B", "j", "U", "W", "V", "c", "x"}


def problem_of_format(shape: str) -> str:
    """What is wrong with a way of writing days; "" where nothing is.

    >>> problem_of_format("%d/%m/%Y"), problem_of_format("DD/MM/YYYY")
    ('', 'names no year (%Y or %y)')
    """
    if shape == SPREADSHEET:
        return ""
    said = set(re.findall("%([A-Za-z])", shape.replace("%%", "")))
    if not said & _YEAR:
        return "names no year (%Y or %y)"
    if "d" in said and not said & _MONTH:
        return "names a day and no month (%m, %b or %B)"
    try:
        pd.to_datetime(pd.Series(["-"]), format=shape, errors="coerce")
    except (ValueError, KeyError, IndexError, re.error):
        return "has a sign that stands for nothing"
    return ""


def read_days(words: Cells, shape: str) -> Cells:
    """The days of words written so; a gap where a word is written otherwise.

    >>> read_days(pd.Series(["46085", "46085.75", "March"]), "excel").dt.date.tolist()[:2]
    [datetime.date(2026, 3, 4), datetime.date(2026, 3, 4)]
    """
    if shape != SPREADSHEET:
        return pd.to_datetime(words, format=shape, errors="coerce")
    numbers = pd.to_numeric(words.where(words.str.fullmatch(_NUMBER)), errors="coerce").astype("float64")
    return _FIRST + pd.to_timedelta(numbers // 1, unit="D")


def spreadsheet_day(word: str) -> dt.date | None:
    """The day that a number would be in a spreadsheet, where it is one of our time (1980 to 2060)."""
    if not re.fullmatch(_NUMBER, word):
        return None
    day: dt.date = (_FIRST + pd.Timedelta(days=int(float(word)))).date()
    return day if dt.date(1980, 1, 1) <= day <= dt.date(2060, 1, 1) else None
