"""What is bought: items, and who can deliver each."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.sample.purchasing.category_list import CATEGORIES, TIE_LEAD_DAYS, TIES, Category
from srmkit.sample.purchasing.market import Market
from srmkit.sample.streams import stream

SOURCES = (0.43, 0.41, 0.16)  # items with one, two, three sources: a bicycle maker's 113, 109 and 43 of 265
UNQUALIFIED = 0.08  # further offers not yet qualified (assumption)


def items(market: Market) -> pd.DataFrame:
    """The table of items."""
    rng = stream(market.settings.seed, "items")
    parts = [_of_category(rng, *counted) for counted in zip(CATEGORIES, _counts(market), strict=True)]
    table = pd.concat(parts, ignore_index=True)
    table.insert(0, "item_id", [f"I{10001 + place}" for place in range(len(table))])
    return table


def _counts(market: Market) -> NDArray[np.int64]:
    share = np.array([category.items for category in CATEGORIES], dtype=float)
    exact = share / share.sum() * market.settings.items
    counts = np.maximum(np.floor(exact).astype(int), 1)
    counts[np.argsort(counts - exact)[: market.settings.items - counts.sum()]] += 1
    return np.asarray(counts, dtype=np.int64)


def _of_category(rng: np.random.Generator, category: Category, count: int) -> pd.DataFrame:
    good = [category.goods[place % len(category.goods)] for place in range(count)]
    series = rng.choice(list("ABEHKLRT"), count)
    size = 5 * rng.permutation(np.arange(2, 2 + count))
    price = np.round(category.price * rng.lognormal(0.0, 0.6, count), 2)
    return pd.DataFrame(
        {
            "name": [f"{g} {s}{z}" for g, s, z in zip(good, series, size, strict=True)],
            "category": category.name,
            "standard_price": np.maximum(price, 0.05),
        }
    )


def item_sources(market: Market, items: pd.DataFrame) -> pd.DataFrame:
    """The table of sources: every supplier of a category can deliver one of its items at least."""
    rng = stream(market.settings.seed, "item_sources")
    parts = [_sources_of(rng, market, category, items) for category in CATEGORIES]
    return pd.concat(parts, ignore_index=True).sort_values(["item_id", "supplier_id"], ignore_index=True)


def _sources_of(
    rng: np.random.Generator, market: Market, category: Category, items: pd.DataFrame
) -> pd.DataFrame:
    spend = market.spend[category.name]
    sellers = spend[spend > 0]
    of_category = items[items["category"].eq(category.name)]
    able = _pairs(rng, len(of_category), np.sqrt(sellers.to_numpy()))
    tried = ~able & (rng.random(able.shape) < UNQUALIFIED / 2)
    item, seller = np.nonzero(able | tried)
    firm = market.suppliers.loc[sellers.index[seller]]
    lead = category.lead_days * firm["lead_factor"].to_numpy() * rng.lognormal(0.0, 0.2, len(item))
    shortest = TIE_LEAD_DAYS if category.name in TIES else 2.0
    price = of_category["standard_price"].to_numpy()[item] * firm["price_factor"].to_numpy()
    return pd.DataFrame(
        {
            "item_id": of_category["item_id"].to_numpy()[item],
            "supplier_id": firm.index.to_numpy(),
            "qualified": able[item, seller],
            "lead_time_days": np.round(np.maximum(lead, shortest)),
            "standard_price": np.maximum(np.round(price * rng.lognormal(0.0, 0.02, len(item)), 2), 0.05),
        }
    )


def _pairs(rng: np.random.Generator, items: int, weight: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which seller is qualified for which item: each item has one to three, each seller has at least one."""
    sellers = len(weight)
    wanted = np.minimum(rng.choice([1, 2, 3], items, p=SOURCES), sellers)
    # the smallest keys win, so a seller is drawn in proportion to its weight (Efraimidis and Spirakis, 2006)
    keys = rng.exponential(size=(items, sellers)) / weight
    for place, seller in enumerate(rng.permutation(sellers)):
        keys[place % items, seller] = 0.0
    needed = np.maximum(wanted, (keys == 0.0).sum(axis=1))
    return np.asarray(keys.argsort(axis=1).argsort(axis=1) < needed[:, None])
