"""Numbers as bookkeepers, tills and foreign offices write them."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmkit.tables.numbers import read_numbers


def test_plain_numbers_need_no_declaration() -> None:
    read = read_numbers(pd.Series(["12", "-0.5", ".25", "1e3", None]))

    assert read.cells.tolist()[:4] == [12, -0.5, 0.25, 1000]
    assert math.isnan(read.cells[4])
    assert read.wrong.empty


@pytest.mark.parametrize(
    "text", ["1,234", "1,234.50", "1.234,50", "12 kg", "€ 5", "nan", "inf", "1e999", "٣"]
)
def test_a_number_with_undeclared_marks_is_refused_not_guessed(text: str) -> None:
    read = read_numbers(pd.Series([text]))

    assert read.cells.isna().all()
    assert len(read.wrong) == 1


def test_the_refusal_says_what_was_declared_and_what_to_do() -> None:
    reason = read_numbers(pd.Series(["1.234,50"])).wrong[0]

    assert reason == (
        'is not a number as declared (decimal ".", no thousands mark); '
        "declare its marks in the column map or correct it"
    )


def test_declared_marks_are_read_and_counted() -> None:
    cells = pd.Series(["1.234,50", "7,25", "8", "1 234"])
    read = read_numbers(cells, decimal=",", thousands=".")

    assert read.cells.tolist()[:3] == [1234.5, 7.25, 8]
    assert read.wrong.index.tolist() == [3]
    assert {rule: int(mask.sum()) for rule, mask in read.rules.items()} == {
        'thousands "."': 1,
        'decimal ","': 2,
    }


def test_a_misplaced_thousands_mark_is_refused() -> None:
    assert len(read_numbers(pd.Series(["12.34"]), decimal=",", thousands=".").wrong) == 1


def test_narrow_and_unbreakable_spaces_group_thousands_too() -> None:
    cells = pd.Series(["1\u00a0234,5", "1\u202f234,5", "1 234,5"])

    assert read_numbers(cells, decimal=",", thousands=" ").cells.tolist() == [1234.5] * 3


def test_minus_signs_of_bookkeepers() -> None:
    read = read_numbers(pd.Series(["(12.50)", "12.50-", "--3"]))

    assert read.cells.tolist()[:2] == [-12.5, -12.5]
    assert read.wrong.index.tolist() == [2]
    assert set(read.rules) == {"brackets as minus", "minus at the end"}


def test_declared_signs_are_removed() -> None:
    read = read_numbers(pd.Series(["€ 12.50", "3 EUR"]), remove=["€", "EUR"])

    assert read.cells.tolist() == [12.5, 3]


def test_numbers_that_are_numbers_already_stay_as_they_are() -> None:
    mixed = pd.Series([1.5, "1.234,5", None], dtype=object)

    assert read_numbers(mixed, decimal=",", thousands=".").cells.tolist()[:2] == [1.5, 1234.5]
    assert read_numbers(pd.Series([1, 2])).cells.tolist() == [1.0, 2.0]


@given(
    st.floats(min_value=-1e12, max_value=1e12),
    st.sampled_from([(",", "."), (".", ","), (",", " "), (".", "'")]),
)
def test_what_is_written_with_declared_marks_comes_back(number: float, marks: tuple[str, str]) -> None:
    decimal, thousands = marks
    written = f"{number:,.4f}".replace(",", "T").replace(".", decimal).replace("T", thousands)

    assert read_numbers(pd.Series([written]), decimal=decimal, thousands=thousands).cells[0] == round(
        number, 4
    )
