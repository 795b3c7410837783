"""The workbook keeps types, stays harmless, and fits what spreadsheets accept."""

from __future__ import annotations

from typing import ClassVar

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


@pytest.fixture
def sheets(tmp_path) -> dict[str, pd.DataFrame]:
    write_exports(Small(), tmp_path)
    return pd.read_excel(tmp_path / "tables.xlsx", sheet_name=None, engine="calamine")


def test_text_that_looks_like_a_formula_stays_text(sheets, tmp_path):
    frame = next(frame for name, frame in sheets.items() if name.startswith("A very"))
    assert frame["name"].tolist() == [HOSTILE, "+1", "@x"]
    import zipfile

    with zipfile.ZipFile(tmp_path / "tables.xlsx") as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist() if "worksheets" in name)


def test_dates_numbers_and_flags_keep_their_types(sheets):
    frame = next(frame for name, frame in sheets.items() if name.startswith("A very"))
    assert frame["day"].iloc[0] == pd.Timestamp("2025-01-02")
    assert frame["spend share"].iloc[1] == 0.25
    assert pd.isna(frame["spend share"].iloc[2])
    assert frame["active"].tolist() == [True, False, True]


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
