"""Tables straight from a database."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.tables import read_dataset, read_frames

STATEMENTS = (
    "CREATE TABLE suppliers (supplier_id INTEGER, name TEXT, active INTEGER)",
    "INSERT INTO suppliers VALUES (1, 'Alba', 1), (2, 'Dahl', 0), (2, 'Dahl again', 1)",
    "CREATE TABLE contracts (contract_id TEXT, supplier_id INTEGER, start_date DATE, end_date DATE, "
    "annual_value DECIMAL(12, 2))",
    "INSERT INTO contracts VALUES ('C1', 1, '2024-03-04', '2026-03-03', 1234.50)",
    "CREATE TABLE remarks (words TEXT)",
)


@pytest.fixture(params=["sqlite", "duckdb"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    path = tmp_path / f"company.{request.param}"
    connect = sqlite3.connect if request.param == "sqlite" else duckdb.connect
    with contextlib.closing(connect(str(path))) as connection:
        for statement in STATEMENTS:
            connection.execute(statement)
        connection.commit()
    return f"{request.param}:///{path}"


def test_a_database_reads_like_a_folder(url: str) -> None:
    data = read_dataset(url)

    assert data.health.tables.loc["suppliers"].tolist() == [3, 2, 0, 1]
    contract = data.frame("contracts").iloc[0]
    assert contract["supplier_id"] == "1"
    assert contract["annual_value"] == 1234.5
    assert str(contract["start_date"].date()) == "2024-03-04"
    assert data.frame("suppliers")["active"].tolist() == [True, False]
    assert len(data.fingerprints["suppliers"]) == 64
    assert any("remarks" in note for note in data.health.notes)


def test_reading_a_database_changes_nothing(url: str) -> None:
    path = Path(url.split("///")[1])
    before = path.read_bytes()
    read_dataset(url)

    assert path.read_bytes() == before


def test_a_database_that_is_not_there_is_told_and_not_created(tmp_path: Path) -> None:
    with pytest.raises(SrmkitError, match=r"the file is not there; .* four slashes for an absolute path"):
        read_dataset(f"sqlite:///{tmp_path}/none.db")
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_a_file_of_another_kind_is_told(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "company.db"
    path.write_text("plain words, and long enough to be looked at " * 50)

    with pytest.raises(SrmkitError, match="database company.db: 1 problem\n  - the database cannot be read"):
        read_dataset(f"{kind}:///{path}")


def test_a_password_never_shows_in_a_message() -> None:
    with pytest.raises(SrmkitError) as caught:
        read_dataset("postgresql://me:secret@127.0.0.1:9/company")

    assert "secret" not in str(caught.value)


def test_a_column_of_lists_is_left_out_with_a_note(tmp_path: Path) -> None:
    """Servers keep lists and JSON in cells; they are no words, and break whatever looks at cells."""
    path = tmp_path / "books.duckdb"
    with duckdb.connect(str(path)) as link:
        link.execute("CREATE TABLE items AS SELECT 'I1' AS item_id, 'bolt' AS name, [1, 2] AS sizes, {'a': 1} AS more")
    data = read_dataset(f"duckdb:///{path}")
    assert data.frame("items")["name"].tolist() == ["bolt"]
    assert [note for note in data.health.notes if "lists within its cells" in note] == [
        "items: column 'sizes' holds lists within its cells and was not read.",
        "items: column 'more' holds lists within its cells and was not read.",
    ]
    frame = pd.DataFrame({"item_id": ["I1"], "name": ["bolt"], "category": [{"main": "Fasteners"}]})
    given = read_frames({"items": frame}, name="test", currency="EUR")
    assert given.frame("items")["category"].isna().all()
    assert "items: column 'category' holds lists within its cells and was not read." in given.health.notes
