"""Scales: what a raw figure is worth, from 0 (worst) to 1 (best), between two agreed ends."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, ClassVar, Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from srmkit.errors import Problems
from srmkit.language import say

Floats = NDArray[np.float64]
Better = Literal["higher", "lower", ""]


class Scale(Protocol):
    """What every scale can tell.

    `ends` are the lowest and the highest raw figure that still make a difference, `worst` and
    `best` the ends in words for tables, `better` the direction ("" where it turns on the way).
    """

    type: ClassVar[str]

    @property
    def ends(self) -> tuple[float, float]:
        """Lowest and highest raw figure that still make a difference."""
        ...

    @property
    def better(self) -> Better:
        """Which way is better: higher, lower, or "" where it turns on the way."""
        ...

    @property
    def worst_words(self) -> str:
        """The end worth 0 in words."""
        ...

    @property
    def best_words(self) -> str:
        """The end worth 1 in words."""
        ...

    def values(self, raw: ArrayLike) -> Floats:
        """Value of each raw figure, 0 to 1, any shape; a gap stays a gap (NaN)."""
        ...

    def clipped(self, raw: ArrayLike) -> NDArray[np.bool_]:
        """Which raw figures lie outside the ends and count as the end."""
        ...


class _Numeric:
    """Shared by the scales of numbers: figures beyond the ends count as the end."""

    @property
    def ends(self) -> tuple[float, float]:
        raise NotImplementedError

    def _value(self, raw: Floats) -> Floats:
        raise NotImplementedError

    def values(self, raw: ArrayLike) -> Floats:
        """Value of each raw figure, 0 to 1, any shape; a gap stays a gap (NaN)."""
        inside = np.clip(np.asarray(raw, dtype=float), *self.ends)
        values = np.asarray(self._value(inside))
        np.clip(values, 0.0, 1.0, out=values)
        values += 0.0  # no -0
        return values

    def clipped(self, raw: ArrayLike) -> NDArray[np.bool_]:
        """Which raw figures lie outside the ends and count as the end."""
        figures = np.asarray(raw, dtype=float)
        low, high = self.ends
        slack = 1e-9 * (high - low)  # a figure made of sums may miss the end it stands on
        return np.asarray((figures < low - slack) | (figures > high + slack))


@dataclass(frozen=True)
class _TwoEnds(_Numeric):
    """Shared by the scales that run from a worst to a best figure; their order says the direction."""

    worst: float
    best: float

    def __post_init__(self) -> None:
        _store_numbers(self, "worst", "best")
        self._check(Problems(f"{type(self).__name__} scale"))

    def _check(self, problems: Problems) -> None:
        _check_finite(problems, worst=self.worst, best=self.best)
        if self.worst == self.best:
            problems.add("worst and best", "are equal, so no figure is better than another",
                         found=f"{_word(self.worst)} for both", todo="Agree on two different ends.")
        problems.raise_if_any()

    @property
    def ends(self) -> tuple[float, float]:
        """Lowest and highest figure that make a difference."""
        return min(self.worst, self.best), max(self.worst, self.best)

    @property
    def better(self) -> Better:
        """Whether a higher or a lower figure is better."""
        return "higher" if self.best > self.worst else "lower"

    @property
    def worst_words(self) -> str:
        """The worst end as a table shows it."""
        return _word(self.worst)

    @property
    def best_words(self) -> str:
        """The best end as a table shows it."""
        return _word(self.best)


@dataclass(frozen=True)
class Linear(_TwoEnds):
    """Every step from worst to best is worth the same.

    >>> Linear(worst=30, best=5).values([30, 17.5, 4]).tolist()
    [0.0, 0.5, 1.0]
    """

    type: ClassVar[str] = "linear"

    def _value(self, raw: Floats) -> Floats:
        return (raw - self.worst) / (self.best - self.worst)


@dataclass(frozen=True)
class Logarithmic(_TwoEnds):
    """Every doubling is worth the same: for amounts that differ by powers of ten. Both ends above 0.

    >>> Logarithmic(worst=1, best=100).values([1, 10, 100, 0]).round(12).tolist()
    [0.0, 0.5, 1.0, 0.0]
    """

    type: ClassVar[str] = "logarithmic"

    def _check(self, problems: Problems) -> None:
        if min(self.worst, self.best) <= 0:
            problems.add("worst and best", "of a logarithmic scale must be above 0",
                         found=f"worst {_word(self.worst)}, best {_word(self.best)}",
                         todo="Name the smallest amount that matters, or use a linear scale.")
        super()._check(problems)

    def _value(self, raw: Floats) -> Floats:
        return np.asarray(np.log(raw / self.worst) / math.log(self.best / self.worst))


@dataclass(frozen=True)
class Exponential(_TwoEnds):
    """The first steps from the worst end are worth more (rho > 0) or less (rho < 0) than the last.

    With d the distance from the worst end and s that of the best, the value is
    (1 - exp(-rho d)) / (1 - exp(-rho s)) (Keeney & Raiffa 1976; Montgomery, Ogden & Boehmke 2018,
    Journal of Purchasing and Supply Management 24, 192-203). `rho` is a rate per unit of the figure;
    0 is linear.

    >>> Exponential(worst=1, best=5, rho=0.653).values([3.01]).round(7).tolist()
    [0.7887459]
    """

    type: ClassVar[str] = "exponential"
    rho: float

    def _check(self, problems: Problems) -> None:
        object.__setattr__(self, "rho", float(self.rho))
        _check_finite(problems, rho=self.rho)
        super()._check(problems)

    def _value(self, raw: Floats) -> Floats:
        span = abs(self.best - self.worst)
        distance = np.abs(raw - self.worst)
        bend = abs(self.rho)
        if bend * span < 1e-12:  # the formula's limit, where it would divide 0 by 0
            return distance / span
        value = np.expm1(-bend * distance) / math.expm1(-bend * span)
        # for rho < 0 the same formula, written so that no power overflows
        return np.asarray(value if self.rho > 0 else value * np.exp(bend * (distance - span)))


@dataclass(frozen=True)
class PiecewiseLinear(_Numeric):
    """Straight lines between agreed points (figure, value); figures ascend, values reach from 0 to 1.

    >>> PiecewiseLinear(((1000, 1), (1500, 0.6), (4000, 0))).values([900, 1250, 2750]).tolist()
    [1.0, 0.8, 0.3]
    """

    type: ClassVar[str] = "piecewise"
    points: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        points = tuple((float(figure), float(value)) for figure, value in self.points)
        object.__setattr__(self, "points", points)
        figures, values = [p[0] for p in points], [p[1] for p in points]
        problems = Problems("PiecewiseLinear scale")
        if not all(math.isfinite(number) for point in points for number in point):
            problems.add("points", "must be finite numbers", found=str(list(points)))
        if len(points) < 2 or any(b <= a for a, b in pairwise(figures)):
            problems.add("points", "need at least two figures that ascend", found=_listed(figures),
                         todo="Write each point as [figure, value], lowest figure first.")
        _check_values(problems, "points", values)
        problems.raise_if_any()

    @property
    def ends(self) -> tuple[float, float]:
        """Lowest and highest figure that make a difference."""
        return self.points[0][0], self.points[-1][0]

    @property
    def better(self) -> Better:
        """Direction of the values; "" where they turn on the way."""
        return _direction([value for _, value in self.points])

    @property
    def worst_words(self) -> str:
        """The figures worth 0."""
        return " or ".join(_word(figure) for figure, value in self.points if value == 0)

    @property
    def best_words(self) -> str:
        """The figures worth 1."""
        return " or ".join(_word(figure) for figure, value in self.points if value == 1)

    def _value(self, raw: Floats) -> Floats:
        figures, values = zip(*self.points, strict=True)
        return np.asarray(np.interp(raw, figures, values))


@dataclass(frozen=True)
class Target(_Numeric):
    """Best within a range, falling to worst on both sides of it.

    >>> Target(worst=(0, 60), best=(10, 20)).values([0, 5, 15, 40, 70]).tolist()
    [0.0, 0.5, 1.0, 0.5, 0.0]
    """

    type: ClassVar[str] = "target"
    worst: tuple[float, float]
    best: tuple[float, float]

    def __post_init__(self) -> None:
        object.__setattr__(self, "worst", tuple(float(end) for end in self.worst))
        object.__setattr__(self, "best", tuple(float(end) for end in self.best))
        problems = Problems("Target scale")
        if {len(tuple(ends)) for ends in (self.worst, self.best)} != {2}:
            problems.add("worst and best", "must be two figures each, the lower one first",
                         found=f"worst {_listed(self.worst)}; best {_listed(self.best)}")
            problems.raise_if_any()
        ordered = self.worst[0] < self.best[0] <= self.best[1] < self.worst[1]
        if not (ordered and all(map(math.isfinite, self.worst))):
            problems.add("best", "must lie within worst, with room on both sides",
                         found=f"worst {_listed(self.worst)}; best {_listed(self.best)}",
                         todo="Where only one side is bad, use a linear scale.")
        problems.raise_if_any()

    @property
    def ends(self) -> tuple[float, float]:
        """Lowest and highest figure that make a difference."""
        return self.worst

    @property
    def better(self) -> Better:
        """A target has no direction."""
        return ""

    @property
    def worst_words(self) -> str:
        """Both worst ends."""
        return say("{one} or {other}", one=_word(self.worst[0]), other=_word(self.worst[1]))

    @property
    def best_words(self) -> str:
        """The best range."""
        low, high = self.best
        return _word(low) if low == high else say("{start} to {end}", start=_word(low), end=_word(high))

    def _value(self, raw: Floats) -> Floats:
        (low, high), (first, last) = self.worst, self.best
        return np.asarray(np.interp(raw, [low, first, last, high], [0.0, 1.0, 1.0, 0.0]))


@dataclass(frozen=True)
class Steps:
    """A value for each word, or for each number reached: `{"none": 0, "some": 0.6, "full": 1}`.

    With numbers a figure counts as the highest step it reaches: with steps at 1, 2 and 4, a figure
    of 3 is worth what 2 is worth. With words only the listed words are known.

    >>> Steps({1: 0, 2: 0.6, 4: 1}).values([1, 3, 9]).tolist()
    [0.0, 0.6, 1.0]
    >>> Steps({"none": 0, "full": 1}).values(["full", None]).tolist()
    [1.0, nan]
    """

    type: ClassVar[str] = "steps"
    steps: Mapping[Any, float] = field(hash=False)

    def __post_init__(self) -> None:
        steps = {_number_or_word(step): float(value) for step, value in self.steps.items()}
        problems = Problems("Steps scale")
        words = [step for step in steps if isinstance(step, str)]
        if words and len(words) < len(steps):
            problems.add("steps", "must be all words or all numbers", found=_listed(steps))
        elif not words:
            steps = dict(sorted(steps.items()))
        object.__setattr__(self, "steps", steps)
        _check_values(problems, "steps", list(steps.values()))
        problems.raise_if_any()

    @property
    def in_words(self) -> bool:
        """Whether the steps are words."""
        return any(isinstance(step, str) for step in self.steps)

    @property
    def ends(self) -> tuple[float, float]:
        """Lowest and highest step; without limit for words."""
        return (-math.inf, math.inf) if self.in_words else (min(self.steps), max(self.steps))

    @property
    def better(self) -> Better:
        """Direction of the steps; "" for words and where the values turn on the way."""
        return "" if self.in_words else _direction(list(self.steps.values()))

    @property
    def worst_words(self) -> str:
        """The steps worth 0."""
        return " or ".join(_word(step) for step, value in self.steps.items() if value == 0)

    @property
    def best_words(self) -> str:
        """The steps worth 1."""
        return " or ".join(_word(step) for step, value in self.steps.items() if value == 1)

    def values(self, raw: ArrayLike) -> Floats:
        """Value of each step, 0 to 1, any shape; NaN for a gap or a word that is no step."""
        if self.in_words:
            words = np.asarray(raw, dtype=object)
            return np.array([self.steps.get(w, math.nan) for w in words.ravel()]).reshape(words.shape)
        figures = np.asarray(raw, dtype=float)
        reached = np.searchsorted(np.array(list(self.steps)), figures, side="right") - 1
        values = np.array(list(self.steps.values()))[np.maximum(reached, 0)]
        return np.where(np.isnan(figures), np.nan, values)

    def clipped(self, raw: ArrayLike) -> NDArray[np.bool_]:
        """Which figures lie below the first step; a figure beyond the last has reached it."""
        if self.in_words:
            return np.zeros(np.shape(raw), dtype=bool)
        return np.asarray(np.asarray(raw, dtype=float) < self.ends[0])


@dataclass(frozen=True)
class RelativeMinMax:
    """The worst figure at hand is worth 0, the best 1: a newcomer or a leaver may change everybody's score.

    For a first look before any ends are agreed. Scoring fits it to the candidates at hand and notes so.
    Figures that are all equal have no ends and are refused.

    >>> RelativeMinMax(better="lower").values([120, 100, 110]).tolist()
    [0.0, 1.0, 0.5]
    """

    type: ClassVar[str] = "relative_min_max"
    better: Literal["higher", "lower"]

    def __post_init__(self) -> None:
        problems = Problems(f"{type(self).__name__} scale")
        if self.better not in ("higher", "lower"):
            problems.add("better", "must be higher or lower", found=repr(self.better))
        problems.raise_if_any()

    @property
    def ends(self) -> tuple[float, float]:
        """No ends are agreed: without limit."""
        return -math.inf, math.inf

    @property
    def worst_words(self) -> str:
        """The end worth 0 in words."""
        return say("lowest at hand") if self.better == "higher" else say("highest at hand")

    @property
    def best_words(self) -> str:
        """The end worth 1 in words."""
        return say("highest at hand") if self.better == "higher" else say("lowest at hand")

    def values(self, raw: ArrayLike) -> Floats:
        """Value of each raw figure among these, 0 to 1, any shape; a gap stays a gap (NaN)."""
        figures = np.asarray(raw, dtype=float)
        if np.isnan(figures).all():
            return np.full(figures.shape, np.nan)
        return self.fitted(figures).values(figures)

    def clipped(self, raw: ArrayLike) -> NDArray[np.bool_]:
        """No figure lies outside: the ends are taken from the figures."""
        return np.zeros(np.shape(raw), dtype=bool)

    def fitted(self, raw: ArrayLike) -> Scale:
        """The scale that these figures give; SrmkitError where fewer than two of them differ."""
        figures = np.unique(np.asarray(raw, dtype=float))
        figures = figures[np.isfinite(figures)]
        problems = Problems(f"{type(self).__name__} scale")
        if len(figures) < 2:
            problems.add("figures", "are all equal, so a relative scale cannot tell them apart",
                         found=_listed(figures.tolist()), todo="Agree on two ends and use a linear scale.")
        problems.raise_if_any()
        return self._between(figures)

    def _between(self, figures: Floats) -> Scale:
        low, high = float(figures[0]), float(figures[-1])
        return Linear(worst=low, best=high) if self.better == "higher" else Linear(worst=high, best=low)


@dataclass(frozen=True)
class RelativeRank(RelativeMinMax):
    """Only the order at hand counts: the different figures lie evenly from 0 (worst) to 1 (best).

    A newcomer or a leaver may change everybody's score, and how far figures lie apart is forgotten.

    >>> RelativeRank(better="higher").values([5, 100, 7, 7]).tolist()
    [0.0, 1.0, 0.5, 0.5]
    """

    type: ClassVar[str] = "relative_rank"

    def _between(self, figures: Floats) -> Scale:
        values = np.linspace(0, 1, len(figures))
        values = values if self.better == "higher" else values[::-1]
        return PiecewiseLinear(tuple(zip(figures.tolist(), values.tolist(), strict=True)))


SCALES: dict[str, type[Any]] = {
    scale.type: scale
    for scale in (
        Linear, Logarithmic, Exponential, PiecewiseLinear, Target, Steps, RelativeMinMax, RelativeRank
    )
}


def _store_numbers(scale: object, *names: str) -> None:
    for name in names:
        object.__setattr__(scale, name, float(getattr(scale, name)))


def _check_finite(problems: Problems, **numbers: float) -> None:
    for name, number in numbers.items():
        if not math.isfinite(number):
            problems.add(name, "must be a finite number", found=str(number))


def _check_values(problems: Problems, what: str, values: Sequence[float]) -> None:
    if not values or min(values) != 0 or max(values) != 1:
        problems.add(f"values of the {what}", "must reach from 0 (worst) to 1 (best) and not beyond",
                     found=_listed(values), todo="The weight says how much the step from 0 to 1 counts.")


def _direction(values: Sequence[float]) -> Better:
    if all(b >= a for a, b in pairwise(values)):
        return "higher"
    return "lower" if all(b <= a for a, b in pairwise(values)) else ""


def _number_or_word(step: object) -> float | str:
    try:
        return float(step)  # type: ignore[arg-type]  # words raise, and that is the question
    except (TypeError, ValueError):
        return str(step)


def _word(step: object) -> str:
    return f"{step:,.10g}" if isinstance(step, int | float) else str(step)


def _listed(values: object) -> str:
    return ", ".join(_word(value) for value in values) or "none"  # type: ignore[attr-defined]  # any iterable
