"""Columns of another file looked up for each row: many rows to one."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from srmkit.errors import Problems
from srmkit.language import say
from srmkit.tables.cells import TEXT, Cells, joined, tidy
from srmkit.tables.converted import reasons
from srmkit.tables.raw import RawTable
from srmkit.tables.sources import table_name


@dataclass(frozen=True)
class Joined:
    """Rows with the looked-up columns beside their own; `wrong` says for which rows the look-up failed."""

    cells: pd.DataFrame
    wrong: Cells


def join(
    rows: pd.DataFrame,
    other: RawTable,
    on: tuple[str, ...],
    problems: Problems,
    *,
    equals: tuple[str, ...] = (),
    called: str = "",
) -> Joined:
    """Look up `other` by the columns `on`, which it may call otherwise (`equals`).

    A column name both sides use is written `<file>.<column>`, or as `called` says `<sheet>.<column>`.
    """
    nothing = Joined(rows, pd.Series(dtype=TEXT))
    theirs_on = equals or on
    for side, there, names in (("the rows", rows, on), (other.name, other.cells, theirs_on)):
        for name in names:
            if name not in there:
                found = ", ".join(map(str, there.columns))
                problems.add(
                    f"join column '{name}'", f"is not in {side}", found=found, todo="Correct the map."
                )
                return nothing
    own, theirs = _key(rows, on), _key(other.cells, theirs_on)
    several = theirs[theirs.duplicated(keep=False)]
    unique = theirs[~theirs.duplicated() & theirs.notna()]
    place = own.map(pd.Series(unique.index, index=unique))
    looked_up = other.cells.reindex(place).set_axis(rows.index).drop(columns=list(theirs_on))
    looked_up.columns = [
        f"{called or table_name(other.name)}.{name}" if name in rows else name for name in looked_up.columns
    ]
    missing = reasons(place.isna(), say("has no row in {file}", file=other.name))
    doubtful = reasons(own.isin(several), say("has several rows in {file}", file=other.name))
    return Joined(pd.concat([rows, looked_up], axis="columns"), pd.concat([missing, doubtful]))


def _key(cells: pd.DataFrame, on: tuple[str, ...]) -> Cells:
    return joined([tidy(cells[name]) for name in on], "\x1f")
