"""The state of the data in words."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from srmkit.tables import DataHealth

MOST_REASONS, MOST_RULES = 5, 8
PLAIN_RULES = ("date as", "code ")  # what every export needs is counted together


def conversions_and_notes(health: DataHealth, notes: Iterable[str]) -> tuple[str, ...]:
    """Rows used and set aside and why, values read by rule, and what else a reader should know; each said once."""
    lines = [health.sentence()]
    lines += [
        f"{int(row['rows']):,} rows of {row['table']} {row['kind']}: {row['reason']}."
        for row in health.reasons().head(MOST_REASONS).to_dict("records")
    ]
    rules = health.conversions[health.conversions["count_used"] > 0]
    plain = rules["rule"].str.startswith(PLAIN_RULES)
    lines += [
        f"{int(row['count_used']):,} values of {row['column']} in {row['table']} were read by rule: {row['rule']}."
        for row in rules[~plain].head(MOST_RULES).to_dict("records")
    ]
    if plain.any():
        lines.append(f"{int(rules.loc[plain, 'count_used'].sum()):,} dates and codes were read by the column map.")
    return tuple(dict.fromkeys((*lines, *health.notes, *notes)))


def said(value: float, form: str) -> str:
    """A figure in words; what the data do not say is said.

    >>> said(0.0312, "{:.2%}"), said(float("nan"), "{:.0f}")
    ('3.12 %', 'not reported')
    """
    return "not reported" if pd.isna(value) else form.format(value).replace("%", " %")
