"""Checked tables under their canonical names, ready for metrics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from srmkit.errors import Problem, SrmkitError
from srmkit.tables.catalogue import CATALOGUE
from srmkit.tables.engine import Runs, Table
from srmkit.tables.health import DataHealth

_ORDER_LINES = ("purchase_order_lines", "sales_order_lines")


@dataclass(frozen=True)
class Dataset:
    """One company's tables, checked, with the account of how they came in.

    A loaded table has every column of the catalogue; one that the source did not bring is all gaps.

    - `name`, `currency`: whose figures these are; the ISO 4217 code of all amounts ("" where unknown).
    - `tables`: canonical name to expression, only the tables that are there. Run one with `collect`.
    - `health`: rows used and set aside, gaps, conversions, notes.
    - `fingerprints`: file read to the SHA-256 of its content (hex).
    """

    name: str
    currency: str
    tables: Mapping[str, Table]
    health: DataHealth
    fingerprints: Mapping[str, str]
    engine: Runs

    def __getitem__(self, name: str) -> Table:
        """The table as an expression; SrmkitError names what it is for where it is not there."""
        if name not in self.tables:
            raise SrmkitError(f"data of {self.name}", [self._absent(name)])
        return self.tables[name]

    def has(self, name: str, *columns: str) -> bool:
        """Whether the table is there and each of these columns has at least one value."""
        if name not in self.tables:
            return False
        if not columns:
            return True
        known = self.health.columns[self.health.columns["table"].eq(name)].set_index("column")
        return bool((known.loc[list(columns), "gaps"] < self.health.tables.loc[name, "rows_used"]).all())

    def collect(self, expression: Table) -> pd.DataFrame:
        """Run an expression over these tables; text is str, dates datetime64, flags boolean."""
        return self.engine.collect(expression)

    def frame(self, name: str) -> pd.DataFrame:
        """All rows of a table: ids and text str, dates datetime64, numbers float64, flags boolean."""
        return self.collect(self[name])

    def last_date(self) -> dt.date:
        """Day of the latest order, bought or sold; SrmkitError where there is none."""
        days = [self._latest(name) for name in _ORDER_LINES if self.has(name, "order_date")]
        if not days:
            wanted = " or ".join(_ORDER_LINES)
            problem = Problem(wanted, "has no row, so there is no latest order date", "", "Add order lines.")
            raise SrmkitError(f"data of {self.name}", [problem])
        return max(days)

    def _latest(self, name: str) -> dt.date:
        table: Any = self.tables[name]
        latest: dt.date = self.collect(table.agg(day=table.order_date.max()))["day"].dt.date.iloc[0]
        return latest

    def _absent(self, name: str) -> Problem:
        there = ", ".join(self.tables) or "no table"
        if name not in CATALOGUE:
            return Problem(
                f"table '{name}'", "is not one the catalogue knows", there, "Use one of these names."
            )
        todo = f"Add it to your files; without a column map its columns are {_columns(name)}."
        return Problem(f"table '{name}' ({CATALOGUE[name].meaning.rstrip('.')})", "is missing", there, todo)


def _columns(name: str) -> str:
    return ", ".join(column.name for column in CATALOGUE[name].columns)
