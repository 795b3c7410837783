"""What a column map must say about a column, from what its cells look like."""

from __future__ import annotations

import re
from typing import Any

from srmkit.intake.contents import are_day_numbers
from srmkit.intake.detection import ISO, NO, YES, in_words
from srmkit.intake.matching import Candidate
from srmkit.language import day, percent, say
from srmkit.tables.catalogue import Column
from srmkit.tables.day_formats import SPREADSHEET, spreadsheet_day

_ALL = 0.995
_KNOWN_FLAGS = ("true", "false", "yes", "no", "y", "n", "1", "0")


def rule_of(source: Candidate, column: Column) -> tuple[dict[str, Any], str]:
    """The rule of a column map, and what has to be asked before it can be used ("" where nothing)."""
    found = source.found
    rule: dict[str, Any] = {"from": source.name}
    if column.kind == "date" and found.looks == "day" and found.formats:
        if found.doubt:
            ways = say(" or ").join(f'["{shape}"] ({in_words(shape)})' for shape in found.readings)
            return rule, say("'{column}' {doubt}; samples {samples}. Which? formats = {ways}", column=source.name,
                             doubt=found.doubt, samples=", ".join(found.samples), ways=ways)  # fmt: skip
        rule |= {"formats": list(found.formats)} if found.formats != (ISO,) else {}
    elif column.kind == "date" and are_day_numbers(found):
        days = {word: told for word in found.words if (told := spreadsheet_day(word))}
        word, told = next(iter(days.items()), ("", None))
        rule["formats"] = [SPREADSHEET]
        return rule, say("'{column}' holds numbers, such as {number}: are they the day numbers of a spreadsheet, which "
                         "would be {day}?", column=source.name, number=word, day=day(told) if told else "?")
    elif column.kind in ("number", "money", "whole") and found.looks == "number":
        if found.doubt:
            return rule, say("'{column}': {doubt}. Which mark is the decimal one? decimal = \".\" or \",\"",
                             column=source.name, doubt=found.doubt)  # fmt: skip
        marks = {"decimal": found.decimal} | ({"thousands": found.thousands} if found.thousands else {})
        rule |= marks if (found.decimal, found.thousands) != (".", "") else {}
        rule |= {"remove": list(found.remove)} if found.remove else {}
    elif column.kind == "flag":
        return _flag(source, rule)
    else:
        return rule, ""
    return _words_among(source, rule)


def _words_among(source: Candidate, rule: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Cells of a column of days or numbers that are none: asked about; words among them are proposed as gaps."""
    found = source.found
    if not found.misfits or found.share > _ALL:
        return rule, ""
    words = [word for word in found.misfits if not any(letter.isdigit() for letter in word)]
    gaps = [{"pattern": f"^{re.escape(word)}$", "gap": True} for word in words]
    shown = ", ".join(repr(word) for word in words or found.misfits)
    told = {"share": percent(1 - found.share), "column": source.name, "words": shown}
    if words:
        asked = say("{share} of '{column}' are words such as {words}: do they mean a gap?", **told)
        return rule | {"text": gaps}, asked
    return rule, say("{share} of '{column}' read as none, such as {words}: what do they mean?", **told)


def _flag(source: Candidate, rule: dict[str, Any]) -> tuple[dict[str, Any], str]:
    words = source.found.writing.split(" / ") if source.found.looks == "yes or no" else list(source.found.samples)
    strange = [word for word in words if word.casefold() not in _KNOWN_FLAGS]
    if not strange:
        return rule, ""
    known = {word: word.casefold() in YES for word in words if word.casefold() in (*YES, *NO)}
    rule["codes"] = known
    unknown = [word for word in words if word not in known]
    return rule, say("which of the words {words} in '{column}' mean yes, which no?", words=", ".join(words),
                     column=source.name) if unknown else ""  # fmt: skip
