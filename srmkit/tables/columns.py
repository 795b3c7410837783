"""One canonical column from the source, by the rule of the column map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from srmkit.language import marked, say
from srmkit.tables.catalogue import Column, Kind
from srmkit.tables.cells import TEXT, Cells, Mask, as_numbers, as_text, is_text, joined, tidy
from srmkit.tables.column_map import NUMBERS, ColumnRule, TextRule
from srmkit.tables.converted import Converted, reasons, used_rules
from srmkit.tables.dates import DAY, read_dates
from srmkit.tables.flags import read_flags
from srmkit.tables.numbers import read_numbers
from srmkit.tables.shares import share_amounts
from srmkit.tables.text_rules import apply_codes, apply_text_rules
from srmkit.tables.words import constant, shown

SPACES = marked("spaces at the ends removed")
_DTYPES: Mapping[Kind, Any] = {
    "id": TEXT,
    "text": TEXT,
    "number": "float64",
    "money": "float64",
    "whole": "float64",
    "date": DAY,
    "flag": "boolean",
}


def gap_column(column: Column, index: pd.Index) -> Cells:
    """A column that the source does not have: all gaps, in the type of its kind."""
    empty: Cells = pd.Series(None, index=index, dtype=_DTYPES[column.kind])
    return empty


def read_column(raw: pd.DataFrame, column: Column, rule: ColumnRule, gaps: Iterable[str]) -> Converted:
    """Read one column: words first, then the kind, then arithmetic, shares and the second choice."""
    gaps = tuple(gaps)
    if rule.value is not None:
        same = constant(rule.value, column.kind, raw.index)
        everywhere = pd.Series(True, index=raw.index)
        typed = _typed(same, column.kind, rule).cells
        return Converted(
            typed, rules=used_rules({say("the same for every row: {value}", value=shown(rule.value)): everywhere})
        )
    cells, spaces = _source_cells(raw, column.kind, rule, gaps)
    coded = apply_codes(cells, rule.codes, column.kind)
    decoded = apply_text_rules(coded.cells, rule.text, column.kind)
    read = _typed(decoded.cells, column.kind, rule)
    rules = {**spaces, **coded.rules, **decoded.rules, **read.rules}
    read = Converted(read.cells, read.wrong, rules)
    read = _with_arithmetic(read, raw, rule, gaps)
    read = _with_shares(read, raw, rule, gaps, decoded.pointers)
    return _with_fallback(read, raw, column, rule, gaps)


def _source_cells(
    raw: pd.DataFrame, kind: Kind, rule: ColumnRule, gaps: tuple[str, ...]
) -> tuple[Cells, dict[str, Mask]]:
    parts = [tidy(raw[name], gaps=gaps) for name in rule.from_]
    if len(parts) > 1:
        whole = joined(parts, rule.separator)
        return whole, used_rules({say('columns joined with "{separator}"', separator=rule.separator): whole.notna()})
    first = raw[rule.from_[0]]
    texts = is_text(parts[0]) if kind in ("id", "text") else pd.Series(False, index=raw.index)
    trimmed = texts & (as_text(first[texts]).reindex(raw.index) != as_text(parts[0]))
    rules = {say(SPACES): trimmed}
    for gap in gaps:
        rules[say('word "{word}" is a gap', word=gap)] = is_text(first) & as_text(first).str.strip().eq(gap)
    return parts[0], used_rules(rules)


def _typed(cells: Cells, kind: Kind, rule: ColumnRule) -> Converted:
    if kind == "date":
        return read_dates(cells, formats=rule.formats)
    if kind == "flag":
        return read_flags(cells)
    if kind in NUMBERS:
        return read_numbers(cells, decimal=rule.decimal, thousands=rule.thousands, remove=rule.remove)
    words = as_text(cells)
    if not rule.as_number:
        return Converted(words)
    numbers = as_numbers(words)
    return Converted(numbers, rules=used_rules({say("id as a number"): words.notna() & numbers.ne(words)}))


def _with_arithmetic(
    read: Converted, raw: pd.DataFrame, rule: ColumnRule, gaps: tuple[str, ...]
) -> Converted:
    values, wrong, rules = read.cells, read.wrong, dict(read.rules)
    if rule.times is not None:
        factor = _number_column(raw, rule, rule.times, gaps)
        values, wrong = values * factor.cells, pd.concat([wrong, factor.wrong])
        rules[say('times "{column}"', column=rule.times)] = values.notna()
    if rule.divided_by is not None:
        divisor = _number_column(raw, rule, rule.divided_by, gaps)
        nothing = values.notna() & divisor.cells.eq(0)
        zero = reasons(nothing, say('cannot be divided by "{column}", which is 0', column=rule.divided_by))
        values = values / divisor.cells.mask(nothing)
        wrong = pd.concat([wrong, divisor.wrong, zero])
        rules[say('divided by "{column}"', column=rule.divided_by)] = values.notna()
    return Converted(values, wrong, used_rules(rules), read.imputed)


def _number_column(raw: pd.DataFrame, rule: ColumnRule, name: str, gaps: tuple[str, ...]) -> Converted:
    cells = tidy(raw[name], gaps=gaps)
    return read_numbers(cells, decimal=rule.decimal, thousands=rule.thousands, remove=rule.remove)


def _with_shares(
    read: Converted,
    raw: pd.DataFrame,
    rule: ColumnRule,
    gaps: tuple[str, ...],
    pointing: tuple[tuple[TextRule, Cells], ...],
) -> Converted:
    for text_rule, pointers in pointing:
        keys = as_text(tidy(raw[text_rule.points_to]))
        weights = _number_column(raw, rule, str(text_rule.share_by), gaps)
        shared = share_amounts(read.cells, pointers, keys=keys, weights=weights.cells)
        wrong = pd.concat([read.wrong, shared.wrong])
        imputed = _either(read.imputed, shared.imputed)
        read = Converted(shared.cells, wrong, {**read.rules, **used_rules(shared.rules)}, imputed)
    return read


def _with_fallback(
    read: Converted, raw: pd.DataFrame, column: Column, rule: ColumnRule, gaps: tuple[str, ...]
) -> Converted:
    if rule.fallback is None:
        return read
    second = rule.model_copy(update={"from_": (rule.fallback,), "fallback": None})
    other = read_column(raw, column, second, gaps)
    open_cells = read.cells.isna() & ~read.cells.index.isin(read.wrong.index)
    filled = open_cells & other.cells.notna()
    still_wrong = other.wrong[other.wrong.index.isin(open_cells.index[open_cells])]
    rules = {name: mask & open_cells for name, mask in other.rules.items()}
    merged = {name: read.rules.get(name, False) | mask for name, mask in rules.items()}
    label = say('taken from "{other}" where "{column}" has a gap', other=rule.fallback, column=rule.from_[0])
    return Converted(
        read.cells.where(~filled, other.cells),
        pd.concat([read.wrong, still_wrong]),
        used_rules({**read.rules, **merged, label: filled}),
        _either(read.imputed, filled),
    )


def _either(one: Mask | None, other: Mask | None) -> Mask | None:
    if one is None or other is None:
        return other if one is None else one
    return one | other
