"""Delivery of purchase order lines: when each line was complete, and which lines were due."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from srmkit.metrics.delivery_rule import DeliveryRule
from srmkit.metrics.order_lines import LINE, Key, placed_lines, with_key
from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, coalesce, least, literal_day, row

if TYPE_CHECKING:
    from srmkit.tables import Dataset

ENOUGH = 1 - 1e-9  # quantities are decimals: 0.1 + 0.2 delivers an order of 0.3


def arrivals(data: Dataset, period: Period) -> Table:
    """Units that arrived for a line on a day, up to the period's end."""
    known = data["receipts"].filter(row.receipt_date <= literal_day(period.end))
    return known.group_by(*LINE, "receipt_date").agg(quantity=row.received_quantity.sum())


def completions(data: Dataset, period: Period) -> Table:
    """The first day on which all receipts of a line so far reach the ordered quantity."""
    days = arrivals(data, period)
    before = days.select(*LINE, earlier_date="receipt_date", earlier_quantity="quantity")
    so_far = (
        days.join(before, LINE)
        .filter(row.earlier_date <= row.receipt_date)
        .group_by(*LINE, "receipt_date")
        .agg(so_far=row.earlier_quantity.sum())
    )
    wanted = placed_lines(data).select(*LINE, "ordered_quantity")
    complete = so_far.join(wanted, LINE).filter(row.so_far >= row.ordered_quantity * ENOUGH)
    return complete.group_by(*LINE).agg(completed=row.receipt_date.min())


def due_lines(data: Dataset, period: Period, rule: DeliveryRule) -> Table:
    """Lines whose last day to arrive lies in the period, each with its verdict as 1 or 0.

    `on_time`: complete within the window of the rule. `filled`: share of the ordered units that came by its
    end (0 to 1). `on_time_in_full`: both. So each line is judged once, in the period in which its window
    closes, and nothing that happens later changes the verdict.
    """
    late = dt.timedelta(days=rule.late_days)
    # the window closes in the period when the promised day lies in the period moved back by the days of grace
    promised = Period(period.start - late, period.end - late)
    due = placed_lines(data).filter(promised.holds(row.promised_date))
    units = _in_time(data, due, period, rule)
    days = completions(data, period)
    judged = due.left_join(units, LINE, rname="{name}_units").left_join(days, LINE, rname="{name}_days")
    filled = least(coalesce(row.in_time, 0.0) / row.ordered_quantity, 1.0)
    return (
        judged.mutate(delay=row.completed.delta(row.promised_date, unit="day"), filled=filled)
        .mutate(on_time=_flag(_in_window(rule)))
        .mutate(on_time_in_full=row.on_time * _flag(row.filled >= ENOUGH))
        .select(*LINE, "supplier_id", "item_id", "value", "on_time", "filled", "on_time_in_full")
    )


def due_by(data: Dataset, period: Period, rule: DeliveryRule, key: Key) -> Table:
    """Counts and values of due lines for each candidate."""
    return with_key(data, due_lines(data, period, rule), key).group_by(key).agg(**_DUE)


def due_in_total(data: Dataset, period: Period, rule: DeliveryRule) -> Table:
    """Counts and values of all due lines, in one row."""
    return due_lines(data, period, rule).agg(**_DUE)


def completed_lines(data: Dataset, period: Period) -> Table:
    """Lines completed in the period with days from order to completion, and from promise to completion."""
    lines = placed_lines(data).join(completions(data, period), LINE).filter(period.holds(row.completed))
    return lines.mutate(
        lead=row.completed.delta(row.order_date, unit="day"),
        delay=row.completed.delta(row.promised_date, unit="day"),
    )


def implausible_lines(data: Dataset, period: Period) -> Table:
    """How many lines seem to arrive before they were ordered: one of their days is wrong."""
    return completed_lines(data, period).filter(row.lead < 0).agg(lines=row.count())


def lead_times_by(data: Dataset, period: Period, key: Key) -> Table:
    """Mean and sample sd of lead time and delay in days, for each candidate, without implausible lines."""
    lines = completed_lines(data, period).filter(row.lead >= 0)
    return with_key(data, lines, key).group_by(key).agg(
        lines=row.count(),
        lead=row.lead.mean(),
        lead_sd=row.lead.std(how="sample"),
        promised=row.delay.count(),
        delay_sd=row.delay.std(how="sample"),
    )


def offsets(data: Dataset, period: Period) -> Table:
    """How many received lines came how many days after the promised day (negative: before)."""
    last = arrivals(data, period).group_by(*LINE).agg(received=row.receipt_date.max())
    lines = placed_lines(data).filter(row.promised_date.notnull()).join(last, LINE)
    return lines.group_by(days=row.received.delta(row.promised_date, unit="day")).agg(lines=row.count())


def unpromised(data: Dataset, period: Period) -> Table:
    """How many lines ordered in the period have no promised day, and how many there are."""
    lines = placed_lines(data).filter(period.holds(row.order_date))
    return lines.agg(lines=row.count(), without=row.promised_date.isnull().sum())


def _in_time(data: Dataset, due: Table, period: Period, rule: DeliveryRule) -> Table:
    units = due.select(*LINE, "promised_date").join(arrivals(data, period), LINE)
    by_the_end = row.receipt_date.delta(row.promised_date, unit="day") <= rule.late_days
    return units.filter(by_the_end).group_by(*LINE).agg(in_time=row.quantity.sum())


def _in_window(rule: DeliveryRule) -> Any:
    in_time = row.completed.notnull() & (row.delay <= rule.late_days)
    return in_time if rule.early_days is None else in_time & (row.delay >= -rule.early_days)


def _flag(condition: Any) -> Any:
    # whole numbers first: engines differ in how they cast truth, and averages of decimals are rounded
    return condition.ifelse(1, 0).cast("float64")


_DUE: dict[str, Any] = {
    "lines": row.count(),
    "on_time": row.on_time.sum(),
    "filled": row.filled.sum(),
    "on_time_in_full": row.on_time_in_full.sum(),
    "value": row.value.sum(),
    "value_squares": (row.value * row.value).sum(),
    "on_time_value": (row.on_time * row.value).sum(),
    "filled_value": (row.filled * row.value).sum(),
    "on_time_in_full_value": (row.on_time_in_full * row.value).sum(),
}
