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
        self._key = key
        self._keys = ordered[key]
        self._days = ordered["days"].astype(float)
        self._lines = ordered["lines"].astype(float)
        self._up_to = self._lines.groupby(self._keys).cumsum()
        self.n: Column = self._sum(self._lines)
        self.mean: Column = self._sum(self._days * self._lines) / self.n
        apart = self._days - self._of_each(self.mean)
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
        place = (self.n - 1) * share
        whole = np.floor(place)
        below, above = self._at(whole), self._at(np.minimum(whole + 1, self.n - 1))
        first = np.ceil(bdtrik(TAIL, self.n, share)).where(lambda place: place >= 1)
        last = (np.ceil(bdtrik(1 - TAIL, self.n, share)) + 1).where(lambda place: place <= self.n)
        return figure(
            below + (place - whole) * (above - below), n=self.n, low=self._at(first - 1), high=self._at(last - 1)
        )

    def between(self, low: float, high: float) -> Figure:
        """Days between two quantiles."""
        apart = self.quantile(high)["value"] - self.quantile(low)["value"]
        return figure(apart.where(self.n > 1), n=self.n)

    def _at(self, place: Column) -> Column:
        """Days of the line at a place in the order, counted from 0; a gap has none."""
        reached = self._up_to > self._of_each(place)
        return self._days[reached].groupby(self._keys[reached]).first().reindex(self.n.index)

    def _of_each(self, figure: Column) -> Column:
        """A figure of the candidates for every count of theirs."""
        return self._keys.map(figure).astype(float)

    def _sum(self, column: Column) -> Column:
        return column.groupby(self._keys).sum()
