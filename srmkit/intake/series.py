"""Files or sheets of one series, such as one for each year or plant, that are one table in parts."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

import pandas as pd

from srmkit.intake.looks import Look
from srmkit.language import joined, listed, say
from srmkit.tables.parts import BETWEEN, parts_of
from srmkit.tables.sources import table_name

_FEWEST = 3  # columns: two tables of ids and names have the same two
_LEAST = 3  # letters that a pattern has at least
_WORD = re.compile(r"[^\W\d_]+")
_MONTHS = frozenset({
    "jan", "january", "januar", "feb", "february", "februar", "mar", "march", "mär", "mrz", "märz", "apr", "april",
    "may", "mai", "jun", "june", "juni", "jul", "july", "juli", "aug", "august", "sep", "sept", "september", "oct",
    "october", "okt", "oktober", "nov", "november", "dec", "december", "dez", "dezember", "年", "月", "季度",
})  # fmt: skip
Series: TypeAlias = tuple[object, ...]


def in_series(tables: Sequence[Look], there: Collection[str]) -> Iterator[Look]:
    """The tables, those of one series as one; `there` are all names of the source, which a pattern must not take."""
    series: dict[Series, list[Look]] = {}
    for one in tables:
        series.setdefault(_series(one), []).append(one)
    for parts in series.values():
        yield _together(parts, there) if len(parts) > 1 else parts[0]


def series_of(name: str) -> tuple[str, ...]:
    """The words of a name that are no month, without its numbers.

    >>> series_of("orders_2025-03.csv") == series_of("Orders (Apr 2025).csv")
    True
    """
    return tuple(word for word in _WORD.findall(table_name(name).casefold()) if word not in _MONTHS)


def _series(one: Look) -> Series:
    """Same for the parts of one series: columns, header, and the name without what tells part from part."""
    names = tuple(sorted(map(str, one.cells.columns)))
    if len(names) < _FEWEST:
        return one.label, names
    folder = one.file.partition("/")[0] if "/" in one.file else ""
    own = (folder,) if folder else series_of(one.sheet or one.file)
    return (one.file if one.sheet else folder, one.sheet is None, own, names, one.written)


def _together(parts: Sequence[Look], there: Collection[str]) -> Look:
    first = parts[0]
    names = [part.sheet or part.file for part in parts]
    called = BETWEEN.join(names) if first.sheet else _one_name(names, there)
    told = say("{count} parts with the same columns are taken for one table: {names}.", count=len(parts),
               names=listed(names))  # fmt: skip
    return replace(
        first,
        file=first.file if first.sheet else called,
        sheet=called if first.sheet else None,
        rows=sum(part.rows for part in parts),
        cells=pd.concat([part.cells for part in parts], ignore_index=True),
        notes=tuple(dict.fromkeys([told, *(note for part in parts for note in part.notes)])),
        broken=sum(part.broken for part in parts),
        series=joined(told),
    )


def _one_name(names: Sequence[str], there: Collection[str]) -> str:
    """The folder that holds them and nothing else, a pattern that fits them and nothing else, or the list."""
    folder = names[0].partition("/")[0]
    if folder != names[0]:
        whole = {name for name in there if name.startswith(f"{folder}/")}
        return folder if whole == set(names) else BETWEEN.join(names)
    front = os.path.commonprefix(names)
    back = os.path.commonprefix([name[len(front) :][::-1] for name in names])[::-1]
    front, back = front.rstrip("0123456789"), back.lstrip("0123456789")  # next year's file, too
    pattern = f"{front}*{back}"
    is_clear = len("".join(_WORD.findall(table_name(front + back)))) >= _LEAST and "[" not in pattern
    return pattern if is_clear and set(parts_of(pattern, there)) == set(names) else BETWEEN.join(names)
