"""The rules of the catalogue, checked where a table lies, in one pass over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from srmkit.language import say
from srmkit.tables.catalogue import Column
from srmkit.tables.catalogue import Table as Canonical
from srmkit.tables.engine import Runs, Table, coalesce, literal

EXACT, MOST = "decimal(18, 4)", 1e13  # what a decimal of eighteen digits holds
NOTHING = literal(Decimal(0), "decimal(38, 4)")
PARENTS = frozenset({"suppliers", "items", "customers"})  # small enough to be looked up for every line


@dataclass(frozen=True)
class Checked:
    """A table without the rows that break a rule, and the account of it.

    `reasons` counts rows by the rule they break, `refused` all of them, each once; `gaps` are those of the rows
    kept; `ends` holds the first and the last value of each column of days and of each part of the key.
    `money` has, by column, the sums of all rows, of the rows kept and of those left out, each summed by itself, and
    how many rows have no amount. `currencies` are the first and the last code of the rows kept. `excluded` rows were
    taken out afterwards, with their money, as somebody said so.
    """

    table: Table
    rows: int
    refused: int
    reasons: Mapping[str, int]
    gaps: Mapping[str, int]
    ends: Mapping[str, str]
    money: Mapping[str, tuple[Decimal, Decimal, Decimal, int]]
    currencies: tuple[str, ...]
    excluded: int = 0
    excluded_money: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def used(self) -> int:
        """Rows that figures are made of."""
        return self.rows - self.refused - self.excluded


def check(engine: Runs, canonical: Canonical, table: Table, known: Mapping[str, Checked]) -> Checked:
    """Count what breaks a rule, and leave it out; clean tables are read once and stay as they are."""
    parents = {own: known[parent].table for own, parent in canonical.parents.items() if parent in PARENTS & set(known)}
    asked, rules = _with_parents(table, parents), dict(_rules(canonical, table))
    strangers = {own: say("{column} is not in {table}", column=own, table=canonical.parents[own]) for own in parents}
    orphans = {strangers[own]: asked[f"no_{own}"].isnull() for own in parents}
    texts = [column.name for column in canonical.columns if column.kind in ("id", "text")]
    fails = [coalesce(rule, False) for _, rule in _rules(canonical, asked)] + list(orphans.values())
    found = _one_row(
        engine,
        asked.agg(
            **_account(canonical, asked),
            **{f"refused {name}": coalesce(reduce(or_, fails).ifelse(amount, None).sum(), NOTHING)
               for name, amount in _amounts(canonical, asked).items()},
            **{f"empty {name}": _count(asked[name] == "") for name in texts},
            **{f"broken {n}": _count(rule) for n, (_, rule) in enumerate(_rules(canonical, asked))},
            **{f"orphan {n}": _count(orphan) for n, orphan in enumerate(orphans.values())},
        ),
    )
    if empty := [name for name in texts if found[f"empty {name}"]]:
        # text of no letter is a gap, as it is in data that are read
        gaps = {name: table[name].nullif("") for name in empty}
        return check(engine, canonical, table.mutate(**gaps), known)
    broken = {reason: int(found[f"broken {n}"]) for n, reason in enumerate(rules) if found[f"broken {n}"]}
    lost = {reason: int(found[f"orphan {n}"]) for n, reason in enumerate(orphans) if found[f"orphan {n}"]}
    kept = table.filter(*(~coalesce(rules[reason], False) for reason in broken)) if broken else table
    for own, parent in parents.items():
        if strangers[own] in lost:
            kept = kept.semi_join(parent, own)
    left = _one_row(engine, kept.agg(**_account(canonical, kept))) if broken or lost else found
    rows, used = int(found["rows"]), int(left["rows"])
    ends = [name for name in left if name.startswith(("first ", "last "))]
    money = [column.name for column in canonical.columns if column.kind == "money"]
    codes = {left[end] for end in ("first currency", "last currency") if end in left}
    return Checked(
        kept,
        rows,
        rows - used,
        broken | lost,
        {column.name: used - int(left[f"known {column.name}"]) for column in canonical.columns},
        {name: str(left[name]) for name in ends},
        {name: (found[f"sum {name}"], left[f"sum {name}"], found[f"refused {name}"], rows - int(found[f"with {name}"]))
         for name in money},
        tuple(sorted(code for code in codes if isinstance(code, str))),
    )


def recounted(engine: Runs, canonical: Canonical, before: Checked, table: Table) -> Checked:
    """The account of a table from which somebody took rows: what is gone is excluded."""
    left = _one_row(engine, table.agg(**_account(canonical, table)))
    used = int(left["rows"])
    kept = {name: left[f"sum {name}"] for name in before.money}
    return replace(
        before,
        table=table,
        gaps={column.name: used - int(left[f"known {column.name}"]) for column in canonical.columns},
        money={name: (read, kept[name], refused, without)
               for name, (read, _, refused, without) in before.money.items()},
        excluded=before.rows - before.refused - used,
        excluded_money={name: before.excluded_money.get(name, Decimal(0)) + was - kept[name]
                        for name, (_, was, _, _) in before.money.items()},
    )  # fmt: skip


def _with_parents(table: Table, parents: Mapping[str, Table]) -> Table:
    for own, parent in parents.items():
        there = parent.select(own).distinct().mutate(**{f"no_{own}": literal(1)})
        table = table.left_join(there, own, rname="{name}_there")
    return table


def _account(canonical: Canonical, table: Table) -> dict[str, Any]:
    told = [column.name for column in canonical.columns
            if column.kind == "date" or column.name in canonical.key or column.name == "currency"]
    amounts = _amounts(canonical, table)
    return {
        "rows": table.count(),
        **{f"known {column.name}": table[column.name].count() for column in canonical.columns},
        **{f"first {name}": table[name].min() for name in told},
        **{f"last {name}": table[name].max() for name in told},
        **{f"sum {name}": coalesce(amount.sum(), NOTHING) for name, amount in amounts.items()},
        **{f"with {name}": amount.count() for name, amount in amounts.items()},
    }


def _amounts(canonical: Canonical, table: Table) -> dict[str, Any]:
    """Money as decimals of four places, which add up exactly in any order; what is no finite amount is a gap."""
    return {
        column.name: (table[column.name].abs() < MOST).ifelse(table[column.name], None).cast(EXACT)
        for column in canonical.columns
        if column.kind == "money"
    }


def _rules(canonical: Canonical, table: Table) -> Iterator[tuple[str, Any]]:
    for column in canonical.columns:
        value = table[column.name]
        if column.required:
            yield say("{column} is required and empty", column=column.name), value.isnull()
        if column.choices:
            choices = ", ".join(column.choices)
            told = say("{column} is not one of {choices}", column=column.name, choices=choices)
            yield told, ~value.isin(column.choices)
        yield from _limits(column, value)


def _limits(column: Column, value: Any) -> Iterator[tuple[str, Any]]:
    if column.kind == "whole":
        yield say("{column} is not a whole number", column=column.name), value.floor() != value
    if column.low is not None:
        yield say("{column} is below {limit:g}", column=column.name, limit=column.low), value < column.low
    if column.high is not None:
        yield say("{column} is above {limit:g}", column=column.name, limit=column.high), value > column.high
    elif column.kind in ("number", "money"):
        yield say("{column} is not a finite number", column=column.name), value.isnan() | value.isinf()


def _count(condition: Any) -> Any:
    return coalesce(condition, False).ifelse(1, 0).sum()


def _one_row(engine: Runs, expression: Table) -> Mapping[str, Any]:
    found = engine.collect(expression)
    return {str(name): found[name].iloc[0] if len(found) else 0 for name in found}


