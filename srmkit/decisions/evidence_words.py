"""The state of the data in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from srmkit.language import day, marked, say, say_many
from srmkit.metrics import Period
from srmkit.tables import DataHealth

MOST_REASONS, MOST_RULES = 5, 8
SET_ASIDE = {
    "excluded": (marked("{count:,} row of {table} excluded: {reason}."),
                 marked("{count:,} rows of {table} excluded: {reason}.")),
    "refused": (marked("{count:,} row of {table} refused: {reason}."),
                marked("{count:,} rows of {table} refused: {reason}.")),
}
# what every export needs is counted together: the beginnings of these rules
PLAIN_RULES = (marked("date as {shape}"), marked('code "{code}" = {word}'))


def conversions_and_notes(health: DataHealth, notes: Iterable[str]) -> tuple[str, ...]:
    """Rows used and set aside and why, values read by rule, and what else a reader should know; each said once."""
    lines = [health.sentence()]
    lines += [
        say_many(*SET_ASIDE[row["kind"]], count=int(row["rows"]), table=row["table"], reason=row["reason"])
        for row in health.reasons().head(MOST_REASONS).to_dict("records")
    ]
    rules = health.conversions[health.conversions["count_used"] > 0]
    plain = rules["rule"].str.startswith(tuple(say(rule).partition("{")[0] for rule in PLAIN_RULES))
    lines += [
        say_many("{count:,} value of {column} in {table} was read by rule: {rule}.",
                 "{count:,} values of {column} in {table} were read by rule: {rule}.", int(row["count_used"]),
                 column=row["column"], table=row["table"], rule=row["rule"])
        for row in rules[~plain].head(MOST_RULES).to_dict("records")
    ]
    if plain.any():
        lines.append(say_many("{count:,} date or code was read by the column map.",
                              "{count:,} dates and codes were read by the column map.",
                              int(rules.loc[plain, "count_used"].sum())))
    return tuple(dict.fromkeys((*lines, *health.notes, *notes)))


def said_period(period: Period) -> str:
    """First and last day of what was looked at.

    >>> from datetime import date
    >>> said_period(Period.ending(date(2026, 6, 30), 12))
    '2025-07-01 to 2026-06-30'
    """
    return say("{start} to {end}", start=day(period.start), end=day(period.end))


def said(value: float, written: Callable[[float], str]) -> str:
    """A figure as `written` writes it; what the data do not say is said.

    >>> from srmkit.language import percent
    >>> said(0.0312, percent), said(float("nan"), percent)
    ('3 %', 'not reported')
    """
    return say("not reported") if pd.isna(value) else written(value)
