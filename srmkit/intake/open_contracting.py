"""Packages of open contracting data need no guessing: the standard says which list holds what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from srmkit.intake.looks import Look
from srmkit.intake.proposed import ProposedColumn, ProposedTable
from srmkit.intake.raw_tables import Looked
from srmkit.places import data_folder
from srmkit.tables.column_map import ColumnMap, ColumnRule, TableMap

_STANDARD = "ocds_example"


def is_list_of_package(one: Look, looked: Looked) -> bool:
    """Whether the raw table is a list of a package."""
    return looked.is_package or one.file.lower().endswith(".json")


def standard_tables(looked: Looked) -> Iterator[ProposedTable]:
    """Tables of ours that the first package of the source holds, mapped as the standard names its fields."""
    lists: dict[str, Look] = {}
    for one in looked.tables:
        if is_list_of_package(one, looked):
            lists.setdefault(one.sheet or one.file, one)
    if not lists:
        return
    standard = ColumnMap.read(data_folder() / "column_maps" / f"{_STANDARD}.toml")
    for name, mapped in standard.tables.items():
        asked = [str(mapped.sheet), *(str(part.sheet) for part in mapped.join)]
        if all(wanted in lists for wanted in asked):
            yield _table(name, mapped, lists)


def _table(name: str, mapped: TableMap, lists: dict[str, Look]) -> ProposedTable:
    one = lists[str(mapped.sheet)]
    choices = _samples(one.cells)
    for part in mapped.join:
        choices |= {f"{part.sheet}.{name}" if name in choices else name: words
                    for name, words in _samples(lists[str(part.sheet)].cells).items()}  # fmt: skip
    columns = tuple(
        ProposedColumn(column, _said(rule), 1.0, accepted=True)
        for column, rule in mapped.columns.items()
        if set(rule.columns) <= set(choices)
    )
    joins = tuple(_place(lists[str(part.sheet)]) | {"on": part.on[0], "equals": part.equals[0]} for part in mapped.join)
    return ProposedTable(name, one.file, one.sheet, 1.0, columns, joins, mapped.distinct, choices,
                         currency=mapped.currency)  # fmt: skip


def _samples(cells: pd.DataFrame) -> dict[str, str]:
    return {str(name): ", ".join(map(str, cells[name].dropna().unique()[:3]))[:80] for name in cells.columns}


def _place(one: Look) -> dict[str, Any]:
    return {"file": one.file} | ({"sheet": one.sheet} if one.sheet else {})


def _said(rule: ColumnRule) -> dict[str, Any]:
    said = rule.model_dump(by_alias=True, exclude_defaults=True)
    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in said.items()}
    return plain | ({"from": plain["from"][0]} if len(plain.get("from", ())) == 1 else {})
