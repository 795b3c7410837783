"""The walk-through for analysts holds: its files, its map and its figures are run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from srmkit.tables import Dataset, read_dataset

PAGE = Path(__file__).parents[2] / "docs" / "bring-your-own-data.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.fixture
def data(tmp_path: Path) -> Dataset:
    suppliers, orders = blocks("csv")
    (tmp_path / "lieferanten.csv").write_text(suppliers, encoding="utf-8")
    (tmp_path / "bestellungen.csv").write_text(orders, encoding="utf-8")
    (tmp_path / "mine.toml").write_text(blocks("toml")[0], encoding="utf-8")
    return read_dataset(tmp_path, column_map=tmp_path / "mine.toml")


def test_the_account_of_rows_is_the_one_printed(data: Dataset) -> None:
    printed = [line.split() for line in blocks("text")[0].splitlines()[2:]]

    found = data.health.tables.reset_index().astype(str).to_numpy().tolist()
    assert found == printed


def test_the_rows_set_aside_are_the_ones_printed(data: Dataset) -> None:
    lines = data.health.set_aside.query("table == 'purchase_order_lines'")
    told = lines[["row", "column", "found", "reason", "kind"]].astype(str).to_numpy().tolist()

    for row in told:
        assert f"| {' | '.join(row)} |" in PAGE.read_text(encoding="utf-8")
    assert len(told) == 3


def test_the_price_of_a_unit_is_worked_out(data: Dataset) -> None:
    assert data.frame("purchase_order_lines")["unit_price"].tolist() == [2.45, 2.425]


def test_the_list_of_an_erp_system_is_read_as_the_page_says(tmp_path: Path) -> None:
    printed = next(block for block in blocks("text") if block.startswith("Bestellungen je Lieferant"))
    (tmp_path / "liste.txt").write_text(printed, encoding="cp1252")
    (tmp_path / "list.toml").write_text(blocks("toml")[1], encoding="utf-8")
    data = read_dataset(tmp_path, column_map=tmp_path / "list.toml")
    account = data.health.tables.loc["purchase_order_lines"]
    assert account.tolist() == [10, 3, 6, 1]
    lines = data.frame("purchase_order_lines")
    assert lines["supplier_id"].tolist() == ["0000100017", "0000100017", "0000100023"]
    assert lines["unit_price"].tolist() == [2.45, 0.85, 2.425]
    money = data.health.money.iloc[0]
    assert [str(money[part]) for part in ("read", "used", "excluded", "refused")] == [
        "7665.00", "3832.50", "3832.50", "0",
    ]  # fmt: skip
