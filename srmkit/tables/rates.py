"""Amounts in several currencies become one, each at the rate of its day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from srmkit.errors import Problem, Problems
from srmkit.language import say, say_many
from srmkit.tables.cells import Cells, Mask, as_text, tidy
from srmkit.tables.converted import Converted, reasons, used_rules
from srmkit.tables.dates import read_dates
from srmkit.tables.map_settings import Rates
from srmkit.tables.numbers import read_numbers
from srmkit.tables.sources import Source
from srmkit.tables.table_reading import ReadTable

_TODO = (
    "Add a table of dated rates to the data and to the column map: "
    '[rates] file = "rates.csv" (columns date, currency, rate), or exclude the other rows.'
)


def read_rates(source: Source, rule: Rates) -> pd.DataFrame:
    """The rates by day: columns currency, day, rate (what one unit is worth in the map's currency).

    SrmkitError names every row that is no rate: a wrong rate would be wrong in every amount.
    """
    raw = source.read(rule.file, rule.sheet)
    problems = Problems(raw.name)
    there = ", ".join(map(str, raw.cells.columns))
    for name in (rule.date, rule.currency, rule.rate):
        if name not in raw.cells:
            problems.add(f"column '{name}'", "is missing", found=there, todo="Name the column under [rates].")
    problems.raise_if_any()
    days = read_dates(tidy(raw.cells[rule.date]), formats=rule.formats)
    rates = read_numbers(tidy(raw.cells[rule.rate]), decimal=rule.decimal)
    found = pd.DataFrame({"currency": as_text(tidy(raw.cells[rule.currency])), "day": days.cells, "rate": rates.cells})
    bad = found.isna().any(axis="columns") | found["rate"].le(0)
    for row in found.index[bad][:5]:
        shown = ", ".join(map(str, raw.cells.loc[row]))
        problems.add(f"row {row}", "holds no currency, day and rate above 0", found=shown, todo="Correct it.")
    twice = found[found.duplicated(["currency", "day"], keep=False) & ~bad]
    for (code, day), same in twice.groupby(["currency", "day"]):
        rows = f"rows {', '.join(map(str, same.index))}"
        problems.add(f"{code} on {day:%Y-%m-%d}", "has several rates", found=rows, todo="Keep one.")
    problems.extend(Problem(f"row {row.row}", row.reason, row.found, "Correct it.") for row in raw.broken)
    problems.raise_if_any()
    worth = 1 / found["rate"] if rule.inverse else found["rate"]
    return found.assign(rate=worth).sort_values("day", kind="stable")


def at_rates(read: ReadTable, rates: pd.DataFrame, target: str, *, oldest_days: int) -> ReadTable:
    """The table with its amounts in the currency `target`; rows without a rate for their day are refused."""
    codes = read.currencies
    foreign = codes.notna() & codes.ne(target)
    money = [column.name for column in read.table.columns if column.kind == "money"]
    basis = read.table.date_basis
    if not foreign.any() or not money:
        return read
    days = read.frame[basis] if basis else pd.Series(pd.NaT, index=read.frame.index, dtype="datetime64[us]")
    rate = _rate_of_day(codes[foreign], days[foreign], rates, oldest_days)
    wrong = say("has an amount in another currency and no rate to {currency} within {days} days before its day",
                currency=target, days=oldest_days)
    read.quarantine.put(reasons(rate.isna(), wrong), column="currency", found=codes[foreign])
    factors = rate.reindex(read.frame.index).where(foreign, 1.0)
    frame = read.frame.assign(**{name: read.frame[name] * factors for name in money})
    if "currency" in frame:
        frame["currency"] = codes.mask(foreign, target)
    columns = {
        name: _with_rules(read, name, codes, foreign, target) if name in money else column
        for name, column in read.columns.items()
    }
    return replace(read, frame=frame, columns=columns, notes=(*read.notes, *_unmarked(read, target)))


def _unmarked(read: ReadTable, target: str) -> Iterator[str]:
    if count := int((read.currencies.isna() & read.used).sum()):
        yield say_many("{table}: {count:,} row names no currency, beside rows in others; taken to be in {currency}.",
                       "{table}: {count:,} rows name no currency, beside rows in others; taken to be in {currency}.",
                       count, table=read.table.name, currency=target)


def _rate_of_day(codes: Cells, days: Cells, rates: pd.DataFrame, oldest_days: int) -> Cells:
    asked = pd.DataFrame({"currency": codes.astype(object), "day": days}).dropna().sort_values("day", kind="stable")
    known = rates.assign(currency=rates["currency"].astype(object))
    tolerance = pd.Timedelta(days=oldest_days)
    found = pd.merge_asof(asked.reset_index(), known, on="day", by="currency", tolerance=tolerance)
    rate: Cells = found.set_index("row")["rate"].reindex(codes.index)
    return rate


def _with_rules(read: ReadTable, name: str, codes: Cells, foreign: Mask, target: str) -> Converted:
    column = read.columns[name]
    filled = foreign & column.cells.notna()
    told = {say("{code} to {target} at the rate of its day", code=code, target=target): filled & codes.eq(code)
            for code in codes[foreign].unique()}
    return replace(column, rules={**column.rules, **used_rules(told)})


def refuse_mixed(tables: Mapping[str, ReadTable], currency: str) -> str:
    """The one currency of all amounts; SrmkitError where there are several and no rates to convert them."""
    problems = Problems("amounts")
    codes = set()
    for name, read in tables.items():
        counted = read.currencies[read.used].dropna().value_counts().sort_index()
        codes |= set(counted.index)
        wanted = set(counted.index) | ({currency} if currency else set())
        if len(wanted) > 1 and len(counted):
            found = ", ".join(f"{code} on {rows:,} rows" for code, rows in counted.items())
            wrong = "is in several currencies" if len(counted) > 1 else f"is not in {currency}, as the column map says"
            problems.add(name, wrong, found=found, todo=_TODO)
    problems.raise_if_any()
    return currency or next(iter(sorted(codes)), "")
