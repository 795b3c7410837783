"""How far the answers of other methods are from the scorecard's: orders, the chosen few, grades."""

from __future__ import annotations

import numpy as np
import pandas as pd

OURS = "scorecard"


def orders_compared(ranks: pd.DataFrame, capacity: int | None) -> pd.DataFrame:
    """By method: tau_b against ours and, with a capacity, kept, enters and leaves (see `CrossChecks`)."""
    ours = ranks[OURS]
    rows: dict[str, dict[str, object]] = {}
    for method in ranks.columns.drop(OURS):
        theirs = ranks[method].sort_values(kind="stable")
        rows[method] = {"tau_b": _tau_b(ours, ranks[method])}
        if capacity is not None:
            chosen = ours.index[ours <= capacity]
            leaves = tuple(name for name in chosen if theirs[name] > capacity)
            enters = tuple(name for name in theirs.index[theirs <= capacity] if ours[name] > capacity)
            rows[method] |= {"kept": len(chosen) - len(leaves), "enters": enters, "leaves": leaves}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("method")


def grades_compared(grades: pd.DataFrame) -> pd.DataFrame:
    """By method: how many candidates it gives the same, a higher and a lower grade than ours."""
    codes = grades.apply(lambda column: column.cat.codes)  # 0 is the best
    rows: dict[str, dict[str, object]] = {}
    for method in grades.columns.drop(OURS, errors="ignore"):
        apart = np.sign(codes[OURS].astype(int) - codes[method].astype(int))
        rows[method] = {"same": int((apart == 0).sum()), "higher": int((apart > 0).sum()),
                        "lower": int((apart < 0).sum())}
    columns = ["same", "higher", "lower"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("method")


def _tau_b(ours: pd.Series, theirs: pd.Series) -> float:
    """Kendall's tau-b of two orders; NaN where one of them has all level."""
    from scipy.stats import kendalltau

    if ours.nunique() < 2 or theirs.nunique() < 2:
        return np.nan
    return float(kendalltau(ours.to_numpy(dtype=int), theirs.to_numpy(dtype=int)).statistic)
