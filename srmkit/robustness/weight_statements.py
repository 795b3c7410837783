"""What people dare to say about weights: an order, a range, "at least twice". Each is a few linear inequalities.

Statements are small objects over names of a scorecard; a new kind needs nothing but `rows`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol, runtime_checkable

from srmkit.errors import Problems


@dataclass(frozen=True)
class Row:
    """One inequality over weights: the sum of coefficient x weight is at least `least`; `words` say it."""

    coefficients: tuple[tuple[str, float], ...]
    least: float
    words: str


@runtime_checkable
class Statement(Protocol):
    """Anything that says something linear about named weights."""

    def rows(self) -> tuple[Row, ...]:
        """The inequalities of this statement."""
        ...


@dataclass(frozen=True)
class Ordered:
    """An order of importance, the most important first; names in one tuple weigh the same.

    >>> [row.words for row in Ordered(("price", "quality", "service")).rows()]
    ['price weighs at least as much as quality', 'quality weighs at least as much as service']
    """

    ranks: tuple[str | tuple[str, ...], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "ranks", tuple(r if isinstance(r, str) else tuple(r) for r in self.ranks))
        names = [name for level in self._levels for name in level]
        problems = Problems("an order of weights")
        if len(names) < 2 or not all(self._levels):
            problems.add("ranks", "must name two weights or more, and none of them nobody", found=str(self.ranks))
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            problems.add("ranks", "must name each weight once", found=", ".join(f"'{name}' twice" for name in twice))
        problems.raise_if_any()

    @property
    def _levels(self) -> list[tuple[str, ...]]:
        return [(level,) if isinstance(level, str) else level for level in self.ranks]

    def rows(self) -> tuple[Row, ...]:
        """Equal weights within a level, and each level at least as heavy as the next."""
        return tuple(self._rows())

    def _rows(self) -> Iterator[Row]:
        for level in self._levels:
            for one, other in pairwise(level):
                for more, less in ((one, other), (other, one)):
                    yield Row(((more, 1.0), (less, -1.0)), 0.0, f"{one} and {other} weigh the same")
        for upper, lower in pairwise(self._levels):
            words = f"{upper[0]} weighs at least as much as {lower[0]}"
            yield Row(((upper[0], 1.0), (lower[0], -1.0)), 0.0, words)


@dataclass(frozen=True)
class Between:
    """A weight lies from `low` to `high`, as shares of its axis (of the total, for an axis), 0 to 1.

    >>> [row.words for row in Between("price", 0.2, 0.5).rows()]
    ['price weighs 20 % or more', 'price weighs 50 % or less']
    """

    name: str
    low: float = 0.0
    high: float = 1.0

    def __post_init__(self) -> None:
        problems = Problems(f"the range of '{self.name}'")
        if not 0 <= self.low <= self.high <= 1:
            problems.add("low and high", "must satisfy 0 <= low <= high <= 1",
                         found=f"{self.low:g} and {self.high:g}", todo="Weights are shares: 25 % is 0.25.")
        problems.raise_if_any()

    def rows(self) -> tuple[Row, ...]:
        """The two ends."""
        least = Row(((self.name, 1.0),), self.low, f"{self.name} weighs {100 * self.low:g} % or more")
        most = Row(((self.name, -1.0),), -self.high, f"{self.name} weighs {100 * self.high:g} % or less")
        return (*((least,) if self.low > 0 else ()), *((most,) if self.high < 1 else ()))


@dataclass(frozen=True)
class AtLeast:
    """One weight is at least so many times another.

    >>> AtLeast("price", "service", times=2).rows()[0].words
    'price weighs at least 2 times service'
    """

    name: str
    other: str
    times: float = 1.0

    def __post_init__(self) -> None:
        problems = Problems(f"'{self.name}' against '{self.other}'")
        if not (math.isfinite(self.times) and self.times > 0):
            problems.add("times", "must be above 0", found=str(self.times))
        if self.name == self.other:
            problems.add("the two", "must differ")
        problems.raise_if_any()

    def rows(self) -> tuple[Row, ...]:
        """name - times x other >= 0."""
        words = f"{self.name} weighs at least {self.times:g} times {self.other}"
        return (Row(((self.name, 1.0), (self.other, -self.times)), 0.0, words),)


@dataclass(frozen=True)
class Inequality:
    """Any linear statement: the sum of coefficient x weight is at least `least`.

    >>> both = Inequality({"price": 1, "cost_to_serve": 1}, least=0.5)
    >>> both.rows()[0].words
    '1 price + 1 cost_to_serve is at least 0.5'
    """

    coefficients: Mapping[str, float] | tuple[tuple[str, float], ...]
    least: float = 0.0

    def __post_init__(self) -> None:
        given = dict(self.coefficients)
        object.__setattr__(self, "coefficients", tuple((name, float(part)) for name, part in given.items()))
        problems = Problems("an inequality of weights")
        if not any(given.values()) or not all(map(math.isfinite, (*given.values(), self.least))):
            problems.add("coefficients and least", "must be finite numbers, and not all 0",
                         found=f"{given}, least {self.least}")
        problems.raise_if_any()

    def rows(self) -> tuple[Row, ...]:
        """Itself."""
        parts = tuple(dict(self.coefficients).items())
        words = " + ".join(f"{part:g} {name}" for name, part in parts).replace("+ -", "- ")
        return (Row(parts, self.least, f"{words} is at least {self.least:g}"),)
