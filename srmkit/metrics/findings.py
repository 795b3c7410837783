"""Figures of many candidates and what stands behind each: count, events, interval, standard error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from srmkit.metrics.rates import wilson, zero_event_bound

BEHIND = ("value", "n", "events", "low", "high", "sd")
Figure: TypeAlias = pd.DataFrame  # index candidate, columns BEHIND
Column: TypeAlias = "pd.Series[Any]"


@dataclass(frozen=True)
class Findings:
    """What one theme found: a figure for each metric, and what a reader should know of them."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @classmethod
    def joined(cls, parts: Iterable[Findings]) -> Findings:
        """All figures and notes of several themes, in their order."""
        themes = list(parts)
        figures = {name: figure for theme in themes for name, figure in theme.figures.items()}
        return cls(figures, tuple(note for theme in themes for note in theme.notes))


def amount(value: Column, *, n: Column | None = None) -> Figure:
    """A figure taken as it stands; `n` is the number of rows behind it."""
    return figure(value, n=n)


def rate(events: Column, n: Column) -> Figure:
    """A share of counted cases (0 to 1) with its Wilson 95 % interval; NaN where there is no case.

    Without any event the upper end is the exact one-sided 95 % bound: nothing seen is not nothing there.
    """
    cases = n.astype(float)
    hits = events.astype(float).clip(upper=cases)
    low, high = wilson(hits, cases)
    high = np.where(hits == 0, zero_event_bound(cases), high)
    return figure(hits / cases.where(cases > 0), n=cases, events=hits, low=low, high=high)


def reversed_rate(found: Figure) -> Figure:
    """The share of the other cases: 1 less the rate, with its interval turned round."""
    return found.assign(
        value=1 - found["value"], events=found["n"] - found["events"], low=1 - found["high"], high=1 - found["low"]
    )


def weighted_rate(part: Column, whole: Column, squares: Column) -> Figure:
    """A share of value (0 to 1) with the interval of its effective number of cases.

    `squares` is the sum of squared values; n = whole² / squares (Kish 1965, Survey Sampling), so that one
    large line among small ones counts as little more than one case.
    """
    cases = (whole**2 / squares.where(squares > 0)).fillna(0.0)
    share = (part / whole.where(whole > 0)).clip(0, 1).fillna(0.0)
    return rate(share * cases, cases)


def mean(value: Column, spread: Column, n: Column) -> Figure:
    """A mean with its standard error sd / √n; NaN where fewer than two cases show no spread."""
    return figure(value, n=n, sd=spread / np.sqrt(n.astype(float)))


def standard_deviation(spread: Column, n: Column) -> Figure:
    """A sample standard deviation with its own standard error sd / √(2(n - 1)), exact for normal values."""
    cases = n.astype(float)
    return figure(spread, n=n, sd=spread / np.sqrt(2 * (cases - 1).where(cases > 1)))


def with_error(value: Column, error: Column, n: Column) -> Figure:
    """A figure whose standard error is already known."""
    return figure(value, n=n, sd=error)


def or_nothing(column: Column, everyone: pd.Index) -> Column:
    """Amounts of everyone: 0 for those of whom the data hold no row, because nothing was ordered or sold.

    A gap stays a gap: rows without the figure are not the same as no rows.
    """
    return column.astype(float).reindex(everyone, fill_value=0.0)


def known(columns: Iterable[Column]) -> Column:
    """The first known value of each candidate."""
    first, *others = columns
    for other in others:
        first = first.combine_first(other)
    return first


def figure(value: Column, **behind: Any) -> Figure:
    """A figure with what is known of `BEHIND`; the rest are gaps."""
    columns = {name: behind.get(name) for name in BEHIND[1:]}
    filled = {name: np.nan if column is None else column for name, column in columns.items()}
    return pd.DataFrame({"value": value, **filled}, index=value.index).astype(float)
