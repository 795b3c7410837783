"""Entries of one party taken for one, as somebody else decided: ids become that of the entry that stands for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import pandas as pd

from srmkit.language import say
from srmkit.tables.cells import TEXT, Cells
from srmkit.tables.health import MERGED
from srmkit.tables.quarantine import Quarantine
from srmkit.tables.table_reading import ReadTable

PARTIES: Mapping[str, tuple[str, str]] = {"suppliers": ("supplier_id", "supplier"),
                                          "customers": ("customer_id", "customer")}


@dataclass(frozen=True)
class Merges:
    """Which entries are others: `table` with the columns of `DataHealth.merged` but rows, and what to tell besides."""

    table: pd.DataFrame
    notes: tuple[str, ...] = ()


OneFirm: TypeAlias = Callable[[Mapping[str, pd.DataFrame]], Merges]  # from the lists of parties, indexed by id


def merge_parties(tables: Mapping[str, ReadTable], one_firm: OneFirm) -> tuple[dict[str, ReadTable], Merges]:
    """The tables with every id of a merged entry become that of the one that is kept, and what was merged.

    The merged entry's own row is excluded, with the reason; so is a row that now repeats the key of another (the
    same rater judged both entries): the row of the kept entry stays. What the kept entry lacks stays a gap.
    """
    lists = {name: tables[name].usable.set_index(key) for name, (key, _) in PARTIES.items() if name in tables}
    merges = one_firm(lists)
    found, rows = dict(tables), pd.Series(0, index=merges.table.index)
    for name, part in merges.table.groupby("table", sort=False):
        key, role = PARTIES[str(name)]
        entries = part.set_index("entry")
        for child, read in found.items():
            found[child], named = _merged(read, key, role, entries, is_list=child == name)
            rows = rows.add(part["entry"].map(named).reindex(rows.index), fill_value=0)
    table = merges.table.assign(rows=rows.astype("int64"))[list(MERGED)]
    return found, replace(merges, table=table)


def _merged(
    read: ReadTable, key: str, role: str, entries: pd.DataFrame, *, is_list: bool
) -> tuple[ReadTable, pd.Series]:
    """The table with its ids rewritten, and how many of its rows named each entry."""
    frame, quarantine = read.frame.copy(), read.quarantine.only(read.frame.index)
    named = pd.Series(dtype="int64")
    if is_list:
        own = frame[key]
        reason = own[read.used & own.isin(entries.index)].map(entries["why"])
        quarantine.put(reason, column=key, found=own, kind="excluded")
        parents = _as_kept(frame["parent_id"], entries)
        frame["parent_id"] = parents.mask(parents.eq(own)).astype(TEXT)
    elif (place := place_of(frame.columns, key)) is not None:
        column, side = place
        everywhere = pd.Series(True, index=frame.index)
        rows = frame[side].eq(role).fillna(False).astype(bool) if side else everywhere
        before = frame[column].where(rows)
        frame[column] = frame[column].mask(rows & before.isin(entries.index), _as_kept(before, entries)).astype(TEXT)
        named = before[read.used & before.isin(entries.index)].value_counts()
        _once_each(frame, read, before, entries, column, quarantine)
    return replace(read, frame=frame, quarantine=quarantine), named


def place_of(columns: Iterable[str], key: str) -> tuple[str, str] | None:
    """The column that names such parties, and the one that says which role they have ("" where all have the same)."""
    there = set(columns)
    if key in there:
        return key, ""
    return ("party_id", "role") if {"role", "party_id"} <= there else None


def _as_kept(ids: Cells, entries: pd.DataFrame) -> Cells:
    return ids.map(entries["kept"]).fillna(ids)


def _once_each(
    frame: pd.DataFrame, read: ReadTable, before: Cells, entries: pd.DataFrame, column: str, quarantine: Quarantine
) -> None:
    """Set aside rows of merged entries whose key is there already: the kept entry's rows come first, then by id."""
    keys = list(read.table.key)
    if column not in keys:
        return
    merged = before.isin(entries.index)
    used = frame.loc[read.used, keys].assign(_merged=merged, _was=before)
    used = used.sort_values(["_merged", "_was"], kind="stable")
    again = used.index[used.duplicated(keys)].sort_values()
    ids = frame[column]
    told = [say("{entry} is one with {kept}, which has such a row", entry=before[row], kept=ids[row])
            for row in again]
    quarantine.put(pd.Series(told, index=again, dtype=TEXT), column=column, found=before, kind="excluded")
