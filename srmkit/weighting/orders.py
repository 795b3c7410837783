"""Weights from nothing but an order of importance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from srmkit.errors import Problems

FromOrder = Literal["centroid", "sum", "reciprocal"]


def order_weights(ranks: Mapping[str, float] | pd.Series[Any], method: FromOrder = "centroid") -> pd.Series[float]:
    """Weights that stand for an order, rank 1 the most important; equal ranks weigh the same (shares, sum to 1).

    - `"centroid"` (rank-order centroid): the mean of all weights that obey the order, the k-th of n is
      (1/n) * (1/k + ... + 1/n). Steep: the first of three gets 61 % (Barron and Barrett 1996).
    - `"sum"`: in proportion to n + 1 - k (Stillwell, Seaver and Edwards 1981).
    - `"reciprocal"`: in proportion to 1/k (the same source).

    Equals share the mean of the places they take. Only the order of the ranks counts, so 10, 20, 20 is 1, 2, 2. An
    order is all that these weights know; they are not more objective than it. Raises SrmkitError for missing ranks
    and unknown methods.

    >>> order_weights({"price": 1, "quality": 2, "service": 3}).round(4).to_dict()
    {'price': 0.6111, 'quality': 0.2778, 'service': 0.1111}
    """
    given = pd.Series(ranks, dtype=float)
    problems = Problems("an order of importance")
    if method not in get_args(FromOrder):
        problems.add("'method'", f"must be {', '.join(get_args(FromOrder))}", found=repr(method))
    if given.empty:
        problems.add("ranks", "are missing")
    for name in given.index[given.index.duplicated()].unique():
        problems.add(f"'{name}'", "stands more than once")
    for name in given.index[~np.isfinite(given)]:
        problems.add(f"rank of '{name}'", "must be a number", found=f"{given[name]:g}")
    problems.raise_if_any()
    places = np.arange(1, len(given) + 1, dtype=float)
    if method == "centroid":
        worth = np.cumsum((1 / places)[::-1])[::-1] / len(places)
    else:
        worth = len(places) + 1 - places if method == "sum" else 1 / places
        worth = worth / worth.sum()
    order = given.sort_values(kind="stable")
    by_place = pd.Series(worth, index=order.index).groupby(order).transform("mean")
    return by_place.reindex(given.index).rename("weight").rename_axis("criterion")
