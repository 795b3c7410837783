"""Numbers of orders, entries and people, given in the order of days so that they tell nothing else."""

from __future__ import annotations

import pandas as pd

from srmkit.tables.cells import TEXT


def numbered(
    table: pd.DataFrame, column: str, prefix: str, by: list[str], *, digits: int = 5
) -> pd.DataFrame:
    """Rows in the order of `by`, with an id of that prefix in `column`."""
    found = table.sort_values(by, kind="stable", ignore_index=True)
    ids = [f"{prefix}{number:0{digits}d}" for number in range(1, len(found) + 1)]
    return found.assign(**{column: pd.array(ids, TEXT)})
