"""Rows that are no facts: found by rule, set aside, counted with their money."""

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
[tables.contracts]
file = "contracts.csv"
[tables.contracts.columns]
contract_id = "id"
supplier_id = "who"
start_date = "from"
end_date = "to"
annual_value = { from = "value", decimal = "." }
"""
EXPORT = """id,who,from,to,value
C1,S1,2026-01-01,2026-12-31,0.10
C2,0,2026-01-01,2026-12-31,0.20
,Subtotal,,,0.30
id,who,from,to,value
C3,S2,2026-01-01,2026-12-31,0.20
C4,PLANT 2,2026-01-01,2026-12-31,9.00
C5,S2,2026-01-01,soon,5.00
------,,,,
Grand total,,,,14.50
printed on 30 June by Ann,,,,
"""


def read(folder: Folder, more: str = "", export: str = EXPORT) -> Dataset:
    """The contracts of an export, with more lines in the map."""
    home = folder({"contracts.csv": export})
    column_map = home.parent / "map.toml"
    column_map.write_text(MAP.replace("[tables.contracts]\n", f"{more}\n[tables.contracts]\n", 1), encoding="utf-8")
    return read_dataset(home, column_map=column_map)


INTERNAL = '[rows]\ninternal = "PLANT 2"\n'


def test_every_row_that_is_no_fact_is_set_aside_with_its_reason(folder: Folder) -> None:
    data = read(folder, INTERNAL)
    assert data.frame("contracts")["contract_id"].tolist() == ["C1", "C3"]
    aside = data.health.set_aside.set_index("row").sort_index()
    assert aside["reason"].to_dict() == {
        3: "stands for nobody",
        4: "is a total, not a row",
        5: "is the header again, not a row",
        7: "is ourselves: an internal transfer",
        8: aside.loc[8, "reason"],
        9: aside.loc[9, "reason"],
        10: "is a total, not a row",
        11: "is a remark, not a row: it has one cell only",
    }
    assert aside.loc[8, "kind"] == "refused"
    assert aside.drop(8)["kind"].eq("excluded").all()


def test_rows_and_money_reconcile_to_the_cent(folder: Folder) -> None:
    data = read(folder, INTERNAL)
    rows = data.health.tables.loc["contracts"]
    assert rows["rows_read"] == 10
    assert rows[["rows_used", "rows_excluded", "rows_refused"]].tolist() == [2, 7, 1]
    money = data.health.money.set_index("column").loc["annual_value"]
    # 0.1 + 0.2 is 0.3 to the cent, and not 0.30000000000000004
    assert money["used"] == Decimal("0.30")
    assert money["refused"] == Decimal("5.00")
    assert money["excluded"] == Decimal("0.20") + Decimal("0.30") + Decimal("9.00") + Decimal("14.50")
    assert money["read"] == money["used"] + money["excluded"] + money["refused"]


def test_each_rule_can_be_switched_off(folder: Folder) -> None:
    off = "[rows]\ntotals = false\nfooters = false\nrepeated_headers = false\nsentinels = []\n"
    data = read(folder, off)
    assert data.frame("contracts")["contract_id"].tolist() == ["C1", "C2", "C3", "C4"]
    assert data.health.set_aside["kind"].eq("refused").all()


@pytest.mark.parametrize("word", ["Total", "GRAND TOTAL:", "Summe", "Zwischensumme", "合计", "Итого", "Sous-total"])
def test_totals_are_known_in_several_languages(folder: Folder, word: str) -> None:
    export = f"id,who,from,to,value\nC1,S1,2026-01-01,2026-12-31,1\n{word},,,,1\n"
    aside = read(folder, export=export).health.set_aside
    assert aside["reason"].tolist() == ["is a total, not a row"]


def test_a_supplier_called_total_is_a_supplier(folder: Folder) -> None:
    export = "id,who,from,to,value\nC1,Total,2026-01-01,2026-12-31,1\n"
    assert read(folder, export=export).frame("contracts")["supplier_id"].tolist() == ["Total"]


def test_a_rule_that_is_none_is_told(folder: Folder) -> None:
    with pytest.raises(SrmkitError, match="total"):
        read(folder, "[rows]\ntotal = true\n")


DISTINCT = """
name = "Alba's buyer"
currency = "EUR"
[tables.suppliers]
file = "orders.csv"
distinct = true
columns = { supplier_id = "no", name = "name", country = "land" }
"""


def test_one_row_for_each_key_is_one_that_says_what_is_required(folder: Folder, tmp_path: Path) -> None:
    """The first order of a supplier may lack its name; and that two names stand there is told."""
    path = tmp_path / "distinct.toml"
    path.write_text(DISTINCT, encoding="utf-8")
    rows = "S1,,IT\nS1,Alba,IT\nS1,Alba SpA,IT\nS2,Dahl,SE\n"
    data = read_dataset(folder({"orders.csv": f"no,name,land\n{rows}"}), column_map=path)
    assert data.frame("suppliers")["name"].tolist() == ["Alba", "Dahl"]
    told = "suppliers: 1 key has several values of name in its rows, such as S1; the first is taken."
    assert told in data.health.notes
    assert not any("of country" in note for note in data.health.notes)
