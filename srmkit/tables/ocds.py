"""Release and record packages of the Open Contracting Data Standard, one table for each list in them.

A package holds releases: what was published on a contracting process, step by step. They are merged into the
state of today, as the standard's merging rules say (standard.open-contracting.org, "Merging"): a later value
replaces an earlier one, null removes it, and things with an id in a list are merged by it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from srmkit.errors import Problem, SrmkitError
from srmkit.tables.fingerprint import file_fingerprint
from srmkit.tables.limits import content_of
from srmkit.tables.raw import RawTable, numbered

_MOST_BYTES = 200_000_000  # parsed, it takes many times its size
_NO_PACKAGE = "is of a kind that is not read"
Node: TypeAlias = dict[str, Any]


def read_ocds(path: Path, name: str, sheet: str | None = None) -> RawTable:
    """One list of a package as a table, such as "parties", "awards.suppliers" or "contracts.items".

    Each row has the `ocid` of its process and its own values by dotted name ("value.amount"); values of what it
    lies in carry that list's name ("contracts.id"). Plain lists are joined with "; ".
    """
    tables = _tables(path, name)
    wanted = next(iter(tables), "") if sheet is None else sheet
    if wanted not in tables:
        there = ", ".join(tables) or "no list"
        problem = Problem(f"list '{wanted}'", "is missing", there, "Name one of these as the sheet.")
        raise SrmkitError(name, [problem])
    label = name if sheet is None else f"{name}, list {sheet}"
    frame = pd.DataFrame(tables[wanted], dtype=object)
    return RawTable(label, numbered(frame, first=1), fingerprints={name: file_fingerprint(path)})


def ocds_lists(path: Path, name: str) -> tuple[str, ...]:
    """Names of the lists in a package."""
    return tuple(_tables(path, name))


def compiled(releases: list[Node]) -> Node:
    """Releases of one process merged into its latest state, the earliest first.

    >>> compiled([{"date": "2024-01-01", "tender": {"status": "planned", "value": 5}},
    ...           {"date": "2024-02-01", "tender": {"status": "active", "value": None}}])
    {'date': '2024-02-01', 'tender': {'status': 'active'}}
    """
    state: Node = {}
    for release in sorted(releases, key=lambda one: str(one.get("date", ""))):
        state = _merged(state, release)
    return state


def _merged(old: Node, new: Node) -> Node:
    state = dict(old)
    for key, value in new.items():
        if value is None:
            state.pop(key, None)
        elif isinstance(value, dict):
            before = state.get(key)
            state[key] = _merged(before if isinstance(before, dict) else {}, value)
        elif _has_ids(value):
            state[key] = _merged_by_id(state.get(key), value)
        else:
            state[key] = value
    return state


def _merged_by_id(old: object, new: list[Node]) -> list[Node]:
    found = {str(one["id"]): one for one in old} if isinstance(old, list) and _has_ids(old) else {}
    for one in new:
        found[str(one["id"])] = _merged(found.get(str(one["id"]), {}), one)
    return list(found.values())


def _has_ids(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) and "id" in one for one in value)


def _tables(path: Path, name: str) -> dict[str, list[Node]]:
    """All lists of the package; the last one is remembered, as a reading asks for its lists one after the other."""
    try:
        state = path.stat()
    except OSError:
        return _parsed(path, name)
    return _remembered(path, name, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=1)
def _remembered(path: Path, name: str, changed: int, size: int) -> dict[str, list[Node]]:
    return _parsed(path, name)


def _parsed(path: Path, name: str) -> dict[str, list[Node]]:
    try:
        content = json.loads(content_of(path, name, most=_MOST_BYTES))
        processes = list(_processes(content))
        tables: dict[str, list[Node]] = {}
        for process in processes:
            for place, row in _rows(process, "", {"ocid": process.get("ocid")}):
                tables.setdefault(place, []).append(row)
    except (ValueError, RecursionError) as error:
        if isinstance(error, SrmkitError):
            raise
        found = "lists within lists without end" if isinstance(error, RecursionError) else str(error)
        raise SrmkitError(name, [Problem("the file", "is no readable JSON", found, "Download it again.")]) from None
    if not processes:
        todo = "Use one of .csv.gz, .csv, .parquet, .xlsx, or a release or record package of OCDS."
        raise SrmkitError(f"data of {path.parent.resolve().name}", [Problem(f"file '{name}'", _NO_PACKAGE, "", todo)])
    return tables


def _processes(content: object) -> Iterator[Node]:
    """The contracting processes of a package, each in its latest state."""
    if not isinstance(content, dict):
        return
    by_process: dict[str, list[Node]] = {}
    for release in _nodes(content.get("releases")):
        by_process.setdefault(str(release.get("ocid")), []).append(release)
    yield from map(compiled, by_process.values())
    for record in _nodes(content.get("records")):
        state = record.get("compiledRelease")
        yield state if isinstance(state, dict) else compiled(list(_nodes(record.get("releases"))))


def _nodes(value: object) -> Iterator[Node]:
    yield from (one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()


def _rows(node: Node, place: str, above: Mapping[str, Any]) -> Iterator[tuple[str, Node]]:
    """Every thing in every list below the node: the list's dotted name and the thing as a row."""
    for key, value in node.items():
        inner = f"{place}.{key}" if place else key
        if isinstance(value, dict):
            yield from _rows(value, inner, above)
        for one in _nodes(value):
            own = dict(_values(one, ""))
            yield inner, {**above, **own}
            yield from _rows(one, inner, {**above, **{f"{inner}.{name}": cell for name, cell in own.items()}})


def _values(node: Node, place: str) -> Iterator[tuple[str, Any]]:
    for key, value in node.items():
        if isinstance(value, dict):
            yield from _values(value, f"{place}{key}.")
        elif not isinstance(value, list):
            yield f"{place}{key}", value
        elif not any(isinstance(one, dict | list) for one in value):
            yield f"{place}{key}", "; ".join(map(str, value))
