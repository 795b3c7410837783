"""Checked tables under their canonical names, ready for metrics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pandas as pd

from srmkit.errors import Problem, SrmkitError
from srmkit.tables.catalogue import CATALOGUE
from srmkit.tables.engine import Runs, Table, row
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
    - `cuts`: the purchase orders, by id and in order, at which files of many lines are parted for `collect_sums`.
    """

    name: str
    currency: str
    tables: Mapping[str, Table]
    health: DataHealth
    fingerprints: Mapping[str, str]
    engine: Runs
    cuts: tuple[str, ...] = ()

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

    def collect_sums(self, question: Callable[[Dataset], Table], *keys: str) -> pd.DataFrame:
        """Sums over the lines of purchase orders, what was received and invoiced for them; one row for each of `keys`.

        `question` is asked of one part of the orders after the other, so that memory, and what has to go to disk and
        back, does not grow with their number; the answers are added up. Without `keys` it gives one row.
        """
        found = [self.collect(question(part)) for part in self._parts()]
        if len(found) == 1:
            return found[0]
        rows = pd.concat(found, ignore_index=True)
        if not keys:
            return rows.sum(min_count=1).to_frame().T
        return rows.groupby(list(keys), as_index=False, dropna=False).sum(min_count=1)

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

    def _parts(self) -> Iterator[Dataset]:
        """The data with some of the orders each, all that belongs to an order in the same part."""
        if not self.cuts:
            yield self
            return
        for mine in runs(row.po_id, self.cuts):
            tables = {name: table.filter(mine) if "po_id" in table.columns else table
                      for name, table in self.tables.items()}
            yield replace(self, tables=tables, cuts=())

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


def runs(column: Any, cuts: Sequence[str]) -> Iterator[Any]:
    """Conditions that part rows at these values, in order; a gap is in the first part. No cut: no condition."""
    if cuts:
        yield (column < cuts[0]) | column.isnull()  # noqa: PD003 - an expression
        for low, high in pairwise(cuts):
            yield (column >= low) & (column < high)
        yield column >= cuts[-1]


def _columns(name: str) -> str:
    return ", ".join(column.name for column in CATALOGUE[name].columns)
