"""Mean, spread and quantiles of days from how often each number of days occurred."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import bdtrik

from srmkit.metrics.findings import Column, Figure, figure, mean, standard_deviation

TAIL = 0.025


class DayCounts:
    """How many lines of each candidate took how many days; `counted` has the columns key, days and lines.

    Everything follows exactly from the counts, on every engine alike: quantiles in particular, which engines
    compute in different ways or not at all.

    >>> counted = pd.DataFrame({"supplier_id": ["S1"] * 3, "days": [10, 20, 40], "lines": [2, 1, 1]})
    >>> DayCounts(counted, "supplier_id").quantile(0.5)["value"].to_dict()
    {'S1': 15.0}
    """

    def __init__(self, counted: pd.DataFrame, key: str) -> None:
        ordered = counted.dropna(subset=key).sort_values([key, "days"], ignore_index=True)
        self._of, names = pd.factorize(ordered[key])
        self._names = pd.Index(names, name=key)
        self._days = ordered["days"].astype(float)
        self._lines = ordered["lines"].astype(float)
        self.n: Column = self._sum(self._lines)
        self.mean: Column = self._sum(self._days * self._lines) / self.n
        apart = self._days - self.mean.to_numpy()[self._of]
        self.sd: Column = (self._sum(apart**2 * self._lines) / (self.n - 1).where(self.n > 1)).pow(0.5)

    def average(self) -> Figure:
        """The mean with its standard error."""
        return mean(self.mean, self.sd, self.n)

    def spread(self) -> Figure:
        """The sample standard deviation with its own standard error."""
        return standard_deviation(self.sd, self.n)

    def quantile(self, share: float) -> Figure:
        """The quantile, between two lines in proportion, with the 95 % interval of order statistics.

        The interval holds whatever the distribution (David & Nagaraja 2003, Order Statistics, 7.1); an end that
        would lie beyond the fewest or the most days is a gap.
        """
        counts, of = np.unique(self.n, return_inverse=True)  # many candidates have as many lines as others
        first, last = (pd.Series(np.ceil(bdtrik(tail, counts, share))[of], self._names) for tail in (TAIL, 1 - TAIL))
        first, last = first.where(first >= 1), (last + 1).where(last + 1 <= self.n)
        return figure(self._value(share), n=self.n, low=self._at(first - 1), high=self._at(last - 1))

    def between(self, low: float, high: float) -> Figure:
        """Days between two quantiles."""
        apart = self._value(high) - self._value(low)
        return figure(apart.where(self.n > 1), n=self.n)

    def _value(self, share: float) -> Column:
        """The quantile alone."""
        place = (self.n - 1) * share
        whole = np.floor(place)
        below, above = self._at(whole), self._at(np.minimum(whole + 1, self.n - 1))
        value: Column = below + (place - whole) * (above - below)
        return value

    def _at(self, place: Column) -> Column:
        """Days of the line at a place in the order, counted from 0; a gap has none."""
        before = self.n.cumsum() - self.n  # lines of the candidates before it
        row = np.searchsorted(self._lines.cumsum(), (before + place).fillna(0.0), side="right")
        return pd.Series(self._days.to_numpy()[row], index=self._names).where(place.notna())

    def _sum(self, column: Column) -> Column:
        return column.groupby(self._of).sum().set_axis(self._names)
