"""How few carry how much: concentration, the number of equals it amounts to, and the ABC of a Pareto analysis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from srmkit.bands import Bands

# points from which a market counts as highly and as moderately concentrated, by edition of the guidelines
HHI_BANDS: Mapping[str, Bands] = {
    edition: Bands(("highly concentrated", "moderately concentrated", "not concentrated"), cuts)
    for edition, cuts in {
        "1992": (1800, 1000),  # U.S. Department of Justice and FTC, Horizontal Merger Guidelines 1992, 1.51
        "2010": (2500, 1500),  # the same, 2010, 5.3
        "2023": (1800, 1000),  # the same, Merger Guidelines 2023, guideline 1
    }.items()
}
ABC_CUTS = (0.80, 0.95)
ROUNDING = 1e-9


def hhi(values: pd.Series[Any]) -> float:
    """Herfindahl-Hirschman index of amounts: sum of squared shares in percent, up to 10,000; NaN without any.

    >>> hhi(pd.Series([50, 30, 20])), hhi(pd.Series([70.0, 30.0]))
    (3800.0, 5800.0)
    """
    total = float(values.sum())
    return float((100 * values / total).pow(2).sum()) if total > 0 else np.nan


def effective_number(index: float) -> float:
    """How many equals are as concentrated: 10,000 over the index.

    >>> round(effective_number(3800), 4)
    2.6316
    """
    return 10_000 / index


def concentration_band(index: float, *, edition: str = "2023") -> str:
    """What an index is called by an edition of the U.S. merger guidelines ("1992", "2010", "2023").

    A market is highly concentrated above the upper number; the number itself is moderate.

    >>> concentration_band(2000), concentration_band(2000, edition="2010"), concentration_band(1800)
    ('highly concentrated', 'moderately concentrated', 'moderately concentrated')
    """
    upper, lower = HHI_BANDS[edition].cuts
    high, moderate, low = HHI_BANDS[edition].names
    return high if index > upper else moderate if index >= lower else low


def pareto(amounts: pd.Series[Any], *, cuts: tuple[float, float] = ABC_CUTS) -> pd.DataFrame:
    """Amounts from the largest down with their running share, and the class A, B or C it gives.

    Columns amount, share, running, class. A are the largest whose running share stays within the first cut (at
    least one), B those within the second. With negative amounts (profits) the running share rises above 1 and comes
    back to it: the whale curve. Shares are gaps where the total is 0 or less.

    >>> pareto(pd.Series({"Alba": 70, "Dahl": 12, "Eck": 18}))["class"].to_dict()
    {'Alba': 'A', 'Eck': 'B', 'Dahl': 'C'}
    """
    ordered = amounts.dropna().sort_values(ascending=False, kind="stable").astype(float)
    total = ordered.sum()
    share = ordered / total if total > 0 else ordered * np.nan
    running = share.cumsum()
    first, second = cuts
    classes = np.select([running <= first + ROUNDING, running <= second + ROUNDING], ["A", "B"], "C")
    if len(classes) and not np.isnan(running.iloc[0]):
        classes[0] = "A"
    return pd.DataFrame({"amount": ordered, "share": share, "running": running, "class": classes})
