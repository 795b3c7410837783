"""What four people of the house think of each purchasing category."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.sample.purchasing.category_list import CATEGORIES, TIES, Category
from srmkit.sample.purchasing.market import Market
from srmkit.sample.purchasing.opinions import QUARTERS, days_of_rating, points, rounded
from srmkit.sample.streams import stream

RATERS = {"Head of procurement": 0.25, "Engineering": 0.15, "Production planning": -0.1, "Controlling": -0.3}
CRITERIA = (
    "quality_impact", "growth_of_need", "supply_scarcity", "substitution_difficulty", "switching_cost",
)
NOISE = 0.3  # points
CONTESTED = 4  # categories on which two raters pull strongly apart
PULL = 1.25


def category_ratings(market: Market) -> pd.DataFrame:
    """The table of category ratings: every category, criterion and rater once."""
    rng = stream(market.settings.seed, "category_ratings")
    level = points(judged_levels(market))
    leaning = level[:, :, None] + np.array(list(RATERS.values()))
    drawn = _pulled_apart(rng, leaning + rng.normal(0, NOISE, leaning.shape))
    given = _with_ties(rng, rounded(drawn))
    names = [category.name for category in CATEGORIES]
    index = pd.MultiIndex.from_product(
        [names, CRITERIA, list(RATERS)], names=["category", "criterion", "rater"]
    )
    table = pd.DataFrame({"rating": given.ravel()}, index=index).reset_index()
    days = days_of_rating(rng, market.settings, len(RATERS))
    table["rated_on"] = table["rater"].map(dict(zip(RATERS, days, strict=True)))
    return table


def judged_levels(market: Market) -> NDArray[np.float64]:
    """Levels 0 to 1 of the judged criteria that, beside the measured ones, make up each true place."""
    rng = stream(market.settings.seed, "latent:categories")
    share = market.spend.sum()
    sources = (market.spend > 0).sum()
    rows = [_levels(rng, category, share[category.name], sources[category.name]) for category in CATEGORIES]
    return np.array(rows)


def _levels(rng: np.random.Generator, category: Category, share: float, sources: int) -> list[float]:
    """The scales and weights are those of the `kraljic` scorecard."""
    money = np.clip(np.log(share / 0.002) / np.log(0.10 / 0.002), 0, 1)
    few = np.clip(np.log(6 / sources) / np.log(6), 0, 1)
    slow = np.clip(np.log(category.lead_days / 7) / np.log(90 / 7), 0, 1)
    impact = (category.impact / 100 - 0.5 * money) / 0.5
    risk = (category.risk / 100 - 0.25 * few - 0.10 * slow) / 0.65
    tilt, first, second = rng.uniform(-0.06, 0.06, 3)
    # weights 30:20 and 30:20:15: the tilts cancel
    return [
        float(np.clip(level, 0, 1))
        for level in (
            impact + 2 * tilt, impact - 3 * tilt,
            risk + 2 * first, risk - 3 * first + 3 * second, risk - 4 * second,
        )
    ]


def _pulled_apart(rng: np.random.Generator, drawn: NDArray[np.float64]) -> NDArray[np.float64]:
    for place in rng.choice(len(CATEGORIES), CONTESTED, replace=False):
        one, other = rng.choice(len(RATERS), 2, replace=False)
        criterion = rng.integers(len(CRITERIA))
        drawn[place, criterion, one] += PULL
        drawn[place, criterion, other] -= PULL
    return drawn


def _with_ties(rng: np.random.Generator, given: NDArray[np.float64]) -> NDArray[np.float64]:
    """On the tied categories the raters' means are exact: what one gives more, another gives less."""
    names = [category.name for category in CATEGORIES]
    for name, means in TIES.items():
        for criterion, mean in means.items():
            apart = rng.integers(0, 1 + int(QUARTERS * min(mean - 1, 5 - mean, 0.75)), 2) / QUARTERS
            given[names.index(name), CRITERIA.index(criterion)] = mean + rng.permutation([*apart, *-apart])
    return given


