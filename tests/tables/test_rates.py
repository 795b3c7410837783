"""Amounts in several currencies: converted at the rate of their day, or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from srmkit.errors import SrmkitError
from srmkit.tables import Dataset, read_dataset

Folder = Callable[[Mapping[str, str]], Path]

MAP = """
name = "Mine"
currency = "EUR"
[rates]
file = "rates.csv"
[tables.contracts]
file = "contracts.csv"
currency = "cur"
[tables.contracts.columns]
contract_id = "id"
supplier_id = "who"
start_date = "from"
end_date = "to"
annual_value = { from = "value", decimal = "." }
"""
RATES = "date,currency,rate\n2026-06-01,USD,0.90\n2026-06-30,USD,0.80\n2026-06-01,GBP,1.20\n"
HEAD = "id,who,from,to,value,cur\n"


def read(folder: Folder, rows: str, *, rates: str = RATES, column_map: str = MAP) -> Dataset:
    home = folder({"contracts.csv": HEAD + rows, "rates.csv": rates})
    path = home.parent / "map.toml"
    path.write_text(column_map, encoding="utf-8")
    return read_dataset(home, column_map=path)


def test_each_amount_takes_the_latest_rate_up_to_its_day(folder: Folder) -> None:
    """Contracts are dated by their end."""
    data = read(
        folder,
        "C1,S1,2026-01-01,2026-06-01,100,USD\nC2,S1,2026-01-01,2026-06-29,100,USD\n"
        "C3,S1,2026-01-01,2026-06-30,100,USD\nC4,S1,2026-01-01,2026-06-30,100,EUR\nC5,S1,2026-01-01,2026-06-10,50,GBP\n",
    )
    found = data.frame("contracts").set_index("contract_id")["annual_value"]
    assert found.to_dict() == pytest.approx({"C1": 90, "C2": 90, "C3": 80, "C4": 100, "C5": 60})
    assert data.currency == "EUR"
    rules = data.health.conversions.set_index("rule")["count"]
    assert rules["USD to EUR at the rate of its day"] == 3
    assert rules["GBP to EUR at the rate of its day"] == 1


def test_money_is_accounted_for_in_each_currency_as_the_source_has_it(folder: Folder) -> None:
    data = read(folder, "C1,S1,2026-01-01,2026-06-01,0.1,USD\nC2,S1,2026-01-01,2026-06-02,0.2,USD\n"
                        "C3,S1,2026-01-01,2026-06-02,5,\n")  # fmt: skip
    money = data.health.money.set_index("currency")
    assert money.loc["USD", "used"] == Decimal("0.3")
    assert money.loc["EUR", "used"] == Decimal("5")


def test_a_row_without_a_rate_for_its_day_is_refused_and_counted(folder: Folder) -> None:
    data = read(
        folder,
        "C1,S1,2026-01-01,2026-06-10,100,USD\nC2,S1,2026-01-01,2026-05-31,100,USD\n"
        "C3,S1,2026-01-01,2026-08-30,100,USD\nC4,S1,2026-01-01,2026-06-10,100,CHF\n",
    )
    assert data.frame("contracts")["contract_id"].tolist() == ["C1"]
    aside = data.health.set_aside
    assert aside["found"].tolist() == ["USD", "USD", "CHF"]
    assert aside["reason"].eq(
        "has an amount in another currency and no rate to EUR within 31 days before its day"
    ).all()


def test_rates_may_say_how_much_one_unit_of_ours_buys(folder: Folder) -> None:
    inverse = MAP.replace('file = "rates.csv"', 'file = "rates.csv"\ninverse = true')
    data = read(folder, "C1,S1,2026-01-01,2026-06-10,100,USD\n", rates="date,currency,rate\n2026-06-01,USD,1.25\n",
                column_map=inverse)  # fmt: skip
    assert data.frame("contracts")["annual_value"].tolist() == pytest.approx([80])


def test_every_row_of_the_rates_that_is_none_is_named(folder: Folder) -> None:
    rates = "date,currency,rate\n2026-06-01,USD,0\nsoon,USD,1\n2026-06-02,GBP,1.1\n2026-06-02,GBP,1.2\n"
    with pytest.raises(SrmkitError) as told:
        read(folder, "C1,S1,2026-01-01,2026-06-10,100,USD\n", rates=rates)
    words = str(told.value)
    assert "row 2 holds no currency, day and rate above 0; found 2026-06-01, USD, 0" in words
    assert "row 3 holds no currency, day and rate above 0; found soon, USD, 1" in words
    assert "GBP on 2026-06-02 has several rates; found rows 4, 5. Keep one." in words


def test_another_currency_than_that_of_the_map_is_refused_without_rates(folder: Folder) -> None:
    plain = MAP.replace('[rates]\nfile = "rates.csv"\n', "")
    with pytest.raises(SrmkitError) as told:
        read(folder, "C1,S1,2026-01-01,2026-06-10,100,USD\nC2,S1,2026-01-01,2026-06-10,1,EUR\n", column_map=plain)
    assert "contracts is in several currencies; found EUR on 1 rows, USD on 1 rows. Add a table of dated rates" in str(
        told.value
    )
