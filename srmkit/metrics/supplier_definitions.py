"""Definitions of the supplier metrics."""

from __future__ import annotations

from dataclasses import replace

from srmkit.metrics.definition import Definition
from srmkit.metrics.delivery_rule import DeliveryRule
from srmkit.metrics.purchase_definitions import (
    LEAD_TIME_DAYS,
    LEAD_TIME_SD,
    PLACED,
    PRICE_INDEX,
    REJECT_RATE,
    SPEND,
    SPEND_SHARE,
)

_DUE = f"{PLACED}, with a promised day, whose last day to arrive (with days of grace) lies in the period"
_NOT_DUE = "missing where no line was due, and for all where delivery dates are derived"
_BY_VALUE = "The interval rests on the effective lines: squared sum of values over sum of their squares."

ON_TIME_RATE = Definition(
    name="on_time_rate",
    label="on time",
    unit="share",
    level="line",
    date_basis="promised_date and days of grace",
    window=str(DeliveryRule()),
    population=_DUE,
    gaps=_NOT_DUE,
    meaning=(
        "Lines whose full quantity had arrived by the promised day and the days of grace, over lines due; "
        "partial receipts add up, lines still missing count as late, calendar days count and not hours."
    ),
    better="higher",
    kind="rate",
)
IN_FULL_RATE = replace(
    ON_TIME_RATE,
    name="in_full_rate",
    label="in full",
    meaning=(
        "Mean share of the ordered units that had arrived by the promised day and the days of grace; more "
        "than ordered counts as all. Early units count. The interval treats shares of lines as whole "
        "lines, so it is a little too wide."
    ),
)
OTIF_RATE = replace(
    ON_TIME_RATE,
    name="otif_rate",
    label="on time and in full",
    meaning=(
        "Lines both on time and in full, over lines due. On time already asks for the full quantity of "
        "the line, so the two agree: put only one of them on a scorecard."
    ),
)
RATES = (ON_TIME_RATE, IN_FULL_RATE, OTIF_RATE)
RATES_BY_VALUE = tuple(
    replace(
        definition,
        name=f"{definition.name}_by_value",
        label=f"{definition.label}, by value",
        level="line, weighted with ordered value",
        meaning=f"{definition.meaning} Lines weigh as much as their ordered value. {_BY_VALUE}",
    )
    for definition in RATES
)
PROMISED = frozenset(definition.name for definition in (*RATES, *RATES_BY_VALUE))

ITEMS = Definition(
    name="items",
    label="items bought",
    unit="items",
    level="item",
    date_basis="order_date",
    window="",
    population=f"purchase order {PLACED}",
    gaps="0 where nothing was ordered",
    meaning="Number of different items ordered from the supplier.",
    kind="count",
)
DEPENDENCE = Definition(
    name="dependence_on_us",
    label="our weight with them",
    unit="share",
    level="supplier",
    date_basis="order_date",
    window="spend brought to a year",
    population=f"purchase order {PLACED}",
    gaps="missing where the supplier's yearly sales are unknown or 0",
    meaning="Our spend a year over the supplier's own yearly sales; above 1 one of the two is wrong.",
    kind="amount",
)
SOLE_SOURCE = Definition(
    name="sole_source_items",
    label="items with no other source",
    unit="items",
    level="item",
    date_basis="order_date",
    window="",
    population="items bought from the supplier in the period",
    gaps="0 where every item has another source; missing without a list of sources",
    meaning=(
        "Items of which this supplier is the only qualified source; where qualification is noted nowhere, "
        "the only listed one."
    ),
    better="lower",
    kind="count",
)
DELAY_SD = Definition(
    name="delay_sd",
    label="spread of delay",
    unit="days",
    level="line",
    date_basis="receipt_date of the completing receipt",
    window="",
    population="as lead time, lines with a promised day",
    gaps="missing with fewer than two lines, and for all where delivery dates are derived",
    meaning="Sample standard deviation of the days from promise to completion; early and late do not cancel.",
    better="lower",
    kind="mean",
)
INVOICE_ACCURACY = Definition(
    name="invoice_accuracy",
    label="invoices right first time",
    unit="share",
    level="invoice line",
    date_basis="invoice_date",
    window="price at most 2 % above the order",
    population="invoice lines of more than 0 units",
    gaps="missing without invoices in the period, or without invoices or receipts in the data",
    meaning=(
        "Invoice lines that name an order line of the supplier, charge no more than the ordered price and "
        "the tolerance, and, with the earlier invoices of the line, no more units than arrived by the "
        "period's end; over all invoice lines. A second invoice for the same goods is wrong."
    ),
    better="higher",
    kind="rate",
)
RESPONSE_DAYS = Definition(
    name="response_days",
    label="days to answer",
    unit="days",
    level="ticket",
    date_basis="opened_date",
    window="open tickets wait until the period's end",
    population="tickets with the supplier opened in the period",
    gaps="missing without tickets",
    meaning=(
        "Mean days from opening to the first answer. A ticket without answer counts with its wait so far, "
        "which is less than it will be: a lower bound, but better than leaving the slowest out."
    ),
    better="lower",
    kind="mean",
)
CONTRACT_COVER = Definition(
    name="contract_cover",
    label="spend under contract",
    unit="share",
    level="line",
    date_basis="order_date",
    window="first to last day of a contract, without silent renewal",
    population=f"purchase order {PLACED}",
    gaps="0 where no line falls into a contract; missing without spend or without contracts in the data",
    meaning="Value of lines ordered on a day within any contract of the supplier, over its spend.",
    better="higher",
    kind="amount",
)
CERTIFICATES = Definition(
    name="certificates_valid",
    label="valid certificates",
    unit="certificates",
    level="certificate",
    date_basis="last day of the period",
    window="",
    population="certificates of the supplier",
    gaps="0 where none is valid; missing without certificates in the data",
    meaning="Number of certificates valid on the last day of the period.",
    source="audited",
    better="higher",
    kind="count",
)
ACTIVE = Definition(
    name="active",
    label="active",
    unit="1 or 0",
    level="supplier",
    date_basis="",
    window="as the data stand",
    population="all suppliers",
    gaps="missing where not noted",
    meaning="1 where the supplier may still receive orders, else 0.",
    better="higher",
    kind="amount",
)
PREFERRED = replace(
    ACTIVE, name="preferred", label="preferred", meaning="1 where it is on the preferred list, else 0."
)

SUPPLIER_DEFINITIONS = (
    SPEND,
    SPEND_SHARE,
    ITEMS,
    DEPENDENCE,
    SOLE_SOURCE,
    *RATES,
    *RATES_BY_VALUE,
    LEAD_TIME_DAYS,
    LEAD_TIME_SD,
    DELAY_SD,
    REJECT_RATE,
    PRICE_INDEX,
    INVOICE_ACCURACY,
    RESPONSE_DAYS,
    CONTRACT_COVER,
    CERTIFICATES,
    ACTIVE,
    PREFERRED,
)
