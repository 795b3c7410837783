"""What plain arrays must be before they are counted with; everything that is wrong, at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from srmkit.errors import Problems

Floats = NDArray[np.float64]

ROUNDING = 1e-9  # by which shares may miss 1, and values their ends


def table_of(what: str, given: ArrayLike, problems: Problems) -> Floats:
    """Finite numbers in rows and columns; an empty table where they are not."""
    try:
        table = np.ascontiguousarray(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        problems.add(what, "must be numbers in rows and columns of one length", found=str(error))
        return np.empty((0, 0))
    if table.ndim != 2 or not table.size:
        problems.add(what, "must have rows and columns", found=f"an array of shape {table.shape}")
        return np.empty((0, 0))
    others = np.argwhere(~np.isfinite(table))
    if len(others):
        problems.add(what, "must be finite numbers", todo="Decide about gaps first; a scorecard can.",
                     found=f"{len(others):,} that are not, the first in row {others[0, 0]}, column {others[0, 1]}")
    return table


def values_and_weights(values: ArrayLike, weights: ArrayLike, problems: Problems) -> tuple[Floats, Floats]:
    """Values from 0 to 1 (candidates x criteria) and weights that sum to 1 (draws x criteria); raises `problems`."""
    table, drawn = table_of("values", values, problems), table_of("weights", weights, problems)
    problems.raise_if_any()
    if table.shape[1] != drawn.shape[1]:
        problems.add("values and weights", "must have the same criteria",
                     found=f"{table.shape[1]} columns of values, {drawn.shape[1]} of weights")
    if table.min() < -ROUNDING or table.max() > 1 + ROUNDING:
        problems.add("values", "must lie from 0 (worst) to 1 (best)", found=f"{table.min():g} to {table.max():g}",
                     todo="Put figures on their scales first.")
    if drawn.min() < 0 or np.abs(drawn.sum(axis=1) - 1).max() > ROUNDING:
        problems.add("weights", "must be 0 or more and sum to 1 in every row",
                     found=f"a least weight of {drawn.min():g}, sums from {drawn.sum(axis=1).min():g} to "
                           f"{drawn.sum(axis=1).max():g}", todo="Divide each row by its sum.")
    problems.raise_if_any()
    return table, drawn


def shares_of(what: str, given: ArrayLike, problems: Problems) -> Floats:
    """One number of 0 or more for each criterion, as shares that sum to 1; raises `problems`."""
    numbers = np.asarray(given, dtype=np.float64)
    if numbers.ndim != 1 or not (np.isfinite(numbers).all() and (numbers >= 0).all() and numbers.sum() > 0):
        problems.add(what, "must be one number of 0 or more for each criterion, and not all 0", found=str(given))
    problems.raise_if_any()
    return np.asarray(numbers / numbers.sum())
