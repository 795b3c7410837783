"""One table that lies in several files or sheets, such as one for each year: they are read one under the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

import pandas as pd

from srmkit.language import enumerated, listed, say
from srmkit.tables.limits import check_shape
from srmkit.tables.raw import RawTable

BETWEEN = "|"  # joins the names of a list to one
_AFTER = ":"  # between the name of a part and the number of a row in it


def parts_of(name: str, there: Iterable[str]) -> tuple[str, ...]:
    """The names that one name in a column map means: itself, several of a list, or all that fit a pattern.

    >>> parts_of("orders_*.csv", ["orders_2025.csv", "orders_2026.csv", "items.csv"])
    ('orders_2025.csv', 'orders_2026.csv')
    >>> parts_of("Jan|Feb", ["Jan", "Feb", "Notes"])
    ('Jan', 'Feb')
    """
    known = tuple(there)
    if name in known:
        return (name,)
    found = [hit for one in name.split(BETWEEN) for hit in _fitting(one, known) or [one]]
    return tuple(dict.fromkeys(found))


def meets(one: str, other: str) -> bool:
    """Whether two names in a column map can mean the same file, or one a file in the folder that the other names.

    >>> meets("orders_2025.csv", "orders_*.csv"), meets("years/a.csv", "years"), meets("supplier.csv", "suppliers.csv")
    (True, True, False)
    """
    pairs = [(a, b) for a in one.split(BETWEEN) for b in other.split(BETWEEN)]
    return any(fnmatchcase(a, b) or fnmatchcase(b, a) or a.startswith(f"{b}/") for a, b in pairs)


def is_several(name: str) -> bool:
    """Whether a name in a column map is a list or a pattern."""
    return bool(set(f"*?{BETWEEN}") & set(name))


def _fitting(pattern: str, known: Iterable[str]) -> list[str]:
    return [name for name in known if set("*?") & set(pattern) and fnmatchcase(name, pattern)]


def stacked(name: str, parts: Sequence[RawTable]) -> RawTable:
    """The rows of all parts, each numbered within its part; what a part has no column for is a gap, with a note."""
    if len(parts) == 1:
        return parts[0]
    name = name.replace(BETWEEN, ", ")
    check_shape(name, sum(len(part.cells) for part in parts), max(len(part.cells.columns) for part in parts))
    cells = pd.concat([_labelled(part) for part in parts]).rename_axis("row")
    broken = tuple(replace(row, row=f"{part.name}{_AFTER}{row.row}") for part in parts for row in part.broken)
    notes = (*(note for part in parts for note in part.notes), *_told(name, parts, [str(one) for one in cells.columns]))
    digests = {file: digest for part in parts for file, digest in part.fingerprints.items()}
    return RawTable(name, cells, broken, tuple(dict.fromkeys(notes)), digests)


def placed(row: int | str, file: str) -> tuple[str, int | str]:
    """The file and the number in it of a row that may be one of several parts.

    >>> placed("orders_2026.csv:17", "orders_*.csv"), placed(17, "orders.csv")
    (('orders_2026.csv', 17), ('orders.csv', 17))
    """
    part, mark, number = str(row).rpartition(_AFTER)
    return (part, int(number) if number.isdecimal() else number) if mark else (file, row)


def _labelled(part: RawTable) -> pd.DataFrame:
    return part.cells.set_axis(pd.Index([f"{part.name}{_AFTER}{row}" for row in part.cells.index], dtype=object))


def _told(name: str, parts: Sequence[RawTable], columns: Sequence[str]) -> Iterator[str]:
    yield say("{name} was read from {count} parts: {files}.", name=name, count=len(parts),
              files=listed([part.name for part in parts]))  # fmt: skip
    for part in parts:
        own = set(map(str, part.cells.columns))
        if missing := [column for column in columns if column not in own]:
            yield say("{file} lacks columns that other parts of {name} have; there they are gaps: {columns}.",
                      file=part.name, columns=enumerated(missing), name=name)  # fmt: skip
