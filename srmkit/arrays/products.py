"""A product of matrices on one processor: threads that wait for each other cost more than they do."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ONE_THREAD = 2**18  # multiplications up to which BLAS wakes no other thread, which here only would wait for the first


def product(tall: Floats, small: Floats, into: Floats | None = None) -> Floats:
    """`tall @ small`, some rows at a time; the same numbers in a fraction of the processor's time.

    >>> product(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 0.0], [1.0, 1.0]])).tolist()
    [[3.0, 2.0], [7.0, 4.0]]
    """
    found = np.empty((len(tall), small.shape[1])) if into is None else into
    rows = max(1, ONE_THREAD // max(1, small.size) - 1)
    for start in range(0, len(tall), rows):
        np.matmul(tall[start : start + rows], small, out=found[start : start + rows])
    return found
