"""One canonical table from its source: cells, exclusions, columns, checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from srmkit.tables.catalogue import CATALOGUE, Table
from srmkit.tables.cells import Mask, as_text
from srmkit.tables.checks import check_columns, check_keys
from srmkit.tables.column_map import TableMap
from srmkit.tables.columns import gap_column, read_column
from srmkit.tables.converted import Converted
from srmkit.tables.exclusions import excluded_rows
from srmkit.tables.gathered import Gathered, broken_rows, gather
from srmkit.tables.quarantine import Quarantine
from srmkit.tables.sources import Source


@dataclass(frozen=True)
class ReadTable:
    """One table after its own checks; references to other tables are checked later.

    `frame` holds every catalogue column for all rows read, `found` the same cells as the source shows them,
    `quarantine` the rows that are not to be used.
    """

    table: Table
    mapped: TableMap
    frame: pd.DataFrame
    found: pd.DataFrame
    columns: Mapping[str, Converted]
    quarantine: Quarantine
    broken: int
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


def read_table(source: Source, name: str, mapped: TableMap, gaps: tuple[str, ...]) -> ReadTable:
    """Read and check one table; SrmkitError where its shape does not fit the map."""
    gathered = gather(source, mapped)
    table = CATALOGUE[name]
    quarantine = Quarantine(name, gathered.file)
    _exclude(gathered, mapped, quarantine)
    read = _converted(gathered, table, mapped, gaps, quarantine)
    if mapped.distinct:
        read = _one_row_per_key(read, gathered.file)
    else:
        reasons = broken_rows(gathered.broken, "reason")
        quarantine.put(reasons, found=broken_rows(gathered.broken, "found"))
    complete = _refuse_incomplete(read, gathered)
    _refuse_unreadable(read)
    check_columns(complete, table, read.quarantine, read.found)
    check_keys(read.frame, table, read.quarantine)
    return read


def _exclude(gathered: Gathered, mapped: TableMap, quarantine: Quarantine) -> None:
    for column, reason, found in excluded_rows(gathered.cells, mapped.exclude):
        quarantine.put(reason, column=column, found=found, kind="excluded")


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
        gathered.notes,
        gathered.fingerprints,
    )


def _one_row_per_key(read: ReadTable, file: str) -> ReadTable:
    """Keep the first row of each key, one that is not excluded where there is one."""
    out = ~read.used
    first_come = read.frame.assign(_out=out).sort_values("_out", kind="stable")
    kept = first_come.drop_duplicates(list(read.table.key)).index.sort_values()
    note = (
        f"{read.table.name}: {len(kept):,} different keys taken from the {len(read.frame):,} rows of {file}."
    )
    return replace(
        read,
        frame=read.frame.loc[kept],
        found=read.found.loc[kept],
        columns={name: column.only(kept) for name, column in read.columns.items()},
        quarantine=read.quarantine.only(kept),
        notes=(*read.notes, note),
    )


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
