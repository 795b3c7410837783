"""Spend, sources, concentration, lead times and prices of items and categories."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.metrics import Period, item_metrics, supplier_spend_by


def value(found: Any, metric: str, candidate: str = "I1") -> float:
    """One figure."""
    return float(found.values.loc[candidate, metric])


def test_an_item_is_there_once_money_was_spent_on_it(company: Any, year: Period) -> None:
    data = company(
        items=[{"item_id": "I3"}],
        purchase_order_lines=[
            {"po_id": "P1", "item_id": "I1"},
            {"po_id": "P2", "item_id": "I2", "unit_price": 30.0},
            {"po_id": "P3", "item_id": "I3", "status": "cancelled"},
        ],
    )
    found = item_metrics(data, year).values
    assert found["spend"].to_dict() == {"I1": 100, "I2": 300}
    assert found["spend_share"].to_dict() == {"I1": 0.25, "I2": 0.75}


def test_shares_of_50_30_and_20_percent_are_a_concentration_of_3800(company: Any, year: Period) -> None:
    """US DOJ and FTC, Horizontal Merger Guidelines: the sum of squared percentages."""
    shares = {"S1": 5, "S2": 3, "S3": 2}
    data = company(
        purchase_order_lines=[
            {"po_id": f"P{place}", "supplier_id": supplier, "ordered_quantity": units}
            for place, (supplier, units) in enumerate(shares.items())
        ]
    )
    assert value(item_metrics(data, year), "hhi") == pytest.approx(3800)


def test_two_items_of_a_category_from_one_supplier_are_one_supplier(company: Any, year: Period) -> None:
    data = company(
        items=[{"item_id": "I1", "category": "Wheels"}, {"item_id": "I2", "category": "Wheels"}],
        purchase_order_lines=[{"po_id": "P1", "item_id": "I1"}, {"po_id": "P2", "item_id": "I2"}],
    )
    found = item_metrics(data, year, level="category")
    assert found.values.index.tolist() == ["Wheels"]
    assert value(found, "hhi", "Wheels") == 10_000
    assert value(found, "spend", "Wheels") == 200


def test_spend_without_a_category_is_in_no_category_and_in_a_note(company: Any, year: Period) -> None:
    data = company(
        items=[{"item_id": "I1", "category": "Wheels"}, {"item_id": "I2"}],
        purchase_order_lines=[
            {"po_id": "P1", "item_id": "I1"},
            {"po_id": "P2", "item_id": "I2", "unit_price": 30.0},
        ],
    )
    found = item_metrics(data, year, level="category")
    assert found.values.index.tolist() == ["Wheels"]
    assert (
        "75.0 % of the spend is on items without a category and in no figure of a category." in found.notes
    )
    assert not any("without a category" in note for note in item_metrics(data, year).notes)


LISTED = (
    {"item_id": "I1", "supplier_id": "S1", "qualified": True, "lead_time_days": 10.0},
    {"item_id": "I1", "supplier_id": "S2", "qualified": False, "lead_time_days": 90.0},
    {"item_id": "I2", "supplier_id": "S1", "qualified": True, "lead_time_days": 20.0},
    {"item_id": "I2", "supplier_id": "S2", "qualified": True, "lead_time_days": 30.0},
    {"item_id": "I3", "supplier_id": "S2", "qualified": False},
)


def sourced(company: Any, sources: Any) -> Any:
    """Four items of one category, bought from S1; S2 could deliver some of them."""
    return company(
        items=[{"item_id": f"I{place}", "category": "Wheels"} for place in range(1, 5)],
        suppliers=[{"supplier_id": "S2"}],
        purchase_order_lines=[{"po_id": f"P{place}", "item_id": f"I{place}"} for place in range(1, 5)],
        **({"item_sources": sources} if sources else {}),
    )


def test_sources_are_the_qualified_ones_and_nobody_listed_is_a_gap(company: Any, year: Period) -> None:
    found = item_metrics(sourced(company, LISTED), year).values["qualified_sources"]
    assert found[:3].to_dict() == {"I1": 1, "I2": 2, "I3": 0}
    assert np.isnan(found["I4"])


def test_a_category_has_the_sources_of_any_of_its_items_once(company: Any, year: Period) -> None:
    found = item_metrics(sourced(company, LISTED), year, level="category")
    assert value(found, "qualified_sources", "Wheels") == 2


def test_where_nobody_noted_qualification_every_listed_supplier_counts(company: Any, year: Period) -> None:
    plain = [{key: part for key, part in row.items() if key != "qualified"} for row in LISTED]
    found = item_metrics(sourced(company, plain), year)
    assert found.values["qualified_sources"][:3].to_dict() == {"I1": 2, "I2": 2, "I3": 1}
    assert any("does not say who is qualified" in note for note in found.notes)


def test_without_a_list_those_who_took_an_order_are_the_sources(company: Any, year: Period) -> None:
    found = item_metrics(sourced(company, ()), year)
    assert (found.values["qualified_sources"] == 1).all()
    assert any("no list of sources" in note for note in found.notes)


def test_the_promised_lead_time_is_the_mean_of_the_sources_that_count(company: Any, year: Period) -> None:
    found = item_metrics(sourced(company, LISTED), year)
    assert value(found, "promised_lead_time_days") == 10
    assert value(found, "promised_lead_time_days", "I2") == 25
    assert np.isnan(value(found, "promised_lead_time_days", "I3"))
    # two values a and b have the sample sd |a - b| / √2 and their mean half of |a - b| for its error
    assert found.evidence.loc[("I2", "promised_lead_time_days"), "sd"] == pytest.approx(5)


def test_lead_times_of_an_item_are_those_of_all_its_suppliers(company: Any, year: Period) -> None:
    data = company(
        purchase_order_lines=[{"po_id": "P1"}, {"po_id": "P2", "supplier_id": "S2"}],
        receipts=[
            {"po_id": "P1", "receipt_date": "2026-01-15"},
            {"po_id": "P2", "receipt_date": "2026-01-25"},
        ],
    )
    found = item_metrics(data, year)
    assert value(found, "lead_time_days") == 15
    assert value(found, "lead_time_sd") == pytest.approx(50**0.5)


def test_rejects_and_prices_of_an_item_add_up_over_its_suppliers(company: Any, year: Period) -> None:
    data = company(
        items=[{"item_id": "I1", "standard_price": 8.0}],
        purchase_order_lines=[
            {"po_id": "P1", "ordered_quantity": 30, "unit_price": 10.0},
            {"po_id": "P2", "supplier_id": "S2", "ordered_quantity": 10, "unit_price": 6.0},
        ],
        receipts=[
            {"receipt_id": "R1", "po_id": "P1", "received_quantity": 30},
            {"receipt_id": "R2", "po_id": "P2", "received_quantity": 10},
        ],
        inspections=[
            {"receipt_id": "R1", "inspected_quantity": 30, "rejected_quantity": 1},
            {"receipt_id": "R2", "inspected_quantity": 10, "rejected_quantity": 3},
        ],
    )
    found = item_metrics(data, year)
    assert value(found, "reject_rate") == pytest.approx(4 / 40)
    assert value(found, "price_index") == pytest.approx(100 * (300 + 60) / (320))


def test_each_item_takes_the_judgements_of_its_category(company: Any, year: Period) -> None:
    data = company(
        items=[{"item_id": "I1", "category": "Wheels"}, {"item_id": "I2", "category": "Paint"}],
        purchase_order_lines=[{"po_id": "P1", "item_id": "I1"}, {"po_id": "P2", "item_id": "I2"}],
        category_ratings=[
            {"category": "Wheels", "criterion": "entry barriers", "rater": "Ann", "rating": 2},
            {"category": "Wheels", "criterion": "entry barriers", "rater": "Bob", "rating": 4},
        ],
    )
    items = item_metrics(data, year)
    assert value(items, "entry barriers") == 3
    assert np.isnan(value(items, "entry barriers", "I2"))
    categories = item_metrics(data, year, level="category")
    assert value(categories, "entry barriers", "Wheels") == 3
    # two raters, sd √2, so the error of their mean is 1
    assert categories.evidence.loc[("Wheels", "entry barriers"), ["n", "sd"]].tolist() == pytest.approx([2, 1])


def test_missing_parts_of_the_data_are_said_and_not_guessed(company: Any, year: Period) -> None:
    found = item_metrics(company(purchase_order_lines=[{}]), year)
    gaps = ["lead_time_days", "lead_time_sd", "reject_rate", "price_index", "promised_lead_time_days"]
    assert found.values[gaps].isna().all(axis=None)
    for words in ("no receipts", "no inspections", "no standard prices"):
        assert any(words in note for note in found.notes), words


def test_without_order_lines_there_are_no_items_to_measure(company: Any, year: Period) -> None:
    with pytest.raises(SrmkitError, match="purchase_order_lines"):
        item_metrics(company(items=[{"item_id": "I1"}]), year)


def test_spend_of_each_supplier_in_each_item_adds_up_to_both(company: Any, year: Period) -> None:
    data = company(
        items=[{"item_id": "I1", "category": "Wheels"}, {"item_id": "I2", "category": "Wheels"}],
        purchase_order_lines=[
            {"po_id": "P1", "item_id": "I1"},
            {"po_id": "P2", "item_id": "I2", "unit_price": 30.0},
            {"po_id": "P3", "item_id": "I2", "supplier_id": "S2", "unit_price": 5.0},
        ],
    )
    wide = supplier_spend_by(data, year, "item")
    expected = pd.DataFrame({"I1": [100.0, 0.0], "I2": [300.0, 50.0]}, index=["S1", "S2"])
    pd.testing.assert_frame_equal(wide, expected, check_names=False, check_index_type=False, check_column_type=False)
    assert wide.sum().to_dict() == item_metrics(data, year).values["spend"].to_dict()
    assert supplier_spend_by(data, year, "category")["Wheels"].to_dict() == {"S1": 400, "S2": 50}
