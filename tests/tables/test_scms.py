"""USAID's delivery history of health goods (data.gov); expected figures are those of the published file."""

from __future__ import annotations

import pandas as pd
import pytest

from srmkit.tables import Dataset


@pytest.fixture(scope="module")
def deliveries(scms: Dataset) -> pd.DataFrame:
    lines = scms.frame("purchase_order_lines").merge(scms.frame("receipts"), on=["po_id", "line_id"])
    return lines.assign(value=lines["ordered_quantity"] * lines["unit_price"])


def test_stock_transfers_are_excluded_and_counted(scms: Dataset) -> None:
    tables = scms.health.tables

    assert tables.loc["purchase_order_lines"].tolist() == [10324, 4920, 5404, 0]
    reasons = scms.health.reasons().set_index(["table", "kind", "reason"])["rows"].sort_index()
    assert reasons["purchase_order_lines", "excluded", "internal stock transfer"] == 5404


def test_there_are_72_true_vendors(scms: Dataset) -> None:
    assert len(scms.frame("suppliers")) == 72
    assert "SCMS from RDC" not in set(scms.frame("suppliers")["supplier_id"])


def test_line_values_are_those_of_the_file(deliveries: pd.DataFrame) -> None:
    assert len(deliveries) == 4920
    assert deliveries["value"].sum() == pytest.approx(542_212_022.34, abs=0.005)


def test_deliveries_on_time_by_line_and_by_value(deliveries: pd.DataFrame) -> None:
    on_time = deliveries["receipt_date"] <= deliveries["promised_date"]

    assert 100 * on_time.mean() == pytest.approx(94.74, abs=0.005)
    assert 100 * deliveries.loc[on_time, "value"].sum() / deliveries["value"].sum() == pytest.approx(
        89.58, abs=0.005
    )


def test_freight_in_words_is_read_by_rule_and_counted(scms: Dataset) -> None:
    freight = scms.health.conversions.query("column == 'freight'").set_index("rule")["count"]
    pointers = freight[freight.index.str.contains("points to, by Line Item Value")]

    assert freight['text "^Freight Included in Commodity Cost$" = 0'] == 1442
    assert freight['text "^Invoiced Separately$" is a gap'] == 239
    assert pointers.tolist() == [2445]


def test_sharing_freight_changes_no_total(scms: Dataset, shared) -> None:  # type: ignore[no-untyped-def]
    raw = pd.read_csv(shared / "data" / "scms" / "SCMS_repaired.csv.gz", dtype=str)
    direct = raw.loc[raw["Vendor"] != "SCMS from RDC", "Freight Cost (USD)"]
    noted = pd.to_numeric(direct, errors="coerce").sum()

    assert scms.frame("purchase_order_lines")["freight"].sum() == pytest.approx(noted)


def test_a_stand_in_for_an_order_date_is_tagged_and_told(scms: Dataset) -> None:
    column = scms.health.columns.set_index(["table", "column"]).loc[("purchase_order_lines", "order_date")]

    assert column["source"] == "imputed"
    assert column["imputed"] == 328
    assert column["gaps"] == 0
    assert any("order_date: 328 of 4,920 values stand in" in note for note in scms.health.notes)
