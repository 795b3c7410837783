"""What the cells of one column look like, and whether they can be read in more than one way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import pandas as pd

from srmkit.language import enumerated, marked, say
from srmkit.tables.cells import TEXT, Cells, as_text, tidy
from srmkit.tables.numbers import read_numbers

Looks: TypeAlias = Literal["nothing", "day", "number", "yes or no", "code", "text"]

GAPS = ("n/a", "na", "-", "--", "none", "null", "(blank)", "#n/a", "#n/v", "#div/0!", "#ref!", "#value!", "#name?",
        "#num!", "#null!", "nan", "unknown", "unbekannt", "k.a.", "…", "...", "?", "无", "不详")  # fmt: skip
YES = ("true", "yes", "y", "1", "j", "ja", "wahr", "x", "是", "有", "t")
NO = ("false", "no", "n", "0", "nein", "falsch", "否", "无", "f")
ISO = "%Y-%m-%d"
_DAYS = (
    ISO, "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%y",
    "%m-%d-%y", "%y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d-%b-%y", "%d-%b-%Y", "%d %b %Y", "%d/%b/%Y",
    "%b %d, %Y", "%B %d, %Y", "%d %B %Y", "%Y年%m月%d日", "%YM%m", "%Y-%m", "%b %Y", "%b-%y",
)  # fmt: skip
_CLOCKS = (" %H:%M", " %H:%M:%S", "T%H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
_COMPACT = re.compile("(19|20)[0-9]{6}")  # %Y%m%d would read shorter numbers, too
_DAYLIKE = re.compile(  # in front of the formats, which are slow
    r"[0-9]{1,4}.{1,3}[0-9A-Za-z]{1,9}.{0,16}|(19|20)[0-9]{6}|[A-Za-z]{3,9}[ -][0-9]{1,4}.*"
)
_MARKS = ((".", ""), (".", ","), (",", ""), (",", "."), (".", "'"), (".", "’"), (",", " "), (".", " "))
_SIGNS = ("€", "$", "£", "¥", "₹", "%", "EUR", "USD", "GBP", "CHF", "CNY", "RMB", "JPY", "kg", "pcs", "St.", "ST")
_ALONE = r"(?:^|[0-9 (.-]){}(?:$|[0-9 ).-])"
_LOOKS: Mapping[str, str] = {
    "nothing": marked("nothing"), "day": marked("day"), "number": marked("number"),
    "yes or no": marked("yes or no"), "code": marked("code"), "text": marked("text"),
}  # fmt: skip
_PARTS = (
    ("%d", marked("day")), ("%m", marked("month")), ("%Y", marked("year")), ("%y", marked("yy")), ("%b", marked("Mon")),
    ("%B", marked("Month")), ("%H", marked("hour")), ("%I", marked("hour")), ("%M", marked("minute")),
    ("%S", marked("second")), ("%p", marked("am/pm")),
)  # fmt: skip
_ALL = 0.999
_MOST = 2_000  # different words looked at; a column of more is looked at evenly
_ENOUGH = 0.6  # share of cells that must read so: exports have words in up to 40 % of their numbers
_ENOUGH_DAYS = 0.4  # no other words look like days
_SHOWN = 3


@dataclass(frozen=True)
class Detected:
    """What a column looks like; nothing of it is used until somebody says so.

    `share` of the filled cells read as `looks` says, `misfits` are the most frequent of the others. `writing` is how
    days or numbers are written. `doubt` says what can be read in two ways ("" where nothing can). `words` are the
    different cells; `readings` the formats that a day in doubt may have.
    """

    looks: Looks
    rows: int
    filled: int
    different: int
    share: float = 1.0
    writing: str = ""
    formats: tuple[str, ...] = ()
    decimal: str = "."
    thousands: str = ""
    remove: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    misfits: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    doubt: str = ""
    whole: bool = False
    low: float = float("nan")
    high: float = float("nan")
    words: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()


def detect(cells: Cells) -> Detected:
    """Look at a column of raw cells.

    >>> found = detect(pd.Series(["04.03.2026", "17.03.2026", "?"]))
    >>> found.looks, found.formats, found.gaps
    ('day', ('%d.%m.%Y',), ('?',))
    """
    column = tidy(cells)
    words = as_text(column).dropna()
    counts = words.value_counts(sort=False)
    gaps = tuple(word for word in counts.index if word.casefold() in GAPS)
    counts = counts.drop(list(gaps))
    different, every = len(counts), tuple(counts.index)
    if different > _MOST:
        counts = counts.iloc[:: different // _MOST + 1]
    base = _Base(len(column), int(column.notna().sum()), different, gaps, every, counts)
    if not different:
        return base.as_("nothing")
    if pd.api.types.is_datetime64_any_dtype(column.dtype) or _all_days(column):
        return base.as_("day", writing=say("a date in the file"))
    if pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype):
        return _flag(base) or _native(base, column)
    return _flag(base) or _day(base) or _number(base) or _words(base)


def _native(base: _Base, column: Cells) -> Detected:
    known = column.dropna().astype("float64")
    whole = bool(known.mod(1).eq(0).all())
    low, high = float(known.min()), float(known.max())
    return base.as_("number", writing=say("a number in the file"), whole=whole, low=low, high=high)


@dataclass(frozen=True)
class _Base:
    rows: int
    filled: int
    different: int
    gaps: tuple[str, ...]
    every: tuple[str, ...]
    counts: Cells

    def as_(self, looks: Looks, **more: object) -> Detected:
        samples = tuple(str(word)[:40] for word in self.counts.index[:_SHOWN])
        said = {"samples": samples, "gaps": self.gaps, "words": self.every, **more}
        return Detected(looks, self.rows, self.filled, self.different, **said)  # type: ignore[arg-type]

    @property
    def words(self) -> Cells:
        return pd.Series(self.counts.index, index=self.counts.index, dtype=TEXT)

    def share(self, fits: Cells) -> float:
        """Share of the cells whose word fits."""
        return float(self.counts[fits].sum() / self.counts.sum())

    def misfits(self, fits: Cells) -> tuple[str, ...]:
        others = self.counts[~fits].sort_values(ascending=False, kind="stable")
        return tuple(str(word)[:40] for word in others.index[:_SHOWN])


def _all_days(column: Cells) -> bool:
    if column.dtype != object:
        return False
    return pd.api.types.infer_dtype(column, skipna=True) in ("date", "datetime", "datetime64")


def _flag(base: _Base) -> Detected | None:
    words = {word.casefold() for word in base.counts.index}
    if len(words) > 2 or not words <= {*YES, *NO} or not (words & set(YES)):
        return None
    codes = {word for word in words if word not in ("true", "false", "yes", "no", "y", "n", "1", "0")}
    writing = " / ".join(base.counts.index)
    doubt = say("has only one word") if codes and len(words) == 1 else ""
    return base.as_("yes or no", writing=writing, doubt=doubt)


def _day(base: _Base) -> Detected | None:
    words = base.words
    likely = words[words.str.len().between(6, 26) & words.str.fullmatch(_DAYLIKE)]
    if base.share(pd.Series(words.index.isin(likely.index), index=words.index)) < _ENOUGH_DAYS:
        return None
    found: dict[str, Cells] = {}
    sample = likely.iloc[:: max(1, len(likely) // 200)]
    for shape in (*_DAYS, *(day + clock for day in _DAYS[:8] for clock in _CLOCKS)):
        if _read(sample, shape).notna().any():
            found[shape] = _read(words, shape)
    if not found:
        return None
    shares = {shape: base.share(days.notna()) for shape, days in found.items()}
    best = max(shares, key=lambda shape: shares[shape])
    chosen, fits = [best], found[best].notna()
    for shape in sorted(shares, key=lambda shape: -shares[shape]):
        more = found[shape].notna() & ~fits
        if shape != best and base.share(more) > 0.005 and not _clash(found[best], found[shape]):
            chosen.append(shape)
            fits |= more
    share = base.share(fits)
    if share < _ENOUGH_DAYS:
        return None
    rivals = [shape for shape in found if shape != best and _rivals(found[best], found[shape])]
    doubt = ""
    if rivals:
        doubt = say("can be read as {ways}", ways=say(" or ").join(in_words(shape) for shape in (best, *rivals)))
    elif any(_other_order(shape) in found and base.share(found[_other_order(shape)].notna() & ~found[shape].notna()) > 0
             for shape in chosen):  # fmt: skip
        doubt = say("is written with the day first in some rows and the month first in others")
    readings = tuple(dict.fromkeys((best, *rivals)))
    writing = enumerated(in_words(shape) for shape in chosen)
    return base.as_(
        "day", share=share, formats=tuple(chosen), readings=readings, misfits=base.misfits(fits), doubt=doubt,
        writing=writing,
    )  # fmt: skip


def _other_order(shape: str) -> str:
    """The same with day and month the other way round."""
    return shape.replace("%d", "%?").replace("%m", "%d").replace("%?", "%m")


def _read(words: Cells, shape: str) -> Cells:
    if shape == "%Y%m%d":
        words = words.where(words.str.fullmatch(_COMPACT))
    if shape == ISO:
        words = words.where(words.str.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}"))
    days: Cells = pd.to_datetime(words, format=shape, errors="coerce")
    return days.where(days.dt.year.between(1950, 2100)) if shape != ISO else days


def _clash(one: Cells, other: Cells) -> bool:
    """Whether some word is one day in the first reading and another in the second."""
    both = one.notna() & other.notna()
    return bool((both & one.ne(other)).any())


def _rivals(best: Cells, other: Cells) -> bool:
    """Whether the other reading reads every word that the best one does, as other days."""
    return bool(other[best.notna()].notna().all()) and _clash(best, other)


def said_looks(looks: str) -> str:
    """What a column looks like, in the spoken language; its name is the same in all of them."""
    return say(_LOOKS[looks])


def in_words(shape: str) -> str:
    """A format as people say it.

    >>> in_words("%d.%m.%Y"), in_words("%d-%b-%y")
    ('day.month.year', 'day-Mon-yy')
    """
    for code, word in _PARTS:
        shape = shape.replace(code, say(word))
    return shape


def _number(base: _Base) -> Detected | None:
    words = base.words
    if words.str.contains("[0-9]").mean() < _ENOUGH or words.str.fullmatch(".*[A-Za-z].*[0-9].*").mean() > _ENOUGH:
        return None
    signs = tuple(sign for sign in _SIGNS if words.str.contains(_ALONE.format(re.escape(sign))).any())
    best, fits, values = ("", ""), pd.Series(False, index=words.index), words
    for decimal, thousands in _MARKS:
        if base.share(fits) > _ALL:
            break
        read = read_numbers(words, decimal=decimal, thousands=thousands, remove=signs).cells
        if base.share(read.notna()) > base.share(fits) + 1e-9:
            best, fits, values = (decimal, thousands), read.notna(), read
    share = base.share(fits)
    if share < _ENOUGH:
        return None
    known = values[fits].astype("float64")
    whole = bool(known.mod(1).eq(0).all())
    if _is_code(base, words, signs):
        return base.as_("code", writing=say("digits"), whole=True)
    without = [say('without "{sign}"', sign=sign) for sign in signs]
    written = enumerated([_marks(*best) if not whole or best[1] else say("whole"), *without])
    return base.as_(
        "number", share=share, writing=written, decimal=best[0], thousands=best[1], remove=signs, whole=whole,
        misfits=base.misfits(fits), low=float(known.min()), high=float(known.max()),
        doubt=_two_marks(words[fits], signs),
    )  # fmt: skip


def _is_code(base: _Base, words: Cells, signs: Sequence[str]) -> bool:
    """Digits that are a name: with zeros in front, or all of one length and each once."""
    digits = words.str.fullmatch("[0-9]+")
    if signs or not digits.all():
        return False
    return bool(words.str.fullmatch("0[0-9]+").any())


def _two_marks(words: Cells, signs: Sequence[str]) -> str:
    """Whether a mark before three digits may be either mark in every number that has one."""
    for sign in signs:
        words = words.str.replace(sign, "", regex=False).str.strip()
    marked = words[words.str.contains("[.,]")]
    if marked.empty or not marked.str.fullmatch(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}").all():
        return ""
    first = str(marked.iloc[0])
    whole = first.replace(".", "").replace(",", "")
    return say("{written} can be read as {whole} or as a fraction", written=first, whole=whole)


def _marks(decimal: str, thousands: str) -> str:
    if thousands:
        return say('decimal "{decimal}", thousands "{thousands}"', decimal=decimal, thousands=thousands)
    return say('decimal "{decimal}"', decimal=decimal)


def _words(base: _Base) -> Detected:
    words = base.words
    code = words.str.fullmatch(r"[A-Za-z0-9]+(?:[-_./ #][A-Za-z0-9]+)*") & words.str.contains("[0-9]")
    return base.as_("code" if base.share(code) > 0.9 and words.str.len().max() <= 30 else "text")
