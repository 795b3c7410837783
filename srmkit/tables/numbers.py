"""Numbers from text, with exactly the marks that were declared for decimals and thousands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

import numpy as np
import pandas as pd

from srmkit.language import say
from srmkit.tables.cells import TEXT, Cells, is_text
from srmkit.tables.converted import Converted, reasons, used_rules

_DIGITS = 18  # an amount with more digits before the point is none, and could not be added without rounding


def read_numbers(
    cells: Cells, *, decimal: str = ".", thousands: str = "", remove: Iterable[str] = ()
) -> Converted:
    """Read numbers; a cell with other marks than the declared ones is not guessed but refused.

    >>> read_numbers(pd.Series(["1.234,50", "7-"]), decimal=",", thousands=".").cells.tolist()
    [1234.5, -7.0]
    """
    if pd.api.types.is_numeric_dtype(cells.dtype):
        return _finite(cells.astype("Float64").astype("float64"))
    texts = is_text(cells)
    plain, rules = _plain(cells[texts].astype(TEXT), decimal, thousands, tuple(remove))
    values = pd.Series(np.nan, index=cells.index)
    values[plain.index] = plain.astype("float64")
    natives = pd.to_numeric(cells[~texts].map(_number), errors="coerce")
    values[natives.index] = natives
    read = _finite(values)
    if thousands:
        marks = say('decimal "{decimal}", thousands "{thousands}"', decimal=decimal, thousands=thousands)
    else:
        marks = say('decimal "{decimal}", no thousands mark', decimal=decimal)
    reason = say("is not a number as declared ({marks}); declare its marks in the column map or correct it",
                 marks=marks)
    unread = cells.notna() & values.isna()
    wrong = pd.concat([reasons(unread, reason), read.wrong])
    return Converted(read.cells, wrong, _over(cells, rules))


def exact_numbers(cells: Cells, *, decimal: str = ".", thousands: str = "", remove: Iterable[str] = ()) -> Cells:
    """The same numbers without any rounding, as `decimal.Decimal`; a gap where there is none to read.

    >>> exact_numbers(pd.Series(["0.10", "0.20", "?"])).dropna().sum()
    Decimal('0.30')
    """
    texts = is_text(cells)
    plain, _ = _plain(cells[texts].astype(TEXT), decimal, thousands, tuple(remove))
    readable = pd.concat([plain.astype(object), cells[~texts].dropna().astype(object)])
    exact: Cells = readable.map(_exact).reindex(cells.index)
    return exact


def shape(decimal: str, thousands: str) -> str:
    """The regular expression of a number with these marks."""
    point, mark = re.escape(decimal), re.escape(thousands)
    whole = rf"(?:[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+|[0-9]+)" if thousands else "[0-9]+"
    return rf"[+-]?(?:{whole}(?:{point}[0-9]*)?|{point}[0-9]+)(?:[eE][+-]?[0-9]+)?"


def _plain(words: Cells, decimal: str, thousands: str, remove: tuple[str, ...]) -> tuple[Cells, dict[str, Cells]]:
    """The readable ones as Python writes numbers, and which rule handled which."""
    rules = {}
    for mark in remove:
        rules[f'without "{mark}"'] = words.str.contains(mark, regex=False)
        words = words.str.replace(mark, "", regex=False).str.strip()
    words, signs = _leading_minus(words)
    if thousands == " ":
        words = words.str.replace("[\u00a0\u202f]", " ", regex=True)
    readable = words.str.fullmatch(shape(decimal, thousands))
    plain = words[readable]
    if thousands:
        rules[f'thousands "{thousands}"'] = plain.str.contains(thousands, regex=False)
        plain = plain.str.replace(thousands, "", regex=False)
    if decimal != ".":
        rules[f'decimal "{decimal}"'] = plain.str.contains(decimal, regex=False)
        plain = plain.str.replace(decimal, ".", regex=False)
    return plain, {**rules, **signs}


def _leading_minus(words: Cells) -> tuple[Cells, dict[str, Cells]]:
    """Bookkeepers write (12) and 12- for -12; neither can mean anything else."""
    bracketed = words.str.fullmatch(r"\([^()+-]+\)")
    trailing = words.str.fullmatch(r"[^+-]+-")
    words = words.mask(bracketed, "-" + words.str.strip("()")).mask(trailing, "-" + words.str.rstrip("-"))
    return words, {say("brackets as minus"): bracketed, say("minus at the end"): trailing}


def _number(cell: object) -> float:
    try:
        return float(cell)  # type: ignore[arg-type]  # anything else than a number is caught below
    except (TypeError, ValueError, OverflowError):  # the last: an integer of hundreds of digits
        return float("nan")


def _exact(cell: object) -> Decimal | float:
    try:
        exact = Decimal(cell) if isinstance(cell, str | Decimal) else Decimal(repr(_number(cell)))
    except InvalidOperation:
        return float("nan")
    return exact if exact.is_finite() and exact.adjusted() < _DIGITS else float("nan")


def _finite(values: Cells) -> Converted:
    endless = values.isin([np.inf, -np.inf])
    return Converted(values.mask(endless), reasons(endless, say("is not a finite number")))


def _over(cells: Cells, rules: dict[str, Cells]) -> dict[str, Cells]:
    return used_rules({rule: mask.reindex(cells.index, fill_value=False) for rule, mask in rules.items()})
