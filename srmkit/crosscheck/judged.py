"""Values and weights that belong together by name, checked before any method sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.bands import TOLERANCE
from srmkit.errors import Problems
from srmkit.scoring.measured import listed, who

Floats = NDArray[np.float64]
ByName = Mapping[str, float] | pd.Series  # one number a criterion

Normalisation = Literal["agreed", "min-max", "vector"]


@dataclass(frozen=True)
class Judged:
    """Values of every candidate (candidates x criteria, more is better) and the criteria's weights (sum 1)."""

    candidates: pd.Index
    criteria: pd.Index
    values: Floats
    weights: Floats

    @classmethod
    def of(cls, values: pd.DataFrame, weights: ByName, problems: Problems) -> Judged:
        """Values with their weights by name; raises `problems` with everything that is wrong."""
        for what, index in (("candidate", values.index), ("criterion", values.columns)):
            twice = index[index.duplicated()].unique()
            if len(twice):
                problems.add(f"each {what}", "must stand once", found=f"{listed(map(repr, twice))} more than once")
        if values.empty:
            problems.add("the values", "are empty", found=f"{len(values)} candidates x {values.shape[1]} criteria")
        problems.raise_if_any()
        numbers = values.apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        for name, column in zip(values.columns, numbers.T, strict=True):
            lacking = ~np.isfinite(column)
            if lacking.any():
                problems.add(f"'{name}'", f"is no finite number for {who(values.index, lacking)}",
                             todo="Complete it; cross_checks(scores) takes gaps as they were scored.")
        shares = by_criterion("weight", weights, values.columns, problems)
        problems.raise_if_any()
        if not 0 < shares.sum() < np.inf:
            problems.add("the weights", "must add up to a finite number above 0", found=f"{shares.sum():g}")
        problems.raise_if_any()
        return cls(values.index, values.columns, numbers, shares / shares.sum())

    def on_scale(self, normalisation: Normalisation, problems: Problems) -> Floats:
        """Values that compare across criteria: as agreed (0 to 1), stretched to 0 to 1, or over the column's length.

        A column in which all are equal is 1 everywhere when stretched: it costs nobody anything.
        """
        if normalisation == "agreed":
            return self._agreed(problems)
        if normalisation == "vector":
            length = np.sqrt((self.values**2).sum(axis=0))
            return np.asarray(np.divide(self.values, length, out=np.zeros_like(self.values), where=length > 0))
        low, high = self.values.min(axis=0), self.values.max(axis=0)
        return np.asarray(np.divide(self.values - low, high - low, out=np.ones_like(self.values), where=high > low))

    def _agreed(self, problems: Problems) -> Floats:
        for name, column in zip(self.criteria, self.values.T, strict=True):
            if column.min() >= -TOLERANCE and column.max() <= 1 + TOLERANCE:
                continue
            problems.add(f"'{name}'", "must lie on its agreed scale, 0 (worst) to 1 (best)",
                         found=f"{column.min():g} to {column.max():g}",
                         todo='Score it first, or let the candidates set the ends: normalisation="min-max".')
        problems.raise_if_any()
        return self.values


def check_normalisation(given: str, offered: Any, problems: Problems) -> None:
    """The normalisation must be one of those offered (a Literal)."""
    if given not in get_args(offered):
        problems.add("normalisation", f"must be {' or '.join(get_args(offered))}", found=repr(given))


def by_criterion(what: str, given: float | ByName, criteria: pd.Index, problems: Problems) -> Floats:
    """One number of 0 or more for each criterion, from a single one for all or by name."""
    if isinstance(given, int | float | np.number):
        numbers = pd.Series(float(given), index=criteria)
    else:
        numbers = pd.to_numeric(pd.Series(given, dtype=object), errors="coerce").astype(float)
        twice = numbers.index.duplicated()
        for name in numbers.index[twice].unique():
            problems.add(f"the {what} of '{name}'", "stands more than once")
        numbers = numbers[~twice]
        for name in criteria.difference(numbers.index, sort=False):
            problems.add(f"the {what} of '{name}'", "is missing", todo="Give every criterion one.")
        for name in numbers.index.difference(criteria, sort=False):
            problems.add(f"the {what} of '{name}'", "belongs to no criterion",
                         todo=f"Criteria are: {listed(map(str, criteria), most=20)}.")
        numbers = numbers.reindex(criteria, fill_value=0.0)
    for name, number in numbers[~(numbers >= 0)].items():
        problems.add(f"the {what} of '{name}'", "must be 0 or more", found=f"{number:g}")
    return np.asarray(numbers, dtype=np.float64)
