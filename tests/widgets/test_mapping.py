"""The form for a proposed column map: accept, change, try, write."""

from __future__ import annotations

from pathlib import Path

import pytest

from srmkit.tables import ColumnMap, read_dataset
from srmkit.widgets import ColumnMapForm, map_columns
from srmkit.widgets.explorer import Settings

CONTRACTS = (
    "contract no;supplier no;start date;end date;yearly sum;annual value\n"
    "C1;S1;03/04/2026;2027-01-01;12,5;1.250\nC2;S2;05/04/2026;2027-01-01;7,5;2.500\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "company"
    home.mkdir()
    (home / "contracts.csv").write_text(CONTRACTS, encoding="utf-8")
    return home


@pytest.fixture
def form(folder: Path, monkeypatch: pytest.MonkeyPatch) -> ColumnMapForm:
    monkeypatch.setenv("SRMKIT_MODE", "explore")
    found = map_columns(folder, path=folder.parent / "mine.toml")
    assert isinstance(found, ColumnMapForm)
    return found


def test_what_is_sure_is_ticked_and_what_is_in_doubt_is_not_and_says_why(form: ColumnMapForm) -> None:
    rows = form.rows["contracts"]
    assert rows["contract_id"].accepted.value
    assert not rows["start_date"].accepted.value
    assert "can be read as day/month/year or month/day/year" in rows["start_date"].remark.value
    assert "confidence 1.00" in rows["supplier_id"].remark.value
    assert "S1, S2" in rows["supplier_id"].remark.value
    assert form.tables.titles[form.tables.selected_index].startswith("contracts")  # opened at the first question


def answer(form: ColumnMapForm) -> None:
    rows = form.rows["contracts"]
    rows["start_date"].writing.value = "%d/%m/%Y"
    rows["start_date"].accepted.value = True
    rows["annual_value"].writing.value = (",", ".")
    rows["annual_value"].accepted.value = True
    form.currency.value = "EUR"


def test_answers_make_a_file_that_the_next_run_reads_alone(form: ColumnMapForm, folder: Path) -> None:
    answer(form)
    form.write.click()
    assert "The next run needs nobody." in form.answer.value
    data = read_dataset(folder, column_map=folder.parent / "mine.toml")
    contracts = data.frame("contracts")
    assert contracts["annual_value"].tolist() == [1250.0, 2500.0]
    assert contracts["start_date"].dt.month.tolist() == [4, 4]


def test_a_map_can_be_tried_before_it_is_written(form: ColumnMapForm, folder: Path) -> None:
    form.try_it.click()
    assert 'role="alert"' in form.answer.value
    answer(form)
    form.try_it.click()
    assert "4 of 4 rows were used" in form.answer.value
    assert not (folder.parent / "mine.toml").exists()


def test_another_column_can_be_chosen_and_is_meant_then(form: ColumnMapForm) -> None:
    row = form.rows["contracts"]["annual_value"]
    row.source.value = "yearly sum"
    row.writing.value = (",", "")
    assert row.accepted.value
    assert row.rule() == {"from": "yearly sum", "decimal": ","}
    assert "12,5, 7,5" in row.remark.value
    row.source.value = "(not there)"
    assert row.rule() is None


def test_a_table_can_be_left_out(form: ColumnMapForm) -> None:
    form.used["contracts"].value = False
    assert "contracts" not in {table.name for table in form.proposal().tables}


def test_a_file_of_somebody_else_stays(form: ColumnMapForm, folder: Path) -> None:
    (folder.parent / "mine.toml").write_text("theirs", encoding="utf-8")
    answer(form)
    form.write.click()
    assert "is there already" in form.answer.value
    assert (folder.parent / "mine.toml").read_text(encoding="utf-8") == "theirs"
    form.path.value = str(folder.parent / "ours.toml")
    form.write.click()
    form.write.click()  # our own may be written again
    assert ColumnMap.read(folder.parent / "ours.toml").currency == "EUR"


def test_names_from_the_data_stay_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SRMKIT_MODE", "explore")
    evil = "<img src=x onerror=alert(1)>"
    (tmp_path / "suppliers.csv").write_text(f"supplier_id,name,{evil}\n{evil},{evil},{evil}\n", encoding="utf-8")
    form = map_columns(tmp_path)
    assert isinstance(form, ColumnMapForm)
    form.rows["suppliers"]["owner"].source.value = evil
    form.try_it.click()
    shown = [form.answer.value, *(row.remark.value for row in form.rows["suppliers"].values())]
    assert not any("<img" in words for words in shown)
    assert any("&lt;img" in words for words in shown)


def test_in_a_batch_the_map_is_shown_as_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SRMKIT_MODE", "batch")
    found = map_columns(folder)
    assert isinstance(found, Settings)
    assert '[tables.contracts]' in repr(found)


def test_what_is_not_read_or_taken_for_one_table_is_told_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SRMKIT_MODE", "explore")
    head = "po_id,line_id,supplier_id,item_id,order_date,ordered_quantity,unit_price\n"
    for year in (2025, 2026):
        rows = f"P{year},1,S1,I1,{year}-01-02,10,2.5\nP{year},2,S1,I1,{year}-01-02,20,2.5\n"
        (tmp_path / f"orders_{year}.csv").write_text(head + rows, encoding="utf-8")
    (tmp_path / "spoilt.csv").write_bytes("po,text\n1,Завод\n".encode("cp1251"))
    (tmp_path / "colours.csv").write_text("shade,tone,depth\nred,1,2\n", encoding="utf-8")
    form = map_columns(tmp_path, path=tmp_path / "mine.toml")
    assert isinstance(form, ColumnMapForm)
    told = form.box.children[0].value
    for words in ("2 parts with the same columns", "spoilt.csv: the file is not UTF-8", "not used: colours.csv"):
        assert words in told
    form.currency.value = "EUR"
    form.read()
    assert "Not read, because no table is taken from it: colours.csv" in form.answer.value
