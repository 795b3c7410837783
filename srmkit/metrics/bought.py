"""Everything bought, one row a supplier and item: what spend, concentration, dependence and prices follow from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from srmkit.metrics.period import Period
from srmkit.metrics.sold_pairs import sold_pairs

if TYPE_CHECKING:
    from srmkit.tables import Dataset

PRICES = ("compared", "paid", "standard", "apart_squares", "apart_products", "standard_squares")


def bought(data: Dataset, period: Period) -> pd.DataFrame:
    """`sold_pairs` with the category of each item; one row a supplier and item."""
    pairs = data.collect(sold_pairs(data, period))
    if not data.has("items"):
        return pairs.assign(category=None)
    category = data.frame("items").set_index("item_id")["category"]
    return pairs.assign(category=pairs["item_id"].map(category))
