"""Comparisons in pairs: how many times as important is one criterion as another? Not every pair need be judged."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems, did_you_mean
from srmkit.language import marked

SAME = 1e-6  # a ratio and the inverse of its mirror may differ by this share of themselves: 0.333333 is a third


@dataclass(frozen=True)
class Comparisons:
    """Judged ratios of importance: `ratios[(a, b)]` says how many times as important a is as b.

    Each pair is judged once or not at all; `matrix` has both halves. Raises SrmkitError for names that are not
    among the criteria, ratios that are not above 0, pairs that contradict their mirror, and criteria that no chain of
    judgements connects to the others.

    >>> given = Comparisons(("price", "quality", "service"), {("price", "quality"): 2, ("quality", "service"): 3})
    >>> given.missing
    (('price', 'service'),)
    """

    names: tuple[str, ...]
    ratios: Mapping[tuple[str, str], float]

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(self.names))
        object.__setattr__(self, "ratios", _checked(self.names, self.ratios))

    @classmethod
    def of_matrix(cls, matrix: pd.DataFrame) -> Comparisons:
        """The comparisons of a square table, criteria in rows and columns; a gap is a pair that nobody judged.

        Both halves may be filled: then each ratio must be one over its mirror.
        """
        problems = Problems("a table of comparisons")
        if list(matrix.index) != list(matrix.columns):
            problems.add("rows and columns", "must be the same criteria in the same order",
                         found=f"{', '.join(map(str, matrix.index))} against {', '.join(map(str, matrix.columns))}")
            problems.raise_if_any()
        numbers = matrix.to_numpy(dtype=float)
        for place, name in enumerate(matrix.index):
            if not np.isnan(numbers[place, place]) and numbers[place, place] != 1:
                problems.add(f"'{name}' against itself", "must be 1", found=f"{numbers[place, place]:g}")
        problems.raise_if_any()
        pairs = {
            (str(one), str(other)): float(numbers[i, j])
            for i, one in enumerate(matrix.index)
            for j, other in enumerate(matrix.columns)
            if i != j and not np.isnan(numbers[i, j])
        }
        return cls(tuple(map(str, matrix.index)), pairs)

    @property
    def matrix(self) -> pd.DataFrame:
        """Criterion x criterion, 1 on the diagonal; NaN for a pair that was not judged."""
        return pd.DataFrame(self._numbers(), index=list(self.names), columns=list(self.names))

    @property
    def missing(self) -> tuple[tuple[str, str], ...]:
        """Pairs that were not judged."""
        return tuple(p for p in combinations(self.names, 2) if p not in self.ratios and p[::-1] not in self.ratios)

    def without(self, pair: tuple[str, str]) -> Comparisons:
        """The comparisons less one of them. Raises SrmkitError where its criteria would lose touch."""
        return Comparisons(self.names, {p: ratio for p, ratio in self.ratios.items() if p not in (pair, pair[::-1])})

    def with_ratio(self, pair: tuple[str, str], ratio: float) -> Comparisons:
        """The comparisons with another ratio for one pair."""
        rest = {p: old for p, old in self.ratios.items() if p not in (pair, pair[::-1])}
        return Comparisons(self.names, {**rest, pair: ratio})

    def _numbers(self) -> NDArray[np.float64]:
        numbers = np.full((len(self.names),) * 2, np.nan)
        np.fill_diagonal(numbers, 1.0)
        for (one, other), ratio in self.ratios.items():
            i, j = self.names.index(one), self.names.index(other)
            numbers[i, j], numbers[j, i] = ratio, 1 / ratio
        return numbers


def islands(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Criteria that the pairs connect, group by group, in the order of the names."""
    group = {name: {name} for name in names}
    for one, other in pairs:
        if group[one] is not group[other]:
            joined = group[one] | group[other]
            for name in joined:
                group[name] = joined
    found: list[set[str]] = []
    for members in group.values():
        if members not in found:
            found.append(members)
    return [[name for name in group if name in members] for members in found]


def _checked(
    names: tuple[str, ...], ratios: Mapping[tuple[str, str], float]
) -> dict[tuple[str, str], float]:
    problems = Problems("comparisons in pairs")
    if len(names) < 2 or len(set(names)) < len(names):
        problems.add("criteria", "must be two or more, each once", found=", ".join(names) or "none")
        problems.raise_if_any()
    kept: dict[tuple[str, str], float] = {}
    for (one, other), ratio in ratios.items():
        words = f"'{one}' against '{other}'"
        unknown = [name for name in (one, other) if name not in names]
        for name in unknown:
            problems.add(f"'{name}'", "is none of the criteria", todo=did_you_mean(name, names, "Criteria are"))
        if not (math.isfinite(ratio) and ratio > 0):
            problems.add(words, "must be a number above 0", found=f"{ratio:g}",
                         todo="Say how many times as important the first is; less important is 1/3, not -3.")
        elif one == other:
            problems.add(words, "compares a criterion with itself")
        elif not unknown:
            mirror = kept.get((other, one))
            if mirror is None:
                kept[one, other] = float(ratio)
            elif abs(ratio * mirror - 1) > SAME:
                problems.add(words, "contradicts its mirror", found=f"{ratio:g} and {mirror:g}",
                             todo=f"Say it once: the mirror of {ratio:g} is {1 / ratio:.4g}.")
    problems.raise_if_any()
    apart = islands(names, kept)
    if len(apart) > 1:
        problems.add("; ".join(", ".join(f"'{name}'" for name in members) for members in apart),
                     marked("are not connected by any comparison"), todo=marked("Judge one pair across."))
    problems.raise_if_any()
    return kept
