"""How well the cells of a column fit what a column of ours holds."""

from __future__ import annotations

from srmkit.intake.detection import Detected
from srmkit.tables.catalogue import Column, Table
from srmkit.tables.day_formats import spreadsheet_day

_NEVER = 0.0
_HARDLY = 0.15
_PERHAPS = 0.5


def content_fit(found: Detected, table: Table, column: Column, *, distinct: bool = False) -> float:
    """0 (cannot be) to 1 (fits in every cell); an empty column fits anything a little.

    With `distinct` rows may repeat a key: one row of each will be kept.
    """
    if found.looks == "nothing":
        return _NEVER if column.required else _HARDLY
    fit = _of_kind(found, column)
    if column.required:
        fit *= 0.5 + 0.5 * (found.filled / max(found.rows, 1))
    if table.key == (column.name,) and not distinct:
        fit *= _PERHAPS + _PERHAPS * min(1.0, found.different / max(found.filled, 1))
    return fit


def _of_kind(found: Detected, column: Column) -> float:
    if column.kind == "date":
        return found.share if found.looks == "day" else _PERHAPS if are_day_numbers(found) else _NEVER
    if column.kind in ("number", "money", "whole"):
        return _number(found, column)
    if column.kind == "flag":
        two = found.different <= 2
        return 1.0 if found.looks == "yes or no" else _PERHAPS if two else _NEVER
    if column.kind == "id":
        return _id(found)
    return _text(found, column)


def are_day_numbers(found: Detected) -> bool:
    """Whether all numbers of a column could be days as spreadsheets count them."""
    ends = (found.low, found.high)
    return found.looks == "number" and all(spreadsheet_day(f"{end:.0f}") is not None for end in ends if end == end)


def _number(found: Detected, column: Column) -> float:
    if found.looks == "yes or no":
        return _HARDLY
    if found.looks != "number":
        return _NEVER
    low = column.low is None or found.low >= column.low
    high = column.high is None or found.high <= column.high
    whole = column.kind != "whole" or found.whole
    return found.share * (1.0 if low and high and whole else _PERHAPS)


def _id(found: Detected) -> float:
    if found.looks == "day" or (found.looks == "number" and not found.whole):
        return _NEVER
    return {"code": 1.0, "number": 0.95, "text": 0.85, "yes or no": _PERHAPS}.get(found.looks, _HARDLY)


def _text(found: Detected, column: Column) -> float:
    if column.choices:
        choices = {choice.casefold() for choice in column.choices}
        known = sum(word.casefold() in choices for word in found.words) / max(len(found.words), 1)
        return max(known, _PERHAPS if found.different <= 2 * len(column.choices) else _HARDLY)
    if column.name in ("currency", "country"):
        return _short_codes(found, 3 if column.name == "currency" else 2)
    looks = {"text": 1.0, "code": 0.8, "yes or no": _HARDLY, "number": _HARDLY, "day": _NEVER}
    return looks.get(found.looks, _NEVER)


def _short_codes(found: Detected, letters: int) -> float:
    if found.looks not in ("text", "code"):
        return _NEVER
    fits = sum(len(word) == letters and word.isalpha() and word.isupper() for word in found.words)
    return max(fits / max(len(found.words), 1), 0.6 if letters == 2 else _HARDLY)


def overlap(own: Detected, theirs: Detected) -> float:
    """Share of the different ids of a column that stand in the key of another table."""
    there = set(theirs.words)
    return sum(word in there for word in own.words) / max(len(own.words), 1)
