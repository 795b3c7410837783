"""A first look: everything is shown before any of it is trusted."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from srmkit.cli import app
from srmkit.errors import SrmkitError
from srmkit.intake import preview
from srmkit.tables.map_settings import FileRule


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "orders.csv").write_text("Nr;Datum;Wert\n1;03/04/2026;1,5\n2;05/04/2026;2,5\n", encoding="utf-8")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 no more")
    (tmp_path / "read me.md").write_text("words", encoding="utf-8")
    return tmp_path


def test_type_samples_share_and_doubt_of_every_column_are_shown(folder: Path) -> None:
    found = preview(folder)
    columns = found.columns.set_index("column")
    assert columns["looks_like"].to_dict() == {"Nr": "number", "Datum": "day", "Wert": "number"}
    assert columns.loc["Datum", "samples"] == "03/04/2026, 05/04/2026"
    assert found.doubts["column"].tolist() == ["Datum"]
    assert columns.loc["Wert", "share"] == 1.0


def test_what_cannot_be_read_is_told_beside_what_can(folder: Path) -> None:
    found = preview(folder)
    assert [problem.thing for problem in found.problems] == ["broken.parquet: the file"]
    assert found.sentence().endswith("1 can be read in two ways. 1 thing could not be read.")


def test_the_writing_of_a_file_can_be_said(folder: Path) -> None:
    (folder / "broken.parquet").unlink()
    (folder / "orders.csv").write_text("a list\nNr~Wert\n1~2\n", encoding="utf-8")
    found = preview(folder, files={"orders.csv": FileRule(separator="~", header=(2,))})
    assert found.columns["column"].tolist() == ["Nr", "Wert"]


def test_the_command_prints_it_and_tells_by_its_end_whether_all_was_read(folder: Path) -> None:
    ran = CliRunner().invoke(app, ["preview", str(folder)])
    assert ran.exit_code == 1
    assert "? Datum can be read as day/month/year or month/day/year" in ran.output
    (folder / "broken.parquet").unlink()
    assert CliRunner().invoke(app, ["preview", str(folder)]).exit_code == 0
    assert CliRunner().invoke(app, ["preview", str(folder / "nothing")]).exit_code == 2


def test_the_sample_company_can_be_looked_at() -> None:
    found = preview("sample")
    assert len(found.files) >= 20
    assert found.doubts.empty


def test_nothing_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SrmkitError, match="is not a folder"):
        preview(tmp_path / "x")
