"""Rows that are no facts: totals, footers, headers again, nobody's ids, ourselves. Set aside and counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

import pandas as pd

from srmkit.language import say
from srmkit.tables.catalogue import Table
from srmkit.tables.cells import TEXT, Cells, Mask, as_text, tidy
from srmkit.tables.column_map import TableMap
from srmkit.tables.converted import reasons
from srmkit.tables.map_settings import RowRules

Found: TypeAlias = tuple[str, Cells, Cells]  # source column, reason by row, what was found there

_TOTAL = re.compile(
    r"\W*(?:(?:grand|sub|overall|running)[ -]?)?(?:totals?|sum|summe|(?:gesamt|zwischen|end)(?:summe|betrag)|gesamt"
    r"|total général|sous-total|totale|subtotale|suma|totaal|subtotaal|итого|всего"
    r"|合计|总计|小计|總計|合計|小計)\b.{0,40}",
    re.IGNORECASE | re.DOTALL,
)
_NAMELESS = re.compile("column [0-9]+")
_PARTIES = ("supplier_id", "customer_id", "party_id")
_NAMED = ("suppliers", "customers")


def rows_without_facts(
    cells: pd.DataFrame, table: Table, mapped: TableMap, rules: RowRules, gaps: Iterable[str]
) -> Iterator[Found]:
    """Rows that the rules know, each with its reason."""
    words = _Words(cells, tuple(gaps))
    if rules.internal:
        yield from _internal(cells, table, mapped, rules.internal)
    if rules.repeated_headers:
        yield from headers_again(cells)
    if rules.totals or rules.footers:
        incomplete = _incomplete(words, table, mapped)
        if incomplete.any():
            few = _Words(cells.loc[incomplete], words.gaps)
            yield from _totals(few) if rules.totals else ()
            yield from _footers(few) if rules.footers else ()


class _Words(Mapping[str, Cells]):
    """The cells as text, column by column, made when asked for."""

    def __init__(self, cells: pd.DataFrame, gaps: tuple[str, ...]) -> None:
        self.cells, self.gaps = cells, gaps

    def __getitem__(self, name: str) -> Cells:
        return as_text(tidy(self.cells[name], gaps=self.gaps))

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells.columns)

    def __len__(self) -> int:
        return len(self.cells.columns)


def _incomplete(words: _Words, table: Table, mapped: TableMap) -> Mask:
    """Rows with a gap where the table needs a value: they can be used in no case."""
    needed = [mapped.columns[name] for name in table.required if name in mapped.columns]
    gap = pd.Series(False, index=words.cells.index)
    for rule in needed:
        if len(rule.from_) == 1 and rule.fallback is None:
            gap |= words[rule.from_[0]].isna()
    return gap


def _totals(words: _Words) -> Iterator[Found]:
    for name, column in words.items():
        hits = column[says_total(column)]
        yield name, pd.Series(say("is a total, not a row"), index=hits.index, dtype=TEXT), hits


def says_total(words: Cells) -> Mask:
    """Which words say that a row is a total."""
    said: Mask = words.map(lambda word: bool(_TOTAL.fullmatch(word)), na_action="ignore").eq(True)
    return said


def _footers(words: _Words) -> Iterator[Found]:
    if len(words) < 3:
        return
    filled = pd.DataFrame({name: column.notna() for name, column in words.items()})
    single = filled.index[filled.sum(axis="columns").eq(1)]
    for name, column in words.items():
        hits = column[single].dropna()
        yield name, pd.Series(say("is a remark, not a row: it has one cell only"), index=hits.index, dtype=TEXT), hits


def headers_again(cells: pd.DataFrame) -> Iterator[Found]:
    """Rows whose cells are the names of their columns, as on each page of a printed list."""
    # columns without a name have blanks there: lists with a bar at both ends
    named = [str(name) for name in cells.columns if not _NAMELESS.fullmatch(str(name))]
    if len(named) < 2 or cells.empty:
        return
    first = named[0]
    again = as_text(cells[first]).str.strip().eq(first)
    for name in named[1:]:
        if not again.any():
            return
        again &= as_text(cells.loc[again, name]).str.strip().eq(name).reindex(cells.index, fill_value=False)
    yield first, reasons(again, say("is the header again, not a row")), as_text(cells[first])[again]


def _internal(cells: pd.DataFrame, table: Table, mapped: TableMap, names: tuple[str, ...]) -> Iterator[Found]:
    asked = (*_PARTIES, "name") if table.name in _NAMED else _PARTIES
    for name in asked:
        if name in mapped.columns and len(mapped.columns[name].from_) == 1:
            source = mapped.columns[name].from_[0]
            words = as_text(tidy(cells[source]))
            yield source, reasons(words.isin(names), say("is ourselves: an internal transfer")), words


def is_nobody(ids: Cells, sentinels: tuple[str, ...]) -> Mask:
    """Which ids stand for nobody; any run of zeros is the same as "0".

    >>> is_nobody(pd.Series(["0", "000", "S1", None]), ("0",)).tolist()
    [True, True, False, False]
    """
    plain = ids.mask(ids.str.fullmatch("0+").fillna(False).astype(bool), "0")
    return plain.isin(sentinels)
