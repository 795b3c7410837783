"""Whoever asks for Chinese meets it before any study runs: in previews, forms, questions and reasons."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pandas as pd
import pytest

from srmkit.duplicates import find_duplicates
from srmkit.intake import preview, propose
from srmkit.language import speaking
from srmkit.sample import SampleSettings, make_company, write_messy
from srmkit.tables import ColumnMap, connect_dataset, read_dataset
from srmkit.tables.catalogue import CATALOGUE
from srmkit.widgets import ColumnMapForm, Review

LATIN = re.compile(r"[A-Za-zÀ-ž][A-Za-zÀ-ž]+")
OURS = {word for table in CATALOGUE.values()
        for name in (table.name, *(word for column in table.columns for word in (column.name, *column.choices)))
        for word in LATIN.findall(name)}  # fmt: skip
KEPT = OURS | {"firma", "ISO", "EUR", "csv", "formats", "decimal", "toml", "xlsx", "parquet", "codes", "true", "false"}
ORDERS = (
    "po_id,line_id,supplier_id,item_id,order_date,ordered_quantity,unit_price,status\n"
    "P1,1,S1,I1,2026-01-05,5,10.5,open\n"
    "P1,1,S1,I1,2026-01-05,5,10.5,open\n"
    "P2,1,S1,I1,2026-01-05,-5,10.5,open\n"
    "P3,1,S1,I1,2026-01-05,5,,open\n"
    "P4,1,S1,I1,2026-01-05,5,10.5,lost\n"
    "P5,1,S1,I1,03/04/2026,5,a lot,open\n"
    "P6,1,S9,I1,2026-01-05,5,10.5,open\n"
    "P7,1,0,I1,2026-01-05,5,10.5,open\n"
    "P8,1,S1,I1\n"
    "po_id,line_id,supplier_id,item_id,order_date,ordered_quantity,unit_price,status\n"
    "Total,,,,,20,,\n"
)
RATINGS = "supplier_id,criterion,rater,rating,rated_on\nS1,service,R1,9,2026-01-05\nS1,service,R2,4,2026-01-05\n"
SUPPLIERS = "supplier_id,name\nS1,Alba\n"
LIST = (
    "Contracts in force;;;;;\n"
    "contract no;supplier no;start date;end date;yearly sum;annual value\n"
    "C1;S1;03/04/2026;2027-01-01;12,5;1.250\nC2;S2;05/04/2026;2027-01-01;7,5;2.500\n"
)


def english_in(text: str, *given: str) -> set[str]:
    """Latin words that are neither names of ours nor words of the data."""
    shown = unescape(re.sub(r"<[^>]*>", " ", re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)))
    return set(LATIN.findall(shown)) - KEPT - set(LATIN.findall(" ".join(given)))


@pytest.fixture
def contracts(tmp_path: Path) -> Path:
    home = tmp_path / "firma"
    home.mkdir()
    (home / "contracts.csv").write_text(LIST, encoding="utf-8")
    return home


def test_reasons_of_rows_set_aside_are_chinese_and_their_kinds_stay_words_of_code(tmp_path: Path) -> None:
    files = {"purchase_order_lines": ORDERS, "suppliers": SUPPLIERS, "supplier_ratings": RATINGS}
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    english = read_dataset(tmp_path).health.set_aside
    with speaking("zh"):
        chinese = read_dataset(tmp_path).health.set_aside
    assert set(english["kind"]) == {"excluded", "refused"}
    same = ["table", "file", "row", "column", "kind"]
    pd.testing.assert_frame_equal(chinese[same], english[same])
    assert len(chinese) == 11
    for told in chinese["reason"]:
        assert re.search("[\u4e00-\u9fff]", told)
        assert not english_in(told), told


@pytest.mark.parametrize("level", [1, 2, 3])
def test_reasons_for_every_fault_of_the_messy_company_are_chinese(tmp_path: Path, level: int) -> None:
    home = write_messy(make_company(SampleSettings()), tmp_path, level)
    given = ColumnMap.read(home / "column_map.toml")
    with speaking("zh"):
        health = read_dataset(home, column_map=home / "column_map.toml").health
    own = " ".join([str(given), *health.set_aside["found"].astype(str), *health.set_aside["file"].unique()])
    assert not english_in(" ".join(health.set_aside["reason"].unique()), own)
    assert not english_in(" ".join(health.conversions["rule"].unique()), own, "yes no")
    assert not english_in(" ".join(health.notes), own, "Windows cp UTF")


def test_reasons_of_rows_left_out_in_place_are_chinese(tmp_path: Path) -> None:
    orders = pd.DataFrame({
        "po_id": ["P1", "P2", "P3", "P4"], "line_id": "1", "supplier_id": ["S1", "S1", "S9", "S1"], "item_id": "I1",
        "order_date": pd.to_datetime(["2026-01-05"] * 4), "ordered_quantity": [1.0, -1.0, 1.0, 1.0],
        "unit_price": [1.0, 1.0, 1.0, None], "status": "open",
    })  # fmt: skip
    orders.to_parquet(tmp_path / "purchase_order_lines.parquet")
    pd.DataFrame({"supplier_id": ["S1"], "name": ["Alba"]}).to_parquet(tmp_path / "suppliers.parquet")
    with speaking("zh"):
        notes = connect_dataset(tmp_path, currency="EUR").health.notes
    assert len(notes) == 4
    assert not english_in(" ".join(notes))


def test_a_first_look_is_chinese_and_its_codes_are_not(contracts: Path) -> None:
    found = preview(contracts, language="zh")
    assert set(found.columns["looks_like"]) == {"code", "day", "number"}
    assert not english_in(found.text(), LIST)
    assert "可读作日/月/年或月/日/年" in found.doubts["in_doubt"].iloc[0].replace(" ", "")
    assert "can be read as" in preview(contracts).text()


def test_a_proposed_map_asks_in_chinese_and_says_the_same(contracts: Path) -> None:
    found = propose(contracts, language="zh")
    assert found.questions
    assert not english_in(" ".join([found.sentence(), *found.questions]), LIST)
    remarks = [line.partition("#")[2] for line in found.text().splitlines()]
    assert not english_in(" ".join(remarks), LIST, "from")
    rules = [[(column.name, column.rule, column.accepted) for column in table.columns] for table in found.tables]
    assert rules == [
        [(column.name, column.rule, column.accepted) for column in table.columns]
        for table in propose(contracts).tables
    ]


def test_the_form_of_a_map_speaks_chinese_after_every_click_too(
    said_by: Callable[..., list[str]], contracts: Path
) -> None:
    form = ColumnMapForm(propose(contracts, language="zh"), contracts, contracts.parent / "mine.toml")
    assert not english_in(" ".join(said_by(form.box)), LIST, "mine")
    rows = form.rows["contracts"]
    rows["annual_value"].source.value = "yearly sum"
    rows["annual_value"].writing.value = (",", "")
    rows["annual_value"].source.value = "annual value"
    rows["start_date"].writing.value = "%d/%m/%Y"
    rows["start_date"].accepted.value = True
    rows["annual_value"].writing.value = (",", ".")
    form.currency.value = "EUR"
    form.try_it.click()
    assert "4" in form.answer.value
    assert not english_in(" ".join(said_by(form.box)), LIST, "mine")
    form.write.click()
    assert "下次运行无需人工" in form.answer.value
    assert ColumnMap.read(contracts.parent / "mine.toml").currency == "EUR"


def test_the_review_of_duplicates_speaks_chinese_after_every_click_too(
    said_by: Callable[..., list[str]], tmp_path: Path
) -> None:
    firms = pd.DataFrame({"name": ["Dornau Guss GmbH", "DORNAU GUSS", "Dornau Guss", "Velmau AG"],
                          "phone": ["+49 555 1234567", "0555 1234567", None, None]}, index=["S1", "S2", "S3", "S4"])
    form = Review(find_duplicates(firms, language="zh"), tmp_path / "said.toml")
    own = " ".join([*firms["name"], str(tmp_path), "said check times undo"])
    assert not english_in(" ".join(said_by(form.box)), own)
    form.same.click()
    form.show_decided.value = True
    form.different.click()
    form.reopen.click()
    assert not english_in(" ".join(said_by(form.box)), own)
    assert ">待定<" in form.list.value
    assert set(form.found.pairs["decision"]) <= {"open", "same", "different"}
