"""How often each total falls in which grade, over many draws of the weights."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from srmkit.arrays.checks import values_and_weights
from srmkit.arrays.totals import Totals, WeighedTotals
from srmkit.bands import TOLERANCE, Bands
from srmkit.errors import Problems

Floats = NDArray[np.float64]


def grade_shares(values: ArrayLike, weights: ArrayLike, bands: Bands) -> Floats:
    """Share of the draws per grade, candidates x grades from the best; rows sum to 1.

    `values` are candidates x criteria, 0 (worst) to 1 (best); `weights` draws x criteria, each row
    summing to 1; the cuts of `bands` lie on 0 to 100. Standard errors are sqrt(p (1 - p) / draws).
    Raises SrmkitError for gaps and for values or weights beyond that.

    >>> from srmkit.bands import Bands
    >>> grade_shares([[1.0, 0.0]], [[0.5, 0.5], [0.8, 0.2]], Bands(("gold", "silver"), (75,))).tolist()
    [[0.5, 0.5]]
    """
    table, drawn = values_and_weights(values, weights, Problems("grades of plain arrays"))
    lines = np.broadcast_to(np.array(bands.cuts) - TOLERANCE, (len(drawn), len(bands.cuts)))
    return shares_between(WeighedTotals.of(table, drawn), len(table), lines)


def shares_between(totals: Totals, candidates: int, lines: Floats) -> Floats:
    """Share of the draws above the first line, between it and the next, and so on (candidates x lines + 1).

    `lines` may differ from draw to draw (draws x lines), and descend within each.
    """
    reached = np.zeros((lines.shape[1] + 2, candidates))
    reached[-1] = len(lines)
    for block, drawn in totals.blocks():
        for count, line in zip(reached[1:], lines[block].T, strict=False):
            count += _columns_true(drawn >= line[:, None])
    return np.asarray(np.diff(reached, axis=0).T / len(lines))


def _columns_true(flags: NDArray[np.bool_]) -> NDArray[np.intp]:
    """How many are true in each column; added up as bytes, so many rows at a time as a byte can count: far quicker."""
    count = np.zeros(flags.shape[1], dtype=np.intp)
    for start in range(0, len(flags), 255):
        count += np.add.reduce(flags[start : start + 255].view(np.uint8), axis=0, dtype=np.uint8)
    return count
