"""What users of other tools reported about data on its way in, each held here.

The threads are public: frappe/erpnext, odoo/odoo and axelor on GitHub.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from srmkit.tables import CATALOGUE, Dataset, read_dataset

Folder = Callable[[Mapping[str, str]], Path]

ORDERS = "po_id,line_id,supplier_id,item_id,order_date,promised_date,ordered_quantity,unit_price\n"
RECEIPTS = "receipt_id,po_id,line_id,receipt_date,received_quantity\n"


@pytest.fixture
def data(folder: Folder) -> Dataset:
    return read_dataset(folder({
        "purchase_order_lines.csv": ORDERS + "P1,1,S1,I1,2026-01-02,2026-02-01,10,0.123456789012\n"
                                             "P2,1,S1,I1,2026-01-02,2026-02-01,0,2.5\n"
                                             "P3,1,S1,I1,2026-01-02,,10,2.5\n",
        "receipts.csv": RECEIPTS + "R1,P1,1,2026-02-01T16:00,6\nR2,P1,1,2026-02-01,4\nR3,P2,1,2026-02-03,0\n"
                                   "R3,P2,1,2026-02-04,0\nR4,P3,1,,10\n",
        "inspections.csv": "receipt_id,inspected_quantity,rejected_quantity\nR1,6,0\nR2,4,\n",
    }))  # fmt: skip


def test_zero_is_a_number_and_a_gap_is_none(data: Dataset) -> None:
    """odoo 128426, 58653: zero read as missing, and no data shown as 100 %."""
    inspections = data.health.set_aside.query("table == 'inspections'")
    assert inspections["found"].tolist() == [""]  # what was not counted is refused, not taken for 0
    assert data.frame("inspections")["rejected_quantity"].tolist() == [0.0]
    assert data.frame("receipts").set_index("receipt_id")["received_quantity"]["R3"] == 0.0


def test_a_delivery_is_dated_by_its_arrival_and_a_missing_day_stays_missing(data: Dataset) -> None:
    """axelor 16740: on time judged by the day somebody typed it in."""
    assert CATALOGUE["receipts"].date_basis == "receipt_date"
    assert data.frame("receipts").set_index("receipt_id")["receipt_date"].isna()["R4"]
    assert data.frame("purchase_order_lines").set_index("po_id")["promised_date"].isna()["P3"]


def test_the_afternoon_of_the_promised_day_is_that_day(data: Dataset) -> None:
    """An odoo thread: goods that came at 16:00 on the day they were due counted as late."""
    days = data.frame("receipts").set_index("receipt_id")["receipt_date"]
    assert days["R1"] == days["R2"]
    dropped = data.health.conversions.query("rule == 'time of day dropped'")
    assert dropped["count"].tolist() == [1]


@pytest.mark.parametrize("formats", ['["%d.%m.%Y %H:%M"]', '["%d.%m.%Y", "%d.%m.%Y %H:%M"]'])
def test_so_it_is_where_the_writing_is_declared(folder: Folder, formats: str) -> None:
    home = folder({"receipts.csv": RECEIPTS + "R1,P1,1,01.02.2026 16:00,6\n"})
    (home / "map.toml").write_text(
        'name = "Mine"\ncurrency = "EUR"\n[tables.receipts]\nfile = "receipts.csv"\n[tables.receipts.columns]\n'
        'receipt_id = "receipt_id"\npo_id = "po_id"\nline_id = "line_id"\nreceived_quantity = "received_quantity"\n'
        f'receipt_date = {{ from = "receipt_date", formats = {formats} }}\n',
        encoding="utf-8",
    )
    data = read_dataset(home, column_map=home / "map.toml")
    assert str(data.frame("receipts")["receipt_date"].iloc[0]) == "2026-02-01 00:00:00"


def test_a_line_in_two_deliveries_has_two(data: Dataset) -> None:
    """erpnext: a full line in two timely receipts was never on time."""
    received = data.frame("receipts").query("po_id == 'P1'")["received_quantity"]
    assert received.tolist() == [6.0, 4.0]


def test_a_receipt_that_is_there_twice_counts_once_and_is_told(data: Dataset) -> None:
    aside = data.health.set_aside.query("table == 'receipts'")
    assert aside["reason"].tolist() == ["has the same key as an earlier row"]


def test_a_line_changed_to_zero_is_kept_as_zero(data: Dataset) -> None:
    """odoo 162632: a cancelled line divided by zero. The line is a fact; what it means is up to the metric."""
    assert data.frame("purchase_order_lines").set_index("po_id")["ordered_quantity"]["P2"] == 0.0


def test_amounts_keep_every_digit(data: Dataset) -> None:
    """erpnext pasted figures into formulas at two decimals."""
    assert data.frame("purchase_order_lines").set_index("po_id")["unit_price"]["P1"] == 0.123456789012
