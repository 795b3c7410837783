"""The data dictionary of the sample company: its part of docs/sample-company.md is this text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from srmkit.tables.catalogue import CATALOGUE, Column, Table

BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"


def data_dictionary(tables: Mapping[str, pd.DataFrame]) -> str:
    """Every table with its rows and columns, in Markdown: meaning, unit, origin, gaps."""
    listed = (CATALOGUE[name] for name in CATALOGUE if name in tables)
    return "\n".join(line for table in listed for line in _section(table, tables[table.name]))


def with_dictionary(page: str, tables: Mapping[str, pd.DataFrame]) -> str:
    """The page with the dictionary between its two marks brought up to date.

    >>> print(with_dictionary(f"Before\\n{BEGIN}\\nold\\n{END}\\nafter", {}))
    Before
    <!-- tables: begin -->
    <BLANKLINE>
    <!-- tables: end -->
    after
    """
    before, rest = page.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    return f"{before}{BEGIN}\n{data_dictionary(tables)}\n{END}{after}"


def _section(table: Table, rows: pd.DataFrame) -> Iterator[str]:
    yield f"### {table.name}"
    yield ""
    yield f"{table.meaning} {len(rows):,} rows; key: {', '.join(table.key)}."
    yield ""
    yield "| column | meaning | unit | from | gaps |"
    yield "|---|---|---|---|---|"
    for column in table.columns:
        yield _line(column, rows)
    yield ""


def _line(column: Column, rows: pd.DataFrame) -> str:
    meaning = column.meaning + (f": {', '.join(column.choices)}" if column.choices else "")
    gaps = int(rows[column.name].isna().sum())
    return f"| {column.name} | {meaning} | {column.unit} | {column.source} | {gaps:,} |"
