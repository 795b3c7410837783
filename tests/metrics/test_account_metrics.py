"""Revenue, profit, growth, habits, relationship and pipeline of customers."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from srmkit.errors import SrmkitError
from srmkit.metrics import Period, account_metrics


def value(found: Any, metric: str, customer: str = "C1") -> float:
    """One figure."""
    return float(found.values.loc[customer, metric])


def sold(company: Any, *lines: dict[str, Any], **more: Any) -> Any:
    """A company with these sales order lines, each an order of its own, and two customers."""
    numbered = [{"order_id": f"O{place}", **line} for place, line in enumerate(lines)]
    everyone = {"customers": [{"customer_id": "C1"}, {"customer_id": "C2"}], **more}
    return company(sales_order_lines=numbered, **everyone)


def test_a_table_of_sales_without_a_row_is_no_table(company: Any, year: Period) -> None:
    found = account_metrics(sold(company), year)
    assert np.isnan(value(found, "revenue"))
    assert "The data have no sales order lines: sales figures are not reported." in found.notes


def test_revenue_counts_orders_of_the_period_and_returns_take_off(company: Any, year: Period) -> None:
    data = sold(
        company,
        {"revenue": 400.0},
        {"revenue": -100.0, "quantity": -1},
        {"revenue": 100.0, "customer_id": "C2"},
        {"revenue": 900.0, "order_date": "2025-12-31"},
        {"revenue": 900.0, "order_date": "2027-01-01"},
    )
    found = account_metrics(data, year).values
    assert found["revenue"].to_dict() == {"C1": 300, "C2": 100}
    assert found["revenue_share"].to_dict() == {"C1": 0.75, "C2": 0.25}


def test_a_customer_without_an_order_has_no_revenue_and_no_rate(company: Any, year: Period) -> None:
    found = account_metrics(sold(company, {"cost": 60.0}), year)
    assert value(found, "revenue", "C2") == value(found, "margin", "C2") == value(found, "frequency", "C2") == 0
    for gap in ("margin_rate", "profit_rate", "recency_days", "tenure_years"):
        assert np.isnan(value(found, gap, "C2")), gap


def test_profit_is_the_margin_less_the_cost_to_serve(company: Any, year: Period) -> None:
    data = sold(
        company,
        {"revenue": 1000.0, "cost": 700.0},
        service_costs=[
            {"customer_id": "C1", "service_date": "2026-05-01", "cost": 250.0},
            {"customer_id": "C1", "service_date": "2026-06-01", "cost": 150.0},
            {"customer_id": "C1", "service_date": "2025-06-01", "cost": 999.0},
        ],
    )
    found = account_metrics(data, year)
    assert value(found, "margin") == 300
    assert value(found, "margin_rate") == pytest.approx(0.3)
    assert value(found, "cost_to_serve") == 400
    assert value(found, "profit") == -100
    assert value(found, "profit_rate") == pytest.approx(-0.1)
    assert value(found, "cost_to_serve", "C2") == 0


def test_without_service_costs_profit_is_the_margin_and_says_so(company: Any, year: Period) -> None:
    found = account_metrics(sold(company, {"revenue": 1000.0, "cost": 700.0}), year)
    assert value(found, "profit") == value(found, "margin") == 300
    assert np.isnan(value(found, "cost_to_serve"))
    assert "The data have no service costs: profit is the margin." in found.notes


def test_lines_without_a_cost_are_in_no_margin_and_are_counted(company: Any, year: Period) -> None:
    data = sold(
        company,
        {"revenue": 1000.0, "cost": 700.0},
        {"revenue": 500.0},
        {"revenue": 1234.0, "customer_id": "C2"},
    )
    found = account_metrics(data, year)
    assert value(found, "margin") == 300
    assert value(found, "margin_rate") == pytest.approx(0.3)
    assert np.isnan(value(found, "margin", "C2"))
    assert any(note.startswith("2 of 3 sales order lines have no cost") for note in found.notes)


def test_growth_compares_with_the_period_just_before(company: Any, year: Period) -> None:
    data = sold(
        company,
        {"revenue": 100.0, "order_date": "2025-01-10"},
        {"revenue": 150.0, "order_date": "2026-03-01"},
        {"revenue": 80.0, "order_date": "2025-02-10", "customer_id": "C2"},
        {"revenue": 70.0, "order_date": "2026-02-10", "customer_id": "C3"},
        customers=[],
    )
    found = account_metrics(data, year)
    assert value(found, "growth") == pytest.approx(0.5)
    assert value(found, "growth", "C2") == -1
    assert np.isnan(value(found, "growth", "C3"))


def test_growth_is_not_reported_where_the_data_do_not_reach_back(company: Any, year: Period) -> None:
    data = sold(company, {"order_date": "2025-06-01"}, {"order_date": "2026-06-01"})
    found = account_metrics(data, year)
    assert np.isnan(value(found, "growth"))
    assert (
        "Growth is not reported: the data begin on 2025-06-01, and the period before runs from "
        "2025-01-01 to 2025-12-31." in found.notes
    )


def test_a_line_without_a_cost_has_some_profit_and_not_none(company: Any, year: Period) -> None:
    """40 of 100 stay on the line whose cost is known; serving costs 20 of all 200: 40 % less 10 %."""
    data = sold(
        company, {"revenue": 100.0, "cost": 60.0}, {"revenue": 100.0, "cost": None},
        service_costs=[{"customer_id": "C1", "service_date": "2026-05-01", "cost": 20.0}],
    )
    found = account_metrics(data, year)
    assert value(found, "profit_rate") == pytest.approx(0.3)
    assert value(found, "margin_rate") == pytest.approx(0.4)


def test_who_only_sends_goods_back_has_ordered_nothing(company: Any, year: Period) -> None:
    found = account_metrics(sold(company, {"quantity": -5.0, "revenue": -50.0, "cost": -30.0}), year)
    assert value(found, "frequency") == 0
    assert np.isnan(value(found, "order_value"))
    assert value(found, "revenue") == -50


def test_recency_frequency_and_tenure(company: Any, year: Period) -> None:
    data = company(
        customers=[{"customer_id": "C1"}, {"customer_id": "C2", "customer_since": "2021-12-31"}],
        sales_order_lines=[
            {"order_id": "O1", "line_id": "1", "order_date": "2025-12-31"},
            {"order_id": "O2", "line_id": "1", "order_date": "2026-12-21"},
            {"order_id": "O2", "line_id": "2", "order_date": "2026-12-21"},
            {"order_id": "O3", "line_id": "1", "order_date": "2026-12-30", "quantity": -1, "revenue": -5.0},
            {"order_id": "O4", "line_id": "1", "order_date": "2026-12-31", "customer_id": "C2"},
        ],
    )
    found = account_metrics(data, year)
    assert value(found, "recency_days") == 10  # the return of 30 December is no order
    assert value(found, "recency_days", "C2") == 0
    assert value(found, "frequency") == 1  # nor is it one here
    assert value(found, "order_value") == pytest.approx(value(found, "revenue"))
    assert value(found, "tenure_years") == pytest.approx(365 / 365.25)
    assert value(found, "tenure_years", "C2") == pytest.approx(1826 / 365.25)


def test_a_first_day_after_the_period_is_not_taken_for_the_start(company: Any, year: Period) -> None:
    data = sold(
        company,
        {"order_date": "2026-12-01"},
        customers=[{"customer_id": "C1", "customer_since": "2027-05-01"}],
    )
    assert value(account_metrics(data, year), "tenure_years") == pytest.approx(30 / 365.25)


def test_share_of_wallet_is_revenue_a_year_over_potential(company: Any) -> None:
    half_a_year = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
    data = sold(
        company,
        {"revenue": 100.0},
        {"revenue": 600.0, "customer_id": "C2"},
        {"revenue": 50.0, "customer_id": "C3"},
        customers=[
            {"customer_id": "C1", "purchase_potential": 1000.0},
            {"customer_id": "C2", "purchase_potential": 1000.0},
            {"customer_id": "C3"},
            {"customer_id": "C4", "purchase_potential": 0.0},
        ],
    )
    found = account_metrics(data, half_a_year)
    assert value(found, "share_of_wallet") == pytest.approx(0.2)
    assert value(found, "share_of_wallet", "C2") == 1
    assert np.isnan(value(found, "share_of_wallet", "C3"))
    assert np.isnan(value(found, "share_of_wallet", "C4"))
    told = "Customers that buy more from us than their purchase potential: 1;"
    assert any(note.startswith(told) for note in found.notes)


def invoice(name: str, due: str, paid: str | None, amount: float) -> dict[str, Any]:
    """An invoice to the customer C1."""
    return {
        "invoice_id": name,
        "customer_id": "C1",
        "invoice_date": "2026-01-01",
        "due_date": due,
        "paid_date": paid,
        "amount": amount,
    }


def test_days_paid_late_are_weighted_with_amounts_and_early_hides_nothing(company: Any, year: Period) -> None:
    data = sold(
        company,
        sales_invoices=[
            invoice("A", "2026-02-01", "2026-01-01", 100.0),  # early: 0 days, not -31
            invoice("B", "2026-02-01", "2026-02-11", 300.0),
            invoice("C", "2027-02-01", None, 900.0),  # not due yet
            invoice("D", "2026-03-01", "2026-05-01", -50.0),  # a credit note
        ],
    )
    found = account_metrics(data, year)
    assert value(found, "payment_delay_days") == pytest.approx(7.5)
    # √(Σ w²(x - mean)²) / Σ w = √(100² · 7.5² + 300² · 2.5²) / 400
    assert found.evidence.loc[("C1", "payment_delay_days"), ["n", "sd"]].tolist() == pytest.approx(
        [2, np.hypot(750, 750) / 400]
    )
    assert np.isnan(value(found, "payment_delay_days", "C2"))


def test_an_open_invoice_counts_with_its_delay_so_far(company: Any, year: Period) -> None:
    paid_next_year = invoice("B", "2026-12-21", "2027-01-20", 100.0)
    data = sold(company, sales_invoices=[invoice("A", "2026-12-11", None, 100.0), paid_next_year])
    found = account_metrics(data, year)
    assert value(found, "payment_delay_days") == 15
    assert (
        "2 of 2 invoices due in the period were open on 2026-12-31; their delay so far is counted, a lower bound."
        in found.notes
    )


def test_one_invoice_shows_no_spread(company: Any, year: Period) -> None:
    data = sold(company, sales_invoices=[invoice("A", "2026-02-01", "2026-02-04", 100.0)])
    found = account_metrics(data, year)
    assert value(found, "payment_delay_days") == 3
    assert np.isnan(found.evidence.loc[("C1", "payment_delay_days"), "sd"])


def test_contacts_known_well_and_our_people_with_a_tie(company: Any, year: Period) -> None:
    ties = [("K1", "Ann", 3), ("K1", "Bob", 1), ("K2", "Bob", 2), ("K3", "Cem", 0), ("K4", "Dan", None)]
    contacts = [
        {"contact_id": contact, "our_person": ours, "role": "customer", "party_id": "C1", "strength": strength}
        for contact, ours, strength in ties
    ]
    supplier = {"contact_id": "K9", "our_person": "Eve", "role": "supplier", "party_id": "C1", "strength": 4}
    found = account_metrics(sold(company, {}, contacts=[*contacts, supplier]), year)
    assert value(found, "relationship_breadth") == 2
    assert value(found, "our_people") == 2
    assert np.isnan(value(found, "relationship_breadth", "C2"))


def test_product_lines_count_once_and_returns_are_not_bought(company: Any, year: Period) -> None:
    data = sold(
        company,
        {"product_id": "A1"},
        {"product_id": "A2"},
        {"product_id": "B1"},
        {"product_id": "C1", "quantity": -1, "revenue": -10.0},
        {},
        products=[
            {"product_id": "A1", "name": "a", "product_line": "pumps"},
            {"product_id": "A2", "name": "b", "product_line": "pumps"},
            {"product_id": "B1", "name": "c", "product_line": "valves"},
            {"product_id": "C1", "name": "d", "product_line": "seals"},
        ],
    )
    found = account_metrics(data, year)
    assert value(found, "product_lines") == 2
    assert value(found, "product_lines", "C2") == 0


def test_lines_due_and_not_shipped_are_late(company: Any, year: Period) -> None:
    data = sold(
        company,
        {"due_date": "2026-03-10", "ship_date": "2026-03-10"},
        {"due_date": "2026-03-10", "ship_date": "2026-03-08"},
        {"due_date": "2026-03-10", "ship_date": "2026-03-11"},
        {"due_date": "2026-03-10"},
        {"due_date": "2027-01-01"},
        {"due_date": "2026-03-10", "quantity": -1, "revenue": -5.0},
    )
    found = account_metrics(data, year)
    assert value(found, "otif_to_customer") == 0.5
    assert found.evidence.loc[("C1", "otif_to_customer"), ["n", "events"]].tolist() == [4, 2]


def test_shipping_days_that_follow_from_the_promise_are_not_reported(company: Any, year: Period) -> None:
    lines = [{"due_date": "2026-03-10", "ship_date": "2026-03-05"}] * 40
    found = account_metrics(sold(company, *lines), year)
    assert np.isnan(value(found, "otif_to_customer"))
    assert any(note.startswith("Shipping dates carry no variation (100.0 %") for note in found.notes)


def opportunity(place: int, status: str, created: str, closed: str | None, amount: float) -> dict[str, Any]:
    """An opportunity with the customer C1."""
    return {
        "opportunity_id": f"Q{place}",
        "customer_id": "C1",
        "created_date": created,
        "closed_date": closed,
        "status": status,
        "amount": amount,
    }


def test_ten_won_and_thirty_lost_may_be_anything_from_14_to_40_percent(company: Any, year: Period) -> None:
    """Wilson (1927) for 10 of 40: 0.1419 to 0.4019."""
    ends = ["won"] * 10 + ["lost"] * 30
    closed = [opportunity(place, end, "2026-01-01", "2026-05-01", 1.0) for place, end in enumerate(ends)]
    waiting = opportunity(99, "open", "2026-01-01", None, 70.0)
    found = account_metrics(sold(company, {}, opportunities=[*closed, waiting]), year)
    assert value(found, "win_rate") == 0.25
    assert found.evidence.loc[("C1", "win_rate"), ["low", "high"]].tolist() == pytest.approx([0.1419, 0.4019], abs=5e-5)
    assert np.isnan(value(found, "win_rate", "C2"))


def test_the_pipeline_is_what_was_open_on_the_last_day(company: Any, year: Period) -> None:
    data = sold(
        company,
        {},
        opportunities=[
            opportunity(1, "open", "2026-05-01", None, 10.0),
            opportunity(2, "won", "2026-05-01", "2027-02-01", 20.0),  # closed later: open that day
            opportunity(3, "won", "2026-05-01", "2026-06-01", 40.0),
            opportunity(4, "open", "2027-01-01", None, 80.0),  # not there yet
        ],
    )
    found = account_metrics(data, year)
    assert value(found, "open_pipeline") == 30
    assert value(found, "open_pipeline", "C2") == 0
    assert value(found, "win_rate") == 1


def test_willing_is_1_0_or_unknown_and_hours_add_up(company: Any, year: Period) -> None:
    data = sold(
        company,
        {},
        customers=[
            {"customer_id": "C1", "willing": True},
            {"customer_id": "C2", "willing": False},
            {"customer_id": "C3"},
        ],
        tickets=[
            {"role": "customer", "party_id": "C1", "hours": 1.5},
            {"role": "customer", "party_id": "C1", "hours": 2.0},
            {"role": "customer", "party_id": "C1", "hours": 9.0, "opened_date": "2025-03-01"},
            {"role": "supplier", "party_id": "C1", "hours": 9.0},
        ],
    )
    found = account_metrics(data, year)
    assert value(found, "willing") == 1
    assert value(found, "willing", "C2") == 0
    assert np.isnan(value(found, "willing", "C3"))
    assert value(found, "tickets_hours") == 3.5
    assert value(found, "tickets_hours", "C2") == 0


def test_customers_without_sales_are_still_judged(company: Any, year: Period) -> None:
    data = company(
        customers=[{"customer_id": "C1"}],
        account_ratings=[{"customer_id": "C1", "criterion": "fit", "rater": "Ann", "rating": 4}],
    )
    found = account_metrics(data, year)
    assert value(found, "fit") == 4
    assert np.isnan(value(found, "revenue"))
    assert "The data have no sales order lines: sales figures are not reported." in found.notes


def test_without_customers_there_is_nothing_to_measure(company: Any, year: Period) -> None:
    with pytest.raises(SrmkitError, match="customers"):
        account_metrics(company(suppliers=[{"supplier_id": "S1"}]), year)


def test_every_metric_is_described(company: Any, year: Period) -> None:
    found = account_metrics(sold(company, {}), year)
    assert found.describe().index.tolist() == found.values.columns.tolist()
    assert found.describe().loc["profit", "meaning"] == "Margin less cost to serve."
