"""Checked tables under their canonical names, ready for metrics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import ref

import pandas as pd

from srmkit.errors import Problem, SrmkitError
from srmkit.language import spoken
from srmkit.stopping import look, takes_long
from srmkit.tables.catalogue import CATALOGUE
from srmkit.tables.engine import Runs, Table, literal_day, row
from srmkit.tables.health import DataHealth

_ORDER_LINES = ("purchase_order_lines", "sales_order_lines")
_FAR_OFF = dt.timedelta(days=1_100)  # three years without an order, and then one
_HARDLY_ANY = 0.005
_MOST_KEPT = 36  # answers; a study has some nine of a period

Asked = ParamSpec("Asked")
Found = TypeVar("Found")


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
        return all(self._holds[name, column] for column in columns)

    @cached_property
    def _holds(self) -> Mapping[tuple[str, str], bool]:
        """By table and column whether there is a value."""
        known = self.health.columns
        rows = known["table"].map(self.health.tables["rows_used"])
        return dict(zip(zip(known["table"], known["column"], strict=True), known["gaps"] < rows, strict=True))

    def collect(self, expression: Table) -> pd.DataFrame:
        """Run an expression over these tables; text is str, dates datetime64, flags boolean.

        `GivenUp` where nobody waits for what is being measured.
        """
        look()
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

    def measured(
        self, measure: Callable[Concatenate[Dataset, Asked], Found], *asked: Asked.args, **options: Asked.kwargs
    ) -> Found:
        """What `measure` finds in these data when asked so: measured once, and kept among the last answers.

        Nobody may change an answer, and none should hold the data themselves. `TakesLong` where it is not at hand and
        nobody can wait.
        """
        found: Found = self._answer(measure, spoken(), *asked, **options)  # notes are words of a language
        return found

    @cached_property
    def _answer(self) -> Callable[..., Any]:
        data = ref(self)  # no ring: large data go as soon as nobody holds them

        @lru_cache(maxsize=_MOST_KEPT)
        def answer(measure: Callable[..., Any], _: str, *asked: Hashable, **options: Hashable) -> Any:
            takes_long()
            return measure(data(), *asked, **options)

        return answer

    def frame(self, name: str) -> pd.DataFrame:
        """All rows of a table: ids and text str, dates datetime64, numbers float64, flags boolean."""
        return self.collect(self[name])

    def last_date(self) -> dt.date:
        """Day of the latest order, bought or sold; SrmkitError where there is none, or where it stands years apart.

        A period ends with it: one 2062 for 2026 would leave every other order out of all figures.
        """
        days = [self._latest(name) for name in _ORDER_LINES if self.has(name, "order_date")]
        if not days:
            wanted = " or ".join(_ORDER_LINES)
            todo = "Add order lines, or set 'as_of' to the last day to look at."
            problem = Problem(wanted, "has no row, so there is no latest order date", "", todo)
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
        self._refuse_far_off(name, latest)
        return latest

    def _refuse_far_off(self, name: str, latest: dt.date) -> None:
        """SrmkitError where hardly a row lies within years of the latest one."""
        if latest - dt.date.min < _FAR_OFF:
            return
        table, apart = self.tables[name], literal_day(latest - _FAR_OFF)
        near = (row.order_date > apart).ifelse(1, 0)
        found = self.collect(table.agg(rows=table.count(), near=near.sum(), others=row.order_date.max(
            where=row.order_date <= apart))).iloc[0]  # fmt: skip
        if pd.notna(found["others"]) and found["near"] <= max(1, _HARDLY_ANY * found["rows"]):
            count = f"{int(found['near']):,} of {int(found['rows']):,} rows"
            shown = f"{latest} on {count}, the others up to {found['others'].date()}"
            wrong = "has its latest order date years after the others"
            todo = "Correct the date, leave the row out in the column map, or set 'as_of' to the last day to look at."
            raise SrmkitError(f"data of {self.name}", [Problem(name, wrong, shown, todo)])

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
