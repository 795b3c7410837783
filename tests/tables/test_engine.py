"""The embedded database: it answers questions and reaches nothing else."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import duckdb
import pandas as pd
import pytest

from srmkit.tables import engine as engine_module
from srmkit.tables.engine import Engine, cases, literal_day, row


@pytest.fixture
def engine() -> Engine:
    engine = Engine()
    orders = pd.DataFrame(
        {"supplier_id": ["S1", "S2"], "day": pd.to_datetime(["2024-01-31", None]), "late": [True, None]}
    )
    engine.add("orders", orders.assign(late=orders["late"].astype("boolean")))
    return engine.lock()


def test_values_come_back_in_their_types_and_gaps_stay_gaps(engine: Engine) -> None:
    frame = engine.collect(engine.table("orders"))

    assert frame["supplier_id"].tolist() == ["S1", "S2"]
    assert frame["late"].tolist() == [True, pd.NA]
    assert frame["day"].isna().tolist() == [False, True]


def test_days_are_counted_between_dates(engine: Engine) -> None:
    orders = engine.table("orders").mutate(
        age=row.day.cast("date").delta(literal_day(dt.date(2024, 1, 1)), unit="day")
    )

    assert engine.collect(orders)["age"].tolist()[0] == 30


def test_the_sql_of_an_expression_can_be_read(engine: Engine) -> None:
    late = engine.table("orders").agg(late=cases((row.late, 1), else_=0).sum())

    assert "CASE WHEN" in engine.sql(late)


def test_two_who_ask_at_once_each_get_their_answer() -> None:
    engine = Engine()
    engine.add("numbers", pd.DataFrame({"number": range(50_000)}))
    numbers = engine.lock().table("numbers")
    together = Barrier(2)

    def ask(rest: int) -> list[float]:
        together.wait()
        mine = numbers.filter(row.number % 2 == rest)
        return [engine.collect(mine)["number"].sum() for _ in range(20)]

    with ThreadPoolExecutor(2) as threads:
        even, odd = threads.map(ask, (0, 1))
    assert even == [25_000 * 24_999] * 20
    assert odd == [25_000 * 25_000] * 20


@pytest.mark.parametrize(
    "reach",
    [
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM '{file}'",
        "COPY orders TO '{file}'",
        "ATTACH '{file}'",
        "INSTALL sqlite",
        "SET lock_configuration = false",
        "SET enable_external_access = true",
        "SELECT * FROM in_scope",
    ],
)
def test_a_locked_engine_reaches_no_file_no_variable_and_no_setting(
    engine: Engine, tmp_path: Path, reach: str
) -> None:
    in_scope = pd.DataFrame({"secret": [1]})
    assert len(in_scope) == 1
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n")

    with pytest.raises(duckdb.Error):
        engine._connection.execute(reach.format(file=file))
    assert file.read_text() == "a\n1\n"


def test_only_the_engine_knows_the_database() -> None:
    package = Path(engine_module.__file__).parents[1]
    knowing = [
        path.name
        for path in package.rglob("*.py")
        if any(
            line.startswith(("import ibis", "import duckdb", "from ibis", "from duckdb"))
            for line in path.read_text().splitlines()
        )
    ]

    assert knowing == ["engine.py"]
