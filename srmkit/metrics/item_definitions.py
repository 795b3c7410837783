"""Definitions of the metrics of items and categories."""

from __future__ import annotations

from dataclasses import replace

from srmkit.metrics.definition import Definition
from srmkit.metrics.purchase_definitions import (
    LEAD_TIME_DAYS,
    LEAD_TIME_P50,
    LEAD_TIME_P90,
    LEAD_TIME_SD,
    NOT_CANCELLED,
    PASS_RATE,
    PLACED,
    PRICE_INDEX,
    PRICE_INDEX_MATCHED,
    PRICE_VARIANCE,
    REJECT_PPM,
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
    treatment="a supplier that can deliver several items of a category counts once",
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
    treatment=NOT_CANCELLED,
    meaning=(
        "Herfindahl-Hirschman index of supplier spend: sum of squared shares in percent; 10,000 is one "
        "supplier. Above 1,800 it counts as highly concentrated by the U.S. merger guidelines of 2023 (1992 alike), "
        "above 2,500 by those of 2010."
    ),
    better="lower",
    kind="amount",
)
EFFECTIVE_SUPPLIERS = replace(
    HHI,
    name="effective_suppliers",
    label="effective number of suppliers",
    unit="suppliers",
    meaning="How many equal suppliers would be as concentrated: 10,000 over the Herfindahl-Hirschman index.",
    better="higher",
)
PROMISED_LEAD_TIME = Definition(
    name="promised_lead_time_days",
    label="promised lead time",
    unit="days",
    level="source",
    date_basis="",
    window="as the data stand",
    population="sources that count for qualified_sources",
    treatment="each source counts once for each item, whatever is bought there",
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
    EFFECTIVE_SUPPLIERS,
    LEAD_TIME_DAYS,
    LEAD_TIME_SD,
    LEAD_TIME_P50,
    LEAD_TIME_P90,
    PROMISED_LEAD_TIME,
    REJECT_RATE,
    REJECT_PPM,
    PASS_RATE,
    PRICE_INDEX,
    PRICE_INDEX_MATCHED,
    PRICE_VARIANCE,
)
