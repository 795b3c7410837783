"""Days from text: ISO dates are read as they are, any other writing must be declared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

import pandas as pd

from srmkit.language import marked, say
from srmkit.tables.cells import TEXT, Cells, Mask, as_text
from srmkit.tables.converted import Converted, reasons, used_rules
from srmkit.tables.day_formats import read_days

DAY: Final = "datetime64[us]"
_ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
_UNDECLARED = marked(
    "is not a date written year-month-day; declare its writing in the column map, "
    'such as formats = ["%d/%m/%Y"] for day/month/year'
)
_AMBIGUOUS = marked("is a different day under each of the declared formats; declare only the one that is meant")
CLOCK_DROPPED = marked("time of day dropped")


def read_dates(cells: Cells, *, formats: Iterable[str] = ()) -> Converted:
    """Read days; without `formats` only year-month-day is accepted, because 04/03 is two different days.

    >>> read_dates(pd.Series(["2-Jun-06"]), formats=["%d-%b-%y"]).cells.dt.date.tolist()
    [datetime.date(2006, 6, 2)]
    """
    if isinstance(cells.dtype, pd.DatetimeTZDtype) or pd.api.types.is_datetime64_dtype(cells.dtype):
        return _whole_days(cells)
    natives = cells.map(lambda cell: isinstance(cell, dt.date)).astype(bool) & cells.notna()
    words = as_text(cells[~natives])
    declared = tuple(formats)
    read = _declared(words, declared) if declared else _iso(words)
    moments = pd.to_datetime(cells[natives].map(_wall_clock), errors="coerce").astype(DAY)
    known = _whole_days(moments)
    values = pd.concat([read.cells, known.cells]).reindex(cells.index)
    rules = {**known.rules, **read.rules}
    return Converted(
        values,
        read.wrong,
        used_rules({k: v.reindex(cells.index, fill_value=False) for k, v in rules.items()}),
    )


def _wall_clock(cell: dt.date) -> dt.date:
    return cell.replace(tzinfo=None) if isinstance(cell, dt.datetime) else cell


def _whole_days(moments: Cells) -> Converted:
    if isinstance(moments.dtype, pd.DatetimeTZDtype):
        moments = moments.dt.tz_localize(None)
    days = moments.dt.normalize()
    late: Mask = moments.notna() & days.ne(moments)
    return Converted(days.astype(DAY), rules=used_rules({say(CLOCK_DROPPED): late}))


def _iso(words: Cells) -> Converted:
    clocked = words.str.fullmatch(_ISO + _CLOCK).fillna(False).astype(bool)
    plain = words.str.fullmatch(_ISO).fillna(False).astype(bool)
    days = words.str.slice(0, 10).where(plain | clocked)
    values = pd.to_datetime(days, format="%Y-%m-%d", errors="coerce").astype(DAY)
    wrong = reasons(words.notna() & values.isna(), say(_UNDECLARED))
    return Converted(values, wrong, used_rules({say(CLOCK_DROPPED): clocked}))


def _declared(words: Cells, formats: tuple[str, ...]) -> Converted:
    values = pd.Series(pd.NaT, index=words.index, dtype=DAY)
    ambiguous, clocked = (pd.Series(False, index=words.index) for _ in range(2))
    rules = {}
    for shape in formats:
        days = read_days(words, shape).astype(DAY)
        ambiguous |= values.notna() & days.notna() & values.ne(days)
        rules[say("date as {shape}", shape=shape)] = values.isna() & days.notna()
        values = values.fillna(days)
    unread = say("is not a date as declared ({formats}); add its format or correct it", formats=", ".join(formats))
    wrong = pd.concat([reasons(words.notna() & values.isna(), unread), reasons(ambiguous, say(_AMBIGUOUS))])
    return Converted(values.mask(ambiguous), wrong.astype(TEXT), used_rules({**rules, CLOCK_DROPPED: clocked}))
