"""What the figures alone say: spread, not importance. Two checks of a scorecard, never a source of its weights."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import pandas as pd

from srmkit.errors import Problems

Spread = Literal["entropy", "critic", "sd"]

ALIKE = 0.9  # correlation from which two criteria say the same
CONSTANT = 0.02  # standard deviation (of values from 0 to 1) below which a criterion tells nobody apart


def spread_weights(values: pd.DataFrame, method: Spread) -> pd.Series[float]:
    """How much each criterion tells the candidates apart, as shares that sum to 1: spread, not importance.

    `values` are candidate x criterion, the higher the better. A criterion on which all candidates are equal gets 0,
    however important it is: so this is a check ("does the weight rest on a criterion that tells nobody apart?"), and
    no way to choose weights.

    - `"entropy"`: 1 less the entropy of the column's shares (Shannon; values of 0 or more).
    - `"critic"`: standard deviation after min-max, times the sum of 1 - r with the other criteria
      (Diakoulaki, Mavrotas and Papayannakis 1995).
    - `"sd"`: standard deviation after min-max.

    Raises SrmkitError for gaps, less than two candidates, negative figures with `"entropy"`, and candidates
    that are all alike.
    """
    problems = Problems("spread of the figures")
    if method not in get_args(Spread):
        problems.add("'method'", f"must be {', '.join(get_args(Spread))}", found=repr(method))
    numbers = values.to_numpy(dtype=float)
    if len(numbers) < 2:
        problems.add("candidates", "must be two or more", found=str(len(numbers)))
    elif not np.isfinite(numbers).all():
        gaps = [name for name, column in zip(values.columns, numbers.T, strict=True) if not np.isfinite(column).all()]
        problems.add("figures", "are missing", found=f"in {', '.join(map(str, gaps))}", todo="Leave gaps out first.")
    elif method == "entropy" and (numbers < 0).any():
        below = [name for name, column in zip(values.columns, numbers.T, strict=True) if (column < 0).any()]
        problems.add("figures", "must be 0 or more for the entropy", found=f"below 0 in {', '.join(map(str, below))}")
    problems.raise_if_any()
    told = _entropy(numbers) if method == "entropy" else _contrast(numbers, conflict=method == "critic")
    if told.sum() <= 1e-12:
        problems.add("the candidates", "are all alike", todo="There is nothing to tell apart.")
    problems.raise_if_any()
    return pd.Series(told / told.sum(), index=values.columns, name="spread").rename_axis("criterion")


def double_counting(values: pd.DataFrame, weights: pd.Series[float], *, alike: float = ALIKE) -> pd.DataFrame:
    """Criteria that count the same thing twice, or nothing: correlated pairs and near-constant ones.

    `values` are candidate x criterion, 0 to 1 on the agreed scales; gaps are left out pair by pair. One row a finding:
    finding ("alike", "opposed" or "near constant"), criterion, other (empty for near constant),
    measure (the correlation, or the standard deviation), weight (of both together). Criteria of weight 0
    count nothing, so they are not looked at.
    """
    counted = [str(name) for name in values.columns if weights.get(name, 0) > 0]
    table = values[counted].astype(float)
    rows: list[tuple[str, str, str, float, float]] = []
    spread = table.std(ddof=0)
    moving = [name for name in counted if spread[name] > 1e-12]
    related = table[moving].corr(min_periods=3).to_numpy()
    for place, one in enumerate(moving):
        for further, other in enumerate(moving[place + 1 :], start=place + 1):
            r = float(related[place, further])
            if abs(r) >= alike:
                rows.append(("alike" if r > 0 else "opposed", one, other, r, float(weights[one] + weights[other])))
    rows.sort(key=lambda row: (-abs(row[3]), row[1], row[2]))
    rows += [
        ("near constant", name, "", float(spread[name]), float(weights[name]))
        for name in counted
        if spread[name] < CONSTANT
    ]
    return pd.DataFrame(rows, columns=["finding", "criterion", "other", "measure", "weight"])


def _entropy(numbers: np.ndarray) -> np.ndarray:
    from scipy.special import entr

    sums = numbers.sum(axis=0)
    shares = np.divide(numbers, sums, out=np.full_like(numbers, 1 / len(numbers)), where=sums > 0)
    return np.asarray(np.maximum(1 - entr(shares).sum(axis=0) / np.log(len(numbers)), 0.0))


def _contrast(numbers: np.ndarray, *, conflict: bool) -> np.ndarray:
    low, span = numbers.min(axis=0), np.ptp(numbers, axis=0)
    scaled = (numbers - low) / np.where(span > 0, span, 1.0)
    spread = scaled.std(axis=0, ddof=1)
    if not conflict:
        return np.asarray(spread)
    still = spread <= 0
    centred = (scaled - scaled.mean(axis=0)) / np.where(still, 1.0, spread)
    related = centred.T @ centred / (len(numbers) - 1)
    return np.asarray(spread * (1 - related).sum(axis=0))
