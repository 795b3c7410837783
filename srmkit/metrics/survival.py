"""How long answers take when some are still awaited: Kaplan and Meier's estimate from counts of days."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
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
    times, place = np.unique(np.asarray(days, dtype=float), return_inverse=True)
    ended = np.bincount(place, np.asarray(answered, dtype=float))
    leaving = ended + np.bincount(place, np.asarray(open_still, dtype=float))
    at_risk = leaving[::-1].cumsum()[::-1]
    survival = np.cumprod(1 - ended / at_risk)
    steps = np.diff(np.append(times, times[-1]))
    area_after = (survival * steps)[::-1].cumsum()[::-1]  # from each time on
    mean = times[0] + area_after[0]
    left = at_risk * (at_risk - ended)
    terms = np.divide(area_after**2 * ended, left, out=np.zeros_like(left), where=left > 0)
    cases = leaving.sum()
    error = np.sqrt(terms.sum() * cases / (cases - 1)) if cases > 1 else np.nan
    below = times[survival <= MEDIAN + 1e-12]
    return Waiting(float(mean), float(error), float(below[0]) if len(below) else np.nan, float(cases))
