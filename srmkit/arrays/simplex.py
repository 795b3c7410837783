"""Exact shares of the weight space: how much of all possible weights favours what, without sampling.

A plane cuts the simplex of weights in two; Varsi (1973, Pacific Journal of Mathematics 46, 303-314)
gives the volume of each side in a short recursion that only adds positive terms.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
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
    columns = np.ascontiguousarray(rows.T)  # criterion by criterion, as it is used
    # next to nothing, so that a criterion without any difference keeps its place instead of dividing 0 by 0
    above, below = np.maximum(columns, 0) + 1e-300, np.maximum(-columns, 0)
    lower = np.zeros((len(above) + 1, rows.shape[0]))
    lower[0] = 1.0
    for loss in below:
        for place, gain in enumerate(above, start=1):
            lower[place] += loss / (gain + loss) * (lower[place - 1] - lower[place])
    return np.asarray(1.0 - lower[-1])


def exact_band_shares(values: Floats, cuts: Iterable[float]) -> Floats:
    """Exact share of weight space in which the weighted value falls below, between and above ascending cuts.

    `values` (candidates x criteria) and `cuts` share one unit. Columns count the cuts reached: 0 is below all of them.

    >>> exact_band_shares(np.array([[1.0, 0.0]]), [0.25, 0.5]).round(6).tolist()
    [[0.25, 0.25, 0.5]]
    """
    reached = [np.ones(len(values)), *(half_space_share(values - cut) for cut in cuts), np.zeros(len(values))]
    return np.asarray(-np.diff(np.column_stack(reached), axis=1))
