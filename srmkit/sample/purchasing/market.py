"""What is true of the sample company's suppliers before anybody measures or judges it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.sample.purchasing.category_list import CATEGORIES, Category
from srmkit.sample.purchasing.names import firms, other_spelling
from srmkit.sample.purchasing.planted import Planted, planted
from srmkit.sample.purchasing.traits import traits
from srmkit.sample.settings import SampleSettings
from srmkit.sample.streams import stream

SEGMENTS = ("strategic", "bottleneck", "leverage", "non-critical")
DUPLICATES = 3
MOST_CATEGORIES = 3
SIZE_SIGMA, CELL_SIGMA = 1.1, 0.75  # of log spend: of the firm, and of its luck in one category
SECOND_LINE = 0.3  # what a further category is worth to a firm beside its main one


@dataclass(frozen=True)
class Market:
    """The truth: `suppliers` (index supplier_id), and `spend`, the share each has of each category's money.

    `spend` is supplier x category and sums to 1. `suppliers` holds name, country, firm (two rows of one firm
    share its number), main_category, segment, spend and the traits.
    """

    settings: SampleSettings
    suppliers: pd.DataFrame
    spend: pd.DataFrame
    planted: Planted

    @property
    def idle(self) -> pd.Series:
        """Which suppliers may receive no more orders."""
        return self.suppliers["firm"].isin([*self.planted.inactive, *self.planted.gone])


def market(settings: SampleSettings) -> Market:
    """Draws the truth; every property has a stream of its own."""
    count = settings.suppliers - DUPLICATES
    slots = np.array([_sources(category, settings.suppliers) for category in CATEGORIES])
    main = _main_categories(settings.seed, slots, count)
    spend = _spend(settings.seed, _memberships(settings.seed, slots, main))
    table = _firms(settings, main, spend)
    plan = planted(settings.seed, table, DUPLICATES)
    return _with_duplicates(settings, table, spend, plan)


def _sources(category: Category, suppliers: int) -> int:
    """Scarce markets stay as they are in a larger company; open ones have more sources."""
    if category.segment in ("strategic", "bottleneck"):
        return category.sources
    return max(6, round(category.sources * suppliers / 120))


def _main_categories(seed: int, slots: NDArray[np.int64], count: int) -> NDArray[np.intp]:
    """The category each firm lives on: as many firms as fit the category's number of sources."""
    exact = 1 + (slots - 1) * (count - len(slots)) / (slots - 1).sum()
    firms_of = np.floor(exact).astype(int)
    firms_of[np.argsort(firms_of - exact)[: count - firms_of.sum()]] += 1
    main = np.repeat(np.arange(len(slots)), firms_of)
    return stream(seed, "latent:main categories").permutation(main)


def _memberships(seed: int, slots: NDArray[np.int64], main: NDArray[np.intp]) -> NDArray[np.float64]:
    """1 in the main category, less in the second and third ones a firm also serves, else 0."""
    rng = stream(seed, "latent:memberships")
    member = np.zeros((len(main), len(slots)))
    member[np.arange(len(main)), main] = 1.0
    segment = np.array([category.segment for category in CATEGORIES])
    scarce = np.isin(segment, ["strategic", "bottleneck"])
    for place, wanted in enumerate(slots):
        missing = max(0, int(wanted - (member[:, place] > 0).sum()))
        alike = 0.05 + (scarce[main] == scarce[place]) + 3.0 * (segment[main] == segment[place])
        free = ((member > 0).sum(axis=1) < MOST_CATEGORIES) & (member[:, place] == 0)
        odds = alike * free
        chosen = rng.choice(len(main), missing, replace=False, p=odds / odds.sum())
        member[chosen, place] = SECOND_LINE
    return member


def _spend(seed: int, member: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-normal size of the firm times log-normal luck in the category, brought to the category's share."""
    rng = stream(seed, "latent:spend")
    size = rng.lognormal(0.0, SIZE_SIGMA, len(member))
    weight = member * size[:, None] * rng.lognormal(0.0, CELL_SIGMA, member.shape)
    share = np.array([category.spend for category in CATEGORIES])
    return np.asarray(weight / weight.sum(axis=0) * (share / share.sum()))


def _firms(settings: SampleSettings, main: NDArray[np.intp], spend: NDArray[np.float64]) -> pd.DataFrame:
    trades = [CATEGORIES[place].trades for place in main]
    names, countries = firms(stream(settings.seed, "latent:names"), trades)
    table = pd.DataFrame({"name": names, "country": countries, "firm": np.arange(len(main))})
    table["main_category"] = [CATEGORIES[place].name for place in main]
    table["segment"] = _segments(spend)
    table["spend"] = spend.sum(axis=1)
    return table.join(traits(settings.seed, len(main)))


def _segments(spend: NDArray[np.float64]) -> list[str]:
    """The class in which most of a firm's true spend lies."""
    member = np.array([[category.segment == segment for segment in SEGMENTS] for category in CATEGORIES])
    return [SEGMENTS[place] for place in (spend @ member).argmax(axis=1)]


def _with_duplicates(
    settings: SampleSettings, table: pd.DataFrame, spend: NDArray[np.float64], plan: Planted
) -> Market:
    rng = stream(settings.seed, "latent:duplicates")
    share = np.ones(len(table))
    share[list(plan.duplicated)] = 1 - rng.uniform(0.25, 0.4, len(plan.duplicated))
    again = table.loc[list(plan.duplicated)].copy()
    again["name"] = [other_spelling(name, way % 3) for way, name in enumerate(again["name"])]
    shares = np.vstack([spend * share[:, None], (spend * (1 - share)[:, None])[list(plan.duplicated)]])
    both = pd.concat([plan.applied(table), again], ignore_index=True)
    both["spend"] = shares.sum(axis=1)
    order = rng.permutation(len(both))
    ids = pd.Index([f"S{1001 + place}" for place in range(len(both))], name="supplier_id")
    suppliers = both.iloc[order].set_axis(ids)
    by_category = pd.DataFrame(shares[order], index=ids, columns=[category.name for category in CATEGORIES])
    return Market(settings, suppliers, by_category, plan)
