"""Exact shares of the weight space: how much of all possible weights favours what, without sampling.

A plane cuts the simplex of weights in two; Varsi (1973, Pacific Journal of Mathematics 46, 303-314)
gives the volume of each side in a short recursion that only adds positive terms.
Every share here holds for weights that may be anything: each split of the points equally likely.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def half_space_share(differences: Floats, parameters: NDArray[np.int_] | None = None) -> Floats:
    """Share of weight space where the weighted sum of each row of `differences` is 0 or more (0 to 1).

    Rows are cases, columns criteria. Whole-numbered Dirichlet `parameters`, one per criterion,
    replace "any weights" by "weights about these"; 1 everywhere is the uniform case.

    >>> half_space_share(np.array([[2.0, -1.0], [1.0, -1.0]])).round(6).tolist()
    [0.666667, 0.5]
    """
    rows = np.atleast_2d(np.asarray(differences, dtype=float))
    if parameters is not None:
        rows = np.repeat(rows, parameters, axis=1)
    # next to nothing, so that a criterion without any difference keeps its place instead of dividing 0 by 0
    above, below = np.maximum(rows.T, 0) + 1e-300, np.maximum(-rows.T, 0)
    lower = np.zeros((len(above) + 1, rows.shape[0]))
    lower[0] = 1.0
    for loss in below:
        for place, gain in enumerate(above, start=1):
            lower[place] += loss / (gain + loss) * (lower[place - 1] - lower[place])
    return np.asarray(1.0 - lower[-1])


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
    table = values.to_numpy(dtype=float)
    reached = [np.ones(len(table)), *(half_space_share(table - cut) for cut in cuts), np.zeros(len(table))]
    shares = -np.diff(np.column_stack(reached), axis=1)
    return pd.DataFrame(shares, index=values.index)
