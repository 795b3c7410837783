"""What it costs to serve the customers beside the goods."""

from __future__ import annotations

import numpy as np
import pandas as pd

from srmkit.sample.streams import stream
from srmkit.tables.cells import TEXT

ACTIVITIES = ("visits", "expediting", "returns", "credit notes", "special transport", "training")
SERVING = (-2.9, 0.55)  # log mean and sd of cost to serve over revenue
LEAST_MARGIN, MOST_MARGIN = 0.12, 0.55
ENTRIES = 3.2  # a customer and year, in the middle


def with_margins(figures: pd.DataFrame, unprofitable: str, seed: int) -> pd.DataFrame:
    """Adds `margin_rate` and `serving_rate` (cost to serve over revenue), whose difference is the profit."""
    draw = stream(seed, "cost to serve")
    usual = draw.normal(0.12, 0.06, len(figures))
    profit = figures["profit_rate"].fillna(pd.Series(usual, index=figures.index))
    serving = pd.Series(draw.lognormal(*SERVING, len(figures)), index=figures.index)
    margin = (profit + serving).clip(LEAST_MARGIN, MOST_MARGIN)
    margin[unprofitable] = 0.21  # looks healthy until the cost to serve is counted
    return figures.assign(margin_rate=margin, serving_rate=margin - profit)


def service_costs(lines: pd.DataFrame, figures: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Entries that add up to each customer's cost to serve in each year; dated like its orders."""
    draw = stream(seed, "service_costs")
    years = lines.groupby(["customer_id", "year"], as_index=False).agg(revenue=("revenue", "sum"))
    years["total"] = years["revenue"] * years["customer_id"].map(figures["serving_rate"])
    years = years[years["total"] > 1]
    size = np.log10(years["total"].clip(lower=100)) - 2
    count = 1 + draw.poisson(ENTRIES * size / size.mean() / 1.6)
    entries = years.loc[years.index.repeat(count)].reset_index(drop=True)
    weight = pd.Series(draw.lognormal(0, 0.7, len(entries)), index=entries.index)
    share = weight / weight.groupby([entries["customer_id"], entries["year"]]).transform("sum")
    entries["cost"] = (entries["total"] * share).round(2)
    entries["activity"] = pd.array(
        draw.choice(ACTIVITIES, len(entries), p=[0.3, 0.2, 0.18, 0.12, 0.12, 0.08]), TEXT
    )
    entries["service_date"] = _days(entries, lines, draw)
    return entries[["customer_id", "service_date", "activity", "cost"]]


def _days(entries: pd.DataFrame, lines: pd.DataFrame, draw: np.random.Generator) -> pd.Series:
    """The day of one of the orders of that customer and year."""
    days = lines.groupby(["customer_id", "year"])["order_date"].agg(list)
    listed = days.loc[pd.MultiIndex.from_frame(entries[["customer_id", "year"]])]
    chosen = [
        row[int(place * len(row))] for row, place in zip(listed, draw.random(len(entries)), strict=True)
    ]
    return pd.Series(pd.to_datetime(chosen), index=entries.index)
