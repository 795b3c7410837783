"""Sales opportunities: won, lost and open."""

from __future__ import annotations

import numpy as np
import pandas as pd

from srmkit.sample.sales.customers import not_before, since
from srmkit.sample.sales.positions import Planted
from srmkit.sample.settings import SampleSettings
from srmkit.sample.streams import stream
from srmkit.tables.cells import TEXT

A_CUSTOMER = 1.5
CYCLE = (np.log(90.0), 0.65)  # log median and log sd of the days from opening to closing
WON = {
    "water": 0.30,
    "chemicals": 0.25,
    "food": 0.35,
    "energy": 0.22,
    "mining": 0.12,
    "buildings": 0.26,
    "marine": 0.16,
}
SMALL, LARGE = 1.25, 0.55  # factor on the chance to win, from the smallest to the largest deals
OLDEST_OPEN = 170  # days; the planted one is far older
STUCK_DAYS = 400


def opportunities(
    figures: pd.DataFrame, segments: pd.Series, planted: Planted, settings: SampleSettings
) -> pd.DataFrame:
    """One row an opportunity; `segments` is indexed by customer_id."""
    draw = stream(settings.seed, "opportunities")
    last = pd.Timestamp(settings.last_day)
    size = np.log10(figures["potential"]) - 4
    count = draw.poisson((A_CUSTOMER * size / size.mean()).to_numpy())
    found = pd.DataFrame({"customer_id": figures.index.repeat(count).astype(TEXT)})
    room = found["customer_id"].map(figures["potential"])
    found["amount"] = np.clip(room * draw.lognormal(-3.2, 0.9, len(found)), 1_500, room).round(-2)
    found["created_date"] = _created(found, figures, settings, draw)
    days = np.clip(np.round(draw.lognormal(*CYCLE, len(found))), 7, 700)
    closed = found["created_date"] + pd.to_timedelta(days, unit="D")
    found["closed_date"] = closed.where(closed <= last)
    # nothing ordinary stays open longer than this: the late ones were lost in time
    expired = found["created_date"] + pd.to_timedelta(OLDEST_OPEN, unit="D")
    found["closed_date"] = found["closed_date"].fillna(expired.where(expired <= last))
    found["status"] = (
        _status(found, segments, draw).mask(closed > last, "lost").where(found["closed_date"].notna(), "open")
    )
    return _with_stuck(found, planted, last)[
        ["customer_id", "created_date", "closed_date", "status", "amount"]
    ]


def _created(
    found: pd.DataFrame, figures: pd.DataFrame, settings: SampleSettings, draw: np.random.Generator
) -> pd.Series:
    first, last = pd.Timestamp(settings.first_day), pd.Timestamp(settings.last_day)
    start = not_before(found["customer_id"].map(since(figures, settings)), first)
    days = ((last - start).dt.days * draw.random(len(found))).round()
    created: pd.Series = start + pd.to_timedelta(days, unit="D")
    return created


def _status(found: pd.DataFrame, segments: pd.Series, draw: np.random.Generator) -> pd.Series:
    place = found["amount"].rank(pct=True)
    chance = found["customer_id"].map(segments).map(WON) * (SMALL + (LARGE - SMALL) * place)
    return pd.Series(np.where(draw.random(len(found)) < chance, "won", "lost"), index=found.index, dtype=TEXT)


def _with_stuck(found: pd.DataFrame, planted: Planted, last: pd.Timestamp) -> pd.DataFrame:
    stuck = pd.DataFrame(
        {
            "customer_id": [planted.stuck],
            "created_date": [last - pd.Timedelta(days=STUCK_DAYS)],
            "closed_date": [pd.NaT],
            "status": ["open"],
            "amount": [850_000.0],
        }
    )
    return pd.concat(
        [found, stuck.astype({column: found[column].dtype for column in stuck})], ignore_index=True
    )
