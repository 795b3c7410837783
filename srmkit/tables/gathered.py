"""The cells one canonical table is made of: its own file and the files looked up for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from srmkit.errors import Problem, Problems
from srmkit.language import say
from srmkit.tables.cells import TEXT, Cells
from srmkit.tables.column_map import TableMap
from srmkit.tables.joins import join
from srmkit.tables.raw import BrokenRow, RawTable
from srmkit.tables.sources import Source
from srmkit.tables.unpivot import unpivoted


@dataclass(frozen=True)
class Gathered:
    """Cells of all files side by side; `unmatched` holds, per join, which rows found no partner and why."""

    file: str
    cells: pd.DataFrame
    broken: tuple[BrokenRow, ...]
    unmatched: tuple[tuple[str, Cells], ...]
    notes: tuple[str, ...]
    fingerprints: Mapping[str, str]


def gather(source: Source, mapped: TableMap) -> Gathered:
    """Read a table's file and those joined to it; SrmkitError where a column the map names is not there."""
    own = source.read(mapped.file, mapped.sheet)
    if mapped.unpivot is not None:
        own = unpivoted(own, mapped.unpivot)
    cells, unmatched, others = own.cells, [], []
    problems = Problems(f"{own.name}")
    for part in mapped.join:
        other = source.read(part.file, part.sheet)
        joined = join(cells, other, part.on, problems, equals=part.equals, called=part.sheet or "")
        cells = joined.cells
        unmatched.append((", ".join(part.on), joined.wrong))
        others.append(other)
    problems.extend(_missing_columns(cells, mapped))
    problems.raise_if_any()
    fingerprints = {name: digest for raw in (own, *others) for name, digest in raw.fingerprints.items()}
    notes = (*own.notes, *(note for raw in others for note in _notes(raw)))
    return Gathered(own.name, cells, own.broken, tuple(unmatched), notes, fingerprints)


def _notes(other: RawTable) -> Iterator[str]:
    yield from other.notes
    for row in other.broken:
        yield say("{file}: row {row} was not read: it {reason}.", file=other.name, row=row.row, reason=row.reason)


def _missing_columns(cells: pd.DataFrame, mapped: TableMap) -> Iterator[Problem]:
    there = [str(name) for name in cells.columns]
    for column, place in dict(mapped.source_columns).items():
        if column not in there:
            near = get_close_matches(column, there, n=1, cutoff=0.6)
            todo = f"Did you mean '{near[0]}'?" if near else "Correct the column map."
            yield Problem(f"column '{column}' (asked for by {place})", "is missing", ", ".join(there), todo)


def broken_rows(rows: Iterable[BrokenRow], part: str) -> Cells:
    """One part (`reason` or `found`) of the rows that could not be cut into cells, by row number."""
    words = {row.row: str(getattr(row, part)) for row in rows}
    return pd.Series(words, dtype=TEXT)
