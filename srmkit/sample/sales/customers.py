"""The customers of the sample company, as its master data show them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from srmkit.sample.identities import identities, with_gaps
from srmkit.sample.sales.positions import Planted
from srmkit.sample.sales.words import COUNTRIES, COUNTRY_SHARES, OWNERS, SEGMENTS, customer_names
from srmkit.sample.settings import SampleSettings
from srmkit.sample.streams import stream
from srmkit.tables.catalogue import STAGES
from srmkit.tables.cells import TEXT

NOBODY = 0.07  # unrated accounts without an owner
UNKNOWN = 0.15  # small unrated accounts without a noted potential
REFUSING = 0.15  # rated accounts of the lower classes that want no closer relationship
TAGS = ("reference", "reference", "reference", "inspiration", "inspiration")
DAYS_A_YEAR = 365.25
GROUPS = 6  # customers with a subsidiary among the customers


def customers(figures: pd.DataFrame, planted: Planted, settings: SampleSettings) -> pd.DataFrame:
    """One row a customer. `purchase_potential` and `willing` have gaps where nobody looked."""
    draw = stream(settings.seed, "customers")
    count = len(figures)
    segments = [SEGMENTS[place] for place in draw.integers(len(SEGMENTS), size=count)]
    countries = [list(COUNTRIES)[place] for place in draw.choice(len(COUNTRIES), count, p=COUNTRY_SHARES)]
    owners = pd.Series(draw.choice(OWNERS, count), index=figures.index, dtype=TEXT)
    rated = figures["rated"].to_numpy()
    small = (figures["was"] < figures["was"].median()).to_numpy()
    unknown = pd.Series(~rated & small & (draw.random(count) < UNKNOWN), index=figures.index)
    table = pd.DataFrame(
        {
            "name": pd.Series(customer_names(segments, countries, draw), index=figures.index, dtype=TEXT),
            "segment": pd.Series(segments, index=figures.index, dtype=TEXT),
            "country": pd.Series(countries, index=figures.index, dtype=TEXT),
            "active": ~(figures["lost"] & (draw.random(count) < 0.3)),
            "owner": owners.mask(~rated & (draw.random(count) < NOBODY)),
            "customer_since": since(figures, settings),
            "purchase_potential": figures["potential"].mask(unknown),
            "willing": _willing(figures, planted, rated, draw),
            "relationship_stage": _stages(figures, rated),
            "reason_tag": _tags(figures, planted, rated, draw),
        }
    )
    return table.join(_identity(table, planted, settings.seed)).reset_index()


def _identity(table: pd.DataFrame, planted: Planted, seed: int) -> pd.DataFrame:
    """Identity of every customer; the subsidiaries of a group have its domain."""
    draw = stream(seed, "customers: identity")
    found = identities(draw, list(table["name"]), list(table["country"])).set_axis(table.index)
    free = draw.permutation(table.index.drop(list(planted.twins)).to_numpy())
    parents = pd.Series({child: free[place] for place, child in enumerate(free[GROUPS : 2 * GROUPS])}, dtype=object)
    found.loc[parents.index, "domain"] = found.loc[parents.to_numpy(), "domain"].to_numpy()
    found = with_gaps(draw, found, list(table.index.isin([*parents.index, *parents])))
    return found.assign(parent_id=parents.reindex(table.index))


def since(figures: pd.DataFrame, settings: SampleSettings) -> pd.Series:
    """Day of the first business with each customer."""
    days = (figures["tenure_years"] * DAYS_A_YEAR).round()
    return pd.Timestamp(settings.last_day) - pd.to_timedelta(days, unit="D")


def not_before(days: pd.Series, earliest: Any) -> pd.Series:
    """The days, and the earliest one (a day, or one a row) in place of those before it."""
    return days.where(days >= earliest, earliest)


def _willing(
    figures: pd.DataFrame, planted: Planted, rated: np.ndarray, draw: np.random.Generator
) -> pd.Series:
    lower = figures["account_class"].isin(["maintenance", "opportunistic"])
    refuses = (lower & (draw.random(len(figures)) < REFUSING)).to_numpy() & (
        figures.index != planted.door_opener
    )
    refuses |= figures.index == planted.unwilling
    return (
        pd.Series(~refuses, index=figures.index)
        .astype("boolean")
        .where(pd.Series(rated, index=figures.index))
    )


def _stages(figures: pd.DataFrame, rated: np.ndarray) -> pd.Series:
    step = np.clip((figures["strength"].to_numpy() - 15) // 14, 0, len(STAGES) - 1).astype(int)
    return pd.Series([STAGES[place] for place in step], index=figures.index, dtype=TEXT).where(rated)


def _tags(figures: pd.DataFrame, planted: Planted, rated: np.ndarray, draw: np.random.Generator) -> pd.Series:
    ordinary = figures.index[rated].drop([planted.door_opener, *planted.twins])
    tags = pd.Series(pd.NA, index=figures.index, dtype=TEXT)
    tags[draw.choice(ordinary.to_numpy(), len(TAGS), replace=False)] = list(TAGS)
    tags[planted.door_opener] = "door opener"
    return tags
