"""The figures a scorecard needs, taken from metrics or from a plain table, and checked."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems, SrmkitError
from srmkit.language import enumerated
from srmkit.language import listed as listed_short
from srmkit.scoring.scales import Linear, RelativeMinMax, Scale, Steps

if TYPE_CHECKING:
    from srmkit.scoring.criteria import Criterion
    from srmkit.scoring.scorecard import Scorecard


COPIES_ON_WRITE = int(pd.__version__.split(".")[0]) >= 3  # pandas shares columns until somebody writes
BLOCK = 2**15  # candidates valued at once: what it takes stays in the cache


class MetricsLike(Protocol):
    """What scoring needs of metrics: figures by candidate, and the evidence behind them.

    Where they have a `currency` (ISO code), it is that of the amounts.
    """

    @property
    def values(self) -> pd.DataFrame: ...

    @property
    def evidence(self) -> pd.DataFrame: ...


@dataclass(frozen=True)
class Figures:
    """Raw figures, their values and where they are missing, candidate x criterion.

    `absent` are the criteria whose metric is not among the columns at all, `clipped` how many figures of
    each criterion lie below and above its ends, and `scales` what relative scales became for these figures.
    """

    raw: pd.DataFrame
    values: NDArray[np.float64]
    gaps: NDArray[np.bool_]
    absent: tuple[str, ...]
    clipped: pd.DataFrame
    scales: dict[str, Scale]


def split(metrics: MetricsLike | pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame | None, str]:
    """The table of figures, the evidence where there is any, and the currency of the amounts where it is known."""
    if isinstance(metrics, pd.DataFrame):
        return metrics, None, ""
    return metrics.values, metrics.evidence, getattr(metrics, "currency", "")


def figures(scorecard: Scorecard, table: pd.DataFrame, problems: Problems) -> Figures:
    """The figure and the value of every candidate on every criterion; what cannot be read is a problem."""
    _check_index(table, problems)
    criteria = scorecard.criteria
    values, gaps = (_columns(len(table), len(criteria), kind) for kind in (np.float64, np.bool_))
    raw: dict[str, NDArray[np.float64] | NDArray[np.object_]] = {}
    rows: dict[str, dict[str, float]] = {}
    scales: dict[str, Scale] = {}
    for place, criterion in enumerate(criteria):
        scale = criterion.scale
        rows[criterion.name] = {"low": scale.ends[0], "below": 0, "high": scale.ends[1], "above": 0}
        if isinstance(scale, Steps) and scale.in_words:
            raw[criterion.name] = words = _words(criterion, scale, table, problems)
            values[:, place] = scale.values(words)
        else:
            raw[criterion.name] = numbers = numbers_of(criterion.metric, table, problems)
            if isinstance(scale, RelativeMinMax):
                scale = scales[criterion.name] = _fitted(criterion, scale, numbers, problems)
            rows[criterion.name] |= _outside(criterion, numbers, table.index, problems)
            for start in range(0, len(numbers), BLOCK):
                values[start : start + BLOCK, place] = scale.values(numbers[start : start + BLOCK])
        if np.isnan(values[:, place].sum()):
            known = criterion.metric in table.columns
            gaps[:, place] = table[criterion.metric].isna().to_numpy(dtype=bool) if known else True
    absent = tuple(c.name for c in criteria if c.metric not in table.columns)
    clipped = pd.DataFrame.from_dict(rows, orient="index").rename_axis("criterion")
    clipped = clipped.assign(clipped=clipped["below"] + clipped["above"])
    return Figures(_frame(raw, criteria, table), values, gaps, absent, clipped, scales)


def numbers_of(metric: str, table: pd.DataFrame, problems: Problems) -> NDArray[np.float64]:
    """One metric as numbers, NaN where it is missing; text and infinite figures are problems."""
    if metric not in table.columns:
        return np.full(len(table), np.nan)
    column = table[metric]
    if column.dtype == np.float64 and np.isfinite(plain := column.to_numpy()).all():
        return plain
    gaps = column.isna().to_numpy(dtype=bool)
    if column.dtype.kind in "mM":  # to_numeric would count nanoseconds
        numbers = np.full(len(table), np.nan)
    else:
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


def _columns(candidates: int, criteria: int, kind: type[Any]) -> NDArray[Any]:
    """Zeros, candidates x criteria, each criterion in one piece of memory."""
    return np.zeros((criteria, candidates), dtype=kind).T


def _frame(
    raw: dict[str, NDArray[np.float64] | NDArray[np.object_]], criteria: Sequence[Criterion], table: pd.DataFrame
) -> pd.DataFrame:
    """The figures as a table of its own: what happens to the caller's table later does not reach it."""
    if not COPIES_ON_WRITE:
        return pd.DataFrame(raw, index=table.index)
    as_they_are = {
        item.name: table[item.metric]
        for item in criteria
        if item.metric in table.columns and table[item.metric].dtype == np.float64
    }
    return pd.DataFrame({**raw, **as_they_are}, index=table.index, copy=False)


def _fitted(
    criterion: Criterion, scale: RelativeMinMax, numbers: NDArray[np.float64], problems: Problems
) -> Scale:
    """The scale that the candidates at hand give; what cannot be told apart is a problem."""
    known = np.isfinite(numbers)
    if not known.any():
        return Linear(worst=0, best=1)  # nothing is valued with it
    try:
        return scale.fitted(numbers)
    except SrmkitError as error:
        for problem in error.problems:
            problems.add(f"{problem.thing} of '{criterion.metric}'", problem.wrong, found=problem.found,
                         todo=problem.todo)
        return Linear(worst=0, best=1)


def _outside(
    criterion: Criterion, numbers: NDArray[np.float64], candidates: pd.Index, problems: Problems
) -> dict[str, float]:
    """How many figures lie below and above the ends; a problem where the criterion refuses them."""
    low, high = criterion.scale.ends
    if len(numbers) and numbers.min() >= low and numbers.max() <= high:  # a gap makes neither true
        return {}
    outside = criterion.scale.clipped(numbers)
    if criterion.outside == "refuse" and outside.any():
        found = listed(f"{number:g}" for number in np.unique(numbers[outside]))
        problems.add(f"'{criterion.metric}'", f"lies beyond its ends ({low:g} to {high:g}) for "
                     f"{who(candidates, outside)}", found=found,
                     todo="Correct it, agree on wider ends, or write outside = \"clip\" into the scorecard.")
    return {"below": int((outside & (numbers < low)).sum()), "above": int((outside & (numbers > high)).sum())}


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
        if not index.is_unique:
            twice = index[index.duplicated()].unique()
            found = f"{listed(repr(name) for name in twice)} more than once"
            problems.add(f"the {what}s", "must each stand once", found=found,
                         todo=f"Give each {what} one {'row' if what == 'candidate' else 'column'}.")
    problems.raise_if_any()  # nothing more can be said while it is open whose figure is whose
