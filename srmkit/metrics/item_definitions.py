"""Definitions of the metrics of items and categories."""

from __future__ import annotations

from srmkit.metrics.definition import Definition
from srmkit.metrics.purchase_definitions import (
    LEAD_TIME_DAYS,
    LEAD_TIME_SD,
    PLACED,
    PRICE_INDEX,
    REJECT_RATE,
    SPEND,
    SPEND_SHARE,
)

QUALIFIED_SOURCES = Definition(
    name="qualified_sources",
    label="qualified sources",
    unit="suppliers",
    level="supplier",
    date_basis="",
    window="as the data stand",
    population="suppliers listed as qualified sources of the item, or of any item of the category",
    gaps="0 where suppliers are listed and none is qualified; missing where nobody is listed",
    meaning=(
        "Number of different qualified suppliers. Where qualification is noted nowhere every listed "
        "supplier counts; without a list, every supplier that took an order by the period's end."
    ),
    better="higher",
    kind="count",
)
HHI = Definition(
    name="hhi",
    label="concentration of suppliers",
    unit="points up to 10,000",
    level="supplier",
    date_basis="order_date",
    window="",
    population=f"purchase order {PLACED}",
    gaps="missing where nothing was spent",
    meaning=(
        "Herfindahl-Hirschman index of supplier spend: sum of squared shares in percent; 10,000 is one "
        "supplier."
    ),
    better="lower",
    kind="amount",
)
PROMISED_LEAD_TIME = Definition(
    name="promised_lead_time_days",
    label="promised lead time",
    unit="days",
    level="source",
    date_basis="",
    window="as the data stand",
    population="sources that count for qualified_sources",
    gaps="missing where no source promises a lead time",
    meaning="Mean of the lead times that the sources promise; not what they achieve.",
    better="lower",
    kind="mean",
)

ITEM_DEFINITIONS = (
    SPEND,
    SPEND_SHARE,
    QUALIFIED_SOURCES,
    HHI,
    LEAD_TIME_DAYS,
    LEAD_TIME_SD,
    PROMISED_LEAD_TIME,
    REJECT_RATE,
    PRICE_INDEX,
)
