"""What the sample company sells, and the lines of its sales orders."""

from __future__ import annotations

import numpy as np
import pandas as pd

from srmkit.sample.sales.customers import not_before, since
from srmkit.sample.sales.words import LINES
from srmkit.sample.settings import SampleSettings
from srmkit.sample.streams import stream
from srmkit.tables.cells import TEXT

PRODUCTS_A_LINE = 12
LINES_A_YEAR = 6.4  # mean over customers
SIZE_POWER = 0.45  # lines grow with revenue to this power: large customers place larger orders
NEW_ORDER = 0.45  # chance that a line opens an order
RETURNS = 0.012
DAY = pd.Timedelta(days=1)


def products(settings: SampleSettings) -> pd.DataFrame:
    """One row a product, with its list price (which is not part of the table)."""
    draw = stream(settings.seed, "products")
    rows = [
        (
            f"{code}{number:02d}",
            f"{line[:-1] if line.endswith('s') else line} {code} {10 * number}",
            line,
            float(middle * np.exp(draw.normal(0, 0.7))),
        )
        for line, (code, middle) in LINES.items()
        for number in range(1, PRODUCTS_A_LINE + 1)
    ]
    found = pd.DataFrame(rows, columns=["product_id", "name", "product_line", "list_price"])
    return found.astype({"product_id": TEXT, "name": TEXT, "product_line": TEXT})


def revenue_by_year(figures: pd.DataFrame, settings: SampleSettings) -> pd.DataFrame:
    """Revenue of each customer (rows) in each year back from the last day (columns 0, 1, ...)."""
    draw = stream(settings.seed, "revenue by year")
    begun, started = since(figures, settings), _starts(settings)
    path = {0: figures["revenue"]}
    for year in range(1, settings.years):
        drift = pd.Series(1 + draw.normal(0.03, 0.12, len(figures)).clip(-0.4, 0.4), index=figures.index)
        growth = 1 + figures["growth"].where(~figures["lost"])
        before = path[0] / growth if year == 1 else path[year - 1] / drift
        before = before.mask(figures["lost"] & (year == 1), figures["was"]).fillna(0)
        days = (started[year - 1] - not_before(begun, started[year])).dt.days.clip(lower=0)
        part = (days / 365).clip(upper=1)
        path[year] = (before * part).where(part > 0.05, 0.0)
    return pd.DataFrame(path)


def _starts(settings: SampleSettings) -> list[pd.Timestamp]:
    after = pd.Timestamp(settings.last_day) + DAY
    return [after - pd.DateOffset(years=year + 1) for year in range(settings.years)]


def sales_order_lines(
    figures: pd.DataFrame, list_prices: pd.DataFrame, settings: SampleSettings
) -> pd.DataFrame:
    """Order lines whose revenue adds up to each customer's figures; `order` is a key within the customer."""
    draw = stream(settings.seed, "sales_order_lines")
    lines = _skeleton(figures, settings, draw)
    lines = _with_orders(lines, since(figures, settings), settings, draw)
    lines = _with_money(lines, figures, draw)
    lines = _with_products(lines, figures, list_prices, draw)
    return _with_days(lines, settings, draw)


def _skeleton(figures: pd.DataFrame, settings: SampleSettings, draw: np.random.Generator) -> pd.DataFrame:
    wide = revenue_by_year(figures, settings).reset_index()
    years = wide.melt("customer_id", var_name="year", value_name="year_revenue").astype({"year": "int64"})
    years = years.sort_values(["customer_id", "year"], ignore_index=True)
    years = years[years["year_revenue"] > 0]
    size = years["year_revenue"] ** SIZE_POWER
    habit = pd.Series(
        draw.gamma(2.0, 0.5, len(figures)), index=figures.index
    )  # few large orders, or many small
    mean = LINES_A_YEAR * size / size.mean() * years["customer_id"].map(habit)
    count = 1 + draw.poisson(np.maximum(mean - 1, 0.2))
    return years.loc[years.index.repeat(count)].reset_index(drop=True)


def _with_orders(
    lines: pd.DataFrame, begun: pd.Series, settings: SampleSettings, draw: np.random.Generator
) -> pd.DataFrame:
    first = ~lines.duplicated(["customer_id", "year"])
    opens = first | (draw.random(len(lines)) < NEW_ORDER)
    lines = lines.assign(order=opens.groupby(lines["customer_id"]).cumsum())
    starts = pd.Series(_starts(settings))
    start = not_before(lines["customer_id"].map(begun), lines["year"].map(starts))
    end = lines["year"].map(starts + pd.DateOffset(years=1)) - DAY
    moment = start + (end - start) * pd.Series(draw.random(len(lines)), index=lines.index)
    day = _working_day(moment.where(opens).ffill().dt.normalize(), start)
    return lines.assign(order_date=day)


def _working_day(days: pd.Series, earliest: pd.Series) -> pd.Series:
    weekend = (days.dt.day_of_week - 4).clip(lower=0)
    friday: pd.Series = days - pd.to_timedelta(weekend, unit="D")
    return friday.where(friday >= earliest, days)


def _with_money(lines: pd.DataFrame, figures: pd.DataFrame, draw: np.random.Generator) -> pd.DataFrame:
    weight = pd.Series(draw.lognormal(0, 0.8, len(lines)), index=lines.index)
    groups = lines.groupby(["customer_id", "year"])
    returned = (draw.random(len(lines)) < RETURNS) & (groups.cumcount() > 2)
    weight = weight.mask(returned, -0.2 * weight)
    total = weight.groupby([lines["customer_id"], lines["year"]]).transform("sum")
    revenue = (lines["year_revenue"] * weight / total).round(2)
    margin = lines["customer_id"].map(figures["margin_rate"]) + draw.normal(0, 0.03, len(lines))
    return lines.assign(revenue=revenue, cost=(revenue * (1 - margin)).round(2))


def _with_products(
    lines: pd.DataFrame, figures: pd.DataFrame, list_prices: pd.DataFrame, draw: np.random.Generator
) -> pd.DataFrame:
    """A product that fits the amount, from the few product lines that the customer buys."""
    order = sorted(LINES)
    taste = pd.DataFrame(draw.dirichlet([0.5] * len(order), len(figures)).cumsum(axis=1), index=figures.index)
    chosen = (draw.random(len(lines))[:, None] > taste.loc[lines["customer_id"]].to_numpy()).sum(axis=1)
    chosen = np.minimum(chosen, len(order) - 1)
    amount, place = lines["revenue"].abs().to_numpy(), draw.random(len(lines))
    product, price = np.empty(len(lines), dtype=object), np.empty(len(lines))
    for number, line in enumerate(order):
        ladder = list_prices[list_prices["product_line"].eq(line)].sort_values("list_price")
        rows = chosen == number
        affordable = np.maximum(np.searchsorted(ladder["list_price"].to_numpy(), amount[rows]), 1)
        pick = (place[rows] * affordable).astype(int)
        product[rows] = ladder["product_id"].to_numpy(dtype=object)[pick]
        price[rows] = ladder["list_price"].to_numpy()[pick]
    quantity = np.maximum(1, np.round(amount / price)) * np.sign(lines["revenue"])
    return lines.assign(product_id=pd.array(product, dtype=TEXT), quantity=quantity)


def _with_days(lines: pd.DataFrame, settings: SampleSettings, draw: np.random.Generator) -> pd.DataFrame:
    count = len(lines)
    lead = np.clip(np.round(draw.lognormal(np.log(21), 0.5, count)), 3, 150)
    kind = draw.choice(3, count, p=[0.72, 0.17, 0.11])  # on the day, early, late
    early = -np.ceil(draw.exponential(3, count))
    late = np.clip(np.ceil(draw.lognormal(1.6, 0.9, count)), 1, 90)
    delay = np.maximum(np.choose(kind, [np.zeros(count), early, late]), 1 - lead)
    due = lines["order_date"] + pd.to_timedelta(lead, unit="D")
    shipped = due + pd.to_timedelta(delay, unit="D")
    return lines.assign(due_date=due, ship_date=shipped.where(shipped <= pd.Timestamp(settings.last_day)))
