"""Definitions of the metrics that suppliers, items and categories share."""

from __future__ import annotations

from dataclasses import replace

from srmkit.metrics.definition import Definition

PLACED = "lines that were not cancelled (0 units or status cancelled)"
NOT_CANCELLED = "cancelled lines and lines of 0 units are no orders"

SPEND = Definition(
    name="spend",
    label="spend",
    unit="currency",
    level="line",
    date_basis="order_date",
    window="",
    population=f"purchase order {PLACED}",
    gaps="0 where nothing was ordered; missing without order lines in the data",
    treatment=f"{NOT_CANCELLED}; what was ordered counts, whatever arrived",
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
    treatment=NOT_CANCELLED,
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
    treatment=f"partial receipts add up; what comes after completion does not count; {NOT_CANCELLED}",
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
    treatment="as lead time",
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
    treatment="more units refused than inspected count as all refused",
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
    treatment=NOT_CANCELLED,
    meaning="Paid over standard price at the quantities ordered, times 100; 104 is 4 % more than agreed.",
    better="lower",
    kind="mean",
)
LEAD_TIME_P50 = replace(
    LEAD_TIME_DAYS,
    name="lead_time_p50",
    label="median lead time",
    meaning=(
        "Days within which half of the lines were complete, between two lines in proportion; with the 95 % interval "
        "of order statistics."
    ),
    treatment="as lead time",
)
LEAD_TIME_P90 = replace(
    LEAD_TIME_P50,
    name="lead_time_p90",
    label="lead time of nine in ten",
    meaning=(
        "Days within which nine in ten lines were complete, between two lines in proportion; with the 95 % interval "
        "of order statistics."
    ),
)
REJECT_PPM = replace(
    REJECT_RATE,
    name="reject_ppm",
    label="rejects in a million",
    unit="units in a million",
    meaning=(
        "The reject rate times a million (PPM). 1 in 50 is 20,000: look at the interval before comparing small lots. "
        "Without any reject its upper end is the exact one-sided 95 % bound."
    ),
)
PASS_RATE = replace(
    REJECT_RATE,
    name="pass_rate",
    label="pass rate",
    meaning=(
        "Units accepted over units inspected (0 to 1). Without any reject its lower end is the exact one-sided 95 % "
        "bound. What is inspected is rarely a random choice."
    ),
    better="higher",
)
PRICE_VARIANCE = replace(
    PRICE_INDEX,
    name="price_variance",
    label="purchase price variance",
    unit="currency",
    meaning="Paid less standard price, times the quantity ordered; above 0 is more than agreed (unfavourable).",
    kind="amount",
)
PRICE_INDEX_MATCHED = replace(
    PRICE_INDEX,
    name="price_index_matched",
    label="price change on matched items",
    unit="percent of the period before",
    level="supplier and item",
    window="the period of the same length just before",
    population=f"items bought from the same supplier in both periods; {PLACED}",
    gaps="missing without a matched item, and for all where the data do not reach back that far",
    meaning=(
        "Fisher's index: the root of the change at this period's quantities (Paasche) times that at the quantities "
        "before (Laspeyres), times 100. Mean prices of each supplier and item, so that a change of mix is no change "
        "of price."
    ),
    kind="amount",
)
