"""The workbook keeps types, stays harmless, and fits what spreadsheets accept."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from decimal import Decimal
from typing import ClassVar
from xml.etree import ElementTree

import pandas as pd
import pytest

from srmkit.decisions import DecisionRecord, StudyParams, make_manifest, setting
from srmkit.exports import workbook, write_exports
from srmkit.exports.workbook import sheet_name


class Params(StudyParams):
    study: ClassVar[str] = "small"
    seed: int = setting(1, "seed", group="Doubt")
    export_to: str = setting("", "where", group="Files")


HOSTILE = "=HYPERLINK(\"http://x\",\"y\")"


class Small:
    params = Params()

    def tables(self) -> dict[str, pd.DataFrame]:
        frame = pd.DataFrame(
            {
                "name": [HOSTILE, "+1", "@x"],
                "spend_share": [0.5, 0.25, None],
                "day": pd.to_datetime(["2025-01-02", None, "2025-01-04"]),
                "count": [1, 2, 3],
                "active": [True, False, True],
            }
        )
        return {"A/very: long [name] that no spreadsheet takes": frame, "Empty": frame.head(0)}

    def definitions(self) -> pd.DataFrame:
        row = {"label": "spend", "unit": "EUR", "meaning": "what we paid"}
        return pd.DataFrame([row], index=pd.Index(["spend"], name="name"))

    def decision(self) -> DecisionRecord:
        return DecisionRecord("q", "a", ("a",), ("do a",), "", "firm", (), (), (), "", "")

    def manifest(self) -> dict[str, object]:
        return make_manifest(self.params, inputs={"f": "00"}, scorecards={}, tables=self.tables())


class Typed(Small):
    def tables(self) -> dict[str, pd.DataFrame]:
        frame = pd.DataFrame(
            {"spend": [2.5], "spend_share": [0.5], "top_k": [0.25], "kept": [1.5], "certainty": ["firm"],
             "day": pd.to_datetime(["2025-01-02"]), "due": [date(2025, 3, 4)], "seen": pd.Timestamp(2025, 1, 2, 8, 30),
             "raters": [1.0], "paid": [Decimal("1234.50")]}
        )
        chances = pd.DataFrame({"A": [0.25], "A_error": [0.01], "B": [0.75]})
        return {"Typed": frame, "Mix by class": chances, "Contributions": pd.DataFrame({"kept": [0.25]})}

    def definitions(self) -> pd.DataFrame:
        rows = {"spend": ("spend", "EUR", "what we paid"), "kept": ("kept", "share", "what stays")}
        return pd.DataFrame.from_dict(rows, orient="index", columns=["label", "unit", "meaning"])


@pytest.fixture
def sheets(tmp_path) -> dict[str, pd.DataFrame]:
    write_exports(Small(), tmp_path)
    return pd.read_excel(tmp_path / "tables.xlsx", sheet_name=None, engine="calamine")


def test_text_that_looks_like_a_formula_stays_text(sheets, tmp_path):
    frame = next(frame for name, frame in sheets.items() if name.startswith("A very"))
    assert frame["name"].tolist() == [HOSTILE, "+1", "@x"]
    with zipfile.ZipFile(tmp_path / "tables.xlsx") as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist() if "worksheets" in name)


def test_dates_numbers_and_flags_keep_their_types(sheets):
    frame = next(frame for name, frame in sheets.items() if name.startswith("A very"))
    assert frame["day"].iloc[0] == pd.Timestamp("2025-01-02")
    assert frame["spend share"].iloc[1] == 0.25
    assert pd.isna(frame["spend share"].iloc[2])
    assert frame["active"].tolist() == [True, False, True]


def styles_of(book: zipfile.ZipFile, sheet: str) -> dict[str, str]:
    """The number format of the first row's cells by their heading, as a spreadsheet sees them."""
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    names = [part.get("name") for part in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(
        f"{{{space['m']}}}sheet")]
    looks = ElementTree.fromstring(book.read("xl/styles.xml"))
    codes = {part.get("numFmtId"): part.get("formatCode") for part in looks.iter(f"{{{space['m']}}}numFmt")}
    cells = [codes.get(part.get("numFmtId"), part.get("numFmtId")) for part in looks.find("m:cellXfs", space)]
    words = [part.findtext("m:t", namespaces=space) for part in ElementTree.fromstring(
        book.read("xl/sharedStrings.xml"))]
    page = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"))
    head, first, *_ = page.find("m:sheetData", space)
    titles = {part.get("r")[:-1]: words[int(part.findtext("m:v", namespaces=space))] for part in head}
    return {titles[part.get("r")[:-1]]: cells[int(part.get("s", 0))] for part in first}


def test_a_spreadsheet_shows_days_as_days_shares_as_per_cent_and_colours_what_is_sure(tmp_path):
    write_exports(Typed(), tmp_path)
    with zipfile.ZipFile(tmp_path / "tables.xlsx") as book:
        styles = styles_of(book, "Typed")
        page = book.read("xl/worksheets/sheet2.xml").decode()
        chances, points = styles_of(book, "Mix by class"), styles_of(book, "Contributions")
    assert styles["spend share"] == styles["top k"] == styles["kept"] == "0.0%"
    assert styles["day"] == styles["due"] == "yyyy-mm-dd"
    assert styles["spend"] == "#,##0.00"
    assert styles["seen"] == "yyyy-mm-dd hh:mm:ss"
    assert styles["raters"] == "#,##0"
    assert styles["paid"] == "#,##0.00"
    assert set(chances.values()) == {"0.0%"}
    assert points["kept"] == "#,##0.00", "points of a score are no share, though the figure behind them may be one"
    assert {word for word in ("firm", "likely", "contested") if f"<formula>\"{word}\"</formula>" in page} == {
        "firm", "likely", "contested"}
    assert 'ySplit="1"' in page
    assert "<autoFilter" in page


def test_every_figure_of_the_workbook_that_is_known_is_defined_on_its_own_sheet(tmp_path):
    write_exports(Typed(), tmp_path)
    defined = pd.read_excel(tmp_path / "tables.xlsx", sheet_name="Definitions", engine="calamine")
    meanings = defined.set_index(["sheet", "column"])["meaning"]
    everywhere = {column for sheet, column in meanings.index if sheet == "every other"}
    assert {"spend", "kept", "spend share", "top k", "certainty"} <= everywhere
    assert meanings["Contributions", "every other"].startswith("Points of the score")
    assert meanings.str.len().min() > 5
    names = json.loads((tmp_path / "definitions.json").read_text(encoding="utf-8"))
    assert {name.replace("_", " ") for name in names} >= everywhere


class Called(Small):
    def tables(self) -> dict[str, pd.DataFrame]:
        ids = pd.Index(["S2", "S1"], name="supplier_id")
        return {"Suppliers": pd.DataFrame({"name": ["Alba", "Dahl"], "spend": [2.0, 1.0]}, index=ids),
                "Hours": pd.DataFrame({"hours": [7.0]}, index=ids[1:]),
                "Customers": pd.DataFrame({"hours": [9.0]}, index=pd.Index(["S1"], name="customer_id"))}


def test_who_is_called_by_an_id_has_the_name_beside_it_on_every_sheet(tmp_path):
    write_exports(Called(), tmp_path)
    sheets = pd.read_excel(tmp_path / "tables.xlsx", sheet_name=None, engine="calamine")
    assert sheets["Hours"].to_dict("records") == [{"supplier id": "S1", "name": "Dahl", "hours": 7}]
    assert list(sheets["Customers"].columns) == ["customer id", "hours"], "an equal id of another kind is somebody else"


class Extreme(Small):
    """What spreadsheets do not take as it is."""

    long = "a" * 32_700 + "\N{GEAR}" * 100 + "\U0001f600" * 20_000

    def tables(self) -> dict[str, pd.DataFrame]:
        frame = pd.DataFrame({
            "id": [12345678901234567, 1, 2],
            "paid": [Decimal("12345678901234567.89"), Decimal("0.10"), None],
            "ratio": [float("inf"), float("-inf"), float("nan")],
            "when": [date(1899, 12, 31), date(1900, 1, 1), None],
            "known": pd.array([True, None, False], dtype="boolean"),
            "count": pd.array([1, None, 3], dtype="Int64"),
            "mixed": ["x", 1234567.25, None],
            "text": [self.long, "\x01\x0b_x0041_", "Alba\nDahl"],
        })
        return {"Extreme": frame, "extreme": frame.head(1), "Many": pd.DataFrame({"n": range(7)})}


def test_what_a_spreadsheet_does_not_take_is_written_so_that_nothing_is_lost(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 5)
    write_exports(Extreme(), tmp_path)
    sheets = pd.read_excel(tmp_path / "tables.xlsx", sheet_name=None, engine="calamine", dtype=object)
    frame = sheets["Extreme"]
    assert frame["id"].tolist() == ["12345678901234567", 1, 2]
    assert frame["paid"].tolist()[:2] == ["12345678901234567.89", 0.1]
    assert frame["ratio"].tolist()[:2] == ["∞", "-∞"]
    assert pd.isna(frame["ratio"][2])
    assert frame["when"].tolist()[:2] == ["1899-12-31", pd.Timestamp(1900, 1, 1)]
    assert frame["known"].tolist()[0] is True
    assert pd.isna(frame["known"][1])
    assert frame["count"].tolist()[::2] == [1, 3]
    assert frame["mixed"].tolist()[:2] == ["x", 1234567.25]
    assert frame["text"].tolist()[1:] == ["\x01\x0b_x0041_", "Alba\nDahl"]
    assert frame["text"][0].endswith(" … (goes on on the sheet 'Long texts')")
    assert len(frame["text"][0].encode("utf-16-le")) <= 2 * 32_767
    rest = sheets["Long texts"]
    assert set(rest["sheet"]) == {"Extreme", "extreme (2)"}
    first = rest[rest["sheet"] == "Extreme"]
    assert set(first["cell"]) == {"H2"}
    assert frame["text"][0].partition(" … (")[0] + "".join(first["text"]) == Extreme.long
    assert [len(sheets[name]) for name in ("Many", "Many (2)")] == [5, 2]
    assert list(sheets)[-1] == "Definitions"


def test_settings_come_first_and_definitions_last(sheets):
    assert list(sheets)[0] == "Settings"
    assert list(sheets)[-1] == "Definitions"


def test_sheet_names_are_short_legal_and_unlike_each_other():
    used: set[str] = set()
    names = [sheet_name("x" * 40, used), sheet_name("x" * 40, used), sheet_name("a/b", used)]
    assert len({name.lower() for name in names}) == 3
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_nothing_is_written_without_a_folder():
    assert write_exports(Small(), "").empty


def test_equal_tables_have_equal_fingerprints_in_the_manifest():
    first, second = Small().manifest(), Small().manifest()
    assert first == second
