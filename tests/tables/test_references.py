"""Rows go the way of what they name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from srmkit.tables import read_dataset, read_frames

Folder = Callable[[Mapping[str, str]], Path]

SUPPLIERS = pd.DataFrame({"supplier_id": ["S1", "S2", "S3"], "name": ["Alba", None, "Own stock"]})
LINES = pd.DataFrame({
    "po_id": ["P1", "P2", "P3", "P4"],
    "line_id": ["1"] * 4,
    "supplier_id": ["S1", "S2", "S3", "S9"],
    "item_id": ["I1"] * 4,
    "order_date": ["2024-01-01"] * 4,
    "ordered_quantity": [1] * 4,
    "unit_price": [1] * 4,
})  # fmt: skip
RECEIPTS = pd.DataFrame({
    "receipt_id": ["R1", "R2", "R3", "R4"],
    "po_id": ["P1", "P2", "P3", "P5"],
    "line_id": ["1"] * 4,
    "receipt_date": ["2024-01-02"] * 4,
    "received_quantity": [1] * 4,
})  # fmt: skip


def test_a_refused_supplier_takes_its_lines_and_their_receipts_along() -> None:
    frames = {"suppliers": SUPPLIERS, "purchase_order_lines": LINES, "receipts": RECEIPTS}
    data = read_frames(frames, name="test", currency="EUR")

    aside = data.health.set_aside.set_index(["table", "row"])["reason"]
    assert aside["purchase_order_lines", 2] == "its row in suppliers was refused"
    assert aside["purchase_order_lines", 4] == "is not in suppliers"
    assert aside["receipts", 2] == "its row in purchase_order_lines was refused"
    assert aside["receipts", 4] == "is not in purchase_order_lines"
    assert data.frame("receipts")["receipt_id"].tolist() == ["R1", "R3"]


def test_a_table_that_was_not_given_is_not_asked_for() -> None:
    data = read_frames({"receipts": RECEIPTS}, name="test", currency="EUR")

    assert data.health.set_aside.empty


def test_an_excluded_supplier_takes_its_lines_along_as_excluded(folder: Folder, tmp_path: Path) -> None:
    home = folder({})
    SUPPLIERS.dropna().to_csv(home / "vendors.csv", index=False)
    LINES.iloc[[0, 2]].to_csv(home / "lines.csv", index=False)
    column_map = tmp_path / "mine.toml"
    column_map.write_text(
        """
        name = "Mine"
        currency = "EUR"
        [tables.suppliers]
        file = "vendors.csv"
        columns = { supplier_id = "supplier_id", name = "name" }
        exclude = [{ column = "name", equals = "Own stock", reason = "internal stock transfer" }]
        [tables.purchase_order_lines]
        file = "lines.csv"
        [tables.purchase_order_lines.columns]
        po_id = "po_id"
        line_id = "line_id"
        supplier_id = "supplier_id"
        item_id = "item_id"
        order_date = "order_date"
        ordered_quantity = "ordered_quantity"
        unit_price = "unit_price"
        """
    )
    data = read_dataset(home, column_map=column_map)

    assert data.health.tables.loc["purchase_order_lines"].tolist() == [2, 1, 1, 0]
    reason = data.health.set_aside.set_index("table").loc["purchase_order_lines", "reason"]
    assert reason == "its row in suppliers was excluded: internal stock transfer"


def test_a_party_is_looked_for_on_its_own_side() -> None:
    tickets = pd.DataFrame({
        "ticket_id": ["T1", "T2", "T3"],
        "role": ["supplier", "customer", "supplier"],
        "party_id": ["S1", "S1", "C1"],
        "opened_date": ["2024-01-01"] * 3,
    })  # fmt: skip
    customers = pd.DataFrame({"customer_id": ["C1"], "name": ["Zed"]})
    frames = {"suppliers": SUPPLIERS, "customers": customers, "tickets": tickets}
    aside = read_frames(frames, name="test", currency="EUR").health.set_aside

    assert aside.loc[aside["table"].eq("tickets"), ["row", "reason"]].to_numpy().tolist() == [
        [2, "is not in customers"],
        [3, "is not in suppliers"],
    ]


ORDERS = "po_id,line_id,supplier_id,item_id,order_date,ordered_quantity,unit_price\n"
AS_NUMBERS = """
name = "Alba's buyer"
currency = "EUR"
[tables.suppliers]
file = "suppliers.csv"
[tables.suppliers.columns]
supplier_id = { from = "supplier_id", as_number = true }
name = "name"
[tables.purchase_order_lines]
file = "purchase_order_lines.csv"
[tables.purchase_order_lines.columns]
po_id = "po_id"
line_id = "line_id"
supplier_id = { from = "supplier_id", as_number = true }
item_id = "item_id"
order_date = "order_date"
ordered_quantity = "ordered_quantity"
unit_price = "unit_price"
"""


def test_an_id_that_a_program_wrote_as_a_number_is_told_and_can_be_said(folder: Folder, tmp_path: Path) -> None:
    """One export says 0001, the other, opened in a spreadsheet once, 1, or 1.0 where some are missing."""
    home = folder({
        "suppliers.csv": "supplier_id,name\n0001,Alba\n0002,Dahl\n00A3,Eck\ns4,Fink\n",
        "purchase_order_lines.csv": ORDERS + "P1,1,1,I1,2026-01-01,1,1\nP1,2,2.0,I1,2026-01-01,1,1\n"
                                             "P1,3,00A3,I1,2026-01-01,1,1\nP1,4,S4,I1,2026-01-01,1,1\n",
    })  # fmt: skip
    reasons = read_dataset(home).health.reasons().set_index("reason")["rows"]
    told = "is not in suppliers, which has it with other zeros: where the two are one, write as_number = true for both"
    assert reasons[f"{told} columns in the column map"] == 2
    assert reasons["is not in suppliers, which has it in other capitals"] == 1
    path = tmp_path / "numbers.toml"
    path.write_text(AS_NUMBERS, encoding="utf-8")
    data = read_dataset(home, column_map=path)
    assert data.frame("suppliers")["supplier_id"].tolist() == ["1", "2", "00A3", "s4"]
    assert data.frame("purchase_order_lines")["supplier_id"].tolist() == ["1", "2", "00A3"]
    read = data.health.conversions.set_index(["table", "rule"])["count"]
    assert read["purchase_order_lines", "id as a number"] == 1
