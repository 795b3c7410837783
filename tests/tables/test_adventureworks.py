"""The bicycle maker of Microsoft's AdventureWorks samples; totals are those of the published tables."""

from __future__ import annotations

import pytest

from srmkit.tables import Dataset
from srmkit.tables.engine import row


def test_no_row_of_the_bicycle_maker_is_lost(adventureworks: Dataset) -> None:
    tables = adventureworks.health.tables

    assert (tables["rows_used"] == tables["rows_read"]).all()
    read = tables["rows_read"]
    assert (read["suppliers"], read["customers"]) == (104, 701)
    assert (read["purchase_order_lines"], read["sales_order_lines"]) == (8845, 60855)


def test_order_totals_count_once_per_order(adventureworks: Dataset) -> None:
    lines = adventureworks["purchase_order_lines"]
    orders = lines.group_by("po_id").agg(total=lines.order_total.max())
    gross = adventureworks.collect(orders.agg(orders=row.count(), gross=row.total.sum())).loc[0]

    assert gross["orders"] == 4012
    assert gross["gross"] == pytest.approx(70_479_332.64, abs=0.005)


def test_line_values_add_up_and_inactive_vendors_keep_theirs(adventureworks: Dataset) -> None:
    lines = adventureworks["purchase_order_lines"].mutate(value=row.ordered_quantity * row.unit_price)
    by_state = adventureworks.collect(
        lines.join(adventureworks["suppliers"], "supplier_id").group_by("active").agg(value=row.value.sum())
    ).set_index("active")["value"]

    assert by_state.sum() == pytest.approx(63_791_994.84, abs=0.005)
    assert by_state[False] == pytest.approx(2_687_726.01, abs=0.005)


def test_reject_rate_is_over_everything_received(adventureworks: Dataset) -> None:
    inspections = adventureworks["inspections"]
    sums = adventureworks.collect(
        inspections.agg(rejected=row.rejected_quantity.sum(), inspected=row.inspected_quantity.sum())
    ).loc[0]

    assert 100 * sums["rejected"] / sums["inspected"] == pytest.approx(3.124, abs=0.0005)


def test_rejected_orders_count_as_closed_because_their_goods_came(adventureworks: Dataset) -> None:
    statuses = adventureworks.frame("purchase_order_lines")["status"].value_counts()

    assert set(statuses.index) == {"open", "closed"}
    status = adventureworks.health.conversions.query("column == 'status'").set_index("rule")["count"]
    assert status['code "rejected" = closed'] == 142


def test_sales_lines_carry_revenue_cost_and_the_dates_of_their_order(adventureworks: Dataset) -> None:
    sales = adventureworks.frame("sales_order_lines")

    assert (
        sales[["revenue", "cost", "order_date", "due_date", "ship_date", "customer_id"]]
        .notna()
        .all(axis=None)
    )
    assert sales["customer_id"].nunique() == 635


def test_every_file_read_has_a_fingerprint(adventureworks: Dataset) -> None:
    assert "purchase_orders.csv.gz" in adventureworks.fingerprints
    assert "column map adventureworks.toml" in adventureworks.fingerprints
    assert all(len(digest) == 64 for digest in adventureworks.fingerprints.values())


def test_files_that_no_table_is_taken_from_are_named(adventureworks: Dataset) -> None:
    assert any("employees.csv.gz" in note for note in adventureworks.health.notes)
