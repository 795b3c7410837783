"""Contracts and certificates of suppliers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from srmkit.sample.purchasing.market import Market
from srmkit.sample.purchasing.orders import SPEND_A_YEAR
from srmkit.sample.streams import stream

WITH_CONTRACT = 0.6
YEARS = {1: 0.15, 2: 0.15, 3: 0.36, 4: 0.16, 5: 0.18}
NOTICE = {30: 26, 90: 16, 60: 15, 180: 18}
AUTO_RENEW = 0.3
PLANTED_NOTICE, PLANTED_LEFT = 90, 20  # days of notice, days left to give it on the last day
CLEAR = 60  # days in which no other notice falls due
CERTIFICATES = {"ISO 9001": 0.85, "ISO 14001": 0.5, "ISO 45001": 0.25, "ISO 27001": 0.08}
EXPIRED = 0.08
DAY = pd.Timedelta(days=1)


def contracts(market: Market) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The table of contracts, and the one that renews itself unless notice is given within days."""
    rng = stream(market.settings.seed, "contracts")
    spend = market.suppliers["spend"].sort_values(ascending=False)
    odds = np.linspace(1.0, 2 * WITH_CONTRACT - 1, len(spend))
    held = spend.index[rng.random(len(spend)) < odds]
    table = pd.DataFrame({"supplier_id": np.sort(held.to_numpy())})
    table = table.join(_terms(rng, market, len(table)))
    table.insert(0, "contract_id", [f"C{2001 + place}" for place in range(len(table))])
    size = market.suppliers["spend"].loc[table["supplier_id"]].to_numpy() * SPEND_A_YEAR
    table["annual_value"] = np.round(size * rng.uniform(0.6, 1.1, len(table)), -3)
    return _with_open_window(market, table)


def _terms(rng: np.random.Generator, market: Market, count: int) -> pd.DataFrame:
    last = pd.Timestamp(market.settings.last_day)
    years = rng.choice(list(YEARS), count, p=list(YEARS.values()))
    left = np.round(365 * years * rng.uniform(-0.25, 1.0, count)).astype(int)  # one in five has run out
    end = pd.DatetimeIndex(last + pd.to_timedelta(left, unit="D"))
    month_end = end + pd.offsets.MonthEnd(0)
    end = end.where(rng.random(count) < 0.5, month_end)
    notice = np.array(list(NOTICE.values()), dtype=float)
    start = [day - pd.DateOffset(years=int(span)) + DAY for day, span in zip(end, years, strict=True)]
    return pd.DataFrame(
        {
            "start_date": pd.DatetimeIndex(start).as_unit("ns"),
            "end_date": end.as_unit("ns"),
            "notice_days": rng.choice(list(NOTICE), count, p=notice / notice.sum()),
            "auto_renew": rng.random(count) < AUTO_RENEW,
        }
    )


def _with_open_window(market: Market, table: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Plants one contract with notice due soon; no other one renews itself around that day."""
    last = pd.Timestamp(market.settings.last_day)
    notice_by = table["end_date"] - pd.to_timedelta(table["notice_days"], unit="D")
    near = table["end_date"].ge(last) & notice_by.le(last + CLEAR * DAY)
    table["auto_renew"] &= ~near
    place = _largest_open_market(market, table)
    end = last + (PLANTED_NOTICE + PLANTED_LEFT) * DAY
    table.loc[place, "start_date"] = end - pd.DateOffset(years=3) + DAY
    table.loc[place, "end_date"] = end
    table.loc[place, "notice_days"] = PLANTED_NOTICE
    table.loc[place, "auto_renew"] = True
    return table, {
        "contract_id": table.loc[place, "contract_id"],
        "supplier_id": table.loc[place, "supplier_id"],
        "end_date": str(end.date()),
        "notice_by": str((end - PLANTED_NOTICE * DAY).date()),
    }


def _largest_open_market(market: Market, table: pd.DataFrame) -> Any:
    """The contract most worth tendering again: leverage, largest value."""
    leverage = market.suppliers["segment"].loc[table["supplier_id"]].eq("leverage").to_numpy()
    return table["annual_value"].where(leverage, -1.0).idxmax()


def certificates(market: Market) -> tuple[pd.DataFrame, list[list[str]]]:
    """The table of certificates, and those that have expired."""
    rng = stream(market.settings.seed, "certificates")
    last = pd.Timestamp(market.settings.last_day)
    held = rng.random((len(market.suppliers), len(CERTIFICATES))) < np.array(list(CERTIFICATES.values()))
    supplier, certificate = np.nonzero(held)
    expired = rng.random(len(supplier)) < EXPIRED
    days = np.where(expired, -rng.integers(1, 300, len(supplier)), rng.integers(10, 1090, len(supplier)))
    until = pd.DatetimeIndex(last + pd.to_timedelta(days, unit="D")).as_unit("ns")
    table = pd.DataFrame(
        {
            "supplier_id": market.suppliers.index.to_numpy()[supplier],
            "certificate": np.array(list(CERTIFICATES))[certificate],
            "valid_from": until - pd.Timedelta(days=1095),
            "valid_until": until,
        }
    )
    lapsed = table.loc[expired, ["supplier_id", "certificate"]]
    return table, [[str(value) for value in row] for row in lapsed.itertuples(index=False)]
