"""Columns of a table elsewhere as columns of ours: renamed, in our types, nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from srmkit.errors import Problems, did_you_mean
from srmkit.tables.catalogue import Column
from srmkit.tables.catalogue import Table as Canonical
from srmkit.tables.column_map import ColumnRule
from srmkit.tables.engine import Table, in_kind, literal, nothing_of

_CAN_BE = {
    "id": "text or a whole number",
    "text": "text",
    "date": "a day, or a time without time zone",
    "flag": "true or false",
}


def typed(
    raw: Table, canonical: Canonical, rules: Mapping[str, ColumnRule] | None, problems: Problems
) -> Table | None:
    """The table with every column of the catalogue, gaps where there is none; None where something is wrong."""
    columns, wrong = {}, len(problems.found)
    for column in canonical.columns:
        rule = rules.get(column.name) if rules is not None else ColumnRule.model_validate({"from": column.name})
        columns[column.name] = _column(raw, canonical.name, column, rule, problems, renamed=rules is not None)
    return raw.select(**columns) if len(problems.found) == wrong else None


def _column(
    raw: Table, table: str, column: Column, rule: ColumnRule | None, problems: Problems, *, renamed: bool
) -> Any:
    if rule is not None and rule.value is not None:
        return in_kind(literal(rule.value), column.kind)
    source = rule.from_[0] if rule is not None else ""
    if source not in raw.columns:
        if column.required or (rule is not None and renamed):
            todo = did_you_mean(source, raw.columns, "Columns are")
            problems.add(f"{table}: column '{source}' ({column.meaning})", "is missing", todo=todo)
        return nothing_of(column.kind)
    found = in_kind(raw[source], column.kind)
    if found is None:
        can_be = _CAN_BE.get(column.kind, "a number")
        todo = f"It must be {can_be}: convert it in a view where the data lie."
        wrong = f"cannot be taken for {column.name}"
        problems.add(f"{table}: column '{source}'", wrong, found=str(raw[source].type()), todo=todo)
    return found
