"""How long answers take when some are still awaited: Kaplan and Meier's estimate from counts of days."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

MEDIAN = 0.5


class Waiting(NamedTuple):
    """Mean days and its standard error, median days, and how many there are; NaN where it cannot be said."""

    mean: float
    error: float
    median: float
    cases: float


def waiting_time(days: ArrayLike, answered: ArrayLike, open_still: ArrayLike) -> Waiting:
    """Days until an answer, where `open_still` cases have waited that long and wait on.

    `answered` and `open_still` count cases for each number of days. The mean is the area under the survival curve up
    to the longest wait seen: without open cases the ordinary mean, with open ones a little too low only where the
    longest wait is open. Its error is Greenwood's, times n / (n - 1) for n cases, so that without open ones it is
    sd / √n. The median is a gap while fewer than half are answered. Kaplan & Meier 1958, Journal of the American
    Statistical Association 53, 457-481; Klein & Moeschberger 2003, Survival Analysis, 4.5.

    >>> found = waiting_time([2, 4, 9], [1, 1, 0], [0, 0, 1])
    >>> found.mean, found.median, found.cases
    (5.0, 4.0, 3.0)
    """
    found = waiting_times(np.zeros(np.size(days)), days, answered, open_still)
    return Waiting(*map(float, found.iloc[0]))


def waiting_times(parties: ArrayLike, days: ArrayLike, answered: ArrayLike, open_still: ArrayLike) -> pd.DataFrame:
    """`waiting_time` of every party at once: index party, in order, with a column for each field of `Waiting`."""
    waits = pd.DataFrame({"party": parties, "days": np.asarray(days, dtype=float)})
    waits["ended"] = np.asarray(answered, dtype=float)
    waits["leaving"] = waits["ended"] + np.asarray(open_still, dtype=float)
    waits = waits.groupby(["party", "days"]).sum().reset_index()
    place, everyone = pd.factorize(waits["party"])
    times, ended, leaving = waits["days"], waits["ended"], waits["leaving"]

    def from_each_on(column: pd.Series[float]) -> pd.Series[float]:
        """Sum over each number of days and all longer ones of the party."""
        return column[::-1].groupby(place[::-1]).cumsum()[::-1]

    at_risk = from_each_on(leaving)
    survival = (1 - ended / at_risk).groupby(place).cumprod()
    steps = times.groupby(place).shift(-1).sub(times).fillna(0.0)
    area_after = from_each_on(survival * steps)
    left = at_risk * (at_risk - ended)
    terms = (area_after**2 * ended / left.where(left > 0)).fillna(0.0)
    cases = leaving.groupby(place).sum()
    found = {
        "mean": (times + area_after).groupby(place).first(),
        "error": (terms.groupby(place).sum() * cases / (cases - 1).where(cases > 1)).pow(0.5),
        "median": times.where(survival <= MEDIAN + 1e-12).groupby(place).first(),
        "cases": cases,
    }
    return pd.DataFrame(found, columns=list(Waiting._fields)).set_axis(everyone)
