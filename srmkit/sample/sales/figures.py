"""From an account's true position to its figures: revenue, profit, growth, payment, relationship."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from srmkit.sample.sales.positions import Planted, with_tie
from srmkit.sample.sales.scales import ATTRACTIVENESS, AXES, STRENGTH, Floats, Observable, axis_points
from srmkit.sample.settings import SampleSettings
from srmkit.sample.streams import stream

Fixed = Mapping[str, Mapping[str, float]]  # figure -> account -> scale value

REVENUE, POTENTIAL = ATTRACTIVENESS[:2]
BREADTH = STRENGTH[3]
JUDGED = ["strategic_fit", "market_prestige", "relative_strength", "trust"]
RATED = 0.30  # of all accounts
STEPS = 60


def account_figures(accounts: pd.DataFrame, planted: Planted, settings: SampleSettings) -> pd.DataFrame:
    """Positions with one column a figure of the last year; figures and positions agree exactly.

    `was` is the revenue of the last year in which a lost account bought; `rated` tells on whom there are
    judgements. Lost accounts have no profit rate, new ones no growth: their positions follow from the rest.
    """
    first = _figures(accounts, planted, settings, {})
    tied = with_tie(accounts, _seen(first), planted)
    people = first["relationship_breadth"].round().clip(lower=1)
    whole = {"relationship_breadth": dict(people.map(BREADTH.value))}  # nobody knows two and a half people
    return _figures(tied, planted, settings, whole)


def _figures(accounts: pd.DataFrame, planted: Planted, settings: SampleSettings, more: Fixed) -> pd.DataFrame:
    draw = stream(settings.seed, "account figures")
    fixed = {**_fixed(planted), **more}
    strength = _solved(accounts["strength"], STRENGTH, fixed, draw, lambda values: values)
    gain = np.log(strength["share_of_wallet"].to_numpy() * POTENTIAL.worst / REVENUE.worst)
    offset = gain / np.log(REVENUE.best / REVENUE.worst)  # revenue is potential times share, on its own scale

    def revenue_follows(values: Floats) -> Floats:
        return np.column_stack([values[:, 1] + offset, values[:, 1:]])

    attractiveness = _solved(accounts["attractiveness"], ATTRACTIVENESS, fixed, draw, revenue_follows)
    found = pd.concat([accounts.drop(columns=list(AXES)), attractiveness, strength], axis="columns")
    found["potential"] = found["potential"].round(-3)
    found["revenue"] = found["potential"] * found["share_of_wallet"]
    found["was"] = found["revenue"]
    found = _turned_over(found, draw)
    found["rated"] = _rated(found, planted)
    return found.assign(**{axis: axis_points(found, axis) for axis in AXES})


def _rated(found: pd.DataFrame, planted: Planted) -> pd.Series:
    """Accounts that several people judged: those that could be selected, then the largest."""
    candidate = found["account_class"].isin(["key", "key development"]) | (found.index == planted.door_opener)
    order = found.assign(first=candidate).sort_values(["first", "revenue"], ascending=False, kind="stable")
    return pd.Series(found.index.isin(order.index[: round(RATED * len(found))]), index=found.index)


def _seen(found: pd.DataFrame) -> pd.Series:
    judged = found[JUDGED].where(found["rated"])
    visible = found.assign(**judged)
    return (axis_points(visible, "attractiveness") + axis_points(visible, "strength")) / 2


def _fixed(planted: Planted) -> Fixed:
    """What a planted fact says about figures."""
    sizes = {
        planted.unprofitable: 1.04,
        planted.unwilling: 0.98,
        planted.single_threaded: 0.94,
        planted.stuck: 0.92,
    }
    return {
        "potential": {**sizes, planted.door_opener: 0.10, planted.lost_large: 0.85},
        "profit_rate": {planted.unprofitable: -0.17, planted.unwilling: 0.55, planted.stuck: 0.5},
        "strategic_fit": {planted.door_opener: 0.97},
        "market_prestige": {planted.door_opener: 0.97},
        "relationship_breadth": {planted.single_threaded: 0.0},
        "share_of_wallet": {
            planted.unprofitable: 0.62,
            planted.unwilling: 0.55,
            planted.single_threaded: 0.5,
            planted.door_opener: 0.15,
            planted.lost_large: 0.5,
        },
    }


def _solved(
    target: pd.Series,
    parts: tuple[Observable, ...],
    fixed: Fixed,
    draw: np.random.Generator,
    follow: Callable[[Floats], Floats],
) -> pd.DataFrame:
    """Figures around a common level, which is found by halving so that the axis hits its target."""
    offsets = np.column_stack([draw.normal(part.tilt, part.spread, len(target)) for part in parts])
    given = np.full(offsets.shape, np.nan)
    for place, part in enumerate(parts):
        for customer, value in fixed.get(part.name, {}).items():
            given[target.index.get_loc(customer), place] = value
    low, high = (np.array([getattr(part, end) for part in parts]) for end in ("low", "high"))
    weights = np.array([part.weight for part in parts])

    def at(level: Floats) -> Floats:
        values = np.clip(level[:, None] + offsets, low, high)
        return follow(np.where(np.isnan(given), values, given))

    below, above = np.full(len(target), -3.0), np.full(len(target), 4.0)
    for _ in range(STEPS):
        middle = (below + above) / 2
        short = np.clip(at(middle), 0, 1) @ weights * 100 < target.to_numpy()
        below, above = np.where(short, middle, below), np.where(short, above, middle)
    values = at(above)
    return pd.DataFrame(
        {part.name: part.figure(values[:, i]) for i, part in enumerate(parts)}, index=target.index
    )


def _turned_over(found: pd.DataFrame, draw: np.random.Generator) -> pd.DataFrame:
    lost, new = found["lost"], found["new"]
    years = pd.Series(draw.uniform(0.15, 0.85, len(found)), index=found.index)
    return found.assign(
        revenue=found["revenue"].mask(lost, 0.0),
        share_of_wallet=found["share_of_wallet"].mask(lost, 0.0),
        profit_rate=found["profit_rate"].mask(lost),
        growth=found["growth"].mask(lost, -1.0).mask(new),
        tenure_years=found["tenure_years"].mask(new, years),
    )
