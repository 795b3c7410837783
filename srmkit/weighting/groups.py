"""Several raters, one set of weights: do they agree, and who disagrees on what?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems

Mean = Literal["geometric", "arithmetic"]
Floats = NDArray[np.float64]

MOST_EXACT, MOST_RATERS = 5, 10  # criteria and raters whose every order is counted: a second at most


@dataclass(frozen=True)
class Agreement:
    """Kendall's coefficient of concordance: 1 where all raters order alike, 0 where they have nothing in common.

    `p_value` is the chance of so much agreement or more among raters who order at random, by the `test` named:
    "exact" over all their orders, or "F" where those are too many to count. `chi_squared` with its `degrees` of
    freedom is the textbook's figure, too cautious for few raters or criteria.
    """

    w: float
    chi_squared: float
    degrees: int
    p_value: float
    test: Literal["exact", "F"]
    raters: int


def combined_weights(weights: pd.DataFrame, mean: Mean = "geometric") -> pd.Series[float]:
    """One set of weights for a group, from one row a rater and one column a criterion (shares, sum to 1).

    Each rater's row is brought to a sum of 1 first, so nobody speaks louder by using larger numbers; then the
    geometric mean (AIP, Forman and Peniwati 1998: a single 0 makes it 0) or the arithmetic one. Raises SrmkitError for
    gaps, negative weights and rows of zeros.

    >>> raters = pd.DataFrame({"price": [0.6, 0.4], "quality": [0.4, 0.6]}, index=["Ada", "Ben"])
    >>> combined_weights(raters).to_dict()
    {'price': 0.5, 'quality': 0.5}
    """
    problems = Problems("weights of a group")
    if mean not in get_args(Mean):
        problems.add("'mean'", f"must be {' or '.join(get_args(Mean))}", found=repr(mean))
    shares = _shares(weights, problems)
    if mean == "arithmetic":
        combined = shares.mean(axis=0)
    else:
        with np.errstate(divide="ignore"):
            combined = np.exp(np.log(shares).mean(axis=0))
        if not combined.any():
            problems.add("every criterion", "has the weight 0 for somebody", todo='Take mean="arithmetic".')
            problems.raise_if_any()
    return (combined / combined.sum()).rename("weight").rename_axis("criterion")


def kendall_w(ranks: pd.DataFrame) -> Agreement:
    """How far the raters order the criteria alike: one row a rater, one column a criterion, any ranks or amounts.

    W = 12 S / (m^2 (n^3 - n) - m T) for m raters and n criteria, S the squared deviations of the rank sums, T the
    correction for ties (Kendall and Babington Smith 1939). Equal amounts share the mean rank; the
    direction does not matter as long as it is one. Up to five criteria the test counts every order that the
    raters could have given, ties as they are; beyond, F = (m - 1) W / (1 - W) with n - 1 - 2/m and
    (m - 1)(n - 1 - 2/m) degrees of freedom (the same source). Raises SrmkitError for less than two raters
    or criteria, and for gaps.

    >>> orders = pd.DataFrame([[1, 2, 3, 4], [1, 3, 2, 4], [2, 1, 3, 4]])
    >>> round(kendall_w(orders).w, 4)
    0.7778
    """
    raters, items = ranks.shape
    problems = Problems("agreement of raters")
    if raters < 2 or items < 2:
        problems.add("raters and criteria", "must be two or more each", found=f"{raters} and {items}")
    if ranks.isna().any(axis=None):
        who = ranks.index[ranks.isna().any(axis=1)]
        problems.add("ranks", "are missing", found=f"for {', '.join(map(str, who))}",
                     todo="Compare only the criteria that all raters judged.")
    problems.raise_if_any()
    placed = ranks.astype(float).rank(axis=1).to_numpy()
    sums = placed.sum(axis=0)
    ties = sum(int((counts**3 - counts).sum()) for counts in (np.unique(row, return_counts=True)[1] for row in placed))
    spread = float(((sums - sums.mean()) ** 2).sum())
    most = raters**2 * (items**3 - items) - raters * ties
    w = 12 * spread / most if most > 0 else 0.0  # nobody prefers anything: nothing to agree on
    exact = items <= MOST_EXACT and raters <= MOST_RATERS
    chance = _share_of_orders(placed, spread) if exact else _f_test(w, raters, items)
    return Agreement(w, raters * (items - 1) * w, items - 1, chance, "exact" if exact else "F", raters)


def rater_distances(weights: pd.DataFrame, combined: pd.Series[Any]) -> pd.DataFrame:
    """How far each rater is from the group: one row a rater, the farthest first.

    distance is the share of all weight that the rater would put elsewhere (0 to 1), most_on the criterion with the
    largest difference, more how much more the rater puts there (negative: less), rank_correlation
    the rater's rank correlation with the mean of the others (Spearman; a gap for a rater alone).
    """
    shares = _shares(weights, Problems("weights of a group"))
    off = shares - combined.reindex(shares.columns)
    most = off.abs().round(12).idxmax(axis=1)  # the first of those that differ as much
    rows = {
        rater: {
            "distance": float(off.loc[rater].abs().sum() / 2),
            "most_on": most[rater],
            "more": float(off.loc[rater, most[rater]]),
            "rank_correlation": _with_the_others(shares, rater),
        }
        for rater in shares.index
    }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("rater")
    return table.sort_values("distance", ascending=False, kind="stable")


def criterion_spreads(weights: pd.DataFrame, combined: pd.Series[Any]) -> pd.DataFrame:
    """How far the raters are apart on each criterion: weight, lowest and highest with who gave it, and the spread."""
    shares = _shares(weights, Problems("weights of a group"))
    table = pd.DataFrame({
        "weight": combined.reindex(shares.columns),
        "lowest": shares.min(), "lowest_by": shares.idxmin(),
        "highest": shares.max(), "highest_by": shares.idxmax(),
        "spread": shares.std(ddof=1) if len(shares) > 1 else 0.0,
    })
    return table.rename_axis("criterion")


def _shares(weights: pd.DataFrame, problems: Problems) -> pd.DataFrame:
    numbers = weights.astype(float)
    for rater, row in numbers.iterrows():
        if not np.isfinite(row).all() or (row < 0).any():
            wrong = row[~np.isfinite(row) | (row < 0)]
            problems.add(f"rater '{rater}'", "must have a weight of 0 or more for each criterion",
                         found=", ".join(f"{name} {value:g}" for name, value in wrong.items()))
        elif row.sum() <= 0:
            problems.add(f"rater '{rater}'", "has no weight above 0")
    if numbers.empty:
        problems.add("raters", "are missing")
    problems.raise_if_any()
    return numbers.div(numbers.sum(axis=1), axis=0)


def _with_the_others(shares: pd.DataFrame, rater: Any) -> float:
    if len(shares) < 2:
        return float("nan")
    others = shares.drop(index=rater).mean(axis=0).rank()
    own = shares.loc[rater].rank()
    return float(own.corr(others)) if own.std() > 0 and others.std() > 0 else float("nan")


def _share_of_orders(placed: Floats, spread: float) -> float:
    """Share of all orders, each rater's ranks in any, whose rank sums spread as much or more."""
    raters, items = placed.shape
    orders = np.array(list(permutations(range(items))))
    halves = np.rint(2 * placed).astype(np.int64)  # shared ranks are halves, so sums are whole numbers
    digits = (2 * raters * items + 1) ** np.arange(items)
    sums, share = halves[:1], np.ones(1)  # where the first rater stands does not matter
    for ranks in halves[1:]:
        every = np.sort((sums[:, None, :] + ranks[orders]).reshape(-1, items), axis=1)
        _, first, place = np.unique(every @ digits, return_index=True, return_inverse=True)
        sums = every[first]
        share = np.bincount(place, np.repeat(share / len(orders), len(orders))).astype(float)
    spreads = ((sums - sums.mean(axis=1, keepdims=True)) ** 2).sum(axis=1) / 4
    return float(min(share[spreads >= spread - 1e-9].sum(), 1.0))


def _f_test(w: float, raters: int, items: int) -> float:
    from scipy.special import fdtrc

    if w >= 1:
        return 0.0
    degrees = items - 1 - 2 / raters
    return float(fdtrc(degrees, (raters - 1) * degrees, (raters - 1) * w / (1 - w)))
