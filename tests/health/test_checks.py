"""Each check finds what was planted in a handful of rows, and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from srmkit.health import coverage, departments, gates, lifecycle, oddities, units, variation
from srmkit.metrics import Period
from srmkit.tables import Dataset, read_frames

YEAR = Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31))
LAST = dt.date(2025, 12, 31)
SUPPLIERS = pd.DataFrame({"supplier_id": ["S1", "S2", "S3"], "name": ["Alba", "Bern", "Cork"],
                          "country": ["DE", "DE", None], "active": [True, True, False]})


def data(**tables: pd.DataFrame) -> Dataset:
    return read_frames({"suppliers": SUPPLIERS, **tables}, name="test", currency="EUR")


def lines(count: int = 40, **columns: Any) -> pd.DataFrame:
    days = pd.Timestamp("2025-01-06") + pd.to_timedelta(np.arange(count) * 7, unit="D")
    return pd.DataFrame({
        "po_id": [f"P{n}" for n in range(count)], "line_id": "1", "supplier_id": "S1", "item_id": "I1",
        "order_date": days, "promised_date": days + pd.Timedelta(days=14), "ordered_quantity": 10.0,
        "unit_price": 2.0, **columns,
    })


def items(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame({"item_id": ["I1"], "name": ["bolt"], "category": ["Fasteners"], **columns})


def receipts(ordered: pd.DataFrame, late: Any = 0) -> pd.DataFrame:
    return pd.DataFrame({
        "receipt_id": [f"R{n}" for n in range(len(ordered))], "po_id": ordered["po_id"], "line_id": "1",
        "receipt_date": ordered["promised_date"] + pd.to_timedelta(late, unit="D"), "received_quantity": 10.0,
    })


class TestCoverage:
    def test_an_empty_month_is_seen_and_a_table_that_is_not_there_has_no_rows(self) -> None:
        bought = lines()
        gone = data(items=items(), purchase_order_lines=bought[bought["order_date"].dt.month != 4])
        table = coverage.table_coverage(gone, YEAR)
        assert table.loc["purchase_order_lines", "empty_months"] == 3  # April, and after the last week in October
        assert (coverage.by_month(gone, YEAR).loc["purchase_order_lines"] == 0).sum() == 3
        assert table.loc["invoices", "rows"] == 0

    def test_rows_outside_the_period_are_not_counted(self) -> None:
        found = coverage.table_coverage(data(items=items(), purchase_order_lines=lines()),
                                        Period(dt.date(2025, 1, 1), dt.date(2025, 1, 31)))
        assert found.loc["purchase_order_lines", ["rows", "rows_in_period"]].tolist() == [40, 4]

    def test_gaps_are_shares_and_absent_columns_are_marked(self) -> None:
        gaps = coverage.column_gaps(data()).set_index("column")
        assert gaps.loc["country", "share_of_gaps"] == pytest.approx(1 / 3)
        assert gaps.loc["country", "there"]
        assert not gaps.loc["tax_id", "there"]

    def test_values_by_source_add_up_to_the_values(self) -> None:
        both = coverage.by_source(data(items=items(), purchase_order_lines=lines()))
        gaps = coverage.column_gaps(data(items=items(), purchase_order_lines=lines()))
        there = gaps[gaps["there"]]
        assert both["values"].sum() == (there["rows"] - there["gaps"]).sum()


class TestOddities:
    def test_a_receipt_before_its_order_is_found(self) -> None:
        bought = lines()
        arrived = receipts(bought)
        arrived.loc[3, "receipt_date"] = bought.loc[3, "order_date"] - pd.Timedelta(days=2)
        found = oddities.impossible_orders(data(items=items(), purchase_order_lines=bought, receipts=arrived))
        assert found[["table", "key", "days"]].to_numpy().tolist() == [["receipts", "R3", 2]]
        assert found["what"].tolist() == ["receipt date before order date"]

    def test_a_promise_before_the_order_is_found_and_a_gap_is_no_fault(self) -> None:
        bought = lines()
        bought.loc[0, "promised_date"] = pd.Timestamp("2024-12-01")
        bought.loc[1, "promised_date"] = pd.NaT
        found = oddities.impossible_orders(data(items=items(), purchase_order_lines=bought))
        assert found["key"].tolist() == ["P0 / 1"]

    def test_a_figure_far_from_its_kind_is_an_outlier(self) -> None:
        bought = lines(unit_price=2.0 + 0.01 * np.arange(40))
        bought.loc[7, "unit_price"] = 9.0
        found = oddities.outliers(data(items=items(), purchase_order_lines=bought), 6)
        assert found[["key", "what", "found"]].to_numpy().tolist() == [["P7 / 1", "unit price", 9.0]]

    def test_few_figures_tell_nothing(self) -> None:
        bought = lines(5)
        bought.loc[0, "unit_price"] = 900.0
        assert oddities.outliers(data(items=items(), purchase_order_lines=bought), 6).empty


class TestUnits:
    @pytest.mark.parametrize(("times", "words"), [
        (100, "100 times that"), (1 / 12, "12 times less than that"), (1000, "1000 times that"),
    ])
    def test_a_price_by_the_hundred_is_found(self, times: float, words: str) -> None:
        bought = lines(unit_price=2.0 + 0.01 * np.arange(40))
        bought.loc[7, "unit_price"] = 2.2 * times
        found = units.unit_conflicts(data(items=items(), purchase_order_lines=bought))
        assert found["key"].tolist() == ["P7 / 1"]
        assert words in found["what"].iloc[0]

    def test_a_dear_line_is_no_other_unit(self) -> None:
        bought = lines()
        bought.loc[7, "unit_price"] = 2.0 * 5
        assert units.unit_conflicts(data(items=items(), purchase_order_lines=bought)).empty

    def test_a_line_in_another_unit_than_its_item_is_found(self) -> None:
        bought = lines(unit="Piece")
        bought.loc[2, "unit"] = "box"
        bought.loc[3, "unit"] = None
        found = units.unit_conflicts(data(items=items(unit="piece"), purchase_order_lines=bought))
        assert found[["key", "found", "usual"]].to_numpy().tolist() == [["P2 / 1", "box", "piece"]]


def constants(found: Dataset) -> pd.DataFrame:
    return variation.constants(found, variation.differences(found, YEAR))


class TestVariation:
    def test_deliveries_on_the_day_forbid_an_on_time_rate(self) -> None:
        bought = lines()
        found = constants(data(items=items(), purchase_order_lines=bought, receipts=receipts(bought)))
        told = found[found["figure"].eq("delivery")].iloc[0]
        assert told["forbids"] == "delivery dates carry no variation: no on-time rate, no days late"
        assert (told["values"], told["most_frequent"], told["value"]) == (40, 1.0, "0")
        assert "price" in set(found["figure"])

    def test_a_constant_column_is_named_with_its_value(self) -> None:
        found = constants(data(items=items(), purchase_order_lines=lines(currency="EUR")))
        assert found.loc[found["column"].eq("currency"), "value"].tolist() == ["EUR"]

    def test_what_varies_is_not_named(self) -> None:
        bought = lines(unit_price=2.0 + 0.01 * np.arange(40))
        found = constants(
            data(items=items(), purchase_order_lines=bought, receipts=receipts(bought, np.arange(40) % 3)))
        assert not {"delivery", "price", "lead_time"} & set(found["figure"])

    def test_few_values_may_be_the_same_by_chance(self) -> None:
        bought = lines(variation.LEAST - 1)
        found = constants(data(items=items(), purchase_order_lines=bought, receipts=receipts(bought)))
        assert found.empty


def stated(*rows: tuple[str, str, str, str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["supplier_id", "figure", "department", "value", "unit"])


class TestDepartments:
    def test_numbers_words_and_units(self) -> None:
        found = departments.department_conflicts(data(department_figures=stated(
            ("S1", "terms", "finance", "30", "days"), ("S1", "terms", "purchasing", "60", "days"),
            ("S1", "country", "finance", "de", None), ("S1", "country", "purchasing", "DE ", None),
            ("S2", "rate", "quality", "20000", "ppm"), ("S2", "rate", "purchasing", "2", "%"),
            ("S2", "terms", "finance", "2", "weeks"), ("S2", "terms", "purchasing", "30", "days"),
            ("S2", "weight", "finance", "2", "kg"), ("S2", "weight", "purchasing", "2", "t"),
            ("S3", "terms", "finance", "30", "days"),
        )), 0.02)
        assert found[["supplier_id", "figure", "conflict"]].to_numpy().tolist() == [
            ["S1", "terms", "value"], ["S2", "rate", "unit"], ["S2", "terms", "value"], ["S2", "weight", "unit"]]
        assert found["spread"].iloc[0] == pytest.approx(0.5)

    @pytest.mark.parametrize(("tolerance", "count"), [(0.05, 1), (0.1, 0)])
    def test_within_the_tolerance_they_agree(self, tolerance: float, count: int) -> None:
        table = stated(("S1", "spend", "finance", "90", "EUR"), ("S1", "spend", "purchasing", "100", "EUR"))
        assert len(departments.department_conflicts(data(department_figures=table), tolerance)) == count


def states(*rows: tuple[str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["supplier_id", "state", "entered_date"])
    return table.assign(entered_date=pd.to_datetime(table["entered_date"]))


class TestLifecycle:
    PATH = (("S1", "apply", "2025-01-01"), ("S1", "register", "2025-01-11"), ("S1", "qualify", "2025-02-10"),
            ("S2", "apply", "2025-12-01"), ("S3", "apply", "2024-01-01"), ("S3", "exit", "2024-06-01"))

    def test_who_waits_longer_than_the_bar_is_stuck(self) -> None:
        found = lifecycle.stuck(data(supplier_states=states(*self.PATH)), LAST, 180)
        assert found[["supplier_id", "state", "days", "following"]].to_numpy().tolist() == [
            ["S1", "qualify", 324.0, "evaluate"]]
        sooner = lifecycle.stuck(data(supplier_states=states(*self.PATH)), LAST, 20)
        assert sooner["supplier_id"].tolist() == ["S1", "S2"]

    def test_the_funnel_counts_entered_and_now(self) -> None:
        funnel = lifecycle.funnel(data(supplier_states=states(*self.PATH)), LAST).set_index("state")
        assert funnel.loc["apply", ["entered", "now"]].tolist() == [3, 1]
        assert funnel.loc["apply", "median_days"] == pytest.approx(np.median([10, 152]))
        assert funnel["now"].sum() == 3

    def test_what_came_later_is_not_known_yet(self) -> None:
        early = lifecycle.funnel(data(supplier_states=states(*self.PATH)), dt.date(2025, 1, 5)).set_index("state")
        assert early.loc["register", "entered"] == 0

    def test_skipped_backwards_unknown_early_and_late(self) -> None:
        bought = lines(4).assign(supplier_id=["S1", "S1", "S2", "S3"])
        found = lifecycle.irregular(data(
            items=items(), purchase_order_lines=bought, supplier_states=states(
                ("S1", "apply", "2024-01-01"), ("S1", "evaluate", "2024-02-01"), ("S1", "register", "2024-03-01"),
                ("S3", "apply", "2024-01-01"), ("S3", "register", "2024-01-02"), ("S3", "qualify", "2024-01-03"),
                ("S3", "exit", "2024-06-01"))), LAST)
        assert found.set_index(["supplier_id", "kind"])["what"].to_dict() == {
            ("S1", "backwards"): "states in this order: apply, evaluate, register",
            ("S1", "skipped"): "never passed: qualify",
            ("S2", "none"): "no state is known",
            ("S3", "ordered_after_exit"): "ordered from on 2025-01-27, after it left",
            ("S3", "ordered_early"): "ordered from on 2025-01-27 without having passed the qualification",
        }


class TestGates:
    def test_missing_facts_are_those_the_source_could_have_told(self) -> None:
        active = SUPPLIERS.assign(active=True)
        found = gates.missing_facts(read_frames({"suppliers": active}, name="test", currency="EUR"))
        assert found[["supplier_id", "missing", "count"]].to_numpy().tolist() == [["S3", "country", 1]]
        assert gates.facts_not_there(data()) == ("address", "tax_id")

    def test_an_old_certificate_with_a_new_one_has_not_run_out(self) -> None:
        table = pd.DataFrame({
            "supplier_id": ["S1", "S1", "S2"], "certificate": ["ISO 9001", "ISO 14001", "ISO 9001"],
            "valid_until": pd.to_datetime(["2026-05-01", "2025-12-30", "2025-12-31"])})
        found = gates.certificate_gates(data(certificates=table), LAST, ("ISO 9001", "ISO 45001"))
        assert found[["supplier_id", "certificate", "state"]].to_numpy().tolist() == [
            ["S1", "ISO 14001", "expired"], ["S1", "ISO 45001", "missing"], ["S2", "ISO 45001", "missing"]]
        assert found["days"].iloc[0] == 1
