"""Sources that need no column map: files and headers carry the names of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from srmkit.errors import Problem, Problems, SrmkitError
from srmkit.language import say
from srmkit.tables.catalogue import CATALOGUE
from srmkit.tables.column_map import ColumnMap, ColumnRule, TableMap
from srmkit.tables.sources import Source, table_name


def plain_map(source: Source, *, name: str, currency: str = "") -> ColumnMap:
    """The map of such a source; SrmkitError where a table is there twice or lacks a required column."""
    problems = Problems(say("data of {name}", name=source.label))
    tables: dict[str, TableMap] = {}
    for file in source.names:
        table = plainly(table_name(file))
        if table not in CATALOGUE:
            continue
        if table in tables:
            found = f"{tables[table].file} and {file}"
            problems.add(f"table {table}", "is there twice", found=found, todo="Keep one of the files.")
            continue
        try:
            columns = list(map(str, source.read(file).cells.columns))
        except SrmkitError as error:
            problems.extend(Problem(f"{file}: {p.thing}", p.wrong, p.found, p.todo) for p in error.problems)
            continue
        there = _ours(columns)
        problems.extend(_missing(table, file, columns))
        known = [column.name for column in CATALOGUE[table].columns if column.name in there]
        rules = {column: ColumnRule.model_validate({"from": there[column], "decimal": "."}) for column in known}
        tables[table] = TableMap(file=file, columns=rules)
    if not tables and not problems.found:
        found = ", ".join(source.names) or say("nothing")
        todo = say("Name files after tables ({names}) or give a column map; `srmkit map` proposes one.",
                   names=", ".join(CATALOGUE))
        problems.add(say("no table of the catalogue"), say("is there"), found=found, todo=todo)
    problems.raise_if_any()
    return ColumnMap.model_construct(name=name, currency=currency, gaps=(), tables=tables)


def _missing(table: str, file: str, columns: list[str]) -> Iterator[Problem]:
    there = _ours(columns)
    for name in CATALOGUE[table].required:
        if name not in there:
            meaning = CATALOGUE[table].column(name).meaning
            thing = say("{file}: column '{name}' ({meaning})", file=file, name=name, meaning=say(meaning))
            todo = say("Name the column so, or give a column map; `srmkit map` proposes one.")
            yield Problem(thing, say("is missing"), ", ".join(columns), todo)


def plainly(name: str) -> str:
    """A name of a file or column without capitals and spaces, which make no other name.

    >>> plainly("Purchase Order Lines"), plainly("Supplier-ID ")
    ('purchase_order_lines', 'supplier_id')
    """
    return re.sub(r"[\s_-]+", "_", name.strip()).casefold()


def _ours(columns: Iterable[str]) -> dict[str, str]:
    """What each column is called there, by our name; one that bears our very name before one that nearly does."""
    found = {plainly(name): name for name in columns}
    return found | {name: name for name in columns}


def unknown_columns(source: Source) -> Iterator[str]:
    """A note for each file with columns that no table of the catalogue has: a misspelt header, perhaps."""
    for file in source.names:
        if (table := CATALOGUE.get(plainly(table_name(file)))) is not None:
            columns = [str(name) for name in source.read(file).cells.columns]
            there = _ours(columns)
            used = {there[column.name] for column in table.columns if column.name in there}
            if extra := [name for name in columns if name not in used]:
                listed = ", ".join(extra)
                yield f"{file}: columns not used, because {table.name} has none of that name: {listed}."
