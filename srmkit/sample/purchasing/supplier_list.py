"""The table of suppliers, as our master data show them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.sample.purchasing.days import months_before
from srmkit.sample.purchasing.identity import identity
from srmkit.sample.purchasing.market import Market
from srmkit.sample.purchasing.people import owners
from srmkit.sample.purchasing.supplier_opinions import rated_suppliers
from srmkit.sample.streams import stream

UNKNOWN_SALES = 0.10  # of the suppliers nobody rated
NO_OWNER, NO_RELATIONSHIP = 0.06, 0.08
OUT_OF_STEP = 0.20
PREFERRED = 0.35
# class: relationship with an unwilling and with a willing supplier
USUAL = {
    "strategic": ("ongoing", "strategic alliance"),
    "bottleneck": ("ongoing", "partnership"),
    "leverage": ("transactional", "ongoing"),
    "non-critical": ("transactional", "transactional"),
}
RUN = ("transactional", "ongoing", "partnership", "strategic alliance")
WILLING = 0.5


def suppliers(market: Market, lines: pd.DataFrame) -> pd.DataFrame:
    """The table of suppliers; `annual_sales` makes our last year's spend the share of them that is true."""
    rng = stream(market.settings.seed, "suppliers")
    truth = market.suppliers
    owner = pd.Series(owners(market), index=truth.index)
    idle = market.idle
    unrated = ~truth.index.isin(rated_suppliers(market))
    sales = _annual_sales(market, lines)
    who = identity(market).reset_index(drop=True)
    table = pd.DataFrame(
        {
            "supplier_id": truth.index,
            "name": truth["name"].to_numpy(),
            "country": truth["country"].to_numpy(),
            "active": ~idle.to_numpy(),
            "preferred": rng.random(len(truth)) < PREFERRED * (0.4 + 1.2 * truth["capability"].to_numpy()),
            "owner": owner.where(rng.random(len(truth)) >= NO_OWNER).to_numpy(),
            "current_relationship": _relationships(rng, truth),
            "annual_sales": sales.where(~(unrated & (rng.random(len(truth)) < UNKNOWN_SALES))).to_numpy(),
        }
    )
    return table.join(who)


def _annual_sales(market: Market, lines: pd.DataFrame) -> pd.Series:
    """Our spend a year over our true share of their sales, to three digits; one figure for both spellings."""
    firm = market.suppliers["firm"]
    value = (lines["ordered_quantity"] * lines["unit_price"]).groupby(lines["supplier_id"].map(firm))
    recent = lines["order_date"].ge(months_before(market.settings.last_day, 12))
    last_year = value.apply(lambda part: part[recent.loc[part.index]].sum())
    yearly = last_year.where(last_year > 0, value.sum() / market.settings.years)
    sales = firm.map(yearly).fillna(1e5).to_numpy() / market.suppliers["dependence"].to_numpy()
    digit = 10 ** (np.floor(np.log10(sales)) - 2)
    return pd.Series(np.round(sales / digit) * digit, index=firm.index)


def _relationships(rng: np.random.Generator, truth: pd.DataFrame) -> NDArray[np.object_]:
    willing = truth["willingness"].gt(WILLING).to_numpy()
    usual = [USUAL[segment][int(will)] for segment, will in zip(truth["segment"], willing, strict=True)]
    place = np.array([RUN.index(name) for name in usual])
    drawn = rng.random(len(truth))
    away = np.where(drawn < OUT_OF_STEP, rng.integers(1, len(RUN), len(truth)), 0)
    run = np.array([RUN[step] for step in (place + away) % len(RUN)], dtype=object)
    run[drawn > 1 - NO_RELATIONSHIP] = None
    return run
