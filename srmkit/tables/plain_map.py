"""Sources that need no column map: files and headers carry the names of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from srmkit.errors import Problem, Problems, SrmkitError
from srmkit.tables.catalogue import CATALOGUE
from srmkit.tables.column_map import ColumnMap, ColumnRule, TableMap
from srmkit.tables.sources import Source, table_name


def plain_map(source: Source, *, name: str, currency: str = "") -> ColumnMap:
    """The map of such a source; SrmkitError where a table is there twice or lacks a required column."""
    problems = Problems(f"data of {source.label}")
    tables: dict[str, TableMap] = {}
    for file in source.names:
        table = table_name(file)
        if table not in CATALOGUE:
            continue
        if table in tables:
            found = f"{tables[table].file} and {file}"
            problems.add(f"table {table}", "is there twice", found=found, todo="Keep one of the files.")
            continue
        try:
            columns = list(map(str, source.read(file).cells.columns))
        except SrmkitError as error:
            problems.extend(error.problems)
            continue
        problems.extend(_missing(table, file, columns))
        known = [column.name for column in CATALOGUE[table].columns if column.name in columns]
        rules = {column: ColumnRule.model_validate({"from": column, "decimal": "."}) for column in known}
        tables[table] = TableMap(file=file, columns=rules)
    if not tables and not problems.found:
        found = ", ".join(source.names) or "nothing"
        todo = f"Name files after tables ({', '.join(CATALOGUE)}) or give a column map."
        problems.add("no table of the catalogue", "is there", found=found, todo=todo)
    problems.raise_if_any()
    return ColumnMap.model_construct(name=name, currency=currency, gaps=(), tables=tables)


def _missing(table: str, file: str, columns: list[str]) -> Iterator[Problem]:
    for name in CATALOGUE[table].required:
        if name not in columns:
            meaning = CATALOGUE[table].column(name).meaning
            todo = "Name the column so, or write a column map."
            yield Problem(f"{file}: column '{name}' ({meaning})", "is missing", ", ".join(columns), todo)


def unknown_columns(source: Source) -> Iterator[str]:
    """A note for each file with columns that no table of the catalogue has: a misspelt header, perhaps."""
    for file in source.names:
        if (table := CATALOGUE.get(table_name(file))) is not None:
            known = {column.name for column in table.columns}
            if extra := [str(name) for name in source.read(file).cells.columns if name not in known]:
                listed = ", ".join(extra)
                yield f"{file}: columns not used, because {table.name} has none of that name: {listed}."
