"""The workbook keeps types, stays harmless, and fits what spreadsheets accept."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from typing import ClassVar
from xml.etree import ElementTree

import pandas as pd
import pytest

from srmkit.decisions import DecisionRecord, StudyParams, make_manifest, setting
from srmkit.exports import write_exports
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
        return DecisionRecord("q", "a", ("a",), ("do a",), "firm", (), (), (), "", "")

    def manifest(self) -> dict[str, object]:
        return make_manifest(self.params, inputs={"f": "00"}, scorecards={}, tables=self.tables())


class Typed(Small):
    def tables(self) -> dict[str, pd.DataFrame]:
        frame = pd.DataFrame(
            {"spend": [2.5], "spend_share": [0.5], "top_k": [0.25], "kept": [1.5], "certainty": ["firm"],
             "day": pd.to_datetime(["2025-01-02"]), "due": [date(2025, 3, 4)]}
        )
        return {"Typed": frame, "Chances": pd.DataFrame({"A": [0.25], "B": [0.75]})}

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
        chances = styles_of(book, "Chances")
    assert styles["spend share"] == styles["top k"] == styles["kept"] == "0.0%"
    assert styles["day"] == styles["due"] == "yyyy-mm-dd"
    assert styles["spend"] == "#,##0.00"
    assert chances["A"] == chances["B"] == "0.0%"
    assert {word for word in ("firm", "likely", "contested") if f"<formula>\"{word}\"</formula>" in page} == {
        "firm", "likely", "contested"}
    assert 'ySplit="1"' in page
    assert "<autoFilter" in page


def test_every_figure_of_the_workbook_that_is_known_is_defined_on_its_own_sheet(tmp_path):
    write_exports(Typed(), tmp_path)
    defined = pd.read_excel(tmp_path / "tables.xlsx", sheet_name="Definitions", engine="calamine").set_index("name")
    assert {"spend", "kept", "spend_share", "top_k", "certainty"} <= set(defined.index)
    assert defined["meaning"].str.len().min() > 5
    assert set(json.loads((tmp_path / "definitions.json").read_text(encoding="utf-8"))) >= set(defined.index)


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
