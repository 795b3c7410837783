"""Is 03/04 March or April? Is 1.250 a thousand? Asked about, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from srmkit.errors import SrmkitError
from srmkit.tables import Dataset, read_dataset

Folder = Callable[[Mapping[str, str]], Path]

MAP = """
name = "Mine"
currency = "EUR"
{files}
[tables.contracts]
file = "contracts.csv"
[tables.contracts.columns]
contract_id = "id"
supplier_id = "who"
start_date = "from"
end_date = {{ value = "2030-01-01" }}
annual_value = "value"
"""


def read(folder: Folder, days: list[str], values: list[str], files: str = "") -> Dataset:
    rows = "".join(f"C{place};S1;{day};{value}\n" for place, (day, value) in enumerate(zip(days, values, strict=True)))
    home = folder({"contracts.csv": f"id;who;from;value\n{rows}"})
    path = home.parent / "map.toml"
    path.write_text(MAP.format(files=files), encoding="utf-8")
    return read_dataset(home, column_map=path)


def refusal(folder: Folder, days: list[str], values: list[str]) -> str:
    with pytest.raises(SrmkitError) as told:
        read(folder, days, values)
    return str(told.value)


def test_days_that_fit_both_ways_are_asked_about(folder: Folder) -> None:
    words = refusal(folder, ["03/04/2026", "05/06/2026"], ["1", "2"])
    assert "column 'from' (start_date) can be read with the day or the month first, and no row tells which" in words
    assert 'formats = ["%d/%m/%Y"] where the day comes first, formats = ["%m/%d/%Y"] where the month does' in words


@pytest.mark.parametrize(
    ("day", "order", "line"), [("31.12.2026", "day", "%d.%m.%Y"), ("12.31.2026", "month", "%m.%d.%Y")]
)
def test_a_day_that_fits_one_way_only_gives_the_line_to_add(folder: Folder, day: str, order: str, line: str) -> None:
    words = refusal(folder, ["03.04.2026", day], ["1", "2"])
    assert f"it can only be with the {order} first; found {day}." in words
    assert f'Say so in the column map: formats = ["{line}"]' in words


def test_days_of_both_kinds_in_one_column_are_no_column(folder: Folder) -> None:
    words = refusal(folder, ["31/12/2026", "12/31/2026"], ["1", "2"])
    assert "is written with the day first in some rows and the month first in others" in words


def test_a_point_before_three_digits_may_be_either_mark(folder: Folder) -> None:
    words = refusal(folder, ["2026-01-01", "2026-01-02"], ["1.250", "12.500"])
    assert "has numbers that can be read in two ways: 1.250 as 1,250 or as a fraction" in words


def test_one_other_number_tells_which_mark_it_is(folder: Folder) -> None:
    data = read(folder, ["2026-01-01", "2026-01-02"], ["1.250", "12.5"])
    assert data.frame("contracts")["annual_value"].tolist() == [1.25, 12.5]


def test_a_file_says_once_how_it_is_written(folder: Folder) -> None:
    files = '[files."contracts.csv"]\ndecimal = ","\nthousands = "."\ndates = "%d/%m/%Y"\n'
    data = read(folder, ["03/04/2026", "05/06/2026"], ["1.250,50", "12.500"], files)
    found = data.frame("contracts")
    assert found["annual_value"].tolist() == [1250.5, 12500]
    assert found["start_date"].dt.strftime("%m-%d").tolist() == ["04-03", "06-05"]


def test_settings_that_are_none_are_told(folder: Folder) -> None:
    with pytest.raises(SrmkitError) as told:
        read(folder, ["2026-01-01"], ["1"], '[files."contracts.csv"]\nencoding = "klingon"\nheader = [2, 1]\n')
    words = str(told.value)
    assert "is not an encoding that is read" in words
    assert "needs its rows from top to bottom, each once" in words
