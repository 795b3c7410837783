"""On-time, in-full, lead-time and delay figures, or the reason why there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srmkit.language import say
from srmkit.metrics.deliveries import due_by, implausible_lines, lead_times_by, offsets, unpromised
from srmkit.metrics.delivery_rule import DeliveryRule
from srmkit.metrics.derived_dates import fixed_offset
from srmkit.metrics.findings import Findings, mean, rate, standard_deviation, weighted_rate
from srmkit.metrics.order_lines import Key
from srmkit.metrics.period import Period

if TYPE_CHECKING:
    from srmkit.tables import Dataset

RATES = {"on_time": "on_time_rate", "filled": "in_full_rate", "on_time_in_full": "otif_rate"}


def promise_findings(data: Dataset, period: Period, rule: DeliveryRule, key: Key) -> Findings:
    """On-time, in-full and OTIF rates of the lines due in the period, by line and by value."""
    why_not = no_delivery_figures(data, period)
    if why_not:
        return Findings(notes=(why_not,))
    due = data.collect(due_by(data, period, rule, key)).set_index(key)
    by_line = {name: rate(due[verdict], due["lines"]) for verdict, name in RATES.items()}
    by_value = {
        f"{name}_by_value": weighted_rate(due[f"{verdict}_value"], due["value"], due["value_squares"])
        for verdict, name in RATES.items()
    }
    return Findings({**by_line, **by_value}, _unpromised_note(data, period))


def lead_time_findings(data: Dataset, period: Period, key: Key) -> Findings:
    """Lead time and its spread, and the spread of delays, of the lines completed in the period."""
    if not data.has("receipts", "receipt_date") or derived_dates(data, period):
        return Findings()
    found = data.collect(lead_times_by(data, period, key)).set_index(key)
    figures = {
        "lead_time_days": mean(found["lead"], found["lead_sd"], found["lines"]),
        "lead_time_sd": standard_deviation(found["lead_sd"], found["lines"]),
        "delay_sd": standard_deviation(found["delay_sd"], found["promised"]),
    }
    return Findings(figures, (*_implausible_note(data, period), *_imputed_note(data)))


def no_delivery_figures(data: Dataset, period: Period) -> str:
    """Why deliveries cannot be judged, in words; "" where they can."""
    if not data.has("receipts", "receipt_date"):
        return say("The data have no receipts: on-time, in-full and lead-time figures are not reported.")
    if not data.has("purchase_order_lines", "promised_date"):
        return say("No order line has a promised day: on-time, in-full and delay figures are not reported.")
    return derived_dates(data, period)


def derived_dates(data: Dataset, period: Period) -> str:
    """Says so where receipt dates follow from promised dates by one rule instead of being observed."""
    fixed = fixed_offset(data.collect(offsets(data, period)))
    if not fixed:
        return ""
    return say("Delivery dates carry no variation ({share} of lines arrive exactly {days} the promised day): on-time, "
               "in-full and lead-time figures are not reported.", share=fixed.percent, days=fixed)


def _unpromised_note(data: Dataset, period: Period) -> tuple[str, ...]:
    found = data.collect(unpromised(data, period))
    without, lines = int(found["without"].sum()), int(found["lines"].sum())
    if not without:
        return ()
    return (
        say("{count:,} of {lines:,} order lines of the period have no promised day and are in no on-time, in-full or "
            "delay figure.", count=without, lines=lines),
    )


def _implausible_note(data: Dataset, period: Period) -> tuple[str, ...]:
    found = int(data.collect(implausible_lines(data, period))["lines"].sum())
    if not found:
        return ()
    return (say("{count:,} order lines seem to arrive before they were ordered and are in no lead time.", count=found),)


def _imputed_note(data: Dataset) -> tuple[str, ...]:
    columns = data.health.columns
    days = columns[columns["table"].eq("purchase_order_lines") & columns["column"].eq("order_date")]
    imputed = int(days["imputed"].sum())
    if not imputed:
        return ()
    return (say("{count:,} order days stand in for days that are not known; lead times over them mislead.",
                count=imputed),)

