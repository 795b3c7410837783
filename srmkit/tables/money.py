"""Amounts of all rows read, to the cent: what was used, what was set aside, and that nothing lies between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import pandas as pd

from srmkit.tables.catalogue import Table
from srmkit.tables.cells import Cells, Mask, tidy
from srmkit.tables.column_map import TableMap
from srmkit.tables.numbers import exact_numbers
from srmkit.tables.quarantine import Quarantine


def source_amounts(
    cells: pd.DataFrame, table: Table, mapped: TableMap, gaps: Iterable[str]
) -> Mapping[str, Cells]:
    """The amounts of each money column as the source writes them, without rounding and arithmetic."""
    found = {}
    for column in table.columns:
        rule = mapped.columns.get(column.name)
        if column.kind == "money" and rule is not None and rule.from_ and not mapped.distinct:
            words = tidy(cells[rule.from_[0]], gaps=gaps)
            found[column.name] = exact_numbers(
                words, decimal=rule.decimal, thousands=rule.thousands, remove=rule.remove
            )
    return found


def money_account(
    table: str, amounts: Mapping[str, Cells], currencies: Cells, used: Mask, quarantine: Quarantine, broken: int
) -> Iterator[tuple[object, ...]]:
    """One row a money column and currency, as in `DataHealth.money`."""
    aside = quarantine.frame().set_index("row")["kind"]
    fate = aside.reindex(used.index).mask(used, "used")
    for column, values in amounts.items():
        for code in sorted(currencies.unique()):
            here = currencies.eq(code)
            sums = {kind: _sum(values[here & fate.eq(kind)]) for kind in ("used", "excluded", "refused")}
            without = int(values[here].isna().sum()) + (broken if code == currencies.mode().iloc[0] else 0)
            yield table, column, code, _sum(values[here]), *sums.values(), without


def _sum(values: Cells) -> Decimal:
    return sum(values.dropna(), Decimal(0))
