"""Deliveries: mostly on the day, some early, some late, a few short, in parts or too much."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.sample.purchasing.days import from_number, months_before, to_number, working_days
from srmkit.sample.purchasing.market import Market
from srmkit.sample.purchasing.planted import ON_TIME_AFTER, ON_TIME_BEFORE
from srmkit.sample.streams import stream

LATE_MU, LATE_SIGMA = 2.45, 1.38  # log of days late: median 12, nine in ten within 68
EARLY_MU, EARLY_SIGMA = 3.27, 1.54
LATE_BY_VALUE = 0.35  # rise of the log odds to be late with one sd of log line value
NEVER_COMPLETED = 0.3  # of the short lines
IN_PARTS, OVER = 0.04, 0.006


def receipts(market: Market, lines: pd.DataFrame) -> pd.DataFrame:
    """The table of receipts, by day."""
    rng = stream(market.settings.seed, "receipts")
    due = lines[lines["ordered_quantity"] > 0].reset_index(drop=True)
    day = _arrival(rng, market, due)
    parts = _quantities(rng, market, due)
    line = due[["po_id", "line_id"]]
    earliest = np.maximum(day - parts["before"], to_number(due["order_date"]))  # nothing comes before it is ordered
    first = line.assign(receipt_date=earliest, received_quantity=parts["first"])
    second = line.assign(receipt_date=day + parts["after"], received_quantity=parts["second"])
    table = pd.concat([first, second], ignore_index=True)
    known = table["received_quantity"].gt(0) & table["receipt_date"].le(to_number(market.settings.last_day))
    table = table[known].sort_values(["receipt_date", "po_id", "line_id"], ignore_index=True)
    table["receipt_date"] = from_number(table["receipt_date"])
    table.insert(0, "receipt_id", [f"R{500001 + place}" for place in range(len(table))])
    return table


def _arrival(rng: np.random.Generator, market: Market, due: pd.DataFrame) -> NDArray[np.int64]:
    """Day on which the line is complete, in days since 1970."""
    promised, ordered = to_number(due["promised_date"]), to_number(due["order_date"])
    lead = np.maximum(promised - ordered, 1)
    drawn = rng.random(len(due))
    late, early = _odds(market, due)
    is_late = drawn < late
    is_early = ~is_late & (drawn < late + early)
    is_late, is_early = _collapsed(rng, market, due, is_late, is_early)
    damp = np.sqrt(np.minimum(1.0, lead / 30))  # what takes days to make is not months late
    behind = np.minimum(np.ceil(rng.lognormal(LATE_MU, LATE_SIGMA, len(due)) * damp), 120)
    ahead = np.minimum(np.ceil(rng.lognormal(EARLY_MU, EARLY_SIGMA, len(due))), np.floor(0.5 * lead))
    later = to_number(working_days(promised + behind))
    sooner = to_number(working_days(promised - ahead, roll="backward"))
    return np.asarray(np.where(is_late, later, np.where(is_early, np.maximum(sooner, ordered), promised)))


def _odds(market: Market, due: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Chance of each line to be late and to be early; the larger the line, the more often late."""
    value = pd.Series(np.log((due["ordered_quantity"] * due["unit_price"]).to_numpy()), index=due.index)
    grouped = value.groupby(due["category"])
    z = (value - grouped.transform("mean")) / grouped.transform("std").fillna(1.0)
    firm = market.suppliers.loc[due["supplier_id"]]
    rate = np.clip(firm["late_rate"].to_numpy(), 1e-4, 0.9)
    odds = rate / (1 - rate) * np.exp(LATE_BY_VALUE * z.to_numpy() - LATE_BY_VALUE**2 / 2)
    return odds / (1 + odds), firm["early_rate"].to_numpy()


def _collapsed(
    rng: np.random.Generator,
    market: Market,
    due: pd.DataFrame,
    late: NDArray[np.bool_],
    early: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The collapsing supplier keeps its two rates to the line, before the last quarter and in it."""
    firm = market.suppliers["firm"].loc[due["supplier_id"]].to_numpy()
    theirs = firm == market.planted.collapsing
    promised, start = due["promised_date"], months_before(market.settings.last_day, 3)
    before = promised.lt(start).to_numpy()
    in_quarter = promised.between(start, pd.Timestamp(market.settings.last_day)).to_numpy()
    for which, kept in ((theirs & before, ON_TIME_BEFORE), (theirs & in_quarter, ON_TIME_AFTER)):
        places = np.flatnonzero(which)
        late[places] = False
        late[rng.choice(places, round((1 - kept) * len(places)), replace=False)] = True
    return late, early & ~theirs


def _quantities(rng: np.random.Generator, market: Market, due: pd.DataFrame) -> dict[str, Any]:
    """Units of the first and the second receipt, and the days they lie before and after the arrival."""
    ordered = due["ordered_quantity"].to_numpy()
    firm = market.suppliers.loc[due["supplier_id"]]
    draw = rng.random(len(due))
    short = (draw < firm["short_rate"].to_numpy()) & (ordered > 2)
    steady = firm["firm"].eq(market.planted.collapsing).to_numpy()
    parts = ~short & (draw > 1 - IN_PARTS) & (ordered > 4) & ~steady
    over = ~short & ~parts & (draw > 1 - IN_PARTS - OVER) & (ordered > 20)
    share = np.where(parts, rng.uniform(0.2, 0.45, len(due)), rng.uniform(0.5, 0.95, len(due)))
    split = np.clip(np.floor(ordered * share), 1, ordered - 1)
    split = split + (2 * split == ordered)  # two like parts would make two like invoices
    first = np.where(short | parts, split, np.where(over, np.ceil(ordered * 1.03), ordered))
    completed = parts | (short & (rng.random(len(due)) > NEVER_COMPLETED))
    lead = to_number(due["promised_date"]) - to_number(due["order_date"])
    return {
        "first": first,
        "second": np.where(completed, ordered - split, 0.0),
        "before": np.where(parts, np.minimum(5, lead // 3), 0),
        "after": np.where(short, rng.integers(4, 30, len(due)), 0),
    }


def status(market: Market, lines: pd.DataFrame, receipts: pd.DataFrame) -> pd.Series:
    """State of each order line on the last day: open while goods are awaited, at most 90 days over time."""
    arrived = receipts.groupby(["po_id", "line_id"])["received_quantity"].sum()
    keys = pd.MultiIndex.from_frame(lines[["po_id", "line_id"]])
    had = arrived.reindex(keys).fillna(0.0).to_numpy()
    wanted = lines["ordered_quantity"].to_numpy()
    waited = to_number(market.settings.last_day) - to_number(lines["promised_date"])
    states = np.where((had < wanted) & ((waited < 90) | (had == 0)), "open", "closed")
    return pd.Series(np.where(wanted == 0, "cancelled", states), index=lines.index)
