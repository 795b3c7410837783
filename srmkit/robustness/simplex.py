"""Exact shares of the weight space by name: who beats whom, and who reaches which cut.

Every share here holds for weights that may be anything: each split of the points equally likely.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import numpy as np
import pandas as pd

from srmkit.arrays.simplex import exact_band_shares, half_space_share


def exact_winning_index(
    values: pd.DataFrame, pairs: Iterable[tuple[Hashable, Hashable]]
) -> pd.DataFrame:
    """For each pair the exact share of weight space in which the first beats or equals the second.

    `values` are scores per criterion (candidate x criterion, any common unit). Columns candidate,
    against, share.

    >>> values = pd.DataFrame({"price": [1.0, 0.0], "quality": [0.0, 0.5]}, index=["A", "B"])
    >>> exact_winning_index(values, [("A", "B")])["share"].round(4).tolist()
    [0.6667]
    """
    listed = list(pairs)
    first = values.loc[[a for a, _ in listed]].to_numpy(dtype=float)
    second = values.loc[[b for _, b in listed]].to_numpy(dtype=float)
    table = pd.DataFrame(listed, columns=["candidate", "against"])
    table["share"] = half_space_share(first - second) if listed else np.empty(0)
    return table


def exact_bands(values: pd.DataFrame, cuts: Iterable[float]) -> pd.DataFrame:
    """Exact share of weight space in which the weighted value falls below, between and above ascending cuts.

    `values` and `cuts` share one unit. Columns count the cuts reached: 0 is below all of them.
    """
    shares = exact_band_shares(values.to_numpy(dtype=float), cuts)
    return pd.DataFrame(shares, index=values.index)
