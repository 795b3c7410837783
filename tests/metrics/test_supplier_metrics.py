"""Spend, quality, prices, invoices, answers, contracts, judgements of suppliers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.metrics import MatchRule, Period, supplier_metrics


def value(found: Any, metric: str, supplier: str = "S1") -> float:
    """One figure."""
    return float(found.values.loc[supplier, metric])


def test_spend_counts_orders_of_the_period_by_their_day(company: Any, year: Period) -> None:
    data = company(
        purchase_order_lines=[
            {"po_id": "P1", "item_id": "I1"},
            {"po_id": "P2", "item_id": "I2", "supplier_id": "S2", "unit_price": 30.0},
            {"po_id": "P3", "order_date": "2025-12-31"},
        ],
    )
    found = supplier_metrics(data, year).values
    assert found["spend"].to_dict() == {"S1": 100, "S2": 300}
    assert found["spend_share"].to_dict() == {"S1": 0.25, "S2": 0.75}
    assert found["items"].to_dict() == {"S1": 1, "S2": 1}


def test_our_weight_with_a_supplier_is_yearly_spend_over_its_sales(company: Any) -> None:
    data = company(
        suppliers=[{"supplier_id": "S1", "annual_sales": 4000.0}, {"supplier_id": "S2", "annual_sales": 0.0}],
        purchase_order_lines=[{"order_date": "2026-01-05"}],
    )
    half_a_year = Period(pd.Timestamp("2026-01-01").date(), pd.Timestamp("2026-06-30").date())
    found = supplier_metrics(data, half_a_year)
    assert value(found, "dependence_on_us") == pytest.approx(2 * 100 / 4000)
    assert np.isnan(value(found, "dependence_on_us", "S2"))


def test_only_qualified_sources_make_an_item_safe(company: Any, year: Period) -> None:
    data = company(
        purchase_order_lines=[{"po_id": "P1", "item_id": "I1"}, {"po_id": "P2", "item_id": "I2"}],
        suppliers=[{"supplier_id": "S2"}],
        item_sources=[
            {"item_id": "I1", "supplier_id": "S1", "qualified": True},
            {"item_id": "I1", "supplier_id": "S2", "qualified": False},
            {"item_id": "I2", "supplier_id": "S1", "qualified": True},
            {"item_id": "I2", "supplier_id": "S2", "qualified": True},
        ],
    )
    found = supplier_metrics(data, year)
    assert found.values["sole_source_items"].to_dict() == {"S1": 1, "S2": 0}


def test_7_rejects_among_12500_inspected_units_are_560_parts_per_million(company: Any, year: Period) -> None:
    data = company(
        purchase_order_lines=[{"ordered_quantity": 12_500}],
        receipts=[{"receipt_id": "R1", "received_quantity": 12_500}],
        inspections=[{"receipt_id": "R1", "inspected_quantity": 12_500, "rejected_quantity": 7}],
    )
    found = supplier_metrics(data, year)
    assert value(found, "reject_rate") * 1e6 == pytest.approx(560)
    assert found.evidence.loc[("S1", "reject_rate"), ["n", "events"]].tolist() == [12_500, 7]


def test_no_reject_in_100_units_is_0_with_an_upper_end_of_2_95_percent(company: Any, year: Period) -> None:
    data = company(
        purchase_order_lines=[{"ordered_quantity": 100}],
        receipts=[{"receipt_id": "R1", "received_quantity": 100}],
        inspections=[{"receipt_id": "R1", "inspected_quantity": 100, "rejected_quantity": 0}],
    )
    evidence = supplier_metrics(data, year).evidence.loc[("S1", "reject_rate")]
    assert evidence["value"] == evidence["low"] == 0
    assert evidence["high"] == pytest.approx(1 - 0.05**0.01)


def test_received_units_stand_in_for_units_not_counted_and_no_rate_exceeds_1(company: Any, year: Period) -> None:
    data = company(
        purchase_order_lines=[{"po_id": "P1"}, {"po_id": "P2", "supplier_id": "S2"}],
        receipts=[{"receipt_id": "R1", "po_id": "P1"}, {"receipt_id": "R2", "po_id": "P2"}],
        inspections=[
            {"receipt_id": "R1", "inspected_quantity": 0, "rejected_quantity": 1},
            {"receipt_id": "R2", "inspected_quantity": 2, "rejected_quantity": 5},
        ],
    )
    assert supplier_metrics(data, year).values["reject_rate"].to_dict() == {"S1": 0.1, "S2": 1}


def test_a_price_of_254_against_230_is_an_index_of_110_and_2280_too_much(company: Any, year: Period) -> None:
    # purchase price variance, textbook case: (254 - 230) x 95 units = 2,280 unfavourable
    data = company(
        items=[{"item_id": "I1", "standard_price": 230.0}],
        purchase_order_lines=[{"unit_price": 254.0, "ordered_quantity": 95}],
    )
    found = supplier_metrics(data, year)
    assert value(found, "price_index") == pytest.approx(100 * 254 / 230)
    assert value(found, "spend") * (1 - 100 / value(found, "price_index")) == pytest.approx(2280)


def test_the_price_agreed_with_the_supplier_comes_before_the_price_of_the_item(company: Any, year: Period) -> None:
    data = company(
        items=[{"item_id": "I1", "standard_price": 8.0}],
        purchase_order_lines=[{"po_id": "P1"}, {"po_id": "P2", "supplier_id": "S2"}],
        item_sources=[{"item_id": "I1", "supplier_id": "S1", "standard_price": 10.0}],
    )
    assert supplier_metrics(data, year).values["price_index"].to_dict() == {"S1": 100, "S2": 125}


def test_a_line_without_a_standard_price_is_not_compared(company: Any, year: Period) -> None:
    data = company(
        items=[{"item_id": "I1", "standard_price": 8.0}, {"item_id": "I2"}],
        purchase_order_lines=[
            {"po_id": "P1", "item_id": "I1"},
            {"po_id": "P2", "item_id": "I2", "unit_price": 1e6},
        ],
    )
    found = supplier_metrics(data, year)
    assert value(found, "price_index") == 125
    assert found.evidence.loc[("S1", "price_index"), "n"] == 1


@pytest.mark.parametrize(("price", "right"), [(1.05, 1), (1.10, 0)])
def test_a_price_within_the_tolerance_passes_the_match(
    company: Any, year: Period, price: float, right: int
) -> None:
    # published three-way-match example: 1,000 units at 1.00, tolerance 5 %: 1.05 passes, 1.10 fails
    data = company(
        purchase_order_lines=[{"ordered_quantity": 1000, "unit_price": 1.0}],
        receipts=[{"received_quantity": 1000}],
        invoices=[{"quantity": 1000, "unit_price": price}],
    )
    assert value(supplier_metrics(data, year, match=MatchRule(price=0.05)), "invoice_accuracy") == right


@pytest.mark.parametrize(
    ("invoice", "right"),
    [
        ({}, 1),
        ({"unit_price": 10.2}, 1),
        ({"unit_price": 10.21}, 0),
        ({"quantity": 11}, 0),
        ({"po_id": None, "line_id": None}, 0),
    ],
    ids=["as ordered", "2 % more", "over 2 %", "more than arrived", "no order"],
)
def test_an_invoice_is_right_when_order_price_and_receipt_agree(
    company: Any, year: Period, invoice: dict[str, Any], right: int
) -> None:
    data = company(purchase_order_lines=[{}], receipts=[{}], invoices=[invoice])
    assert value(supplier_metrics(data, year), "invoice_accuracy") == right


def test_a_second_invoice_for_the_same_goods_is_wrong_the_first_is_not(company: Any, year: Period) -> None:
    data = company(
        purchase_order_lines=[{}], receipts=[{}], invoices=[{}, {"invoice_date": "2026-02-20"}],
    )
    found = supplier_metrics(data, year)
    assert value(found, "invoice_accuracy") == 0.5
    assert found.evidence.loc[("S1", "invoice_accuracy"), ["n", "events"]].tolist() == [2, 1]


def test_partial_invoices_and_credit_notes_are_no_exceptions(company: Any, year: Period) -> None:
    data = company(
        purchase_order_lines=[{}], receipts=[{}],
        invoices=[{"quantity": 6}, {"quantity": 4}, {"quantity": -4}],
    )
    found = supplier_metrics(data, year)
    assert found.evidence.loc[("S1", "invoice_accuracy"), ["value", "n"]].tolist() == [1, 2]


def test_an_invoice_of_another_supplier_for_the_line_is_wrong(company: Any, year: Period) -> None:
    data = company(
        suppliers=[{"supplier_id": "S2"}], purchase_order_lines=[{}], receipts=[{}],
        invoices=[{"supplier_id": "S2"}],
    )
    assert value(supplier_metrics(data, year), "invoice_accuracy", "S2") == 0


def test_open_tickets_wait_until_the_end_and_are_counted_in_a_note(company: Any, year: Period) -> None:
    data = company(
        suppliers=[{"supplier_id": "S1"}],
        tickets=[
            {"opened_date": "2026-03-01", "answered_date": "2026-03-03"},
            {"opened_date": "2026-12-21"},
            {"opened_date": "2026-12-21", "answered_date": "2027-02-01"},
            {"opened_date": "2026-03-01", "answered_date": "2026-03-31", "role": "customer"},
        ],
    )
    found = supplier_metrics(data, year)
    # one of three answered after 2 days, the others wait on: 2 days of all, then two thirds of the 8 up to the tenth
    assert value(found, "response_days") == pytest.approx(2 + 8 * 2 / 3)
    assert np.isnan(value(found, "response_days_p50"))
    assert found.evidence.loc[("S1", "response_days"), "n"] == 3
    assert any(note.startswith("2 of 3 tickets of suppliers were not answered by 2026-12-31") for note in found.notes)


def test_spend_under_contract_counts_each_line_once(company: Any, year: Period) -> None:
    data = company(
        purchase_order_lines=[
            {"po_id": "P1", "order_date": "2026-01-05"},
            {"po_id": "P2", "order_date": "2026-06-30", "unit_price": 30.0},
            {"po_id": "P3", "supplier_id": "S2"},
        ],
        contracts=[
            {"supplier_id": "S1", "start_date": "2026-01-01", "end_date": "2026-03-31"},
            {"supplier_id": "S1", "start_date": "2026-01-05", "end_date": "2026-06-29"},
        ],
    )
    assert supplier_metrics(data, year).values["contract_cover"].to_dict() == {"S1": 0.25, "S2": 0}


def test_certificates_are_counted_on_the_last_day(company: Any, year: Period) -> None:
    data = company(
        suppliers=[{"supplier_id": "S1"}, {"supplier_id": "S2"}],
        certificates=[
            {"supplier_id": "S1", "certificate": "ISO 9001", "valid_until": "2026-12-31"},
            {"supplier_id": "S1", "certificate": "ISO 14001", "valid_until": "2026-12-30"},
            {"supplier_id": "S1", "certificate": "IATF 16949", "valid_from": "2027-01-01", "valid_until": "2030-01-01"},
        ],
    )
    assert supplier_metrics(data, year).values["certificates_valid"].to_dict() == {"S1": 1, "S2": 0}


def test_flags_are_1_0_or_unknown(company: Any, year: Period) -> None:
    data = company(
        suppliers=[
            {"supplier_id": "S1", "active": True},
            {"supplier_id": "S2", "active": False},
            {"supplier_id": "S3"},
        ]
    )
    active = supplier_metrics(data, year).values["active"]
    assert active[["S1", "S2"]].tolist() == [1, 0]
    assert np.isnan(active["S3"])


def test_a_judged_figure_is_the_mean_of_its_raters_with_its_error(company: Any, year: Period) -> None:
    rating = {"supplier_id": "S1", "criterion": "trust"}
    data = company(
        suppliers=[{"supplier_id": "S1"}, {"supplier_id": "S2"}],
        supplier_ratings=[
            {**rating, "rater": "Ann", "rating": 2},
            {**rating, "rater": "Bo", "rating": 4, "rated_on": "2026-05-01"},
            {**rating, "rater": "Cem", "rating": 5, "rated_on": "2027-01-01"},
            {**rating, "supplier_id": "S2", "rater": "Ann", "rating": 5},
        ],
    )
    found = supplier_metrics(data, year)
    assert found.values["trust"].to_dict() == {"S1": 3, "S2": 5}
    evidence = found.evidence.xs("trust", level="metric")
    assert evidence["n"].to_dict() == {"S1": 2, "S2": 1}
    assert evidence.loc["S1", "sd"] == pytest.approx(np.std([2, 4], ddof=1) / 2**0.5)
    assert np.isnan(evidence.loc["S2", "sd"])
    assert set(evidence["source"]) == {"judged"}
    assert found.definitions["trust"].kind == "judged"
    assert any(note.startswith("1 of 2 judged figures of suppliers rest on a single rater") for note in found.notes)


def test_a_judged_criterion_never_overwrites_a_measured_figure(company: Any, year: Period) -> None:
    data = company(
        purchase_order_lines=[{}],
        supplier_ratings=[{"supplier_id": "S1", "criterion": "spend", "rater": "Ann", "rating": 2}],
    )
    found = supplier_metrics(data, year)
    assert value(found, "spend") == 100
    assert value(found, "rated_spend") == 2


def test_without_order_lines_suppliers_are_still_judged(company: Any, year: Period) -> None:
    found = supplier_metrics(company(suppliers=[{"supplier_id": "S1", "active": True}]), year)
    assert value(found, "active") == 1
    assert np.isnan(value(found, "spend"))
    assert "The data have no purchase order lines: nothing bought is measured." in found.notes


def test_without_suppliers_there_is_nothing_to_measure(company: Any, year: Period) -> None:
    with pytest.raises(SrmkitError, match="suppliers"):
        supplier_metrics(company(customers=[{"customer_id": "C1"}]), year)


def test_only_keeps_the_figures_and_evidence_of_those_asked_for(company: Any, year: Period) -> None:
    data = company(purchase_order_lines=[{"po_id": "P1"}, {"po_id": "P2", "supplier_id": "S2"}], receipts=[{}])
    found = supplier_metrics(data, year).only(pd.Index(["S2"]))
    assert found.values.index.tolist() == ["S2"]
    assert set(found.evidence.index.get_level_values("candidate")) == {"S2"}
