"""Definitions of the supplier metrics."""

from __future__ import annotations

from dataclasses import replace

from srmkit.metrics.definition import Definition
from srmkit.metrics.delivery_rule import DeliveryRule
from srmkit.metrics.match_rule import MatchRule
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
    treatment=f"partial receipts add up; more than ordered counts as all; never arrived is late; {NOT_CANCELLED}",
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
_BY_UNIT = (
    "Units of different items add up as they stand. The interval rests on the effective lines: squared sum of units "
    "over sum of their squares."
)
IN_FULL_BY_UNIT = replace(
    IN_FULL_RATE,
    name="in_full_rate_by_unit",
    label="in full, by unit",
    level="unit",
    meaning=f"Units that had arrived by the promised day and the days of grace, over units ordered. {_BY_UNIT}",
)
OTIF_BY_UNIT = replace(
    OTIF_RATE,
    name="otif_rate_by_unit",
    label="on time and in full, by unit",
    level="unit",
    meaning=(
        "Units that arrived within the window, neither too early nor too late, over units ordered: the form of large "
        f"retailers, who count cases. {_BY_UNIT}"
    ),
)
OTIF_BY_ORDER = replace(
    OTIF_RATE,
    name="otif_rate_by_order",
    label="on time and in full, by order",
    level="order",
    population=f"orders with lines due in the period; {_DUE}",
    meaning=(
        "Orders of which every line due in the period was on time and in full, over such orders. An order whose lines "
        "are due in two periods is judged in both, each time by the lines due then."
    ),
)
FILL_RATE = replace(
    IN_FULL_RATE,
    name="fill_rate",
    label="filled so far, by unit",
    level="unit",
    meaning=(
        "Units that had arrived by the period's end, late or not, over units ordered, of the lines due in the period: "
        f"what is missing here never came. {_BY_UNIT}"
    ),
)
EARLY_RATE = replace(
    ON_TIME_RATE,
    name="early_rate",
    label="too early",
    meaning="Lines complete before the window opened, over lines due; 0 where early counts as on time.",
    better="lower",
)
LATE_RATE = replace(
    ON_TIME_RATE,
    name="late_rate",
    label="late or missing",
    meaning="Lines not complete when the window closed, over lines due. With on time and too early it adds up to 1.",
    better="lower",
)
RATES_OTHERWISE = (IN_FULL_BY_UNIT, OTIF_BY_UNIT, OTIF_BY_ORDER, FILL_RATE, EARLY_RATE, LATE_RATE)
PROMISED = frozenset(definition.name for definition in (*RATES, *RATES_BY_VALUE, *RATES_OTHERWISE))

ITEMS = Definition(
    name="items",
    label="items bought",
    unit="items",
    level="item",
    date_basis="order_date",
    window="",
    population=f"purchase order {PLACED}",
    gaps="0 where nothing was ordered",
    treatment=NOT_CANCELLED,
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
    treatment=NOT_CANCELLED,
    meaning="Our spend a year over the supplier's own yearly sales; above 1 one of the two is wrong.",
    kind="amount",
)
DEPENDENCE_ON_THEM = Definition(
    name="dependence_on_them",
    label="their weight with us",
    unit="share",
    level="supplier",
    date_basis="order_date",
    window="",
    population=f"purchase order {PLACED}, of items with a category (of all items where no item has one)",
    gaps="missing where nothing was ordered, or nothing with a category",
    treatment=NOT_CANCELLED,
    meaning=(
        "Share of the supplier in what we spend in its categories, each weighted with our spend there; 1 means that "
        "we buy from nobody else what it sells us. Without categories, the same over items."
    ),
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
    treatment=NOT_CANCELLED,
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
    treatment="as lead time",
    meaning="Sample standard deviation of the days from promise to completion; early and late do not cancel.",
    better="lower",
    kind="mean",
)
DELAY_DAYS = replace(
    DELAY_SD,
    name="delay_days",
    label="delay",
    gaps="missing without such lines, and for all where delivery dates are derived",
    meaning="Mean days from promise to completion, below 0 where early; early and late cancel: look at the spread.",
)
DELAY_P90_P50 = replace(
    DELAY_SD,
    name="delay_p90_p50",
    label="delay of nine in ten beyond the median",
    meaning="Days between the median delay and the one within which nine in ten lines were complete.",
)
INVOICE_ACCURACY = Definition(
    name="invoice_accuracy",
    label="invoices right first time",
    unit="share",
    level="invoice line",
    date_basis="invoice_date",
    window=str(MatchRule()),
    population="invoice lines of more than 0 units",
    gaps="missing without invoices in the period, or without invoices or receipts in the data",
    treatment="credit notes are left out; earlier invoices of the line count first; a line without order is wrong",
    meaning=(
        "Invoice lines that name an order line of the supplier, charge no more than the ordered price and "
        "the tolerance, and, with the earlier invoices of the line, no more units than arrived by the "
        "period's end; over all invoice lines. A second invoice for the same goods is wrong."
    ),
    better="higher",
    kind="rate",
)
INVOICE_ACCURACY_BY_VALUE = replace(
    INVOICE_ACCURACY,
    name="invoice_accuracy_by_value",
    label="invoices right first time, by value",
    level="invoice line, weighted with invoiced value",
    meaning=(
        "Value of the invoice lines that are right, over the value of all. The interval rests on the effective lines: "
        "squared sum of values over sum of their squares."
    ),
)
MATCHED = frozenset({INVOICE_ACCURACY.name, INVOICE_ACCURACY_BY_VALUE.name})
RESPONSE_DAYS = Definition(
    name="response_days",
    label="days to answer",
    unit="days",
    level="ticket",
    date_basis="opened_date",
    window="open tickets have waited until the period's end and wait on",
    population="tickets with the supplier opened in the period",
    gaps="missing without tickets",
    treatment="open tickets are waits that go on, not answers; tickets answered before they were opened are left out",
    meaning=(
        "Mean days from opening to the first answer, estimated as the area under the Kaplan-Meier curve up to the "
        "longest wait. Without open tickets it is the ordinary mean; where the longest wait is open, it is a little "
        "too low."
    ),
    better="lower",
    kind="mean",
)
RESPONSE_P50 = replace(
    RESPONSE_DAYS,
    name="response_days_p50",
    label="median days to answer",
    gaps="missing without tickets, and while fewer than half are answered",
    meaning="Days within which half of the tickets are answered, by the Kaplan-Meier curve.",
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
    treatment=f"{NOT_CANCELLED}; a day within two contracts counts once",
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
    treatment="one without a first day has always been valid; two of one standard count twice",
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
    treatment="the word of the list of suppliers, whatever was ordered",
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
    DEPENDENCE_ON_THEM,
    SOLE_SOURCE,
    *RATES,
    *RATES_BY_VALUE,
    *RATES_OTHERWISE,
    LEAD_TIME_DAYS,
    LEAD_TIME_SD,
    LEAD_TIME_P50,
    LEAD_TIME_P90,
    DELAY_DAYS,
    DELAY_SD,
    DELAY_P90_P50,
    REJECT_RATE,
    REJECT_PPM,
    PASS_RATE,
    PRICE_INDEX,
    PRICE_INDEX_MATCHED,
    PRICE_VARIANCE,
    INVOICE_ACCURACY,
    INVOICE_ACCURACY_BY_VALUE,
    RESPONSE_DAYS,
    RESPONSE_P50,
    CONTRACT_COVER,
    CERTIFICATES,
    ACTIVE,
    PREFERRED,
)
