"""Three years of purchase orders."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.sample.purchasing.category_list import CATEGORIES
from srmkit.sample.purchasing.days import from_number, to_number, working_days
from srmkit.sample.purchasing.market import Market
from srmkit.sample.streams import stream

LINES_A_YEAR = 2350
LINES_AN_ORDER = 1.9
SPEND_A_YEAR = 40e6
VALUE_SIGMA = 1.1  # of log line value within a supplier and category
COLLAPSING_LINES_A_YEAR = 180
GONE_DAYS = 420  # without an order before the last day
CANCELLED = 0.012
PRICE_KEPT, PRICE_CHANGE, PRICE_SD = 0.36, 0.01, 0.03  # yearly change of paid prices; the sd is an assumption
TAX = 0.20
FREIGHT_CHARGED, FREIGHT = 0.6, (0.005, 0.03)  # of the lines; of their value (assumption)


def purchase_order_lines(market: Market, items: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """The table of order lines, without `status`, which follows from what was received."""
    rng = stream(market.settings.seed, "purchase_order_lines")
    lines = _placed(rng, market)
    lines["category"] = _categories(rng, market, lines["supplier"].to_numpy())
    offers = _offers(market, items, sources)
    taken = offers.iloc[_offer(rng, offers, lines)].reset_index(drop=True)
    lines = lines.join(taken.drop(columns=["supplier", "category"]))
    lines["unit_price"] = _prices(rng, market, lines)
    quantity = np.maximum(np.round(_values(rng, market, lines) / lines["unit_price"]), 1.0)
    lines["ordered_quantity"] = np.where(rng.random(len(lines)) < CANCELLED, 0.0, quantity)
    promise = to_number(lines["order_date"]) + lines["lead_time_days"] * rng.lognormal(0.0, 0.1, len(lines))
    lines["promised_date"] = working_days(promise)
    lines["currency"] = market.settings.currency
    return _with_totals(rng, lines)


def _activity(market: Market) -> pd.DataFrame:
    """Share of the order lines for each supplier and category: far more even than the money."""
    lines = market.spend.pow(0.5) + 0.01 * (market.spend > 0)
    lines = lines / lines.to_numpy().sum()
    busy = market.suppliers["firm"].eq(market.planted.collapsing)
    lines.loc[busy] *= COLLAPSING_LINES_A_YEAR / _lines_a_year(market) / lines.loc[busy].to_numpy().sum()
    whole: pd.DataFrame = lines / lines.to_numpy().sum()
    return whole


def _lines_a_year(market: Market) -> float:
    return LINES_A_YEAR * market.settings.suppliers / 120


def _placed(rng: np.random.Generator, market: Market) -> pd.DataFrame:
    """Orders with their supplier and day, one row a line."""
    settings = market.settings
    odds = _activity(market).sum(axis=1).to_numpy()
    orders = round(_lines_a_year(market) * settings.years / LINES_AN_ORDER)
    supplier = rng.choice(len(odds), orders, p=odds / odds.sum())
    first, last = to_number(settings.first_day), to_number(settings.last_day)
    gone = market.suppliers["firm"].isin(market.planted.gone).to_numpy()[supplier]
    day = working_days(first + rng.random(orders) * (last - first - GONE_DAYS * gone))
    by_day = np.argsort(day, kind="stable")
    count = 1 + rng.poisson(LINES_AN_ORDER - 1, orders)
    row = np.repeat(by_day, count[by_day])
    number = np.repeat(np.arange(orders), count[by_day])
    line = pd.Series(number).groupby(number).cumcount() + 1
    return pd.DataFrame(
        {
            "po_id": [f"PO{100001 + order}" for order in number],
            "line_id": line.astype(str),
            "supplier": supplier[row],
            "supplier_id": market.suppliers.index.to_numpy()[supplier[row]],
            "order_date": np.minimum(day[row], from_number(last)),
        }
    )


def _categories(rng: np.random.Generator, market: Market, supplier: NDArray[np.int64]) -> NDArray[np.intp]:
    """The category of each line, by the activity of its supplier."""
    activity = _activity(market).to_numpy()
    up_to = (activity / activity.sum(axis=1, keepdims=True)).cumsum(axis=1)
    up_to[:, -1] = 1.0
    drawn = (rng.random(len(supplier))[:, None] >= up_to[supplier]).sum(axis=1)
    return np.asarray(drawn, dtype=np.intp)


def _offers(market: Market, items: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Qualified offers, sorted by supplier and category."""
    places = {category.name: place for place, category in enumerate(CATEGORIES)}
    offers = sources[sources["qualified"]].merge(items[["item_id", "category"]], on="item_id")
    offers["category"] = offers["category"].map(places)
    offers["supplier"] = market.suppliers.index.get_indexer(pd.Index(offers["supplier_id"]))
    columns = ["supplier", "category", "item_id", "lead_time_days", "standard_price"]
    return offers[columns].sort_values(["supplier", "category", "item_id"], ignore_index=True)


def _offer(rng: np.random.Generator, offers: pd.DataFrame, lines: pd.DataFrame) -> NDArray[np.intp]:
    """Place of the offer each line takes: any item its supplier sells in its category."""
    many = len(CATEGORIES)
    held = (offers["supplier"] * many + offers["category"]).to_numpy()
    wanted = (lines["supplier"] * many + lines["category"]).to_numpy()
    start, end = np.searchsorted(held, wanted, "left"), np.searchsorted(held, wanted, "right")
    return np.asarray(start + np.floor(rng.random(len(lines)) * (end - start)), dtype=np.intp)


def _prices(rng: np.random.Generator, market: Market, lines: pd.DataFrame) -> NDArray[np.float64]:
    """Agreed price of the last year, moved back over the years before, with the odd deviation."""
    pairs = lines.groupby(["supplier", "item_id"]).ngroup().to_numpy()
    steps = rng.normal(PRICE_CHANGE, PRICE_SD, (pairs.max() + 1, market.settings.years))
    steps[rng.random(steps.shape) < PRICE_KEPT] = 0.0
    ago = np.minimum(_years_ago(market, lines), market.settings.years - 1)
    level = np.exp(-(steps.cumsum(axis=1) - steps[:, :1])[pairs, ago])
    odd = np.where(rng.random(len(lines)) < 0.12, rng.lognormal(0.01, 0.04, len(lines)), 1.0)
    return np.asarray(np.maximum(np.round(lines["standard_price"].to_numpy() * level * odd, 2), 0.05))


def _years_ago(market: Market, lines: pd.DataFrame) -> NDArray[np.int64]:
    """Whole years before the last one of the books: 0 for the last twelve months."""
    age = to_number(market.settings.last_day) - to_number(lines["order_date"])
    return np.asarray(age // 365.25, dtype=np.int64)


def _values(rng: np.random.Generator, market: Market, lines: pd.DataFrame) -> NDArray[np.float64]:
    """Money of each line: log-normal, so that every year each category has about its share of the spend."""
    supplier, category = lines["supplier"].to_numpy(), lines["category"].to_numpy()
    cell = (market.spend / _activity(market).where(market.spend > 0, 1.0)).to_numpy()[supplier, category]
    value = pd.Series(cell * rng.lognormal(0.0, VALUE_SIGMA, len(lines)))
    years = _years_ago(market, lines)
    share = market.spend.sum().to_numpy()
    wobble = rng.lognormal(0.0, 0.05, (len(share), years.max() + 1))
    wanted = SPEND_A_YEAR * (market.settings.suppliers / 120) * (share[:, None] * wobble)[category, years]
    growth = 1.03 ** -years.astype(float)
    return np.asarray(value / value.groupby([category, years]).transform("sum") * wanted * growth)


def _with_totals(rng: np.random.Generator, lines: pd.DataFrame) -> pd.DataFrame:
    goods = lines["ordered_quantity"] * lines["unit_price"]
    carried = lines["category"].ne([category.name for category in CATEGORIES].index("Freight"))
    charged = carried & (rng.random(len(lines)) < FREIGHT_CHARGED)
    lines["freight"] = np.where(charged, goods * rng.uniform(*FREIGHT, len(lines)), 0.0).round()
    total = (goods + lines["freight"]).groupby(lines["po_id"]).transform("sum")
    lines["order_total"] = (total * (1 + TAX)).round(2)
    return lines
