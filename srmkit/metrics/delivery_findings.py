"""On-time, in-full, lead-time and delay figures, or the reason why there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from srmkit.language import marked, say, say_many
from srmkit.metrics.day_counts import DayCounts
from srmkit.metrics.deliveries import days_taken_by, due_by
from srmkit.metrics.delivery_rule import DeliveryRule
from srmkit.metrics.derived_dates import fixed_offset
from srmkit.metrics.findings import Findings, rate, weighted_rate
from srmkit.metrics.order_lines import Key
from srmkit.metrics.period import Period

if TYPE_CHECKING:
    from srmkit.tables import Dataset

RATES = {"on_time": "on_time_rate", "filled": "in_full_rate", "on_time_in_full": "otif_rate"}
NO_RECEIPTS = marked("The data have no receipts: on-time, in-full and lead-time figures are not reported.")
NO_PROMISES = marked("No order line has a promised day: on-time, in-full and delay figures are not reported.")


def delivery_findings(
    data: Dataset, period: Period, rule: DeliveryRule, key: Key, pairs: pd.DataFrame
) -> Findings:
    """Every figure of deliveries: rates of the lines due in the period, days of the lines completed in it."""
    if not data.has("receipts", "receipt_date"):
        return Findings(notes=(say(NO_RECEIPTS),))
    taken = data.measured(_days_taken, period, key)
    why_not = _derived(taken)
    if why_not:
        return Findings(notes=(why_not,))
    days = _days(taken, key)
    if not data.has("purchase_order_lines", "promised_date"):
        return Findings.joined([Findings(notes=(say(NO_PROMISES),)), days, _doubts(data, taken)])
    return Findings.joined([_promises(data, period, rule, key), _unpromised(pairs), days, _doubts(data, taken)])


def lead_time_findings(data: Dataset, period: Period, key: Key) -> Findings:
    """Days of the lines completed in the period; and in words why deliveries cannot be judged."""
    if not data.has("receipts", "receipt_date"):
        return Findings(notes=(say(NO_RECEIPTS),))
    taken = _days_taken(data, period, key)
    why_not = _derived(taken)
    if why_not:
        return Findings(notes=(why_not,))
    promised = Findings() if data.has("purchase_order_lines", "promised_date") else Findings(notes=(say(NO_PROMISES),))
    return Findings.joined([_days(taken, key), promised, _doubts(data, taken)])


def no_delivery_figures(data: Dataset, period: Period) -> str:
    """Why deliveries cannot be judged, in words; "" where they can."""
    if not data.has("receipts", "receipt_date"):
        return say(NO_RECEIPTS)
    if not data.has("purchase_order_lines", "promised_date"):
        return say(NO_PROMISES)
    return _derived(data.measured(_days_taken, period, "supplier_id"))


def _days_taken(data: Dataset, period: Period, key: Key) -> pd.DataFrame:
    """Kept for suppliers (`Dataset.measured`): the figures of the whole company ask for the same."""
    return data.collect_sums(lambda part: days_taken_by(part, period, key), key, "days", "what")


def _derived(taken: pd.DataFrame) -> str:
    """Says so where receipt dates follow from promised dates by one rule instead of being observed."""
    delay = taken[taken["what"].eq("delay")]
    fixed = fixed_offset(delay.groupby("days")["lines"].sum().reset_index())
    if not fixed:
        return ""
    return say("Delivery dates carry no variation ({share} of lines arrive exactly {days} the promised day): on-time, "
               "in-full and lead-time figures are not reported.", share=fixed.percent, days=fixed)


def _promises(data: Dataset, period: Period, rule: DeliveryRule, key: Key) -> Findings:
    due = data.collect_sums(lambda part: due_by(part, period, rule, key), key).set_index(key)
    # on time asks for the full quantity, so that a line on time is also in full
    due["on_time_in_full"], due["on_time_in_full_value"] = due["on_time"], due["on_time_value"]
    by_line = {name: rate(due[verdict], due["lines"]) for verdict, name in RATES.items()}
    by_value = {
        f"{name}_by_value": weighted_rate(due[f"{verdict}_value"], due["value"], due["value_squares"])
        for verdict, name in RATES.items()
    }
    units, squares = due["units"], due["unit_squares"]
    others = {
        "in_full_rate_by_unit": weighted_rate(due["in_time_units"], units, squares),
        "otif_rate_by_unit": weighted_rate(due["in_window_units"], units, squares),
        "fill_rate": weighted_rate(due["arrived_units"], units, squares),
        "otif_rate_by_order": rate(due["orders_on_time"], due["orders"]),
        "early_rate": rate(due["early"], due["lines"]),
        "late_rate": rate(due["late"], due["lines"]),
    }
    return Findings({**by_line, **by_value, **others})


def _days(taken: pd.DataFrame, key: Key) -> Findings:
    lead = DayCounts(taken[taken["what"].eq("lead") & taken["days"].ge(0)], key)
    delay = DayCounts(taken[taken["what"].eq("delay")], key)
    return Findings(
        {
            "lead_time_days": lead.average(),
            "lead_time_sd": lead.spread(),
            "lead_time_p50": lead.quantile(0.5),
            "lead_time_p90": lead.quantile(0.9),
            "delay_days": delay.average(),
            "delay_sd": delay.spread(),
            "delay_p90_p50": delay.between(0.5, 0.9),
        }
    )


def _unpromised(pairs: pd.DataFrame) -> Findings:
    without, lines = int(pairs["unpromised"].sum()), int(pairs["lines"].sum())
    if not without:
        return Findings()
    note = say("{count:,} of {lines:,} order lines of the period have no promised day and are in no on-time, in-full "
               "or delay figure.", count=without, lines=lines)
    return Findings(notes=(note,))


def _doubts(data: Dataset, taken: pd.DataFrame) -> Findings:
    backwards = int(taken.loc[taken["what"].eq("lead") & taken["days"].lt(0), "lines"].sum())
    columns = data.health.columns
    days = columns[columns["table"].eq("purchase_order_lines") & columns["column"].eq("order_date")]
    imputed = int(days["imputed"].sum())
    notes = (
        say_many("{count:,} order line seems to arrive before it was ordered and is in no lead time.",
                 "{count:,} order lines seem to arrive before they were ordered and are in no lead time.", backwards),
        say_many("{count:,} order day stands in for a day that is not known; the lead time over it misleads.",
                 "{count:,} order days stand in for days that are not known; lead times over them mislead.", imputed),
    )
    return Findings(notes=tuple(note for note, count in zip(notes, (backwards, imputed), strict=True) if count))
