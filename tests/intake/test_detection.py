"""What a column looks like, and whether it can be read in two ways."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from srmkit.intake.detection import detect


def words(*cells: str) -> pd.Series:
    return pd.Series(cells, dtype="str")


@pytest.mark.parametrize(
    ("cells", "looks", "writing"),
    [
        (("2026-03-04", "2026-03-17"), "day", "year-month-day"),
        (("04.03.2026", "17.03.2026"), "day", "day.month.year"),
        (("3/14/26", "12/1/26"), "day", "month/day/yy"),
        (("02-Jun-06", "14-Nov-06"), "day", "day-Mon-yy"),
        (("20260304", "20251231"), "day", "yearmonthday"),
        (("2026年3月4日", "2026年12月31日"), "day", "year年month月day日"),
        (("1960M01", "1960M02"), "day", "yearMmonth"),
        (("04.03.2026 16:05", "17.03.2026 08:00"), "day", "day.month.year hour:minute"),
        (("1.234,50", "7,25", "12-"), "number", 'decimal ",", thousands "."'),
        (("1,234.50", "(7.25)"), "number", 'decimal ".", thousands ","'),
        (("€ 5.50", "€ 7.25"), "number", 'decimal ".", without "€"'),
        (("1 234,5", "12,25"), "number", 'decimal ",", thousands " "'),
        (("10", "20", "30"), "number", "whole"),
        (("0001001", "0001002"), "code", "digits"),
        (("A-7", "B-12"), "code", ""),
        (("yes", "no", "yes"), "yes or no", "yes / no"),
        (("J", "N"), "yes or no", "J / N"),
        (("Müller & Söhne", "Dahl AB"), "text", ""),
        (("", " "), "nothing", ""),
    ],
)  # fmt: skip
def test_columns_are_recognised_by_their_cells(cells: tuple[str, ...], looks: str, writing: str) -> None:
    found = detect(words(*cells))
    assert (found.looks, found.writing) == (looks, writing)


def test_a_day_that_fits_both_ways_is_in_doubt_and_no_longer_where_one_row_tells() -> None:
    assert "month/day/year" in detect(words("03/04/2026", "05/06/2026")).doubt
    assert detect(words("03/04/2026", "25/06/2026")).doubt == ""


def test_days_in_both_orders_are_no_column_of_days() -> None:
    found = detect(words("13/04/2026", "05/25/2026", "26/04/2026"))
    assert found.doubt == "is written with the day first in some rows and the month first in others"


def test_two_writings_that_do_not_clash_are_both_told() -> None:
    found = detect(words("2026-03-04", "05-Mar-26", "06-Mar-26"))
    assert (set(found.formats), found.doubt, found.share) == ({"%d-%b-%y", "%Y-%m-%d"}, "", 1.0)


@pytest.mark.parametrize("cells", [("1.250", "2.500"), ("1,250", "12,500")])
def test_a_mark_before_three_digits_may_be_either(cells: tuple[str, ...]) -> None:
    assert "can be read as 1250 or as a fraction" in detect(words(*cells)).doubt


def test_words_among_numbers_are_shown_and_gaps_named() -> None:
    found = detect(words("5", "7", "see diary", "9", "?", "11"))
    assert (found.looks, found.misfits, found.gaps) == ("number", ("see diary",), ("?",))
    assert found.share == pytest.approx(4 / 5)


def test_cells_that_have_a_type_already_keep_it() -> None:
    assert detect(pd.Series([dt.date(2026, 1, 2)], dtype=object)).looks == "day"
    assert detect(pd.Series(pd.to_datetime(["2026-01-02"]))).looks == "day"
    assert detect(pd.Series([1.5, 2.0])).looks == "number"
    assert detect(pd.Series([True, False])).looks == "yes or no"


def test_a_long_column_is_looked_at_evenly() -> None:
    found = detect(pd.Series([f"{n}.5" for n in range(60_000)], dtype="str"))
    assert (found.looks, found.different, found.share) == ("number", 60_000, 1.0)
