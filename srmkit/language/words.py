"""Sentences in the spoken language: English as it stands in the code, any other from its catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from string import Formatter
from typing import Any

from srmkit.language.catalogue import CHOICE, COLUMN, words_of
from srmkit.language.numbers import localised
from srmkit.language.speaking import spoken

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
BEGIN, END = "\u2068", "\u2069"  # an isolate of Unicode: its own direction of writing, found by its first letter
HAN = "\u2e80"  # Chinese letters and punctuation begin here
missing: list[Callable[[str, str], None]] = []  # told of each text without a translation: for tests alone


class _Sentences(Formatter):
    """As `str.format`, with the separators of the language in numbers, and its spaces around what is filled in."""

    def format_field(self, value: Any, format_spec: str) -> str:
        text = str(super().format_field(value, format_spec))
        return localised(text) if format_spec and isinstance(value, int | float) else text

    def fill(self, text: str, values: Mapping[str, object]) -> str:
        """The text with these values for its names."""
        whole = ""
        for words, name, form, _ in self.parse(text):
            whole = _beside(whole, words)
            if name is not None:
                whole = _beside(whole, self.format_field(self.get_field(name, (), values)[0], form or ""))
        return whole


_sentences = _Sentences()


def _beside(left: str, right: str) -> str:
    """Words side by side: Chinese letters stand close, and apart from Latin letters and digits."""
    before, after = left.rstrip(" "), right.lstrip(" ")
    if not before or not after:
        return left + right
    chinese = before[-1] >= HAN, after[0] >= HAN
    if all(chinese):
        return before + after
    if any(chinese) and (before[-1].isalnum() and after[0].isalnum()):
        return f"{before} {after}"
    return left + right


def say(text: str, /, **values: object) -> str:
    """The text in the spoken language, its `{names}` filled in.

    `make labels` finds the text where it is written out; pass no f-string. A text that the catalogue lacks stays
    as it is, so what came from data may be passed, too.

    >>> say("{who} is {segment}", who="Alba", segment="strategic")
    'Alba is strategic'
    """
    return _filled(_said("", text), values)


def say_many(one: str, many: str, /, count: int, **values: object) -> str:
    """A sentence about a number of things, in the form for that number; `{count}` is the number.

    >>> say_many("{count} supplier is idle", "{count} suppliers are idle", 2)
    '2 suppliers are idle'
    """
    text = (one if count == 1 else many) if spoken() == "en" else _said("", one)
    return _filled(text, {"count": count, **values})


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun in the right number.

    >>> counted(1, "supplier"), counted(1200, "supplier"), counted(2, "category", "categories")
    ('1 supplier', '1,200 suppliers', '2 categories')
    """
    return say_many(f"{{count:,}} {one}", f"{{count:,}} {many or one + 's'}", count)


def marked(text: str) -> str:
    """The text itself, marked for `make labels`: for constants, which are said later by `say(TEXT)`."""
    return text


def column(name: str, english: str = "") -> str:
    """Heading of a table's column in the spoken language; in English `english`, or the name with its words apart.

    >>> column("spend_share"), column("segment", "class")
    ('spend share', 'class')
    """
    words = english or name.replace("_", " ")
    if spoken() == "en" or name != name.lower():  # ours are small, so a name with capitals came from the data
        return words
    known = words_of(spoken())
    apart = name.replace("_", " ")
    return known.get((COLUMN, name)) or known.get(("", words)) or known.get(("", apart)) or _said(COLUMN, apart)


def word(value: str, context: str = "") -> str:
    """A value of ours (a class, an axis, the name of a criterion) as a reader sees it; what is not ours stays.

    Of values that mean something else elsewhere, `context` says where they stand, as in the catalogue.

    >>> word("supply_risk")
    'supply risk'
    """
    words = value.replace("_", " ")
    if spoken() == "en":
        return words
    known = words_of(spoken())
    places = [(context, value)] if context else []
    return next(filter(None, map(known.get, [*places, (COLUMN, value), ("", words), ("", value)])), value)


def choice(value: str) -> str:
    """What a setting may be, in the spoken language.

    >>> choice("firm")
    'firm'
    """
    return words_of(spoken()).get((CHOICE, value)) or say(value) if spoken() != "en" else value


def joined(*sentences: str) -> str:
    """Whole sentences one after the other, empty ones left out.

    >>> joined("Alba leads.", "", "Dahl follows.")
    'Alba leads. Dahl follows.'
    """
    return (" " if spoken() == "en" else "").join(part for part in sentences if part)


def enumerated(parts: Iterable[str]) -> str:
    """Parts of a sentence with commas between them, in Chinese the enumeration comma."""
    return say(", ").join(map(isolated, parts))


def listed(names: Sequence[str], *, most: int = 5) -> str:
    """Names in a sentence: 'Alba, Dahl and Eck', or the first few and how many more.

    >>> listed(["Alba", "Dahl", "Eck"])
    'Alba, Dahl and Eck'
    >>> listed(list("abcdefgh"), most=3)
    'a, b, c and 5 more'
    """
    names = [str(name) for name in names]
    if len(names) > most:
        return say("{names} and {count:,} more", names=enumerated(names[:most]), count=len(names) - most)
    if len(names) < 2:
        return "".join(map(isolated, names))
    return say("{names} and {last}", names=enumerated(names[:-1]), last=names[-1])


def stopped(text: str) -> str:
    """The text as a sentence: with a full stop, unless it has one.

    >>> stopped("Alba leads"), stopped("Alba leads.")
    ('Alba leads.', 'Alba leads.')
    """
    return f"{text.rstrip('.。')}{say('.')}"


def labelled(label: str, value: str) -> str:
    """What something is called, and what it is, with the colon of the language.

    >>> labelled("Alba", "strategic")
    'Alba: strategic'
    """
    return f"{isolated(label)}{say(': ')}{isolated(value)}"


def bracketed(text: str, note: str) -> str:
    """The text with a note behind it in the brackets of the language.

    >>> bracketed("strategic", "12")
    'strategic (12)'
    """
    return f"{text}{say(' ({note})', note=note)}"


def _said(context: str, text: str) -> str:
    if spoken() == "en" or not text:
        return text
    found = words_of(spoken()).get((context, text))
    if found is None:
        for tell in missing:
            tell(context, text)
        return text
    return found


def isolated(text: str) -> str:
    """The text as a part of a sentence: what is written from right to left keeps its own order.

    Without it the digits at the end of such a name, and the sentence's own beside them, change places.

    >>> isolated("Alba 12"), isolated("\u05d0\u05dc\u05d1\u05d4 12") == "\u2068\u05d0\u05dc\u05d1\u05d4 12\u2069"
    ('Alba 12', True)
    """
    if text.isascii() or not RIGHT_TO_LEFT.search(text):
        return text
    whole = text.startswith(BEGIN) and text.endswith(END) and text.find(END) == len(text) - 1
    return text if whole else f"{BEGIN}{text}{END}"


def _filled(text: str, values: dict[str, object]) -> str:
    if not values:
        return text
    values = {name: isolated(value) if isinstance(value, str) else value for name, value in values.items()}
    # English writes numbers as Python does, and there are thousands of sentences about tipping points
    return text.format(**values) if spoken() == "en" else _sentences.fill(text, values)
