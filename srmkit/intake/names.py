"""How much a header is like a column of ours, by name: our word, or what others call it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache

from rapidfuzz import fuzz

from srmkit.places import data_folder

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_MARKS = re.compile(r"[^\w]+|_", re.UNICODE)
_SAME = {"no": "number", "nr": "number", "num": "number", "nummer": "number", "#": "number", "id": "number",
         "key": "number", "code": "number", "qty": "quantity", "amt": "amount", "dt": "date", "vendor": "supplier",
         "purch": "purchase", "curr": "currency"}  # fmt: skip
_LEAST = 0.7  # less alike than this is not alike
_PART = 0.75  # one name is part of the other: "date" in "order date"
# words that are part of many names tell nothing when they are all that two names share
_ANYTHING = frozenset({"date", "number", "name", "value", "quantity", "amount", "price", "status", "type", "line",
                       "item", "order", "account", "company", "cost", "total", "text", "description", "unit",
                       "product"})  # fmt: skip
_PARTIES = frozenset({"supplier", "customer", "party", "partner", "contact"})
_OF_PARTIES = frozenset({"number", "name", "account"})
_NEARLY = 0.98  # the same words where abbreviations are written out
_SHORT = 3  # words so short are alike by chance
_WIDE = ("export", "table", "list", "data", "sheet", "answer")


@cache
def synonyms() -> dict[str, dict[str, list[str]]]:
    """The words of `data/synonyms.toml`: for tables, for columns."""
    found: dict[str, dict[str, list[str]]] = tomllib.loads((data_folder() / "synonyms.toml").read_text("utf-8"))
    return found


@cache
def called(table: str, column: str) -> tuple[tuple[str, ...], ...]:
    """Everything a column is called, in comparable words; those of its table and those of any."""
    words = synonyms()["columns"]
    names = [column, *words.get(f"{table}.{column}", ()), *words.get(column, ())]
    return tuple(dict.fromkeys(comparable(name) for name in names))


@cache
def comparable(name: str) -> tuple[str, ...]:
    """The words of a header, so that "VendorNo." and "supplier_id" are the same.

    >>> comparable("VendorNo."), comparable("supplier_id")
    (('supplier', 'number'), ('supplier', 'number'))
    """
    words = _MARKS.sub(" ", _CAMEL.sub(" ", name.replace("#", " # "))).casefold().split()
    words += ["#"] if name.rstrip().endswith("#") else []
    told = tuple(_SAME.get(word, word) for word in words)
    return tuple(word for word in told if word not in _WIDE) or told


@cache
def name_likeness(header: str, table: str, column: str) -> float:
    """0 (nothing alike) to 1 (the same words) between a header and a column of ours.

    >>> name_likeness("Lieferantennummer", "suppliers", "supplier_id")
    1.0
    >>> name_likeness("Farbe", "suppliers", "supplier_id")
    0.0
    """
    own = comparable(header)
    score = max((_alike(own, name) for name in called(table, column)), default=0.0)
    return score if score < 1 or plain(header) in _plainly(table, column) else _NEARLY


def plain(name: str) -> str:
    """The letters of a name, for names that are the same but for case and marks."""
    return _MARKS.sub("", name).casefold()


@cache
def _plainly(table: str, column: str) -> frozenset[str]:
    words = synonyms()["columns"]
    names = [column, *words.get(f"{table}.{column}", ()), *words.get(column, ())]
    return frozenset(map(plain, names))


@cache
def file_likeness(file: str, table: str) -> float:
    """The same between the name of a file or sheet and a table of ours."""
    own = comparable(file)
    names = [table, *synonyms()["tables"].get(table, ())]
    return max(_alike(own, comparable(name)) for name in names)


@cache
def is_line_value(header: str) -> float:
    """How much a header is like the value of a line (quantity times price), 0 to 1."""
    return max(_alike(comparable(header), comparable(name)) for name in synonyms()["others"]["line_value"])


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if not one or not other:
        return 0.0
    if one == other or "".join(one) == "".join(other):
        return 1.0
    if sorted(one) == sorted(other):
        return 0.97
    score = _spelling(one, other)
    short, long = sorted((set(one), set(other)), key=len)
    if short < long and not short <= _ANYTHING and (not short <= _PARTIES or long - short <= _OF_PARTIES):
        score = max(score, _PART + 0.2 * _letters(short) / _letters(long))
    return score if score >= _LEAST else 0.0


def _spelling(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Likeness letter by letter; words that both have do not make the others alike."""
    if min(_letters(one), _letters(other)) <= _SHORT:
        return 0.0
    ratio = fuzz.token_sort_ratio(" ".join(one), " ".join(other)) / 100
    rest = [" ".join(word for word in words if word not in there) for words, there in ((one, other), (other, one))]
    if all(rest) and set(one) & set(other):
        ratio = min(ratio, 0.4 + 0.6 * fuzz.ratio(*rest) / 100)
    return 0.95 * ratio


def _letters(words: Iterable[str]) -> int:
    return sum(map(len, words))
