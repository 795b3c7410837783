"""Rows that name a supplier, an item or an order line must find it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from srmkit.language import say
from srmkit.tables.catalogue import Table
from srmkit.tables.cells import TEXT, Cells, Mask, as_numbers, joined
from srmkit.tables.quarantine import Quarantine
from srmkit.tables.row_rules import is_nobody

SEPARATOR = "\x1f"  # between the parts of a key; stands in no text
_ORDER_LINE = ("po_id", "line_id")
_PARTIES = {"supplier": "suppliers", "customer": "customers"}


class Checked(Protocol):
    """What the check needs to know of a table that was read."""

    @property
    def table(self) -> Table:
        """Its place in the catalogue."""

    @property
    def frame(self) -> pd.DataFrame:
        """All rows read."""

    @property
    def quarantine(self) -> Quarantine:
        """Rows set aside so far."""


@dataclass(frozen=True)
class Reference:
    """Columns that must find their values as the key of another table, in the rows marked."""

    columns: tuple[str, ...]
    parent: str
    rows: Mask


def check_references(tables: Mapping[str, Checked], sentinels: tuple[str, ...] = ()) -> None:
    """Set aside rows whose supplier, item, order line or the like is not used itself.

    A row goes the way of what it names: excluded where that was excluded, refused where it is refused or
    unknown. A table that was not given is not asked for. An id among the `sentinels` that is nobody's is excluded.
    """
    for name in _parents_first(tables):
        for reference in _references(tables[name]):
            if len(reference.columns) == 1:
                _exclude_nobody(tables[name], tables.get(reference.parent), reference, sentinels)
            if reference.parent in tables:
                _check(tables[name], tables[reference.parent], reference)


def _parents_first(tables: Mapping[str, Checked]) -> list[str]:
    ordered: list[str] = []

    def visit(name: str) -> None:
        if name in tables and name not in ordered:
            for reference in _references(tables[name]):
                visit(reference.parent)
            ordered.append(name)

    for name in tables:
        visit(name)
    return ordered


def _references(checked: Checked) -> Iterator[Reference]:
    table, frame = checked.table, checked.frame
    everywhere = pd.Series(True, index=frame.index)
    for column, parent in table.parents.items():
        yield Reference((column,), parent, everywhere & frame[column].notna())
    if set(_ORDER_LINE) < set(frame.columns) and table.key != _ORDER_LINE:
        named = frame[list(_ORDER_LINE)].notna().all(axis="columns")
        yield Reference(_ORDER_LINE, "purchase_order_lines", named)
    if {"role", "party_id"} <= set(frame.columns):
        for role, parent in _PARTIES.items():
            yield Reference(
                ("party_id",), parent, frame["role"].eq(role).fillna(False) & frame["party_id"].notna()
            )


def _exclude_nobody(
    child: Checked, parent: Checked | None, reference: Reference, sentinels: tuple[str, ...]
) -> None:
    ids = _key(child.frame.loc[reference.rows], reference.columns)
    nobody = ids[is_nobody(ids, sentinels)]
    if parent is not None:
        nobody = nobody[~nobody.isin(_key(parent.frame, parent.table.key))]
    reason = pd.Series(say("stands for nobody"), index=nobody.index, dtype=TEXT)
    child.quarantine.put(reason, column=reference.columns[0], found=nobody, kind="excluded")


def _check(child: Checked, parent: Checked, reference: Reference) -> None:
    own = _key(child.frame.loc[reference.rows], reference.columns)
    theirs = _key(parent.frame, parent.table.key)
    used = parent.quarantine.still_in(parent.frame.index)
    lost = own[~own.isin(theirs[used])]
    if lost.empty:
        return
    aside = parent.quarantine.frame().set_index("row")
    fate = theirs[~used].drop_duplicates()
    rows = lost.map(pd.Series(fate.index, index=fate))
    kinds, told = rows.map(aside["kind"]), rows.map(aside["reason"])
    where = parent.table.name
    excluded = kinds.eq("excluded")
    words = _not_there(lost, theirs, where)
    words = words.mask(kinds.eq("refused"), say("its row in {table} was refused", table=where))
    words = words.mask(excluded, say("its row in {table} was excluded: ", table=where) + told.astype(TEXT))
    column, found = ", ".join(reference.columns), lost.str.replace(SEPARATOR, " | ")
    child.quarantine.put(words[excluded], column=column, found=found, kind="excluded")
    child.quarantine.put(words[~excluded], column=column, found=found)


def _not_there(lost: Cells, theirs: Cells, where: str) -> Cells:
    """That an id is not there, and whether it is in a writing that programs change on the way."""
    as_written = say("is not in {table}", table=where)
    capitals = say("is not in {table}, which has it in other capitals", table=where)
    number = say("is not in {table}, which has it with other zeros: where the two are one, write as_number = true for "
                 "both columns in the column map", table=where)  # fmt: skip
    words = pd.Series(as_written, index=lost.index, dtype=TEXT)
    words = words.mask(lost.str.casefold().isin(theirs.str.casefold()), capitals)
    return words.mask(_as_numbers(lost).isin(_as_numbers(theirs)), number)


def _as_numbers(keys: Cells) -> Cells:
    """Keys with each of their parts as a number would be written."""
    parts = keys.astype(TEXT).str.split(SEPARATOR, expand=True)
    return joined([as_numbers(parts[place].astype(TEXT)) for place in parts], SEPARATOR) if len(keys) else keys


def _key(frame: pd.DataFrame, columns: tuple[str, ...]) -> Cells:
    return joined([frame[name] for name in columns], SEPARATOR)
