"""Definitions of the metrics that suppliers, items and categories share."""

from __future__ import annotations

from srmkit.metrics.definition import Definition

PLACED = "lines that were not cancelled (0 units or status cancelled)"

SPEND = Definition(
    name="spend",
    label="spend",
    unit="currency",
    level="line",
    date_basis="order_date",
    window="",
    population=f"purchase order {PLACED}",
    gaps="0 where nothing was ordered; missing without order lines in the data",
    meaning="Ordered quantity times unit price, without tax and freight.",
    kind="amount",
)
SPEND_SHARE = Definition(
    name="spend_share",
    label="share of spend",
    unit="share",
    level="line",
    date_basis="order_date",
    window="",
    population=f"purchase order {PLACED}",
    gaps="0 where nothing was ordered; missing where nothing at all was",
    meaning="Spend over the spend of all candidates (0 to 1, sums to 1).",
    kind="amount",
)
LEAD_TIME_DAYS = Definition(
    name="lead_time_days",
    label="lead time",
    unit="days",
    level="line",
    date_basis="receipt_date of the completing receipt",
    window="",
    population=f"{PLACED} and became complete in the period, not before they were ordered",
    gaps="missing without such lines, and for all where delivery dates are derived",
    meaning="Mean days from the order to the receipt that completed the line.",
    better="lower",
    kind="mean",
)
LEAD_TIME_SD = Definition(
    name="lead_time_sd",
    label="spread of lead time",
    unit="days",
    level="line",
    date_basis="receipt_date of the completing receipt",
    window="",
    population="as lead time",
    gaps="missing with fewer than two lines, and for all where delivery dates are derived",
    meaning="Sample standard deviation of the lead times; its own error is sd / √(2(n - 1)).",
    better="lower",
    kind="mean",
)
REJECT_RATE = Definition(
    name="reject_rate",
    label="reject rate",
    unit="share",
    level="unit",
    date_basis="receipt_date",
    window="",
    population="inspected receipts of the period; received units stand in where inspected units are 0",
    gaps="missing where nothing was inspected; 0 means inspected and nothing refused",
    meaning=(
        "Units refused over units inspected (0 to 1). Defects come in batches, so units are not "
        "independent cases and the true uncertainty is wider than the interval. Without any reject its "
        "upper end is the exact one-sided 95 % bound."
    ),
    better="lower",
    kind="rate",
)
PRICE_INDEX = Definition(
    name="price_index",
    label="price index",
    unit="percent of standard",
    level="line",
    date_basis="order_date",
    window="",
    population=f"{PLACED} and have a standard price (the supplier's for the item, else the item's)",
    gaps="missing without a line that has a standard price",
    meaning="Paid over standard price at the quantities ordered, times 100; 104 is 4 % more than agreed.",
    better="lower",
    kind="mean",
)
