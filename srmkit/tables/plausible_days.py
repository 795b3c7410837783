"""Days that are well written and make no sense: an order years after its receipt was written another way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Protocol, TypeAlias

import pandas as pd

from srmkit.errors import Problem, Problems
from srmkit.tables.catalogue import Table
from srmkit.tables.cells import Cells, Mask, joined
from srmkit.tables.column_map import TableMap
from srmkit.tables.dates import DAY
from srmkit.tables.quarantine import Quarantine

# days of one row, the earlier one first, and how many years may lie between them
BESIDE: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "purchase_order_lines": (("order_date", "promised_date", 3),),
    "invoices": (("invoice_date", "due_date", 3), ("invoice_date", "paid_date", 5)),
    "certificates": (("valid_from", "valid_until", 50),),
    "contracts": (("start_date", "end_date", 1_000),),
    "tickets": (("opened_date", "answered_date", 5),),
    "sales_order_lines": (("order_date", "due_date", 3), ("order_date", "ship_date", 3)),
    "sales_invoices": (("invoice_date", "due_date", 3), ("invoice_date", "paid_date", 5)),
    "opportunities": (("created_date", "closed_date", 20),),
}
# the same for rows of another table, found by the order line that both name
ACROSS = (("receipts", "receipt_date", 3), ("invoices", "invoice_date", 3))
ORDER_LINE = ("po_id", "line_id")
_ORDERS = "purchase_order_lines"

# what looks like year-month-day may be a damaged month/day/year or day/month/year: 9/13/12 becomes 2009-13-12 or
# is refused, 12/9/13 becomes 2012-09-13; strptime reads it back
READINGS = {"20%m-%d-%y": "month/day/year", "20%d-%m-%y": "day/month/year"}
AS_WRITTEN = "%Y-%m-%d"
_DAYS_A_YEAR = 366
_FEWEST = 3  # one or two strange rows are mistakes, not a writing
_LEAST_SHARE = 0.01
_MENDED = 0.8
_MOST_ROWS = 50_000  # rows of another table that are looked at

Reading: TypeAlias = str  # AS_WRITTEN or one of READINGS


class Checked(Protocol):
    """What the check needs to know of a table that was read."""

    @property
    def table(self) -> Table:
        """Its place in the catalogue."""

    @property
    def mapped(self) -> TableMap:
        """How it was read."""

    @property
    def frame(self) -> pd.DataFrame:
        """All rows read."""

    @property
    def found(self) -> pd.DataFrame:
        """The same cells as the source shows them."""

    @property
    def quarantine(self) -> Quarantine:
        """Rows set aside so far."""


@dataclass(frozen=True)
class Days:
    """One column of days in each way that its words can be read."""

    label: str
    column: str
    words: Cells
    readings: Mapping[Reading, Cells]


def check_days_beside_each_other(tables: Mapping[str, Checked]) -> None:
    """SrmkitError for each column of undeclared days that lie years on the wrong side of days they belong to,
    where another reading of the same words puts them right.
    """
    problems = Problems("the writing of days")
    asked = set()
    for name, earlier, later, years in _pairs(tables):
        for problem in _doubts(name, earlier, later, years):
            if problem.thing not in asked:
                asked.add(problem.thing)
                problems.extend([problem])
    problems.raise_if_any()


def out_of_order(earlier: Cells, later: Cells, *, years: float, slack: int = _DAYS_A_YEAR) -> Mask:
    """Which rows have `later` more than `slack` days before `earlier`, or more than `years` after it; no gap is.

    >>> first, last = pd.to_datetime(pd.Series(["2013-01-01"] * 2)), pd.to_datetime(pd.Series(["2013-02-01", "2001-01-01"]))
    >>> out_of_order(first, last, years=5).tolist()
    [False, True]
    """  # noqa: E501 - one example
    days = (later - earlier).dt.days
    wrong: Mask = days.lt(-slack) | days.gt(years * _DAYS_A_YEAR)
    return wrong


def _pairs(tables: Mapping[str, Checked]) -> Iterator[tuple[str, Days, Days, int]]:
    for name, pairs in BESIDE.items():
        if name in tables:
            for first, second, years in pairs:
                yield name, _days(tables[name], first), _days(tables[name], second), years
    if _ORDERS in tables:
        for name, column, years in ACROSS:
            if name in tables:
                yield name, *_across(tables[_ORDERS], tables[name], column), years


def _across(orders: Checked, others: Checked, column: str) -> tuple[Days, Days]:
    """The day of the order and the day of the other row, side by side."""
    step = max(1, len(others.frame) // _MOST_ROWS)
    rows = others.frame[list(ORDER_LINE)].dropna().iloc[::step]
    near = orders.frame["po_id"].isin(rows["po_id"])
    lines = joined([orders.frame.loc[near, name] for name in ORDER_LINE], "\x1f").dropna().drop_duplicates()
    place = pd.Series(lines.index, index=lines)
    found = joined([rows[name] for name in ORDER_LINE], "\x1f").map(place).dropna()
    earlier = _days(orders, "order_date", rows=pd.Index(found))
    return _moved(earlier, found.index), _days(others, column, rows=found.index)


def _moved(days: Days, index: pd.Index) -> Days:
    readings = {reading: cells.set_axis(index) for reading, cells in days.readings.items()}
    return Days(days.label, days.column, days.words.set_axis(index), readings)


def _days(read: Checked, name: str, *, rows: pd.Index | None = None) -> Days:
    """The column as it was read, and in other ways where nobody said how it is written."""
    rows = read.frame.index[read.quarantine.still_in(read.frame.index)] if rows is None else rows
    cells, rule = read.frame.loc[rows, name], read.mapped.columns.get(name)
    readings: dict[Reading, Cells] = {AS_WRITTEN: cells}
    words = read.found.loc[rows, name] if name in read.found else pd.Series("", index=rows)
    if rule is not None and rule.from_ and not rule.formats and not rule.text and not rule.codes:
        for reading in READINGS:
            days = pd.to_datetime(words, format=reading, errors="coerce").astype(DAY)
            if days.notna().any():
                readings[reading] = days
    source = rule.from_[0] if rule is not None and rule.from_ else name
    return Days(f"{read.table.name}: column '{source}' ({name})", name, words, readings)


def _doubts(name: str, earlier: Days, later: Days, years: int) -> Iterator[Problem]:
    if len(earlier.readings) == len(later.readings) == 1:
        return
    strange = out_of_order(earlier.readings[AS_WRITTEN], later.readings[AS_WRITTEN], years=years)
    count = int(strange.sum())
    if count < max(_FEWEST, _LEAST_SHARE * len(strange)):
        return
    best = max(_other_ways(earlier, later), key=lambda ways: _mended(earlier, later, ways, strange, years))
    if _mended(earlier, later, best, strange, years) < _MENDED * count:
        return
    for days, other, way in ((earlier, later, best[0]), (later, earlier, best[1])):
        if way != AS_WRITTEN:
            yield _problem(days, other, way, strange)


def _other_ways(earlier: Days, later: Days) -> Iterator[tuple[Reading, Reading]]:
    """Pairs of readings, those that change one column before those that change both."""
    ways = [ways for ways in product(earlier.readings, later.readings) if ways != (AS_WRITTEN, AS_WRITTEN)]
    yield from sorted(ways, key=lambda pair: sum(way != AS_WRITTEN for way in pair))


def _mended(earlier: Days, later: Days, ways: tuple[Reading, Reading], strange: Mask, years: int) -> int:
    first, second = earlier.readings[ways[0]][strange], later.readings[ways[1]][strange]
    return int((first.notna() & second.notna() & ~out_of_order(first, second, years=years)).sum())


def _problem(days: Days, other: Days, way: Reading, strange: Mask) -> Problem:
    row = strange.index[strange][0]
    rest = days.words[~strange & days.words.notna() & days.readings[way].isna()]
    both = f'"{way}", "{AS_WRITTEN}"' if len(rest) else f'"{way}"'
    wrong = (
        f"looks like year-month-day and may be {READINGS[way]}: as it is written {int(strange.sum()):,} of "
        f"{len(strange):,} rows lie years away from their {other.column}"
    )
    todo = (
        f"Ask who made the file, then say in the column map: formats = [{both}] where it is {READINGS[way]}, "
        f'formats = ["{AS_WRITTEN}"] where it is as it is written.'
    )
    return Problem(days.label, wrong, f"{days.words[row]} beside {other.words[row]} in row {row}", todo)
