"""A proposed map is held to maps that people wrote: how much it finds, and that it accepts nothing doubtful."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from srmkit.cli import app
from srmkit.errors import SrmkitError
from srmkit.intake import Proposal, preview, propose
from srmkit.intake.names import name_likeness, synonyms
from srmkit.tables import CATALOGUE, ColumnMap, read_dataset

LEVELS = (1, 3)
MAPS = Path(__file__).parents[2] / "data" / "column_maps"


@dataclass(frozen=True)
class Held:
    """A proposal beside the truth: (table, column) of each kind."""

    right: set[tuple[str, str]]
    wrong: set[tuple[str, str]]
    accepted_right: set[tuple[str, str]]
    accepted_wrong: set[tuple[str, str]]
    truth: int


def held(proposal: Proposal, truth: Path) -> Held:
    """Every column that the true map takes from a source column; a column it does not have is not judged."""
    written = ColumnMap.read(truth)
    real = {(name, column): (table.file, rule.from_) for name, table in written.tables.items()
            for column, rule in table.columns.items() if rule.from_}  # fmt: skip
    right, wrong, accepted = set(), set(), set()
    for table in proposal.tables:
        for column in table.columns:
            place, origin = (table.name, column.name), column.rule.get("from", ())
            if place in real:
                told = (table.file, (origin,) if isinstance(origin, str) else tuple(origin))
                (right if told == real[place] else wrong).add(place)
                accepted |= {place} if column.accepted else set()
    return Held(right, wrong, right & accepted, wrong & accepted, len(real))


@pytest.mark.parametrize("level", LEVELS)
def test_every_column_of_the_messy_exports_is_found(exports, proposals, level: int) -> None:
    found = held(proposals[level], exports[level][1])
    assert (len(found.right), len(found.wrong)) == (found.truth, 0)
    # asked about: words among the hours of level 3, and numbers where a word is expected
    assert len(found.accepted_right) >= found.truth - 2


@pytest.mark.parametrize("level", LEVELS)
def test_the_proposed_map_reads_the_same_rows_as_the_true_one(exports, proposals, level: int, tmp_path: Path) -> None:
    (folder, truth), proposed = exports[level], proposals[level]
    for table in proposed.tables:
        for column in (column for column in table.columns if not column.accepted):
            proposed = proposed.accepting(table.name, column.name)
    ours = read_dataset(folder, column_map=proposed.write(tmp_path / "proposed.toml"))
    theirs = read_dataset(folder, column_map=truth)
    assert ours.health.tables["rows_used"].equals(theirs.health.tables["rows_used"])
    for name in theirs.tables:
        pd.testing.assert_frame_equal(ours.frame(name), theirs.frame(name))


@pytest.mark.parametrize(
    ("folder", "column_map", "right", "accepted_wrong"),
    [("adventureworks", "adventureworks", 46, 0), ("scms", "scms", 15, 2), ("contract-terms", "cuad", 4, 0),
     ("ocds", "ocds_example", 24, 0)],
)  # fmt: skip
def test_published_sets_are_mapped_as_people_mapped_them(
    shared: Path, folder: str, column_map: str, right: int, accepted_wrong: int
) -> None:
    """The figures stand in docs/bring-your-own-data.md. A wrong one accepted: SCMS, a category and a made-up id."""
    found = held(propose(shared / "data" / folder), MAPS / f"{column_map}.toml")
    assert len(found.right) >= right
    assert len(found.accepted_wrong) <= accepted_wrong


GERMAN = "Lieferantennummer;Firmenname;Land;Aktiv\n0001;Müller & Söhne;DE;J\n0002;Dahl AB;SE;N\n"
SAP = "EBELN;EBELP;LIFNR;MATNR;TXZ01;BEDAT;EINDT;MENGE;NETPR;WAERS\n" + "".join(
    f"45000{n};00010;000{n % 2 + 1};M{n % 4};Lager {n};{n + 1:02d}.03.2026;{n + 14:02d}.04.2026;1.000,00;2,5{n};EUR\n"
    for n in range(9)
)
CHINESE = "采购订单号,行号,供应商编号,物料编号,下单日期,承诺日期,数量,单价,币种\n" + "".join(
    f"PO{n},1,S{n % 3},M{n % 4},2026-03-{n + 1:02d},2026-04-{n + 11:02d},10,2.5{n},CNY\n" for n in range(9)
)


def test_german_chinese_and_sap_headers_are_known(tmp_path: Path) -> None:
    for name, text in (("lieferanten.csv", GERMAN), ("EKPO.csv", SAP)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = propose(tmp_path)
    data = read_dataset(tmp_path, column_map=found.write(tmp_path / "mine.toml"))
    lines = data.frame("purchase_order_lines")
    assert (found.complete, found.currency, len(lines)) == (True, "EUR", 9)
    assert lines.loc[0, ["ordered_quantity", "unit_price"]].tolist() == [1000.0, 2.5]
    assert data.frame("suppliers")["active"].tolist() == [True, False]


def test_chinese_headers_are_read_without_a_word_from_anybody(tmp_path: Path) -> None:
    (tmp_path / "采购订单.csv").write_text(CHINESE, encoding="utf-8")
    found = propose(tmp_path)
    data = read_dataset(tmp_path, column_map=found.write(tmp_path / "mine.toml"))
    assert len(data.frame("purchase_order_lines")) == 9
    assert {"suppliers", "items"} <= set(data.tables)  # one row for each that the orders name


def test_what_can_be_read_in_two_ways_is_asked_and_stands_as_a_remark(tmp_path: Path) -> None:
    (tmp_path / "contracts.csv").write_text(
        "contract no,supplier no,start date,end date,annual value\nC1,S1,03/04/2026,2027-01-01,1.250\n", "utf-8"
    )
    found = propose(tmp_path)
    questions = "\n".join(found.questions)
    assert "contracts.start_date: 'start date' can be read as day/month/year or month/day/year" in questions
    assert "Which mark is the decimal one?" in questions
    assert "\n# start_date = " in found.text()
    answered = found.accepting("contracts", "start_date", {"from": "start date", "formats": ["%d/%m/%Y"]})
    answered = answered.without("contracts", "annual_value").in_currency("EUR")
    data = read_dataset(tmp_path, column_map=answered.write(tmp_path / "mine.toml"))
    assert str(data.frame("contracts")["start_date"].iloc[0])[:10] == "2026-04-03"


def test_nothing_below_the_confidence_asked_for_is_accepted(shared: Path) -> None:
    columns = propose(shared / "data" / "scms", accept=0.95).table()
    assert columns.loc[columns["accepted"], "confidence"].min() >= 0.95
    assert not columns.loc[columns["confidence"].lt(0.95), "accepted"].any()


def test_each_column_of_the_source_is_one_column_of_a_table_at_most(proposals) -> None:
    for table in proposals[3].tables:
        taken = [column.source for column in table.columns if "from" in column.rule]
        assert len(taken) == len(set(taken)), table.name


def test_a_price_that_is_not_there_is_worked_out_from_the_value_of_a_line(tmp_path: Path) -> None:
    head = "PO number,PO line,Vendor,Material,Order date,Quantity,Net value\n"
    rows = "".join(f"P{n},1,V{n % 2},M1,2026-01-{n + 1:02d},{n + 1},{(n + 1) * 2.5}\n" for n in range(8))
    (tmp_path / "orders.csv").write_text(head + rows, encoding="utf-8")
    lines = next(table for table in propose(tmp_path).tables if table.name == "purchase_order_lines")
    price = lines.column("unit_price")
    assert price is not None
    assert price.rule == {"from": "Net value", "divided_by": "Quantity"}


def test_a_flat_sheet_of_contacts_is_mapped_in_one_go(tmp_path: Path) -> None:
    """Account managers keep maps of people in a flat sheet; it should take minutes to bring it in."""
    head = "Contact person,Our contact,Customer,Department,Relationship strength,Side,Seniority\n"
    rows = "Ann Lee,Bo Dahl,C1,Purchasing,3,customer,manager\nCy Roe,Bo Dahl,C2,Quality,1,customer,specialist\n"
    (tmp_path / "contacts.csv").write_text(head + rows, encoding="utf-8")
    table = next(table for table in propose(tmp_path).tables if table.name == "contacts")
    told = {column.name: column.source for column in table.columns}
    assert told["contact_id"] == "Contact person"
    assert told["our_person"] == "Our contact"
    assert (told["function"], told["strength"], told["role"]) == ("Department", "Relationship strength", "Side")


def test_a_partner_that_buys_and_sells_is_supplier_and_customer(tmp_path: Path) -> None:
    """One company file for both roles: both tables may come from it."""
    partners = "Supplier no,Customer no,Company name,Country\nS1,C1,Alba SpA,IT\nS2,C2,Dahl AB,SE\n"
    (tmp_path / "partners.csv").write_text(partners, encoding="utf-8")
    found = {table.name: table.file for table in propose(tmp_path).tables}
    assert found == {"suppliers": "partners.csv", "customers": "partners.csv"}


HOSTILE = 'name"]\ncurrency = "XXX"\n[tables.evil'


def test_a_header_cannot_write_settings_into_the_map(tmp_path: Path) -> None:
    frame = pd.DataFrame({"supplier_id": ["S1"], HOSTILE: ["Alba"], "active\u2028\x7f": ["yes"]})
    frame.to_parquet(tmp_path / "suppliers.parquet")
    text = propose(tmp_path, name=HOSTILE).in_currency("EUR").text()
    read = tomllib.loads(text)
    assert (read["currency"], set(read["tables"])) == ("EUR", {"suppliers"})
    assert read["name"] == HOSTILE


def test_unknown_names_are_told(proposals) -> None:
    found = proposals[1]
    with pytest.raises(SrmkitError, match="table 'vendors' is not proposed"):
        found.accepting("vendors", "name")
    with pytest.raises(SrmkitError, match="column 'title' of suppliers is unknown"):
        found.accepting("suppliers", "title", "Name")


def test_the_command_writes_the_map_and_tells_what_is_left_to_ask(exports, tmp_path: Path) -> None:
    into, receipts = tmp_path / "mine.toml", str(exports[1][0] / "export_receipts.csv")
    ran = CliRunner().invoke(app, ["map", receipts, "--into", str(into), "--name", "Mine"])
    assert ran.exit_code == 0, ran.output
    assert ColumnMap.read(into).name == "Mine"
    again = CliRunner().invoke(app, ["map", receipts, "--into", str(into)])
    assert (again.exit_code, "is there already" in again.output) == (2, True)
    tickets = exports[3][0] / "export_tickets.csv"
    asked = CliRunner().invoke(app, ["map", str(tickets), "--into", str(tmp_path / "asked.toml")])
    assert (asked.exit_code, "? tickets.hours" in asked.output) == (1, True)


def test_every_list_of_synonyms_belongs_to_a_table_or_column() -> None:
    assert set(synonyms()["tables"]) <= set(CATALOGUE)
    columns = {column.name for table in CATALOGUE.values() for column in table.columns}
    for name in synonyms()["columns"]:
        table, _, column = name.rpartition(".")
        assert column in (columns if not table else {one.name for one in CATALOGUE[table].columns}), name


def test_every_column_is_like_itself_and_every_synonym_like_its_column() -> None:
    for table in CATALOGUE.values():
        for column in table.columns:
            words = [column.name, *synonyms()["columns"].get(f"{table.name}.{column.name}", ())]
            assert all(name_likeness(word, table.name, column.name) >= 0.98 for word in words), column.name


PRINTED = "Lieferant;Lieferantenname;Bestellnummer;Position;Artikelnummer;Bezeichnung;Bestelldatum;Menge;Preis;Währung"


def test_a_printed_list_is_proposed_with_the_names_it_holds_and_without_its_totals(tmp_path: Path) -> None:
    """The header again on page two, subtotals and a footer are no words among the days and numbers."""
    rows = [
        f"1000{n % 3};Firma {n % 3};4500{n // 2};{10 + n % 2};M-{n % 4};Lager {n % 4};{n + 11}.03.2026;{n}1,5;2,5;EUR"
        for n in range(12)
    ]
    lines = [PRINTED, *rows[:6], "* Summe;;;;;;;180,5;;", PRINTED, *rows[6:], "Gedruckt am 30.03.2026;;;;;;;;;"]
    (tmp_path / "export.csv").write_text("\n".join(lines), encoding="utf-8")
    found = propose(tmp_path)
    assert (found.questions, found.complete) == ((), True)
    told = found.table().set_index(["table", "column"])["from"]
    assert told["suppliers", "name"] == "export.csv: Lieferantenname"
    assert told["items", "name"] == "export.csv: Bezeichnung"
    assert "3 rows are no facts" in preview(tmp_path).files["notes"].iloc[0]
    data = read_dataset(tmp_path, column_map=found.write(tmp_path / "mine.toml"))
    assert data.health.tables.loc["purchase_order_lines"].tolist() == [15, 12, 3, 0]
    assert data.frame("suppliers")["name"].tolist() == ["Firma 0", "Firma 1", "Firma 2"]


def test_a_file_that_cannot_be_read_is_asked_about_and_not_forgotten(tmp_path: Path) -> None:
    """Orders in another alphabet: a map of the suppliers alone must not look complete."""
    home = tmp_path / "data"
    home.mkdir()
    (home / "suppliers.csv").write_text("supplier_id,name\nS1,Alba\n", encoding="utf-8")
    (home / "orders.csv").write_bytes("po,line,text\n1,1,Завод\n".encode("cp1251"))
    (home / "nothing.csv").touch()  # nothing is lost with a blank one
    found = propose(home)
    assert not found.complete
    assert len(found.questions) == 1
    assert found.questions[0].startswith("orders.csv: the file is not UTF-8")
    assert "# ? orders.csv: the file is not UTF-8" in found.text()
    asked = CliRunner().invoke(app, ["map", str(home), "--into", str(tmp_path / "mine.toml")])
    assert (asked.exit_code, "? orders.csv: the file is not UTF-8" in asked.output) == (1, True)


def test_a_sheet_that_cannot_be_read_takes_no_other_along(tmp_path: Path) -> None:
    with pd.ExcelWriter(tmp_path / "book.xlsx", engine="xlsxwriter") as into:
        pd.DataFrame().to_excel(into, sheet_name="blank", index=False)
        pd.DataFrame([["a", "a"]], columns=["twice", "twice"]).to_excel(into, sheet_name="twice", index=False)
        vendors = pd.DataFrame({"Vendor No.": ["S1", "S2"], "Vendor Name": ["Alba", "Dahl"]})
        vendors.to_excel(into, sheet_name="Vendors", index=False)
    for source in (tmp_path, tmp_path / "book.xlsx"):  # in a folder, and by itself
        found = propose(source)
        assert [table.name for table in found.tables] == ["suppliers"]
        assert ["names columns more than once" in question for question in found.questions] == [True]
