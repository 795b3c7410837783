"""Entries of one party taken for one where the data lie: the same as `merge_parties`, as expressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from srmkit.tables.catalogue import CATALOGUE
from srmkit.tables.catalogue import Table as Canonical
from srmkit.tables.engine import Runs, Table, exchanged, first_of_each, row
from srmkit.tables.health import MERGED
from srmkit.tables.merging import PARTIES, Merges, OneFirm, place_of
from srmkit.tables.rule_checks import Checked, recounted


def merge_in_place(
    engine: Runs, checked: Mapping[str, Checked], one_firm: OneFirm
) -> tuple[dict[str, Checked], Merges]:
    """The tables with every id of a merged entry become that of the one that is kept, and what was merged.

    Only the lists of parties come here, and how many rows named each entry. Rows left out are counted as excluded.
    """
    lists = {name: engine.collect(checked[name].table).set_index(key) for name, (key, _) in PARTIES.items()
             if name in checked}  # fmt: skip
    merges = one_firm(lists)
    found, rows = dict(checked), pd.Series(0, index=merges.table.index)
    for name, part in merges.table.groupby("table", sort=False):
        key, role = PARTIES[str(name)]
        kept = dict(zip(part["entry"], part["kept"], strict=True))
        for child, there in list(found.items()):
            table, counted = _merged(engine, CATALOGUE[child], there.table, key, role, kept, is_list=child == name)
            if table is not None:
                found[child] = recounted(engine, CATALOGUE[child], there, table)
                rows = rows.add(part["entry"].map(counted).reindex(rows.index), fill_value=0)
    return found, replace(merges, table=merges.table.assign(rows=rows.astype("int64"))[list(MERGED)])


def _merged(
    engine: Runs, canonical: Canonical, table: Table, key: str, role: str, kept: Mapping[str, str], *, is_list: bool
) -> tuple[Table | None, pd.Series]:
    """The table with its ids rewritten, and how many rows named each entry; None where it names no such entry."""
    nothing = pd.Series(dtype="int64")
    if is_list:
        parents = exchanged(table["parent_id"], kept)
        return table.filter(~row[key].isin(list(kept))).mutate(parent_id=parents.nullif(table[key])), nothing
    place = place_of(table.columns, key)
    if place is None:
        return None, nothing
    column, side = place
    named = table[column].isin(list(kept)) & ((table[side] == role) if side else True)
    counted = engine.collect(table.filter(named).group_by(column).agg(rows=row.count())).set_index(column)["rows"]
    if counted.empty:
        return None, nothing
    ids = exchanged(table[column], kept)
    rewritten = table.mutate(**{column: named.ifelse(ids, table[column]), "_was": table[column]})
    if column in canonical.key:
        rewritten = first_of_each(rewritten, canonical.key, [rewritten["_was"] != rewritten[column], "_was"])
    return rewritten.drop("_was"), counted
