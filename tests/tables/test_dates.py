"""Days: ISO is read, everything else must be declared."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from srmkit.tables.dates import read_dates


def days(cells: list[object], *formats: str) -> list[dt.date | None]:
    values = read_dates(pd.Series(cells, dtype=object), formats=formats).cells
    return [None if pd.isna(value) else value.date() for value in values]


def test_year_month_day_needs_no_declaration() -> None:
    assert days(["2024-03-04", "2024-03-04 13:45:00", "2024-03-04T13:45Z", None]) == [
        dt.date(2024, 3, 4), dt.date(2024, 3, 4), dt.date(2024, 3, 4), None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["04/03/2024", "4.3.2024", "March 4, 2024", "20240304", "2024-13-01", "2024-02-30"]
)
def test_any_other_writing_is_refused_with_the_way_out(text: str) -> None:
    read = read_dates(pd.Series([text]))

    assert read.cells.isna().all()
    assert read.wrong[0] == (
        "is not a date written year-month-day; declare its writing in the column map, "
        'such as formats = ["%d/%m/%Y"] for day/month/year'
    )


def test_declared_formats_are_read_and_counted() -> None:
    read = read_dates(pd.Series(["2-Jun-06", "8/27/14", "soon"]), formats=["%d-%b-%y", "%m/%d/%y"])

    assert read.cells.dt.date.tolist()[:2] == [dt.date(2006, 6, 2), dt.date(2014, 8, 27)]
    assert {rule: int(mask.sum()) for rule, mask in read.rules.items()} == {
        "date as %d-%b-%y": 1, "date as %m/%d/%y": 1,
    }  # fmt: skip
    assert read.wrong.to_dict() == {
        2: "is not a date as declared (%d-%b-%y, %m/%d/%y); add its format or correct it"
    }


def test_a_text_that_is_two_days_under_the_declared_formats_is_refused() -> None:
    read = read_dates(pd.Series(["04/03/2024", "25/03/2024", "05/05/2024"]), formats=["%d/%m/%Y", "%m/%d/%Y"])

    assert read.cells.isna().tolist() == [True, False, False]
    assert read.wrong.to_dict() == {
        0: "is a different day under each of the declared formats; declare only the one that is meant"
    }


def test_dates_that_are_dates_already_stay_as_they_are() -> None:
    moments = pd.Series(pd.to_datetime(["2024-03-04 10:00", None]))

    assert read_dates(moments).cells.dt.date.tolist()[0] == dt.date(2024, 3, 4)
    assert days([dt.date(2024, 3, 4), dt.datetime(2024, 3, 4, 23, 59), "05.03.2024"], "%d.%m.%Y") == [
        dt.date(2024, 3, 4), dt.date(2024, 3, 4), dt.date(2024, 3, 5),
    ]  # fmt: skip


def test_the_day_of_a_moment_is_the_day_on_the_wall_clock_where_it_was_noted() -> None:
    moments = pd.Series(pd.to_datetime(["2024-03-04 23:30"])).dt.tz_localize("America/Los_Angeles")

    assert read_dates(moments).cells.dt.date.tolist() == [dt.date(2024, 3, 4)]


def test_numbers_as_dates_need_a_format() -> None:
    assert days([20240304], "%Y%m%d") == [dt.date(2024, 3, 4)]
    assert days([45000]) == [None]
