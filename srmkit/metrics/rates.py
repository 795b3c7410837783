"""How much a share of counted events says: intervals, bounds, and drawing small counts to their peers."""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from srmkit.errors import Problem, SrmkitError

Floats = NDArray[np.float64]

POOLED = 1e6  # peers that differ no more than chance are one: a prior worth a million cases


class Interval(NamedTuple):
    """Lower and upper end, each 0 to 1; NaN where nothing was counted."""

    low: Floats
    high: Floats


class Beta(NamedTuple):
    """A beta distribution: what is believed about a rate; its mean is a / (a + b)."""

    a: Floats
    b: Floats


def wilson(events: ArrayLike, n: ArrayLike, *, confidence: float = 0.95) -> Interval:
    """Score interval of a rate: stays within 0 to 1 and holds for small counts.

    `events` of `n`; both may be fractions, such as an effective number of cases. NaN where n is 0.
    Wilson 1927, Journal of the American Statistical Association 22, 209-212.

    >>> low, high = wilson(19, 20)
    >>> round(float(low), 4), round(float(high), 4)
    (0.7639, 0.9911)
    """
    hits, cases = _counts(events, n)
    squared = NormalDist().inv_cdf((1 + _share(confidence)) / 2) ** 2
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = hits / cases
        centre = (rate + squared / (2 * cases)) / (1 + squared / cases)
        variance = rate * (1 - rate) / cases + squared / (4 * cases**2)
        spread = np.sqrt(squared * variance) / (1 + squared / cases)
    # the ends are exactly 0 and 1 without events or with nothing else; rounding must not leave 1e-17
    low = np.where(hits == 0, 0.0, centre - spread)
    high = np.where(hits == cases, 1.0, centre + spread)
    nothing = cases == 0
    return Interval(np.where(nothing, np.nan, low), np.where(nothing, np.nan, high))


def zero_event_bound(n: ArrayLike, *, confidence: float = 0.95) -> Floats:
    """Highest rate that still gives no event in `n` with probability 1 - confidence; NaN where n is 0.

    Exact: 1 - (1 - confidence)^(1/n), about 3/n at 95 %. Hanley & Lippman-Hand 1983, JAMA 249, 1743-1745.

    >>> round(float(zero_event_bound(100)), 4)
    0.0295
    """
    _, cases = _counts(0, n)
    with np.errstate(divide="ignore"):
        bound: Floats = 1 - (1 - _share(confidence)) ** (1 / cases)
    return np.where(cases == 0, np.nan, bound)


def parts_per_million(events: ArrayLike, n: ArrayLike) -> Floats:
    """Events in a million cases; NaN where n is 0.

    >>> float(parts_per_million(7, 12_500))
    560.0
    """
    hits, cases = _counts(events, n)
    with np.errstate(invalid="ignore"):
        found: Floats = 1e6 * hits / cases
    return found


def beta_posterior(events: ArrayLike, n: ArrayLike, *, prior: tuple[float, float] = (0.5, 0.5)) -> Beta:
    """Belief about a rate after counting: Beta(a + events, b + n - events).

    The default prior is Jeffreys': it adds half an event and half a case without.
    """
    hits, cases = _counts(events, n)
    a, b = prior
    return Beta(a + hits, b + cases - hits)


def shrink_to_peers(events: ArrayLike, n: ArrayLike, *, prior: tuple[float, float] | None = None) -> Floats:
    """Rates drawn towards their peers, the more the smaller the count behind them (0 to 1).

    Posterior means under a beta prior: (a + events) / (a + b + n). Without `prior` it is estimated from the
    candidates themselves (`peer_prior`). A candidate without cases gets the mean of the peers.

    >>> shrink_to_peers([3, 19, 930], [3, 20, 1000], prior=(45, 5)).round(4).tolist()
    [0.9057, 0.9143, 0.9286]
    """
    a, b = beta_posterior(events, n, prior=prior if prior is not None else peer_prior(events, n))
    return a / (a + b)


def shrink_mean(mean: ArrayLike, n: ArrayLike, *, prior: float, prior_n: float) -> Floats:
    """Mean ratings drawn towards a prior mean, the more the fewer ratings there are: no first place by one vote.

    (prior_n * prior + n * mean) / (prior_n + n): the prior counts like so many ratings. A candidate that nobody
    rated (n 0) gets the prior. SrmkitError for negative counts and a prior that counts nothing.

    >>> float(shrink_mean(4.5, 21, prior=3.8, prior_n=20).round(4))
    4.1585
    """
    rated, count = np.broadcast_arrays(np.asarray(mean, dtype=float), np.asarray(n, dtype=float))
    if (count < 0).any() or not prior_n > 0:
        found = f"{count.min():g} ratings, a prior worth {prior_n:g}"
        raise SrmkitError("a mean rating", [Problem("n", "must be 0 or more, and prior_n above 0", found)])
    given = np.where(count > 0, rated, 0.0)  # no rating, no mean
    shrunk: Floats = (prior_n * prior + count * given) / (prior_n + count)
    return shrunk


def peer_prior(events: ArrayLike, n: ArrayLike) -> tuple[float, float]:
    """Beta distribution of the rates among peers, by the moments of their counts.

    The correlation r within a peer comes from the weighted spread of the rates; a + b = 1/r - 1. Where rates
    differ no more than chance, all peers count as one. Kleinman 1973, Journal of the American Statistical
    Association 68, 46-54. SrmkitError where fewer than two peers have cases.
    """
    all_hits, all_cases = _counts(events, n)
    hits, cases = all_hits[all_cases > 0], all_cases[all_cases > 0]
    if len(cases) < 2:
        todo = "Give a prior, or more peers."
        raise SrmkitError("peers of a rate", [Problem("fewer than two", "have cases", str(len(cases)), todo)])
    mean = hits.sum() / cases.sum()
    strength = _strength(hits / cases, cases, mean)
    # half an event on either side keeps the prior proper where all rates are 0 or all are 1
    mean = (hits.sum() + 0.5) / (cases.sum() + 1) if mean in (0, 1) else mean
    return float(mean * strength), float((1 - mean) * strength)


def _strength(rates: Floats, cases: Floats, mean: float) -> float:
    variance = mean * (1 - mean)
    free = (1 - cases / cases.sum()) * (cases - 1)
    if variance == 0 or free.sum() == 0:
        return POOLED
    spread = (cases * (rates - mean) ** 2).sum() / variance
    correlation = (spread - (len(cases) - 1)) / free.sum()
    return float(np.clip(1 / correlation - 1, 1e-3, POOLED)) if correlation > 0 else POOLED


def _counts(events: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    hits, cases = np.broadcast_arrays(np.asarray(events, dtype=float), np.asarray(n, dtype=float))
    wrong = (hits < 0) | (hits > cases)
    if wrong.any():
        pairs = zip(hits[wrong][:3], cases[wrong][:3], strict=True)
        found = ", ".join(f"{hit:g} of {case:g}" for hit, case in pairs)
        wrongly = "must lie between 0 and the number of cases"
        raise SrmkitError("counts of a rate", [Problem("events", wrongly, found, "Check both columns.")])
    return hits, cases


def _share(confidence: float) -> float:
    if not 0 < confidence < 1:
        problem = Problem("'confidence'", "must lie between 0 and 1", f"{confidence:g}", "0.95 means 95 %.")
        raise SrmkitError("interval of a rate", [problem])
    return confidence
