"""What must hold within one table: no gap where a value is needed, values within reach, keys once."""

from __future__ import annotations

import pandas as pd

from srmkit.language import say
from srmkit.tables.catalogue import Column, Table
from srmkit.tables.cells import Cells
from srmkit.tables.converted import reasons
from srmkit.tables.quarantine import Quarantine


def check_columns(frame: pd.DataFrame, table: Table, quarantine: Quarantine, found: pd.DataFrame) -> None:
    """Set aside rows with a gap in a required column or a value that cannot be right."""
    for column in table.columns:
        # a cell that could not be read leaves a gap; its row was told why already
        read = frame.loc[~frame.index.isin(quarantine.rows_at(column.name)), column.name]
        for reason in _column_reasons(read, column):
            quarantine.put(reason, column=column.name, found=found.get(column.name))


def _column_reasons(values: Cells, column: Column) -> list[Cells]:
    checks = []
    if column.required:
        checks.append(reasons(values.isna(), say("is required and empty")))
    if column.choices:
        wanted = say("is not one of {choices}", choices=", ".join(column.choices))
        checks.append(reasons(values.notna() & ~values.isin(column.choices), wanted))
    if column.kind == "whole":
        checks.append(reasons(values.notna() & values.mod(1).ne(0), say("is not a whole number")))
    if column.low is not None:
        checks.append(reasons(values.lt(column.low), say("is below {limit:g}", limit=column.low)))
    if column.high is not None:
        checks.append(reasons(values.gt(column.high), say("is above {limit:g}", limit=column.high)))
    return checks


def check_keys(frame: pd.DataFrame, table: Table, quarantine: Quarantine) -> None:
    """Set aside rows that repeat the key of an earlier row still in use."""
    keys = list(table.key)
    used = frame.loc[quarantine.still_in(frame.index), keys]
    repeated = used[used.duplicated()]
    first = used.reset_index(names="first_row").drop_duplicates(keys)
    earlier = repeated.merge(first, on=keys, how="left")["first_row"].set_axis(repeated.index)
    named = repeated.astype(object).agg(" | ".join, axis="columns") if len(repeated) else repeated.iloc[:, 0]
    found = pd.Series(
        [say("{key} (first in row {row})", key=key, row=row) for key, row in zip(named, earlier, strict=True)],
        index=repeated.index, dtype=object,
    )  # fmt: skip
    reason = pd.Series(say("has the same key as an earlier row"), index=repeated.index)
    quarantine.put(reason, column=", ".join(keys), found=found)
