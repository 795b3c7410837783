"""What buyers, engineers, quality people and planners think of the larger suppliers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from srmkit.sample.purchasing.market import Market
from srmkit.sample.purchasing.opinions import days_of_rating, points, rounded
from srmkit.sample.streams import stream

RATERS = {"Buyer": 0.2, "Engineering": -0.15, "Quality": -0.2, "Planning": 0.1}
RATED = 0.54  # of the suppliers, the largest
NOISE, TILT = 0.35, 0.06  # of one rating in points; of one criterion about the trait, as a level
CONTESTED, PULL = 0.15, 1.0  # suppliers on whom buyer and quality pull apart, and how far in points
ALL_FOUR = 0.6  # else three raters
TRAIT = {
    "capability_technology": "capability",
    "capability_quality": "capability",
    "capability_capacity": "capability",
    "willingness_to_share": "willingness",
    "willingness_to_invest": "willingness",
    "information_sharing": "willingness",
    "trust": "willingness",
    "responsiveness": "attractiveness",
    "our_attractiveness": "attractiveness",
}


def rated_suppliers(market: Market) -> list[str]:
    """The larger suppliers, by true spend, that may still receive orders."""
    largest = market.suppliers.loc[~market.idle, "spend"].nlargest(round(RATED * len(market.suppliers)))
    return sorted(str(supplier) for supplier in largest.index)


def supplier_ratings(market: Market) -> pd.DataFrame:
    """The table of supplier ratings."""
    rng = stream(market.settings.seed, "supplier_ratings")
    rated = rated_suppliers(market)
    trait = market.suppliers.loc[rated, list(TRAIT.values())].to_numpy()
    level = np.clip(trait + rng.normal(0, TILT, trait.shape), 0, 1)
    drawn = points(level)[:, :, None] + np.array(list(RATERS.values()))
    drawn = drawn + rng.normal(0, NOISE, drawn.shape)
    apart = (rng.random(len(rated)) < CONTESTED)[:, None] * PULL
    drawn[:, :, 0] += apart
    drawn[:, :, 2] -= apart
    index = pd.MultiIndex.from_product(
        [rated, list(TRAIT), list(RATERS)], names=["supplier_id", "criterion", "rater"]
    )
    table = pd.DataFrame({"rating": rounded(drawn).ravel()}, index=index).reset_index()
    days = days_of_rating(rng, market.settings, len(rated))
    table["rated_on"] = table["supplier_id"].map(dict(zip(rated, days, strict=True)))
    silent = pd.Series(np.where(rng.random(len(rated)) < ALL_FOUR, "", "Engineering"), index=rated)
    spoke = table["rater"].ne(table["supplier_id"].map(silent))
    return table.loc[spoke].reset_index(drop=True)
