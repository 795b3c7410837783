"""The figures a scorecard needs, taken from metrics or from a plain table, and checked."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.language import enumerated
from srmkit.language import listed as listed_short
from srmkit.scoring.scales import Steps

if TYPE_CHECKING:
    from srmkit.scoring.criteria import Criterion
    from srmkit.scoring.scorecard import Scorecard


class MetricsLike(Protocol):
    """What scoring needs of metrics: figures by candidate, and the evidence behind them."""

    @property
    def values(self) -> pd.DataFrame: ...

    @property
    def evidence(self) -> pd.DataFrame: ...


@dataclass(frozen=True)
class Figures:
    """Raw figures, their values and where they are missing, candidate x criterion.

    `absent` are the criteria whose metric is not among the columns at all.
    """

    raw: pd.DataFrame
    values: NDArray[np.float64]
    gaps: NDArray[np.bool_]
    absent: tuple[str, ...]


def split(metrics: MetricsLike | pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """The table of figures, and the evidence where there is any."""
    if isinstance(metrics, pd.DataFrame):
        return metrics, None
    return metrics.values, metrics.evidence


def figures(scorecard: Scorecard, table: pd.DataFrame, problems: Problems) -> Figures:
    """The figure and the value of every candidate on every criterion; what cannot be read is a problem."""
    _check_index(table, problems)
    values = np.full((len(table), len(scorecard.criteria)), np.nan)
    gaps = np.ones(values.shape, dtype=bool)
    raw: dict[str, NDArray[np.float64] | NDArray[np.object_]] = {}
    for place, criterion in enumerate(scorecard.criteria):
        if criterion.metric in table.columns:
            gaps[:, place] = table[criterion.metric].isna()
        if isinstance(criterion.scale, Steps) and criterion.scale.in_words:
            words = _words(criterion, criterion.scale, table, problems)
            raw[criterion.name], values[:, place] = words, criterion.scale.values(words)
        else:
            numbers = numbers_of(criterion.metric, table, problems)
            raw[criterion.name], values[:, place] = numbers, criterion.scale.values(numbers)
    absent = tuple(c.name for c in scorecard.criteria if c.metric not in table.columns)
    return Figures(pd.DataFrame(raw, index=table.index), values, gaps, absent)


def numbers_of(metric: str, table: pd.DataFrame, problems: Problems) -> NDArray[np.float64]:
    """One metric as numbers, NaN where it is missing; text and infinite figures are problems."""
    if metric not in table.columns:
        return np.full(len(table), np.nan)
    column = table[metric]
    gaps = column.isna().to_numpy(dtype=bool)
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    unread = np.isnan(numbers) & ~gaps
    if unread.any():
        problems.add(f"'{metric}'", f"is no number for {who(table.index, unread)}",
                     found=listed(repr(word) for word in column[unread].unique()),
                     todo="Write it as a number, or leave it empty.")
    endless = np.isinf(numbers)
    if endless.any():
        problems.add(f"'{metric}'", f"is infinite for {who(table.index, endless)}",
                     todo="Look for a division by 0 where it was measured.")
    return numbers


def who(candidates: pd.Index, those: NDArray[np.bool_]) -> str:
    """Names of some candidates for a sentence: the first five, and how many more."""
    return listed(str(name) for name in candidates[those])


def listed(names: Iterable[str], most: int = 5) -> str:
    """Names in a row, the first few and how many more."""
    all_names = list(names)
    return listed_short(all_names, most=most) if len(all_names) > most else enumerated(all_names)


def nearest(name: str, known: Sequence[str]) -> str:
    """'Did you mean ...?' where a known name comes close, else nothing."""
    near = difflib.get_close_matches(name, known, n=1)
    return f"Did you mean '{near[0]}'?" if near else ""


def _words(
    criterion: Criterion, scale: Steps, table: pd.DataFrame, problems: Problems
) -> NDArray[np.object_]:
    if criterion.metric not in table.columns:
        return np.full(len(table), None, dtype=object)
    column = table[criterion.metric]
    gaps = column.isna().to_numpy(dtype=bool)
    unknown = ~column.isin(list(scale.steps)).to_numpy(dtype=bool) & ~gaps
    if unknown.any():
        problems.add(f"'{criterion.metric}'", f"is no step of its scale for {who(table.index, unknown)}",
                     found=listed(repr(word) for word in column[unknown].unique()),
                     todo=f"Steps are: {', '.join(str(step) for step in scale.steps)}.")
    return np.asarray(column.to_numpy(dtype=object))


def _check_index(table: pd.DataFrame, problems: Problems) -> None:
    for what, index in (("candidate", table.index), ("metric", table.columns)):
        twice = index[index.duplicated()].unique()
        if len(twice):
            found = f"{listed(repr(name) for name in twice)} more than once"
            problems.add(f"the {what}s", "must each stand once", found=found,
                         todo=f"Give each {what} one {'row' if what == 'candidate' else 'column'}.")
    problems.raise_if_any()  # nothing more can be said while it is open whose figure is whose
