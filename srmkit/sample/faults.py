"""Faults of real exports: each changes some rows of a table of cells and says how many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.tables.catalogue import CATALOGUE, Kind
from srmkit.tables.cells import TEXT

Rows: TypeAlias = NDArray[Any]
Change: TypeAlias = Callable[[pd.DataFrame, str, np.random.Generator], tuple[pd.DataFrame, int]]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TOTAL = "Total"
SENTINEL = "0"
NOT_NOTED = ("not noted", "see diary", "?")
TOTALLED = ("purchase_order_lines", "sales_order_lines", "sales_invoices", "service_costs")


def _ship_before_order(cells: pd.DataFrame, name: str, draw: np.random.Generator) -> tuple[pd.DataFrame, int]:
    rows = _some(cells["ship_date"].ne(""), 0.05, draw)
    early = pd.to_timedelta(draw.integers(1, 31, len(rows)), unit="D")
    days = pd.to_datetime(cells.loc[rows, "order_date"]) - early
    return _changed(cells, "ship_date", days.dt.strftime("%Y-%m-%d")), len(rows)


def _sell_to_nobody(cells: pd.DataFrame, name: str, draw: np.random.Generator) -> tuple[pd.DataFrame, int]:
    sound = cells["ship_date"].eq("") | cells["ship_date"].ge(cells["order_date"])  # one fault a row
    rows = _some(sound, 0.01, draw)
    return _changed(cells, "customer_id", pd.Series(SENTINEL, index=rows)), len(rows)


def _write_words_for_hours(
    cells: pd.DataFrame, name: str, draw: np.random.Generator
) -> tuple[pd.DataFrame, int]:
    rows = _some(cells["hours"].ne(""), 0.25, draw)
    return _changed(cells, "hours", pd.Series(draw.choice(NOT_NOTED, len(rows)), index=rows)), len(rows)


def _respell(cells: pd.DataFrame, name: str, draw: np.random.Generator) -> tuple[pd.DataFrame, int]:
    rows = _some(cells["name"].ne(""), 0.09, draw)
    ways = pd.Series(draw.integers(4, size=len(rows)), index=rows)
    names = [_respelt(word, way) for word, way in zip(cells.loc[rows, "name"], ways, strict=True)]
    return _changed(cells, "name", pd.Series(names, index=rows)), len(rows)


def _respelt(name: str, way: int) -> str:
    """In capitals, with a comma, with a second space, or with two letters swapped."""
    swapped = name[:2] + name[3] + name[2] + name[4:]
    found = (name.upper(), f"{name},", name.replace(" ", "  ", 1), swapped)[way]
    return found if found != name else f"{name}."


def _repeat(cells: pd.DataFrame, name: str, draw: np.random.Generator) -> tuple[pd.DataFrame, int]:
    once = cells.get("customer_id", pd.Series("", index=cells.index)).ne(SENTINEL)
    rows = _some(once, 0.01, draw)
    twice = pd.concat([cells, cells.loc[rows]]).sort_index(kind="stable")
    return twice.reset_index(drop=True), len(rows)


def _name_months(cells: pd.DataFrame, name: str, draw: np.random.Generator) -> tuple[pd.DataFrame, int]:
    """Half of the days as 02-Jun-26."""
    changed = 0
    for column in _columns(name, "date"):
        rows = _some(cells[column].ne(""), 0.5, draw)
        parts = cells.loc[rows, column].str.split("-", expand=True)
        if len(rows):
            months = parts[1].astype("int64").map(dict(enumerate(MONTHS, start=1)))
            cells = _changed(cells, column, parts[2] + "-" + months + "-" + parts[0].str[2:])
            changed += len(rows)
    return cells, changed


def _add_up(cells: pd.DataFrame, name: str, draw: np.random.Generator) -> tuple[pd.DataFrame, int]:
    """A last row with the sums of the amounts, marked in the first column."""
    row = dict.fromkeys(map(str, cells.columns), "")
    row |= {column: f"{pd.to_numeric(cells[column]).sum():.2f}" for column in _columns(name, "money")}
    row[str(cells.columns[0])] = TOTAL
    return pd.concat([cells, pd.DataFrame([row], dtype=TEXT)], ignore_index=True), 1


@dataclass(frozen=True)
class Fault:
    """One kind of fault: from which level on, in which tables."""

    name: str
    level: int
    tables: tuple[str, ...]
    change: Change


DATED = tuple(name for name, table in CATALOGUE.items() if any(part.kind == "date" for part in table.columns))
FAULTS = (  # in this order: days are still year-month-day when they are compared, and a total comes last
    Fault("shipped_before_ordered", 3, ("sales_order_lines",), _ship_before_order),
    Fault("customer_0", 3, ("sales_order_lines",), _sell_to_nobody),
    Fault("words_in_hours", 3, ("tickets",), _write_words_for_hours),
    Fault("names_respelt", 2, ("suppliers", "customers"), _respell),
    Fault("rows_twice", 1, ("purchase_order_lines", "sales_order_lines"), _repeat),
    Fault("days_with_month_names", 1, DATED, _name_months),
    Fault("total_rows", 2, TOTALLED, _add_up),
)


def faults_of(name: str, level: int) -> Iterator[Fault]:
    """The faults that a table has at a level, in the order in which they happen."""
    return (fault for fault in FAULTS if fault.level <= level and name in fault.tables)


def as_cells(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Every cell as text: days year-month-day, numbers with all their digits, gaps empty."""
    kinds = {column.name: column.kind for column in CATALOGUE[name].columns}
    return pd.DataFrame({str(column): _words(table[column], kinds[str(column)]) for column in table.columns})


def _words(values: pd.Series[Any], kind: Kind) -> pd.Series[Any]:
    words = values
    if kind == "date":
        words = values.dt.strftime("%Y-%m-%d")
    elif kind == "flag":
        words = values.map({True: "yes", False: "no"})
    elif kind in ("number", "money", "whole"):
        words = values.map(_digits, na_action="ignore")
    return words.astype(TEXT).fillna("")


def _digits(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _columns(name: str, kind: Kind) -> list[str]:
    return [column.name for column in CATALOGUE[name].columns if column.kind == kind]


def _some(candidates: pd.Series[Any], share: float, draw: np.random.Generator) -> Rows:
    """Labels of a share of all rows, taken from the candidates."""
    labels = candidates.index[candidates.to_numpy(dtype=bool)].to_numpy()
    return np.sort(draw.permutation(labels)[: round(share * len(candidates))])


def _changed(cells: pd.DataFrame, column: str, words: pd.Series[Any]) -> pd.DataFrame:
    return cells.assign(**{column: words.astype(TEXT).reindex(cells.index).fillna(cells[column])})
