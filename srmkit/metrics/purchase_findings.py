"""Spend, concentration, reject rate and prices of suppliers, items or categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from srmkit.language import day, say
from srmkit.metrics.bought import PRICES
from srmkit.metrics.findings import Column, Figure, Findings, amount, or_nothing, rate, reversed_rate, with_error
from srmkit.metrics.inspection_results import rejects_by
from srmkit.metrics.order_lines import Key
from srmkit.metrics.period import FIRST_MONTH, Period
from srmkit.metrics.sold_pairs import first_order, matched_pairs

if TYPE_CHECKING:
    from srmkit.tables import Dataset

EXACT = 1e-12  # squared deviations below this share of the squared prices are rounding


def spend_findings(pairs: pd.DataFrame, key: Key, everyone: pd.Index) -> Findings:
    """Spend, its share of all spend, and the number of different items bought."""
    bought = pairs.groupby(key)
    spend, lines = or_nothing(bought["value"].sum(), everyone), or_nothing(bought["lines"].sum(), everyone)
    return Findings(
        {
            "spend": amount(spend, n=lines),
            "spend_share": amount(share_of_all(spend), n=lines),
            "items": amount(or_nothing(bought["item_id"].nunique(), everyone), n=lines),
        }
    )


def reject_findings(data: Dataset, period: Period, key: Key) -> Findings:
    """Units refused over units inspected, the same in a million, and units accepted over units inspected."""
    if not (data.has("inspections") and data.has("receipts", "receipt_date")):
        return Findings(notes=(say("The data have no inspections: reject rates are not reported."),))
    found = data.collect_sums(lambda part: rejects_by(part, period, key), key).set_index(key)
    rejected = rate(found["rejected"], found["units"])
    return Findings(
        {"reject_rate": rejected, "reject_ppm": _in_a_million(rejected), "pass_rate": reversed_rate(rejected)}
    )


def price_findings(data: Dataset, period: Period, key: Key, pairs: pd.DataFrame) -> Findings:
    """Paid against standard prices, in percent and in money, and against the prices of the period before."""
    return Findings.joined([_standard_prices(pairs, key), _matched_prices(data, period, key)])


def share_of_all(values: Column) -> Column:
    """Shares of the total (0 to 1, sum 1); all missing where the total is 0."""
    total = values.sum()
    return values / total if total > 0 else values * np.nan


def dependence_on(pairs: pd.DataFrame, within: Key) -> Column:
    """How much of what we buy from a supplier only it supplies, so to say: its mean share of each item's or
    category's spend, weighted with its own spend there (0 to 1). Spend without a category is left out.
    """
    spend = pairs[pairs["value"] > 0].groupby(["supplier_id", within], as_index=False)["value"].sum()
    share = spend["value"] / spend["value"].groupby(spend[within]).transform("sum")
    weighted = (share * spend["value"]).groupby(spend["supplier_id"]).sum()
    dependence: Column = weighted / spend.groupby("supplier_id")["value"].sum()
    return dependence


def _in_a_million(rejected: Figure) -> Figure:
    scaled = ["value", "low", "high"]
    return rejected.assign(**{name: 1e6 * rejected[name] for name in scaled})


def _standard_prices(pairs: pd.DataFrame, key: Key) -> Findings:
    if "compared" not in pairs:
        return Findings(notes=(say("The data have no standard prices: the price index is not reported."),))
    sums = pairs.groupby(key)[list(PRICES)].sum()
    sums = sums[sums["compared"] > 0]
    index = 100 * sums["paid"] / sums["standard"]
    apart = sums["paid"] - sums["standard"]
    return Findings(
        {
            "price_index": with_error(index, _ratio_error(sums), sums["compared"]),
            "price_variance": amount(apart, n=sums["compared"]),
        }
    )


def _ratio_error(sums: pd.DataFrame) -> Column:
    """Standard error of a ratio of two sums, times 100 (Cochran 1977, Sampling Techniques, 2.11)."""
    beyond = sums["paid"] / sums["standard"] - 1
    squares = sums["apart_squares"] - 2 * beyond * sums["apart_products"] + beyond**2 * sums["standard_squares"]
    squares = squares.where(squares > EXACT * sums["standard_squares"], 0.0)
    lines = sums["compared"].where(sums["compared"] > 1).astype(float)
    error: Column = 100 * (lines / (lines - 1) * squares).pow(0.5) / sums["standard"]
    return error


def _matched_prices(data: Dataset, period: Period, key: Key) -> Findings:
    earlier = period.before()
    first = data.collect(first_order(data))["day"].min().date()
    if first > earlier.start + FIRST_MONTH:
        note = say("Prices are not compared with the period before: the data begin on {first}, and that period runs "
                   "from {start} to {end}.", first=day(first), start=day(earlier.start), end=day(earlier.end))
        return Findings(notes=(note,))
    pairs = data.measured(_bought_in_both, period)
    if key == "category":
        category = data.frame("items").set_index("item_id")["category"]
        pairs = pairs.assign(category=pairs["item_id"].map(category))
    price, before = pairs["value"] / pairs["units"], pairs["value_before"] / pairs["units_before"]
    sums = pd.DataFrame(
        {
            "now": pairs["value"], "at_old_prices": before * pairs["units"],
            "old_at_new_prices": price * pairs["units_before"], "old": pairs["value_before"],
        }
    ).groupby(pairs[key]).sum()
    paasche, laspeyres = sums["now"] / sums["at_old_prices"], sums["old_at_new_prices"] / sums["old"]
    return Findings({"price_index_matched": amount(100 * (paasche * laspeyres) ** 0.5, n=pairs.groupby(key).size())})


def _bought_in_both(data: Dataset, period: Period) -> pd.DataFrame:
    """The same for suppliers and for items, so kept (`Dataset.measured`)."""
    return data.collect(matched_pairs(data, period))
