"""Is 03/04 March or April? Is 1.250 a thousand? Asked about, never guessed."""

from __future__ import annotations

import datetime as dt
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


def orders(*rows: str) -> dict[str, str]:
    """A folder with order lines whose day of the order and promised day are as given."""
    head = "po_id,line_id,supplier_id,item_id,order_date,promised_date,ordered_quantity,unit_price\n"
    lines = "".join(f"P{place},1,S1,I1,{days},5,2.5\n" for place, days in enumerate(rows))
    return {"purchase_order_lines.csv": head + lines}


def test_days_that_fit_both_ways_are_judged_by_the_days_beside_them_and_still_asked_about(folder: Folder) -> None:
    """The third of April, delivered on the ninth: with the month first it would be delivered before it was ordered."""
    days = ("03/04/2026,2026-04-09", "05/04/2026,2026-04-11", "02/04/2026,2026-04-20", "01/04/2026,2026-04-07")
    with pytest.raises(SrmkitError) as told:
        read_dataset(folder(orders(*days)))
    words = str(told.value)
    assert "can be read with the day or the month first, and no row tells which" in words
    assert "beside promised_date, no rows make no sense with the day first, 1 with the month first" in words
    assert 'formats = ["%d/%m/%Y"] where the day comes first' in words


def damaged(day: dt.date) -> str:
    """A day written month/day/year with two digits each, as a program shows it that takes it for year/month/day."""
    return f"20{day.month:02d}-{day.day:02d}-{day.year % 100:02d}"


def test_what_looks_like_year_month_day_is_asked_about_where_orders_come_years_after_their_delivery(
    folder: Folder,
) -> None:
    ordered = [dt.date(2013, month, day) for month in (9, 10, 11, 12) for day in (2, 7, 12)]
    rows = [f"{damaged(day)},{day + dt.timedelta(days=40)}" for day in ordered]
    with pytest.raises(SrmkitError) as told:
        read_dataset(folder(orders(*rows)))
    words = str(told.value)
    assert "purchase_order_lines: column 'order_date' (order_date) looks like year-month-day" in words
    assert "may be month/day/year: as it is written 5 of 12 rows lie years away from their promised_date" in words
    assert 'formats = ["20%m-%d-%y"] where it is month/day/year' in words


ORDERS_MAP = """
name = "Mine"
currency = "EUR"
[tables.purchase_order_lines]
file = "purchase_order_lines.csv"
[tables.purchase_order_lines.columns]
po_id = "po_id"
line_id = "line_id"
supplier_id = "supplier_id"
item_id = "item_id"
order_date = {{ from = "order_date", formats = [{formats}] }}
promised_date = "promised_date"
ordered_quantity = "ordered_quantity"
unit_price = "unit_price"
"""


@pytest.mark.parametrize(("formats", "first"), [('"20%m-%d-%y"', "2013-09-02"), ('"%Y-%m-%d"', "2009-02-13")])
def test_both_answers_can_be_given(folder: Folder, formats: str, first: str) -> None:
    ordered = [dt.date(2013, month, day) for month in (9, 10, 11) for day in (2, 7, 12)]
    home = folder(orders(*(f"{damaged(day)},{day + dt.timedelta(days=40)}" for day in ordered)))
    (home / "map.toml").write_text(ORDERS_MAP.format(formats=formats), encoding="utf-8")
    data = read_dataset(home, column_map=home / "map.toml")
    assert str(data.frame("purchase_order_lines")["order_date"].dt.date.iloc[0]) == first


def test_damaged_days_are_found_by_the_receipts_of_another_table(folder: Folder) -> None:
    ordered = [dt.date(2013, month, day) for month in (9, 10, 11, 12) for day in (2, 7, 12)]
    files = orders(*(f"{damaged(day)}," for day in ordered))
    received = (f"R{n},P{n},1,{day + dt.timedelta(days=30)},5\n" for n, day in enumerate(ordered))
    files["receipts.csv"] = "receipt_id,po_id,line_id,receipt_date,received_quantity\n" + "".join(received)
    with pytest.raises(SrmkitError, match="rows lie years away from their receipt_date"):
        read_dataset(folder(files))


def test_two_strange_rows_are_mistakes_and_no_writing(folder: Folder) -> None:
    rows = ["2013-09-02,2013-10-02"] * 20 + ["2006-05-13,2013-06-20"] * 2
    assert len(read_dataset(folder(orders(*rows))).frame("purchase_order_lines")) == 22


def test_amounts_with_signs_of_two_currencies_are_not_added_up(folder: Folder) -> None:
    home = folder({"lines.csv": "po,l,s,i,day,q,price\nP1,1,S,I,2026-01-02,1,€ 5\nP2,1,S,I,2026-01-03,1,$ 7\n"})
    (home / "map.toml").write_text(
        'name = "Mine"\ncurrency = "EUR"\n[tables.purchase_order_lines]\nfile = "lines.csv"\n'
        "[tables.purchase_order_lines.columns]\n"
        'po_id = "po"\nline_id = "l"\nsupplier_id = "s"\nitem_id = "i"\norder_date = "day"\nordered_quantity = "q"\n'
        'unit_price = { from = "price", remove = ["€", "$"] }\n',
        encoding="utf-8",
    )
    with pytest.raises(SrmkitError, match="column 'price' has amounts in several currencies"):
        read_dataset(home, column_map=home / "map.toml")
