"""In which units things are bought, and the few order lines that name another one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from srmkit.sample.streams import stream

UNITS = ("piece", "piece", "piece", "piece", "kg", "m", "litre", "box")
OTHER = {"piece": "box", "kg": "tonne", "m": "piece", "litre": "drum", "box": "piece"}
WRONG = 4


def item_units(seed: int, items: pd.DataFrame) -> pd.Series:
    """The unit of each item; all items of a category and good have the same."""
    rng = stream(seed, "items: units")
    good = items["category"] + items["name"].str.rsplit(" ", n=1).str[0]
    kinds = sorted(good.unique())
    units = dict(zip(kinds, np.asarray(UNITS)[rng.integers(len(UNITS), size=len(kinds))], strict=True))
    return good.map(units)


def line_units(seed: int, lines: pd.DataFrame, items: pd.DataFrame) -> tuple[pd.Series, list[list[str]]]:
    """The unit of each order line, and the lines that name another one than their item."""
    rng = stream(seed, "purchase_order_lines: units")
    units = lines["item_id"].map(items.set_index("item_id")["unit"])
    wrong = np.sort(rng.choice(len(lines), WRONG, replace=False))
    units.iloc[wrong] = units.iloc[wrong].map(OTHER)
    named = lines.iloc[wrong][["po_id", "line_id"]]
    return units, [[str(value) for value in row] for row in named.itertuples(index=False)]
