"""Which days a figure is about."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.metrics import DeliveryRule, Period

days = st.dates(dt.date(2000, 1, 1), dt.date(2050, 12, 31))


@given(days, st.integers(1, 60))
def test_the_period_before_ends_on_the_eve_and_covers_as_many_months(as_of: dt.date, months: int) -> None:
    period = Period.ending(as_of, months)
    before = period.before()
    assert before.end + dt.timedelta(days=1) == period.start
    assert period.years == months / 12
    assert before == Period.ending(before.end, months)


@given(days, st.integers(0, 4000))
def test_every_period_has_a_length_and_a_period_of_nearly_the_same_length_before(start: dt.date, length: int) -> None:
    period = Period(start, start + dt.timedelta(days=length))
    assert period.years == pytest.approx(period.days / 365.25, rel=0.12)
    assert abs(period.before().days - period.days) <= 4


def test_twelve_months_to_the_end_of_june_begin_on_the_first_of_july() -> None:
    assert Period.ending(dt.date(2026, 6, 30), 12) == Period(dt.date(2025, 7, 1), dt.date(2026, 6, 30))


def test_a_month_to_the_end_of_february_in_a_leap_year_is_february() -> None:
    assert Period.ending(dt.date(2024, 2, 29), 1) == Period(dt.date(2024, 2, 1), dt.date(2024, 2, 29))


def test_all_the_data_run_from_the_first_order_to_the_last_receipt_not_to_the_last_promise(company: Any) -> None:
    data = company(
        purchase_order_lines=[{"order_date": "2026-01-05", "promised_date": "2030-01-01"}],
        receipts=[{"receipt_date": "2026-03-01"}],
    )
    assert Period.all(data) == Period(dt.date(2026, 1, 5), dt.date(2026, 3, 1))


def test_data_without_a_day_have_no_period(company: Any) -> None:
    with pytest.raises(SrmkitError, match="no day is in the data"):
        Period.all(company(suppliers=[{"supplier_id": "S1"}]))


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(SrmkitError, match="its end lies before its start; found 2026-02-01 to 2026-01-01"):
        Period(dt.date(2026, 2, 1), dt.date(2026, 1, 1))


def test_no_month_is_no_period() -> None:
    with pytest.raises(SrmkitError, match="'months' must be 1 or more; found 0. Period.all takes all the data."):
        Period.ending(dt.date(2026, 2, 1), 0)


def test_a_delivery_rule_names_every_negative_day() -> None:
    with pytest.raises(SrmkitError, match="2 problems") as problems:
        DeliveryRule(early_days=-1, late_days=-2)
    assert "'early_days' is negative; found -1" in str(problems.value)
    assert "'late_days' is negative; found -2" in str(problems.value)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (DeliveryRule(), "at most 3 days early, at most 0 days late"),
        (DeliveryRule(early_days=None, late_days=1), "as early as it likes, at most 1 day late"),
    ],
)
def test_a_delivery_rule_can_be_read_aloud(rule: DeliveryRule, words: str) -> None:
    assert str(rule) == words


def test_a_period_does_not_end_with_an_order_decades_after_all_others(company: Any) -> None:
    """One 2062 for 2026 would leave every other order out of all figures, and the report would look like any other."""
    days = [f"2026-0{month}-05" for month in range(1, 7)] * 50
    lines = [{"po_id": f"P{place}", "order_date": day} for place, day in enumerate([*days, "2062-01-05"])]
    data = company(purchase_order_lines=lines)
    with pytest.raises(SrmkitError) as caught:
        data.last_date()
    assert str(caught.value).endswith(
        "purchase_order_lines has its latest order date years after the others; found 2062-01-05 on 1 of 301 rows, the "
        "others up to 2026-06-05. Correct the date, leave the row out in the column map, or set 'as_of' to the last "
        "day to look at."
    )
    assert company(purchase_order_lines=lines[:-1]).last_date() == dt.date(2026, 6, 5)
    few = [{"po_id": f"P{year}", "order_date": f"{year}-01-05"} for year in range(2018, 2027)]
    assert company(purchase_order_lines=few).last_date() == dt.date(2026, 1, 5)  # one a year is a habit
