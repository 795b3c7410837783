"""The account of one reading, put together from its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from srmkit.language import say
from srmkit.tables.catalogue import Column
from srmkit.tables.health import COLUMNS, CONVERSIONS, MONEY, SET_ASIDE, DataHealth, table_account
from srmkit.tables.money import money_account
from srmkit.tables.parts import placed
from srmkit.tables.table_reading import ReadTable


def account(tables: Iterable[ReadTable], notes: Iterable[str], currency: str) -> DataHealth:
    """Every row, every conversion and every amount of these tables; `currency` is the one of unmarked amounts."""
    tables = tuple(tables)
    aside = [_in_their_files(table.quarantine.frame()) for table in tables]
    return DataHealth(
        table_account({table.table.name: _counts(table) for table in tables}),
        pd.concat(aside, ignore_index=True) if aside else pd.DataFrame(columns=list(SET_ASIDE)),
        pd.DataFrame([row for table in tables for row in _columns(table)], columns=list(COLUMNS)),
        pd.DataFrame([row for table in tables for row in _conversions(table)], columns=list(CONVERSIONS)),
        tuple(dict.fromkeys([*notes, *(note for table in tables for note in _notes(table))])),
        pd.DataFrame([row for table in tables for row in _money(table, currency)], columns=list(MONEY)),
    )


def _in_their_files(aside: pd.DataFrame) -> pd.DataFrame:
    """Rows set aside, those of a table in parts with the file and row number of their part."""
    places = [placed(row, file) for row, file in zip(aside["row"], aside["file"], strict=True)]
    files, rows = ([place[part] for place in places] for part in (0, 1))
    return aside.assign(file=pd.Series(files, dtype=object), row=pd.Series(rows, dtype=object))


def _counts(read: ReadTable) -> tuple[int, int, int, int]:
    kinds = read.quarantine.frame()["kind"].value_counts()
    total = len(read.frame) + read.broken
    return total, int(read.used.sum()), int(kinds.get("excluded", 0)), int(kinds.get("refused", 0))


def _columns(read: ReadTable) -> Iterator[tuple[object, ...]]:
    usable = read.usable
    for column in read.table.columns:
        gaps = int(usable[column.name].isna().sum())
        share = gaps / len(usable) if len(usable) else float("nan")
        name, imputed = column.name, _imputed(read, column.name)
        origin = ", ".join(read.mapped.columns[name].from_) if name in read.mapped.columns else ""
        yield read.table.name, name, _source(read, column), gaps, share, column.unit, imputed, origin


def _source(read: ReadTable, column: Column) -> str:
    """Where the values come from: the map's word, else imputed where any value stands in for another."""
    rule = read.mapped.columns.get(column.name)
    if rule is not None and rule.source is not None:
        return rule.source
    return "imputed" if _imputed(read, column.name) else column.source


def _imputed(read: ReadTable, name: str) -> int:
    mask = read.columns[name].imputed if name in read.columns else None
    return 0 if mask is None else int((mask & read.used).sum())


def _conversions(read: ReadTable) -> Iterator[tuple[str, str, str, int, int]]:
    used = read.used
    for name, column in read.columns.items():
        for rule, mask in column.rules.items():
            yield read.table.name, name, rule, int(mask.sum()), int((mask & used).sum())


def _money(read: ReadTable, currency: str) -> Iterator[tuple[object, ...]]:
    codes = read.currencies.fillna(currency)
    yield from money_account(read.table.name, read.amounts, codes, read.used, read.quarantine, read.broken)


def _notes(read: ReadTable) -> Iterator[str]:
    yield from read.notes
    total = int(read.used.sum())
    for name in read.columns:
        if count := _imputed(read, name):
            yield (
                say("{table}.{column}: {count:,} of {total:,} values stand in for values the source does not have (see "
                    "the conversions); what rests on them is an approximation.",
                    table=read.table.name, column=name, count=count, total=total)
            )
