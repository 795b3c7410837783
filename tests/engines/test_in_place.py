"""Data that stay where they are: what is found, what is refused, what is left out and counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.metrics import Period, supplier_metrics
from srmkit.tables import connect_dataset, read_dataset
from srmkit.tables.engine import OutsideEngine
from srmkit.tables.parquet_files import cuts_of

DAY = dt.date(2026, 3, 1)
YEAR = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def tables(**changed: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """A company of one line, with whole numbers for ids, as an ERP keeps them."""
    lines = pd.DataFrame(
        {"po_id": [1], "line_id": [1], "supplier_id": [7], "item_id": ["A"], "order_date": [DAY],
         "ordered_quantity": [10], "unit_price": [2.5], "status": ["open"]}
    )
    suppliers = pd.DataFrame({"supplier_id": [7], "name": ["Alba"]})
    items = pd.DataFrame({"item_id": ["A"], "name": ["bolt"]})
    return {"suppliers": suppliers, "items": items, "purchase_order_lines": lines} | changed


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Write tables as Parquet files."""

    def write(**changed: pd.DataFrame) -> Path:
        for name, frame in tables(**changed).items():
            frame.to_parquet(tmp_path / f"{name}.parquet", index=False)
        return tmp_path

    return write


def lines(**columns: list[Any]) -> pd.DataFrame:
    """Order lines with some columns set; their number is that of the columns given."""
    count = len(next(iter(columns.values())))
    usual = {name: values.tolist() * count for name, values in tables()["purchase_order_lines"].items()}
    return pd.DataFrame(usual | {"line_id": list(range(count))} | columns)


def test_a_folder_of_parquet_files_is_measured_where_it_lies(folder: Callable[..., Path]) -> None:
    data = connect_dataset(folder(), name="Alba's buyer", currency="EUR")
    found = supplier_metrics(data, YEAR).values
    assert found["spend"].to_dict() == {"7": 25.0}
    assert (data.name, data.currency) == ("Alba's buyer", "EUR")
    assert data.last_date() == DAY
    assert not data.has("purchase_order_lines", "promised_date")


def test_a_table_may_lie_in_parts(folder: Callable[..., Path]) -> None:
    home = folder()
    parts = home / "purchase_order_lines"
    parts.mkdir()
    (home / "purchase_order_lines.parquet").rename(parts / "1.parquet")
    lines(line_id=[2]).to_parquet(parts / "2.parquet", index=False)
    assert supplier_metrics(connect_dataset(home), YEAR).values.loc["7", "spend"] == 50


def test_a_time_without_zone_is_its_day(folder: Callable[..., Path]) -> None:
    late = lines(order_date=[pd.Timestamp("2026-03-01 23:59")])
    assert connect_dataset(folder(purchase_order_lines=late)).last_date() == DAY


def test_what_would_have_to_be_guessed_is_refused_all_at_once(folder: Callable[..., Path]) -> None:
    wrong = lines(
        order_date=[pd.Timestamp("2026-03-01 23:59", tz="Asia/Shanghai")], ordered_quantity=["10"], unit_price=["2,5"]
    )
    with pytest.raises(SrmkitError) as caught:
        connect_dataset(folder(purchase_order_lines=wrong))
    things = [problem.thing for problem in caught.value.problems]
    wrongly = ("order_date", "ordered_quantity", "unit_price")
    assert things == [f"purchase_order_lines: column '{name}'" for name in wrongly]
    assert "a day, or a time without time zone" in str(caught.value)


def test_a_missing_column_and_a_missing_table_are_told_with_what_is_there(folder: Callable[..., Path]) -> None:
    home = folder(items=pd.DataFrame({"item": ["A"], "name": ["bolt"]}))
    with pytest.raises(SrmkitError, match="items: column 'item_id'"):
        connect_dataset(home)
    with pytest.raises(SrmkitError, match="Did you mean 'suppliers'"):
        connect_dataset(home, tables={"suppliers": "supplier"})
    with pytest.raises(SrmkitError, match="not one the catalogue knows"):
        connect_dataset(home, tables={"orders": "purchase_order_lines"})


def test_rows_that_break_a_rule_are_left_out_and_counted(folder: Callable[..., Path]) -> None:
    home = folder(
        purchase_order_lines=lines(
            ordered_quantity=[10, -1, 10, 10, 10, 10],
            unit_price=[2.5, 2.5, None, float("inf"), 2.5, 2.5],
            status=["open", "open", "open", "open", "odd", ""],
            supplier_id=[7, 7, 7, 7, 7, 8],
        )
    )
    data = connect_dataset(home)
    assert supplier_metrics(data, YEAR).values.loc["7", "spend"] == 25
    assert data.health.tables.loc["purchase_order_lines"].tolist() == [6, 1, 0, 5]
    assert data.health.notes[1:] == (
        "purchase_order_lines: 1 of 6 rows are left out where ordered_quantity is below 0.",
        "purchase_order_lines: 1 of 6 rows are left out where unit_price is required and empty.",
        "purchase_order_lines: 1 of 6 rows are left out where unit_price is not a finite number.",
        "purchase_order_lines: 1 of 6 rows are left out where status is not one of open, closed, cancelled.",
        "purchase_order_lines: 1 of 6 rows are left out where supplier_id is not in suppliers.",
    )


def test_a_line_that_stands_there_twice_is_an_error(folder: Callable[..., Path]) -> None:
    home = folder(purchase_order_lines=lines(line_id=[1, 1]))
    with pytest.raises(SrmkitError, match=r"1 keys \(po_id, line_id\) stand on more than one row"):
        connect_dataset(home)
    assert supplier_metrics(connect_dataset(home, keys=False), YEAR).values.loc["7", "spend"] == 50


def test_a_map_may_rename_and_give_fixed_values_but_not_convert(folder: Callable[..., Path], tmp_path: Path) -> None:
    home = folder(suppliers=pd.DataFrame({"Nr": [7], "Name": ["Alba"]}))
    written = tmp_path / "mine.toml"
    head = 'name = "Mine"\ncurrency = "EUR"\n'
    written.write_text(
        head + '[tables.suppliers]\nfile = "suppliers"\n[tables.suppliers.columns]\n'
        'supplier_id = "Nr"\nname = "Name"\nactive = { value = true }\n',
        encoding="utf-8",
    )
    data = connect_dataset(home, column_map=written, tables={"items": "items"})
    assert data.frame("suppliers").loc[0, ["supplier_id", "name", "active"]].tolist() == ["7", "Alba", True]
    assert (data.name, data.currency) == ("Mine", "EUR")
    written.write_text(
        head + '[tables.suppliers]\nfile = "suppliers"\ndistinct = true\n[tables.suppliers.columns]\n'
        'supplier_id = "Nr"\nname = "Name"\nactive = { from = "Name", codes = { "Alba" = true } }\n',
        encoding="utf-8",
    )
    with pytest.raises(SrmkitError) as caught:
        connect_dataset(home, column_map=written)
    assert [problem.wrong for problem in caught.value.problems] == [
        "cannot be done in place", "cannot be converted in place",
    ]


def test_several_files_for_a_table_are_asked_to_lie_in_one_folder(folder: Callable[..., Path], tmp_path: Path) -> None:
    home, written = folder(), tmp_path / "mine.toml"
    columns = ", ".join(f'{name} = "{name}"' for name in tables()["suppliers"].columns)
    head = 'name = "Mine"\ncurrency = "EUR"\n[tables.suppliers]\n'
    written.write_text(f'{head}file = "sup*.parquet"\ncolumns = {{ {columns} }}\n', encoding="utf-8")
    with pytest.raises(SrmkitError, match="names several files, which are not measured in place.*into one folder"):
        connect_dataset(home, column_map=written)


def test_a_file_that_no_table_is_taken_from_is_named(folder: Callable[..., Path]) -> None:
    home = folder()
    (home / "items.parquet").rename(home / "articles.parquet")
    told = "Not read, because no table is taken from it: articles."
    assert told in connect_dataset(home).health.notes


def test_a_duckdb_file_is_measured_without_being_read_into_memory(tmp_path: Path) -> None:
    file = tmp_path / "books.duckdb"
    with duckdb.connect(str(file)) as books:
        for name, frame in tables().items():
            books.register("arriving", frame)
            books.execute(f"CREATE TABLE {name} AS FROM arriving")
    data = connect_dataset(f"duckdb:///{file}")
    assert supplier_metrics(data, YEAR).values.loc["7", "spend"] == 25


def test_memory_is_bounded_without_anyone_asking(folder: Callable[..., Path]) -> None:
    def bounds(**given: Any) -> tuple[Any, ...]:
        engine: Any = connect_dataset(home, **given).engine
        said = "SELECT current_setting('memory_limit'), current_setting('threads')"
        return tuple(engine._connection.execute(said).fetchone())

    home = folder()
    assert bounds()[0] == "953.6 MiB"  # 1 GB: the files have less
    assert bounds(memory="2GiB", threads=1) == ("2.0 GiB", 1)


def test_a_figure_that_needs_more_memory_gets_half_of_the_machine_or_an_error_that_says_so(
    folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 3_000_000
    home = folder(tickets=pd.DataFrame({"ticket_id": range(count), "role": "supplier", "party_id": "7",
                                        "opened_date": DAY}))
    with pytest.raises(SrmkitError, match=r'memory is too small .*Allow more of it, such as memory="8GB"'):
        connect_dataset(home, memory="12MB", threads=1)
    monkeypatch.setattr("srmkit.tables.engine.LEAST_MEMORY", 12_000_000)
    data = connect_dataset(home, threads=1)
    assert data.health.tables.loc["tickets", "rows_used"] == count


def test_a_view_of_a_duckdb_file_reaches_nothing_but_the_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("supplier_id,name\n1,Alba\n")
    file = tmp_path / "books.duckdb"
    with duckdb.connect(str(file)) as books:
        books.execute(f"CREATE VIEW suppliers AS FROM read_csv('{secret}')")
    with pytest.raises(duckdb.PermissionException):
        connect_dataset(f"duckdb:///{file}")


def test_files_outside_the_folder_cannot_be_reached(folder: Callable[..., Path], tmp_path: Path) -> None:
    home = folder()
    outside = tmp_path.parent / f"{tmp_path.name}-outside.parquet"
    pd.DataFrame({"contract_id": [1]}).to_parquet(outside)
    (home / "contracts.parquet").symlink_to(outside)
    data = connect_dataset(home)
    assert "contracts" not in data.tables
    connection: Any = data.engine._connection  # type: ignore[attr-defined]
    for attack in (f"FROM '{outside}'", f"COPY suppliers TO '{outside}'", "SET enable_external_access = true"):
        with pytest.raises(duckdb.Error):
            connection.execute(attack)


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    for url in ("postgresql://me:secret@127.0.0.1:1/books", "mysql://me:secret@host/books"):
        with pytest.raises(SrmkitError) as caught:
            connect_dataset(url)
        assert "secret" not in str(caught.value)


def test_another_state_of_the_data_has_another_fingerprint(folder: Callable[..., Path]) -> None:
    before = connect_dataset(folder()).fingerprints
    after = connect_dataset(folder(purchase_order_lines=lines(line_id=[1, 2]))).fingerprints
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"purchase_order_lines (state)", "purchase_order_lines.parquet"}


def test_a_price_that_changed_is_another_state_on_a_server_as_well(postgres: str) -> None:
    import psycopg

    def state() -> str:
        found = connect_dataset(f"{postgres}&options=-csearch_path%3Dprices").fingerprints
        return found["items (state)"]

    with psycopg.connect(postgres) as link:
        link.execute("CREATE SCHEMA prices")
        link.execute("CREATE TABLE prices.items (item_id int, name text, standard_price numeric(12, 2))")
        link.execute("INSERT INTO prices.items VALUES (1, 'bolt', 2.50), (2, 'nut', 1.25)")
    before = state()
    assert state() == before
    with psycopg.connect(postgres) as link:
        link.execute("UPDATE prices.items SET standard_price = 2.51 WHERE item_id = 1")
    assert state() != before


def test_a_server_is_only_read(postgres: str) -> None:
    import psycopg

    with psycopg.connect(postgres) as link:
        link.execute("CREATE SCHEMA books")
        link.execute("CREATE TABLE books.suppliers (supplier_id int, name varchar(20), annual_sales numeric(12, 2))")
        link.execute("INSERT INTO books.suppliers VALUES (7, 'Alba', 12.30)")
    data = connect_dataset(postgres, tables={"suppliers": "books.suppliers"})
    assert data.frame("suppliers").loc[0, ["supplier_id", "name", "annual_sales"]].tolist() == ["7", "Alba", 12.3]
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        data.engine._connection.raw_sql("DELETE FROM books.suppliers")  # type: ignore[attr-defined]


def test_a_question_without_an_end_is_stopped_whether_a_server_is_read_or_measured(postgres: str) -> None:
    import psycopg

    with psycopg.connect(postgres) as link:
        link.execute("CREATE SCHEMA endless")
        slow = "SELECT 'S1' AS supplier_id, 'Alba' || pg_sleep(60)::text AS name"
        link.execute(f"CREATE VIEW endless.suppliers AS {slow}".encode())
    address = f"{postgres}&options=-csearch_path%3Dendless%20-cstatement_timeout%3D300"
    for reads in (read_dataset, connect_dataset):
        with pytest.raises(SrmkitError, match="canceling statement due to statement timeout"):
            reads(address)
    engine = OutsideEngine.postgres(postgres, "books")
    with engine._connection.con.cursor() as cursor:
        assert cursor.execute("SHOW statement_timeout").fetchone() == ("10min",)


class TestParts:
    """Many order lines are looked at some orders at a time, where the files keep them in order."""

    def test_the_files_say_where_orders_can_be_parted(self, tmp_path: Path) -> None:
        orders = pd.DataFrame({"po_id": [f"{number:03}" for number in range(100)], "number": range(100)})
        home = tmp_path / "orders.parquet"

        def found(frame: pd.DataFrame, column: str = "po_id") -> tuple[str, ...]:
            frame.to_parquet(home, index=False, row_group_size=10)
            return cuts_of([home], column, 25)

        assert found(orders) == ("030", "060", "090")
        assert found(orders.sample(frac=1, random_state=1)) == (), "they lie in no order"
        assert found(orders, "number") == (), "numbers are turned into text, which has another order"
        assert found(orders, "line") == ()
        gaps = orders.assign(po_id=orders["po_id"].where(orders.index >= 10))
        assert found(gaps) == (), "nothing is known of a row group of gaps"

    def test_what_names_no_order_is_counted_once(
        self, folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ordered = lines(po_id=["1", "2", "3", "4"])
        invoices = pd.DataFrame(
            {"invoice_id": ["I1", "I2", "I3"], "po_id": ["1", None, "4"], "line_id": ["0", None, "3"],
             "supplier_id": [7, 7, 7], "invoice_date": [DAY] * 3, "quantity": [10, 10, 10], "unit_price": [2.5] * 3}
        )
        came = pd.DataFrame({"receipt_id": ["R1", "R4"], "po_id": ["1", "4"], "line_id": ["0", "3"],
                             "receipt_date": [DAY] * 2, "received_quantity": [10, 10]})
        home = folder(purchase_order_lines=ordered, invoices=invoices, receipts=came)
        ordered.to_parquet(home / "purchase_order_lines.parquet", index=False, row_group_size=1)
        whole = supplier_metrics(connect_dataset(home), YEAR)
        monkeypatch.setattr("srmkit.tables.in_place.AT_ONCE", 1)
        data = connect_dataset(home)
        assert data.cuts == ("2", "3", "4")
        parted = supplier_metrics(data, YEAR)
        assert parted.evidence.loc[("7", "invoice_accuracy"), "n"] == 3
        assert parted.values.loc["7", "invoice_accuracy"] == pytest.approx(2 / 3)
        pd.testing.assert_frame_equal(parted.values, whole.values)

    def test_a_key_that_stands_twice_is_found_in_its_part(
        self, folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        home = folder()
        twice = lines(po_id=["1", "2", "3", "3"]).assign(line_id=0)
        twice.to_parquet(home / "purchase_order_lines.parquet", index=False, row_group_size=1)
        monkeypatch.setattr("srmkit.tables.in_place.AT_ONCE", 1)
        with pytest.raises(SrmkitError, match=r"purchase_order_lines: 1 keys \(po_id, line_id\)"):
            connect_dataset(home)
