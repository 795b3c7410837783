"""Who sells what: spend of each supplier in each item or category."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from srmkit.metrics.bought import bought
from srmkit.metrics.item_metrics import KEYS, ItemLevel
from srmkit.metrics.period import Period

if TYPE_CHECKING:
    from srmkit.tables import Dataset


def supplier_spend_by(data: Dataset, period: Period, level: ItemLevel) -> pd.DataFrame:
    """Spend of the period, suppliers down, items or categories across; 0 where a supplier sells none of it.

    Suppliers and items without spend are left out, so every row and column has a sum above 0, and the columns
    are the candidates of `item_metrics`.
    """
    key = KEYS[level]
    pairs = data.measured(bought, period)
    spent = pairs[pairs["value"] > 0].dropna(subset=key)
    sums = spent.groupby(["supplier_id", key], as_index=False)["value"].sum()
    places = pd.MultiIndex.from_arrays([sums["supplier_id"], sums[key]])
    wide = np.zeros(places.levshape)  # of thousands by thousands: takes memory only where something is written
    wide[tuple(places.codes)] = sums["value"]
    return pd.DataFrame(wide, index=places.levels[0], columns=places.levels[1], copy=False)
