"""Published data through the column maps that come with the project; expected figures are those of the publishers."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.tables import Dataset, read_dataset


@pytest.fixture(scope="module")
def prices(shared: Path) -> Dataset:
    return read_dataset(shared / "data" / "commodity-prices", column_map="pink_sheet")


@pytest.fixture(scope="module")
def terms(shared: Path) -> Dataset:
    return read_dataset(shared / "data" / "contract-terms", column_map="cuad")


@pytest.fixture(scope="module")
def contracting(shared: Path) -> Dataset:
    return read_dataset(shared / "data" / "ocds", column_map="ocds_example")


def test_every_month_and_series_of_the_pink_sheet_is_accounted_for(prices: Dataset) -> None:
    """World Bank Commodity Price Data: 71 series, 1960M01 to 2024M11 (779 months), 6,171 cells with an ellipsis."""
    account = prices.health.tables.loc["market_prices"]
    assert account["rows_read"] == 71 * 779
    assert account["rows_refused"] == 0
    found = prices.health.set_aside["found"].value_counts()
    assert found["…"] == 6171
    assert account["rows_excluded"] == found.sum() == 6171 + 193  # the others are three points
    frame = prices.frame("market_prices")
    assert frame["series_id"].nunique() == 71
    assert (str(frame["price_date"].min())[:10], str(frame["price_date"].max())[:10]) == ("1960-01-01", "2024-11-01")


def test_terms_of_contracts_are_read_and_what_cannot_be_is_counted(terms: Dataset, shared: Path) -> None:
    """CUAD v1: 510 contracts, 35 % without an end, 66 perpetual, 60 'successive 1 year', notice 26, 16, 15, 13."""
    account = terms.health.tables.loc["contracts"]
    assert account["rows_read"] == 510 == account["rows_used"] + account["rows_refused"]
    rules = terms.health.conversions.set_index(["column", "rule"])["count"]
    assert rules["end_date", 'text "^[Pp]erpetual$" = 2999-12-31'] == 66
    raw = pd.read_csv(shared / "data" / "contract-terms" / "master_clauses_answers.csv.gz", dtype=str)
    notice = raw["Notice Period To Terminate Renewal- Answer"].value_counts()
    assert notice[["30 days", "90 days", "60 days", "6 months"]].tolist() == [26, 16, 15, 13]
    for days, words in (
        (30, ["30 days", "1 month"]),
        (60, ["60 days", "60) days"]),
        (90, ["90 days", "3 months", "3 Months"]),
        (180, ["180 days", "6 months", "(6) months"]),
    ):
        counted = rules["notice_days"][rules["notice_days"].index.str.endswith(f"= {days}")].sum()
        assert counted == notice[words].sum(), days
    assert raw["Renewal Term-Answer"].eq("successive 1 year").sum() == 60
    assert rules["auto_renew", 'text "^[Ss]ucces" = true'] >= 60
    aside = terms.health.set_aside
    assert aside["reason"].str.contains("required and empty").sum() >= 0.35 * 510


def test_days_known_in_part_are_refused_and_shown(terms: Dataset) -> None:
    assert terms.health.set_aside["found"].str.contains(r"\[\]").sum() >= 30


def test_a_contracting_process_is_supplier_order_contract_and_payments(contracting: Dataset) -> None:
    assert (contracting.health.tables["rows_used"] == contracting.health.tables["rows_read"]).all()
    lines = contracting.frame("purchase_order_lines")
    assert lines[["supplier_id", "ordered_quantity", "unit_price", "currency"]].to_numpy().tolist() == [
        ["GB-COH-11111111", 8.0, 137_000.0, "GBP"]
    ]
    assert contracting.frame("contracts")["end_date"].dt.date.astype(str).tolist() == ["2011-06-30"]
    money = contracting.health.money.set_index("table")["used"]
    assert money["invoices"] == Decimal(60_000)


def test_the_record_of_the_same_process_gives_the_same_state(shared: Path, tmp_path: Path) -> None:
    """A record package holds the state of today; releases merged by the standard's rules must lead to the same."""
    folder = shared / "data" / "ocds"
    column_map = Path("data/column_maps/ocds_example.toml").read_text(encoding="utf-8")
    other = tmp_path / "record.toml"
    other.write_text(column_map.replace("ocds-213czf-000-00001.json", "record-withversions.json"), encoding="utf-8")
    record, release = (read_dataset(folder, column_map=one) for one in (other, "ocds_example"))
    for name in release.tables:
        pd.testing.assert_frame_equal(record.frame(name), release.frame(name))


def test_days_of_the_deliveries_that_a_program_damaged_are_asked_about(shared: Path, tmp_path: Path) -> None:
    """The days of orders of SCMS are M/D/YY; read as year/month/day they lie years from their delivery."""
    raw = pd.read_csv(shared / "data" / "scms" / "SCMS_repaired.csv.gz", dtype=str)
    order = pd.to_datetime(raw["PO Sent to Vendor Date"], format="%m/%d/%y", errors="coerce")
    due = pd.to_datetime(raw["Scheduled Delivery Date"], format="%d-%b-%y")
    raw = raw[order.notna() & order.dt.day.le(12)]
    order, due = order[raw.index], due[raw.index]
    lines = pd.DataFrame({
        "po_id": raw["PO / SO #"], "line_id": raw["ID"], "supplier_id": raw["Vendor"],
        "item_id": raw["Item Description"],
        "order_date": "20" + order.dt.strftime("%m-%d-%y"), "promised_date": due.dt.strftime("%Y-%m-%d"),
        "ordered_quantity": raw["Line Item Quantity"], "unit_price": raw["Unit Price"],
    })  # fmt: skip
    lines.to_csv(tmp_path / "purchase_order_lines.csv", index=False)
    with pytest.raises(SrmkitError) as told:
        read_dataset(tmp_path)
    assert "looks like year-month-day and may be month/day/year" in str(told.value)
    assert json.dumps("20%m-%d-%y") in str(told.value)
