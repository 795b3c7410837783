"""How few carry how much: concentration, the number of equals it amounts to, and the curve of a Pareto analysis."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd

from srmkit.bands import TOLERANCE
from srmkit.errors import Problems

Edition = Literal["1992", "2010", "2023"]
MONOPOLY = 10_000.0

# from the first figure moderately, above the second highly concentrated
HHI_CUTS: dict[str, tuple[float, float]] = {
    "1992": (1_000.0, 1_800.0),
    "2010": (1_500.0, 2_500.0),
    "2023": (1_000.0, 1_800.0),
}
UNCONCENTRATED, MODERATE, HIGH = "unconcentrated", "moderately concentrated", "highly concentrated"


def shares_of(amounts: pd.Series) -> pd.Series:
    """Share of each amount in the sum of those above 0 (0 to 1, sums to 1).

    An amount of 0 or less (credits above purchases) has the share 0; a gap stays a gap; without anything above 0
    all shares are missing. SrmkitError for infinite amounts.
    """
    numbers = pd.Series(amounts.to_numpy(dtype=float, na_value=np.nan), index=amounts.index, name=amounts.name)
    problems = Problems("shares")
    infinite = numbers.index[np.isinf(numbers)]
    if len(infinite):
        problems.add(f"amounts ({len(infinite)})", "must be finite", found=", ".join(map(str, infinite[:5])),
                     todo="Correct them: they have no share.")
    problems.raise_if_any()
    counted = numbers.clip(lower=0)
    whole = counted.sum()
    return counted / whole if whole > 0 else counted * np.nan


def hhi(amounts: pd.Series) -> float:
    """Herfindahl-Hirschman index: the sum of squared shares in percent, from near 0 to 10,000 (one has it all).

    `amounts` are money or shares, they need not sum to 1; 0 and less count for nothing, gaps are left out. NaN where
    nothing is above 0. Say what it is about: within one category it tells of dependence, over the whole company of
    little. Parent and subsidiary are one.

    >>> hhi(pd.Series([30, 30, 20, 20]))
    2600.0
    """
    return float((100 * shares_of(amounts)).pow(2).sum(min_count=1))


def hhi_by(amounts: pd.Series[float], groups: pd.Series[Any] | pd.Index[Any]) -> pd.Series[float]:
    """The index of each group at once, such as of what each supplier sells of an item; gaps as in `hhi`.

    >>> hhi_by(pd.Series([50.0, 30, 20, 7]), pd.Series(["bolt", "bolt", "bolt", "nut"])).to_dict()
    {'bolt': 3800.0, 'nut': 10000.0}
    """
    counted = amounts.clip(lower=0)
    whole = counted.groupby(groups).transform("sum")
    squares: pd.Series[float] = (100 * counted / whole.where(whole > 0)).pow(2).groupby(groups).sum(min_count=1)
    return squares


def effective_number(amounts: pd.Series) -> float:
    """How many suppliers of equal size would be as concentrated: 10,000 over the index (Adelman 1969).

    1 for a single one, NaN where nothing is above 0.

    >>> effective_number(pd.Series([25, 25, 25, 25]))
    4.0
    """
    return MONOPOLY / hhi(amounts)


def hhi_band(value: float, *, edition: Edition = "2023") -> str | None:
    """What the United States merger guidelines of that edition call an index of this value; None for a gap.

    1992 (and 1997): moderate from 1,000 to 1,800; 2010: from 1,500 to 2,500; 2023: from 1,000 to 1,800 again. Both
    ends are moderate, as the guidelines have it. They speak of sellers in a market; for our own spend the band is a
    yardstick and no verdict, and never to be quoted without its year.

    >>> hhi_band(2000, edition="2010"), hhi_band(2000, edition="2023")
    ('moderately concentrated', 'highly concentrated')
    """
    problems = Problems("concentration band")
    if edition not in HHI_CUTS:
        problems.add(f"edition '{edition}'", "is unknown", todo=f"Editions are: {', '.join(HHI_CUTS)}.")
    if value < 0 or value > MONOPOLY + TOLERANCE:
        problems.add("index", "must lie from 0 to 10,000", found=f"{value:g}", todo="Shares are squared in percent.")
    problems.raise_if_any()
    if np.isnan(value):
        return None
    moderate, high = HHI_CUTS[edition]
    if value < moderate - TOLERANCE:
        return UNCONCENTRATED
    return HIGH if value > high + TOLERANCE else MODERATE


def pareto(amounts: pd.Series[Any]) -> pd.DataFrame:
    """Amounts from the largest down with their share and running share; `srmkit.segmentation.abc` gives classes.

    Columns amount, share, running. With negative amounts (profits) the running share rises above 1 and comes back to
    it: the whale curve. Shares are gaps where the total is 0 or less.

    >>> pareto(pd.Series({"Alba": 70, "Dahl": 12, "Eck": 18}))["running"].round(2).to_dict()
    {'Alba': 0.7, 'Eck': 0.88, 'Dahl': 1.0}
    """
    ordered = amounts.dropna().sort_values(ascending=False, kind="stable").astype(float)
    total = ordered.sum()
    share = ordered / total if total > 0 else ordered * np.nan
    return pd.DataFrame({"amount": ordered, "share": share, "running": share.cumsum()})
