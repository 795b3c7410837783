"""Both studies on the bicycle maker's data, through its column map alone; figures from its documentation."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from srmkit.studies import account_selection, supplier_segmentation
from srmkit.studies.account_selection import AccountSelection
from srmkit.studies.supplier_segmentation import SupplierSegmentation


@pytest.fixture(scope="module")
def suppliers(shared: Path) -> SupplierSegmentation:
    params = supplier_segmentation.Params(
        data=str(shared / "data" / "adventureworks"), column_map="adventureworks", months=0, draws=512
    )
    return supplier_segmentation.run(params)


@pytest.fixture(scope="module")
def accounts(shared: Path) -> AccountSelection:
    params = account_selection.Params(
        data=str(shared / "data" / "adventureworks"), column_map="adventureworks", months=0, draws=512
    )
    return account_selection.run(params)


def value(figures: pd.DataFrame, figure: str) -> str:
    return str(figures.set_index("figure").loc[figure, "value"])


def test_the_report_states_the_published_totals(suppliers: SupplierSegmentation) -> None:
    figures = suppliers.figures()
    assert len(suppliers.evidence.suppliers) == 104
    assert value(figures, "Spend with tax and freight") == "70,479,332.64 USD"
    assert value(figures, "Suppliers within 80 % of spend (the next passes it)") == "24"
    assert value(figures, "Rejected on arrival") == "3.124 %"
    # 24 stay within 80 %; class A holds the one as well that crosses it
    assert (suppliers.suppliers["abc"] == "A").sum() == 25


def test_money_with_inactive_vendors_is_flagged(suppliers: SupplierSegmentation) -> None:
    assert value(suppliers.figures(), "Spend with inactive suppliers") == "2,687,726.01 USD"
    flagged = [line for line in suppliers.health() if "inactive supplier" in line]
    assert len(flagged) == 1
    assert "2,687,726.01 USD" in flagged[0]
    inactive = suppliers.suppliers["active"].fillna(True) == False  # noqa: E712 - nullable flags
    assert suppliers.suppliers.loc[inactive, "spend"].sum() == pytest.approx(2_687_726.01, abs=0.01)


def test_no_on_time_rate_is_printed_where_dates_carry_no_variation(suppliers: SupplierSegmentation) -> None:
    assert value(suppliers.figures(), "On time, by line") == "not reported"
    assert any("Delivery dates carry no variation" in line for line in suppliers.health())
    assert suppliers.suppliers["on_time_rate"].isna().all()


def test_every_vendor_with_spend_has_a_class_a_certainty_and_what_would_change_it(
    suppliers: SupplierSegmentation,
) -> None:
    table = suppliers.suppliers
    assert len(table) == 86
    assert table["segment"].isin(suppliers.matrix.names).all()
    assert table["probability"].between(0, 1).all()
    assert table["changes_if"].str.len().gt(0).all()
    assert table["spend"].sum() == pytest.approx(suppliers.evidence.totals["spend"])


def test_without_ratings_the_study_says_so(suppliers: SupplierSegmentation) -> None:
    assert suppliers.potential is None
    assert suppliers.scorecards["kraljic"].name == "kraljic_measured"
    assert "No supplier has been judged" in suppliers.danger()[0]
    assert suppliers.decision().question.startswith("Which relationship")


def test_thirteen_of_the_twenty_largest_resellers_lose_money(accounts: AccountSelection) -> None:
    assert len(accounts.evidence.customers) == 701
    assert value(accounts.figures(), "Of the 20 largest by revenue, lose money") == "13"
    assert value(accounts.figures(), "Customers that lose money") == "335"


def test_led_by_profit_they_lose_their_place_while_volume_alone_keeps_them(accounts: AccountSelection) -> None:
    profit = accounts.evidence.metrics.values["profit"]
    losing = [name for name in accounts.revenue.index[:20] if profit[name] < 0]
    assert len(losing) == 13
    led = accounts.presets["profit-led"].table
    assert led.loc[losing, "selected_by_volume"].all()
    assert not led.loc[losing, "selected"].any()
    assert "Led by profit, 13 of them lose their place." in accounts.losing_large()[0]


def test_twenty_places_are_given_and_every_other_account_hears_why(accounts: AccountSelection) -> None:
    table = accounts.accounts
    assert table["selected"].sum() == 20
    assert table["reason"].str.len().gt(0).all()
    assert set(accounts.selection.why_not.index) == set(table.index[~table["selected"]])


def test_both_reports_keep_every_table_ready_for_the_workbook(
    suppliers: SupplierSegmentation, accounts: AccountSelection
) -> None:
    for study in (suppliers, accounts):
        assert all(isinstance(frame, pd.DataFrame) for frame in study.tables().values())
        manifest = study.manifest()
        assert set(manifest["results"]) == set(study.tables())
        assert len(manifest["inputs"]) > 5
