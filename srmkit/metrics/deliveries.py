"""Delivery of purchase order lines: which lines were due and what became of them, and how long they took."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from srmkit.metrics.delivery_rule import DeliveryRule
from srmkit.metrics.order_lines import LINE, Key, placed_lines, with_key
from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, coalesce, least, literal, literal_day, row, so_far, union

if TYPE_CHECKING:
    from srmkit.tables import Dataset

ENOUGH = 1 - 1e-9  # quantities are decimals: 0.1 + 0.2 delivers an order of 0.3


def known_receipts(data: Dataset, period: Period) -> Table:
    """Receipts up to the period's end: what came later is not known yet."""
    return data["receipts"].filter(row.receipt_date <= literal_day(period.end))


def due_lines(data: Dataset, period: Period, rule: DeliveryRule, key: Key | None = None) -> Table:
    """Lines whose last day to arrive lies in the period, each with its verdicts as 1 or 0.

    `on_time`: complete within the window of the rule; `early`: complete before it opens; `late`: not complete when
    it closes. Units that count up to the ordered ones: `in_time` by the window's end, `in_window` within it,
    `arrived` by the period's end. So each line is judged once, in the period in which its window closes, and
    nothing that happens later changes the verdict. `key` says whose lines they are; lines of nobody are left out.
    """
    late = dt.timedelta(days=rule.late_days)
    # the window closes in the period when the promised day lies in the period moved back by the days of grace
    promised = Period(period.start - late, period.end - late)
    due = placed_lines(data).filter(promised.holds(row.promised_date))
    whose: tuple[str, ...] = ()
    if key is not None:
        due, whose = with_key(data, due, key), (key,)
    # nothing but what is needed: at a hundred million lines each column here is a gigabyte
    due = due.select(*LINE, *whose, "promised_date", "ordered_quantity", "value")
    came = known_receipts(data, period).select(*LINE, "receipt_date", "received_quantity")
    after = row.receipt_date.delta(row.promised_date, unit="day")
    dated = due.left_join(came, LINE, rname="{name}_receipt").mutate(
        units=coalesce(row.received_quantity, 0.0),
        units_in_time=(after <= rule.late_days).ifelse(row.received_quantity, 0.0),
        units_before=_units_before(after, rule),
    )
    units = dated.group_by(*LINE, *whose).agg(
        ordered=row.ordered_quantity.max(),
        value=row.value.max(),
        arrived=row.units.sum(),
        in_time=coalesce(row.units_in_time.sum(), 0.0),
        too_early=coalesce(row.units_before.sum(), 0.0),
    )
    wanted = row.ordered * ENOUGH
    judged = units.mutate(
        complete=flag(row.in_time >= wanted),
        early=flag(row.too_early >= wanted),
        arrived=least(row.arrived, row.ordered),
        in_time=least(row.in_time, row.ordered),
        too_early=least(row.too_early, row.ordered),
    )
    return judged.mutate(
        on_time=row.complete - row.early,
        late=1.0 - row.complete,
        filled=row.in_time / row.ordered,
        in_window=row.in_time - row.too_early,
    )


def due_by(data: Dataset, period: Period, rule: DeliveryRule, key: Key) -> Table:
    """Counts, values and units of due lines for each candidate, and its orders: on time with all their lines."""
    lines = due_lines(data, period, rule, key)
    orders = lines.group_by(key, "po_id").agg(lines=row.count(), on_time=row.on_time.sum())
    whole = flag(row.on_time >= row.lines.cast("float64"))
    counted = orders.group_by(key).agg(orders=row.count(), orders_on_time=whole.sum())
    return lines.group_by(key).agg(**_DUE).join(counted, key)


def due_in_total(data: Dataset, period: Period, rule: DeliveryRule) -> Table:
    """Counts and values of all due lines, in one row."""
    return due_lines(data, period, rule).agg(**_DUE)


def completed_lines(data: Dataset, period: Period) -> Table:
    """Lines completed in the period, with the days from order and from promise to completion.

    A line is complete on the first day on which all receipts so far reach the ordered quantity.
    """
    came = known_receipts(data, period).mutate(so_far=so_far(row.received_quantity, by=LINE, along="receipt_date"))
    recent = came.filter(row.receipt_date >= literal_day(period.start))
    kept = ("supplier_id", "item_id", "order_date", "promised_date", "ordered_quantity")
    lines = placed_lines(data).select(*LINE, *kept)
    wanted = row.ordered_quantity * ENOUGH
    # the receipt that takes the line past the ordered quantity: one a line
    completing = (row.so_far >= wanted) & (row.so_far - row.received_quantity < wanted)
    return lines.join(recent, LINE, rname="{name}_receipt").filter(completing).mutate(
        lead=row.receipt_date.delta(row.order_date, unit="day"),
        delay=row.receipt_date.delta(row.promised_date, unit="day"),
    )


def days_taken_by(data: Dataset, period: Period, key: Key) -> Table:
    """How many completed lines took how many days: from the order (`what` lead), from the promise (delay).

    Lines whose category is not known are counted under a gap.
    """
    done = with_key(data, completed_lines(data, period), key, unknown=True).select(key, "lead", "delay")
    leads = done.group_by(key, days=row.lead).agg(lines=row.count()).mutate(what=literal("lead"))
    # lead time cannot be negative: such a line has a wrong day, which may be either
    known = done.filter(row.delay.notnull() & (row.lead >= 0))
    delays = known.group_by(key, days=row.delay).agg(lines=row.count()).mutate(what=literal("delay"))
    return union(leads, delays)


def _units_before(after: Any, rule: DeliveryRule) -> Any:
    """Units that came before the window opened, which has no beginning where early counts."""
    return literal(0.0) if rule.early_days is None else (after < -rule.early_days).ifelse(row.received_quantity, 0.0)


def flag(condition: Any) -> Any:
    """1 or 0, whole numbers first: engines differ in how they cast truth, and averages of decimals are rounded."""
    return condition.ifelse(1, 0).cast("float64")


_DUE: dict[str, Any] = {
    "lines": row.count(),
    "on_time": row.on_time.sum(),
    "early": row.early.sum(),
    "late": row.late.sum(),
    "filled": row.filled.sum(),
    "value": row.value.sum(),
    "value_squares": (row.value * row.value).sum(),
    "on_time_value": (row.on_time * row.value).sum(),
    "filled_value": (row.filled * row.value).sum(),
    "units": row.ordered.sum(),
    "unit_squares": (row.ordered * row.ordered).sum(),
    "in_time_units": row.in_time.sum(),
    "in_window_units": row.in_window.sum(),
    "arrived_units": row.arrived.sum(),
}
