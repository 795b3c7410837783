"""What we doubt: the weights, the data, the cuts; and how many draws answer the question."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
import pandas as pd

from srmkit.errors import Problems
from srmkit.robustness.weight_statements import Statement

Source = Literal["weights", "data", "cuts"]
SOURCES: tuple[Source, ...] = get_args(Source)
MOST_DRAWS = 2**20


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """How far weights, data and cuts may be off, and the chance that explores it.

    `concentration` says how sure the weights are: draws follow a Dirichlet distribution about the
    stated weights with this total (a weight of 25 % and concentration 60 has a standard deviation
    of 5.5 points; 240 halves it). `"uniform"` holds every split of the points equally likely, `None` takes the
    stated weights as certain. `weights` says what is known instead about the weights of an axis, or of
    the axes: an order, ranges, "at least twice" (`Ordered`, `Between`, `AtLeast`, `Inequality`, one or
    several); there all weights that obey are equally likely, and `concentration` rules the rest.
    `data=True` draws each figure from its own evidence (counts, standard error; a missing figure from
    the whole scale). `cut_band` moves each cut evenly by up to so many points either way; 0 takes the
    cuts as certain. `draws` of a power of two fill the weight space best. The same `seed` gives the
    same numbers; 0 is a seed too.

    Raises SrmkitError naming every setting outside its limits.

    >>> Doubt(cut_band=0, seed=7).alone("weights")
    Doubt(concentration=60, weights=(), data=False, cut_band=0.0, draws=4096, seed=7)
    """

    concentration: float | Literal["uniform"] | None = 60
    weights: Statement | Sequence[Statement] = ()
    data: bool = True
    cut_band: float = 3.0
    draws: int = 4096
    seed: int

    def __post_init__(self) -> None:
        problems = Problems("Doubt")
        _check_concentration(self.concentration, problems)
        object.__setattr__(self, "weights", said(self.weights, problems))
        if not (_is_number(self.cut_band) and 0 <= self.cut_band <= 50):
            problems.add("cut_band", "must lie between 0 and 50 points", found=repr(self.cut_band),
                         todo="0 takes the cuts as certain.")
        if not (_is_whole(self.draws) and 1 <= self.draws <= MOST_DRAWS):
            problems.add("draws", f"must be a whole number from 1 to {MOST_DRAWS:,}", found=repr(self.draws),
                         todo="4096 gives a standard error below 0.8 points of a hundred.")
        if not (_is_whole(self.seed) and self.seed >= 0):
            problems.add("seed", "must be a whole number of 0 or more", found=repr(self.seed),
                         todo="Choose one and keep it in the report.")
        problems.raise_if_any()

    def alone(self, source: Source) -> Doubt:
        """The same chance with one doubt left on and the other two certain."""
        return replace(
            self,
            concentration=self.concentration if source == "weights" else None,
            weights=self.weights if source == "weights" else (),
            data=self.data and source == "data",
            cut_band=self.cut_band if source == "cuts" else 0.0,
        )


def said(weights: object, problems: Problems) -> tuple[Statement, ...]:
    """Statements about weights, one or several, as a tuple."""
    given = tuple(weights) if isinstance(weights, (tuple, list)) else (weights,)
    for item in given:
        if not isinstance(item, Statement):
            problems.add("weights", "must be statements about weights", found=repr(item),
                         todo="Say it with Ordered, Between, AtLeast or Inequality.")
    return tuple(item for item in given if isinstance(item, Statement))


def standard_error(probability: pd.DataFrame, draws: int) -> pd.DataFrame:
    """Monte-Carlo standard error of a share of `draws`: sqrt(p (1 - p) / N)."""
    return (probability * (1 - probability) / draws) ** 0.5


def with_errors(table: pd.DataFrame, draws: int, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """The table with the standard error of each share of draws beside it, as `..._error`; `columns` None: of all.

    >>> with_errors(pd.DataFrame({"top_k": [0.5]}), 1024).round(4).to_dict("records")
    [{'top_k': 0.5, 'top_k_error': 0.0156}]
    """
    shares = list(table.columns) if columns is None else list(columns)
    errors, beside = standard_error(table[shares].astype(float), draws), table.copy(deep=False)
    for name in shares:
        beside.insert(list(beside.columns).index(name) + 1, f"{name}_error", errors[name])
    return beside


def certainty_label(probability: float, firm: float = 0.9, likely: float = 0.7) -> str:
    """A probability in a word: firm, likely or contested; "unknown" where there is none.

    >>> [certainty_label(p) for p in (0.95, 0.9, 0.7, 0.5, float("nan"))]
    ['firm', 'firm', 'likely', 'contested', 'unknown']
    """
    _check_bars(firm, likely)
    return str(_labels(np.array([probability], dtype=float), firm, likely)[0])


def certainty_labels(probability: pd.Series, *, firm: float = 0.9, likely: float = 0.7) -> pd.Series:
    """`certainty_label` for a whole column."""
    _check_bars(firm, likely)
    labels = _labels(probability.to_numpy(dtype=float), firm, likely)
    return pd.Series(labels, index=probability.index, name="certainty_label", dtype=object)


def _labels(probability: np.ndarray, firm: float, likely: float) -> np.ndarray:
    bars = [np.isnan(probability), probability >= firm, probability >= likely]
    return np.select(bars, ["unknown", "firm", "likely"], "contested")


def _check_bars(firm: float, likely: float) -> None:
    problems = Problems("certainty labels")
    if not 0 <= likely <= firm <= 1:
        problems.add("firm and likely", "must satisfy 0 <= likely <= firm <= 1",
                     found=f"firm {firm}, likely {likely}", todo="The usual bars are .90 and .70.")
    problems.raise_if_any()


def _check_concentration(concentration: object, problems: Problems) -> None:
    if concentration is None or concentration == "uniform":
        return
    if not (_is_number(concentration) and float(concentration) > 0):  # type: ignore[arg-type]  # a number here
        problems.add("concentration", "must be above 0", found=repr(concentration),
                     todo='Use 60, "uniform" for wholly open weights, or None for certain ones.')


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _is_whole(value: object) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)
