"""One canonical table from its source: cells, exclusions, columns, checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from srmkit.language import say, say_many
from srmkit.tables.catalogue import CATALOGUE, Table
from srmkit.tables.cells import TEXT, Cells, Mask, as_text, tidy
from srmkit.tables.checks import check_columns, check_keys
from srmkit.tables.column_map import ColumnMap, TableMap
from srmkit.tables.columns import gap_column, read_column
from srmkit.tables.converted import Converted
from srmkit.tables.exclusions import excluded_rows
from srmkit.tables.gathered import Gathered, broken_rows, gather
from srmkit.tables.map_settings import RowRules
from srmkit.tables.money import source_amounts
from srmkit.tables.quarantine import Quarantine
from srmkit.tables.row_rules import rows_without_facts
from srmkit.tables.sources import Source
from srmkit.tables.writing import check_writing


@dataclass(frozen=True)
class ReadTable:
    """One table after its own checks; references to other tables are checked later.

    `frame` holds every catalogue column for all rows read, `found` the same cells as the source shows them,
    `quarantine` the rows that are not to be used, `amounts` the money columns to the cent and `currencies` the
    code of each row (a gap where it is that of the map).
    """

    table: Table
    mapped: TableMap
    frame: pd.DataFrame
    found: pd.DataFrame
    columns: Mapping[str, Converted]
    quarantine: Quarantine
    broken: int
    amounts: Mapping[str, Cells]
    currencies: Cells
    notes: tuple[str, ...]
    fingerprints: Mapping[str, str]

    @property
    def used(self) -> Mask:
        """Which rows are used."""
        return self.quarantine.still_in(self.frame.index)

    @property
    def usable(self) -> pd.DataFrame:
        """The rows that are used."""
        return self.frame.loc[self.used]


def read_table(source: Source, name: str, mapping: ColumnMap) -> ReadTable:
    """Read and check one table; SrmkitError where its shape does not fit the map, or a writing is in doubt."""
    mapped, table = mapping.table(name), CATALOGUE[name]
    gathered = gather(source, mapped)
    check_writing(gathered.cells, table, mapped.columns, mapping.gaps)
    quarantine = Quarantine(name, gathered.file)
    _exclude(gathered, table, mapped, mapping, quarantine)
    read = _converted(gathered, table, mapped, mapping.gaps, quarantine)
    if mapped.distinct:
        read = _one_row_per_key(read, gathered.file)
    else:
        _set_broken_aside(gathered, mapping.rows, quarantine)
    complete = _refuse_incomplete(read, gathered)
    _refuse_unreadable(read)
    check_columns(complete, table, read.quarantine, read.found)
    check_keys(read.frame, table, read.quarantine)
    return read


def _exclude(
    gathered: Gathered, table: Table, mapped: TableMap, mapping: ColumnMap, quarantine: Quarantine
) -> None:
    asked = excluded_rows(gathered.cells, mapped.exclude)
    known = rows_without_facts(gathered.cells, table, mapped, mapping.rows, mapping.gaps)
    for column, reason, found in (*asked, *known):
        quarantine.put(reason, column=column, found=found, kind="excluded")


def _set_broken_aside(gathered: Gathered, rules: RowRules, quarantine: Quarantine) -> None:
    above = [row for row in gathered.broken if row.above]
    drawn = [row for row in gathered.broken if rules.footers and row.is_ruled_line and not row.above]
    others = [row for row in gathered.broken if row not in drawn and not row.above]
    quarantine.put(broken_rows(above, "reason"), found=broken_rows(above, "found"), kind="excluded")
    drawn_reasons = pd.Series(say("is a drawn line, not a row"), index=[row.row for row in drawn], dtype=TEXT)
    quarantine.put(drawn_reasons, found=broken_rows(drawn, "found"), kind="excluded")
    quarantine.put(broken_rows(others, "reason"), found=broken_rows(others, "found"))


def _converted(
    gathered: Gathered, table: Table, mapped: TableMap, gaps: tuple[str, ...], quarantine: Quarantine
) -> ReadTable:
    cells = gathered.cells
    columns = {
        name: read_column(cells, table.column(name), rule, gaps) for name, rule in mapped.columns.items()
    }
    found = {name: as_text(cells[rule.from_[0]]) for name, rule in mapped.columns.items() if rule.from_}
    frame = {
        column.name: columns[column.name].cells if column.name in columns else gap_column(column, cells.index)
        for column in table.columns
    }
    return ReadTable(
        table,
        mapped,
        pd.DataFrame(frame, index=cells.index),
        pd.DataFrame(found, index=cells.index),
        columns,
        quarantine,
        0 if mapped.distinct else len(gathered.broken),
        source_amounts(cells, table, mapped, gaps),
        _currencies(cells, frame, mapped, gaps),
        gathered.notes,
        gathered.fingerprints,
    )


def _currencies(
    cells: pd.DataFrame, frame: Mapping[str, Cells], mapped: TableMap, gaps: tuple[str, ...]
) -> Cells:
    if "currency" in frame:
        return frame["currency"]
    if mapped.currency is not None:
        return as_text(tidy(cells[mapped.currency], gaps=gaps))
    return pd.Series(np.nan, index=cells.index, dtype=TEXT)


def _one_row_per_key(read: ReadTable, file: str) -> ReadTable:
    """Keep the first row of each key, one that is not excluded and lacks nothing required where there is one."""
    lacking = read.frame[list(read.table.required)].isna().any(axis="columns")
    first_come = read.frame.assign(_out=~read.used, _lacks=lacking).sort_values(["_out", "_lacks"], kind="stable")
    kept = first_come.drop_duplicates(list(read.table.key)).index.sort_values()
    note = (
        say("{table}: {count:,} different keys taken from the {rows:,} rows of {file}.", table=read.table.name,
            count=len(kept), rows=len(read.frame), file=file)
    )
    return replace(
        read,
        frame=read.frame.loc[kept],
        found=read.found.loc[kept],
        columns={name: column.only(kept) for name, column in read.columns.items()},
        quarantine=read.quarantine.only(kept),
        currencies=read.currencies.loc[kept],
        notes=(*read.notes, note, *_told_otherwise(read)),
    )


def _told_otherwise(read: ReadTable) -> Iterator[str]:
    """Columns of which rows of one key say different things: one of them was taken."""
    key = list(read.table.key)
    used = read.frame.loc[read.used]
    for name in (name for name in read.mapped.columns if name not in key):
        several = used.dropna(subset=[*key, name]).groupby(key)[name].nunique().loc[lambda counts: counts > 1]
        if len(several):
            first = several.index[0]
            key_there = " | ".join(map(str, first)) if isinstance(first, tuple) else first
            yield say_many(
                "{table}: {count:,} key has several values of {column} in its rows, such as {key}; the first is taken.",
                "{table}: {count:,} keys have several values of {column} in their rows, such as {key}; the first is "
                "taken.", len(several), table=read.table.name, column=name, key=key_there)  # fmt: skip


def _refuse_incomplete(read: ReadTable, gathered: Gathered) -> pd.DataFrame:
    """Set aside rows without a partner in a joined file; the others come back."""
    complete = read.frame
    for key, reason in gathered.unmatched:
        rows = reason[reason.index.isin(read.frame.index)]
        own = as_text(gathered.cells[key]) if key in gathered.cells else None
        read.quarantine.put(rows, column=key, found=own)
        complete = complete.loc[~complete.index.isin(rows.index)]
    return complete


def _refuse_unreadable(read: ReadTable) -> None:
    for name, column in read.columns.items():
        read.quarantine.put(column.wrong, column=name, found=read.found.get(name))
