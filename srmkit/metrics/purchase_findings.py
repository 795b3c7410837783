"""Spend, reject rate and price index of suppliers, items or categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from srmkit.language import say
from srmkit.metrics.findings import Column, Findings, amount, or_nothing, rate, with_error
from srmkit.metrics.inspection_results import rejects_by
from srmkit.metrics.order_lines import Key, spend_by
from srmkit.metrics.paid_prices import prices_by
from srmkit.metrics.period import Period

if TYPE_CHECKING:
    from srmkit.tables import Dataset

EXACT = 1e-12  # squared deviations below this share of the squared prices are rounding


def spend_findings(data: Dataset, period: Period, key: Key, everyone: pd.Index) -> Findings:
    """Spend, its share of all spend, and the number of different items bought."""
    found = data.collect(spend_by(data, period, key)).set_index(key)
    spend, lines = or_nothing(found["value"], everyone), or_nothing(found["lines"], everyone)
    return Findings(
        {
            "spend": amount(spend, n=lines),
            "spend_share": amount(share_of_all(spend), n=lines),
            "items": amount(or_nothing(found["items"], everyone), n=lines),
        }
    )


def reject_findings(data: Dataset, period: Period, key: Key) -> Findings:
    """Units refused over units inspected."""
    if not (data.has("inspections") and data.has("receipts", "receipt_date")):
        return Findings(notes=(say("The data have no inspections: reject rates are not reported."),))
    found = data.collect(rejects_by(data, period, key)).set_index(key)
    return Findings({"reject_rate": rate(found["rejected"], found["units"])})


def price_findings(data: Dataset, period: Period, key: Key) -> Findings:
    """Paid over standard price, in percent."""
    if not (data.has("items", "standard_price") or data.has("item_sources", "standard_price")):
        return Findings(notes=(say("The data have no standard prices: the price index is not reported."),))
    found = data.collect(prices_by(data, period, key)).set_index(key)
    index = 100 * found["paid"] / found["standard"]
    return Findings({"price_index": with_error(index, _ratio_error(found), found["lines"])})


def share_of_all(values: Column) -> Column:
    """Shares of the total (0 to 1, sum 1); all missing where the total is 0."""
    total = values.sum()
    return values / total if total > 0 else values * np.nan


def concentration(pairs: pd.DataFrame, key: Key) -> Column:
    """Herfindahl-Hirschman index of supplier spend within each item or category, up to 10,000.

    Sum of squared shares in percent: 50, 30 and 20 % give 3,800; one supplier gives 10,000.
    """
    within = pairs.groupby(key)["value"]
    percent = 100 * pairs["value"] / within.transform("sum")
    squares: Column = percent.pow(2).groupby(pairs[key]).sum()
    return squares


def _ratio_error(sums: pd.DataFrame) -> Column:
    """Standard error of a ratio of two sums, times 100 (Cochran 1977, Sampling Techniques, 2.11)."""
    ratio = sums["paid"] / sums["standard"]
    squares = sums["paid_squares"] - 2 * ratio * sums["products"] + ratio**2 * sums["standard_squares"]
    squares = squares.where(squares > EXACT * sums["paid_squares"], 0.0)
    lines = sums["lines"].where(sums["lines"] > 1).astype(float)
    error: Column = 100 * (lines / (lines - 1) * squares).pow(0.5) / sums["standard"]
    return error
