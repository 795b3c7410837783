"""Days: ISO is read, everything else must be declared."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.intake import propose
from srmkit.tables import read_dataset
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


CERTIFICATES = """
name = "Alba's buyer"
currency = "EUR"
[tables.certificates]
file = "certificates.csv"
[tables.certificates.columns]
supplier_id = "supplier"
certificate = "certificate"
valid_until = {{ from = "until", formats = {formats} }}
"""


def certificates(tmp_path: Path, formats: str, *days: str) -> pd.Series:
    """Days as a map reads them."""
    rows = "".join(f"S{place},ISO 9001,{day}\n" for place, day in enumerate(days))
    (tmp_path / "certificates.csv").write_text("supplier,certificate,until\n" + rows, encoding="utf-8")
    path = tmp_path / "map.toml"
    path.write_text(CERTIFICATES.format(formats=formats), encoding="utf-8")
    return read_dataset(tmp_path, column_map=path).frame("certificates")["valid_until"].dt.date


@pytest.mark.parametrize("shape", ["%Q", "%", "DD/MM/YYYY", "%d/%m", "%H:%M", "", "%d.%Y", "%Y-%m-%Q", "%s"])
def test_a_way_of_writing_days_that_is_none_is_refused_with_the_map(tmp_path: Path, shape: str) -> None:
    with pytest.raises(SrmkitError, match=r"valid_until.formats has '.*', a way of writing days that"):
        certificates(tmp_path, f'["{shape}"]', "03/04/2026")


@pytest.mark.parametrize("shape", ["mixed", "ISO8601"])
def test_nothing_guesses_the_writing_of_days(tmp_path: Path, shape: str) -> None:
    """pandas would: 03/04 becomes the fourth of March without a word."""
    with pytest.raises(SrmkitError, match="a way of writing days that names no year"):
        certificates(tmp_path, f'["{shape}"]', "03/04/2026")


def test_day_numbers_of_a_spreadsheet_are_asked_about_and_read_when_said(tmp_path: Path) -> None:
    """Day 46085 is 2026-03-04 (Excel, Windows): 36526 is 2000-01-01."""
    days = certificates(tmp_path, '["excel"]', "46085", "36526", "46085.5")
    assert [str(day) for day in days] == ["2026-03-04", "2000-01-01", "2026-03-04"]
    asked = r"'until' \(valid_until\) holds numbers; .* found 46085, which would be 2026-03-04. .*= \[\"excel\"\]"
    with pytest.raises(SrmkitError, match=asked):
        certificates(tmp_path, "[]", "46085", "46090")
    (tmp_path / "map.toml").unlink()
    found = propose(tmp_path)
    assert any("46085: are they the day numbers of a spreadsheet" in question for question in found.questions)
    answered = found.accepting("certificates", "valid_until")
    data = read_dataset(tmp_path, column_map=answered.write(tmp_path / "mine.toml"))
    assert str(data.frame("certificates")["valid_until"].iloc[0].date()) == "2026-03-04"
