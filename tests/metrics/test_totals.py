"""Figures of the whole company, and what holds for every ledger whatever it says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from srmkit.metrics import (
    DeliveryRule,
    Period,
    account_metrics,
    item_metrics,
    supplier_metrics,
    supplier_spend_by,
    totals,
)
from srmkit.tables import read_frames

YEAR = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def test_totals_of_a_small_ledger_by_hand(company: Any, year: Period) -> None:
    data = company(
        suppliers=[{"supplier_id": "S1", "active": True}, {"supplier_id": "S2", "active": False}],
        purchase_order_lines=[
            {"po_id": "P1", "line_id": "1", "ordered_quantity": 80, "order_total": 1100.0},
            {"po_id": "P1", "line_id": "2", "ordered_quantity": 10, "order_total": 1100.0},
            {"po_id": "P2", "line_id": "1", "supplier_id": "S2", "order_total": 120.0},
        ],
        receipts=[
            {"receipt_id": "R1", "po_id": "P1", "line_id": "1", "received_quantity": 80},
            {"receipt_id": "R2", "po_id": "P1", "line_id": "2", "received_quantity": 5},
            {"receipt_id": "R3", "po_id": "P1", "line_id": "2", "receipt_date": "2026-03-02"},
        ],
        inspections=[
            {"receipt_id": "R1", "inspected_quantity": 80, "rejected_quantity": 3},
            {"receipt_id": "R2", "inspected_quantity": 20, "rejected_quantity": 1},
        ],
        sales_order_lines=[
            {"order_id": "O1", "revenue": 500.0, "cost": 300.0},
            {"order_id": "O2", "revenue": 100.0, "customer_id": "C2"},
        ],
    )
    found = totals(data, year)
    assert found.to_dict() == pytest.approx(
        {
            "spend": 1000,
            "spend_gross": 1220,
            "order_lines": 3,
            "orders": 2,
            "suppliers": 2,
            "suppliers_for_80_percent": 1,
            "hhi": 90**2 + 10**2,
            "effective_suppliers": 10_000 / 8_200,
            "inactive_spend": 100,
            "on_time_by_line": 1 / 3,
            "on_time_by_value": 0.8,
            "in_full_by_line": (1 + 0.5 + 0) / 3,
            "reject_rate": 0.04,
            "revenue": 600,
            "margin": 200,
            "customers": 2,
            "revenue_hhi": (500 / 6) ** 2 + (100 / 6) ** 2,
            "effective_customers": 36 / 26,
            "customers_for_80_percent": 1,
        }
    )


@pytest.mark.parametrize(
    ("units", "within"),
    [((50, 30, 20), 2), ((50, 31, 19), 1), ((100,), 1), ((90, 10), 1), ((10,) * 10, 8)],
    ids=["exactly 80 %", "81 %", "one supplier", "the first passes it", "ten alike"],
)
def test_how_many_suppliers_stay_within_80_percent(
    company: Any, year: Period, units: tuple[int, ...], within: int
) -> None:
    data = company(
        purchase_order_lines=[
            {"po_id": f"P{place}", "supplier_id": f"S{place}", "ordered_quantity": quantity}
            for place, quantity in enumerate(units)
        ]
    )
    assert totals(data, year)["suppliers_for_80_percent"] == within


def test_what_the_data_do_not_say_is_a_gap(company: Any, year: Period) -> None:
    bought = totals(company(purchase_order_lines=[{}]), year)
    gaps = ["spend_gross", "inactive_spend", "on_time_by_line", "on_time_by_value", "in_full_by_line"]
    assert bought[[*gaps, "reject_rate", "revenue", "margin", "customers"]].isna().all()
    sold = totals(company(sales_order_lines=[{}]), year)
    assert sold["revenue"] == 100
    assert np.isnan(sold["spend"])
    assert np.isnan(sold["margin"])


def test_a_period_without_orders_has_no_shares(company: Any) -> None:
    empty = Period(dt.date(2020, 1, 1), dt.date(2020, 12, 31))
    found = totals(company(purchase_order_lines=[{}]), empty)
    assert found["order_lines"] == found["suppliers"] == 0
    assert found[["hhi", "suppliers_for_80_percent"]].isna().all()


DAYS = st.dates(dt.date(2025, 7, 1), dt.date(2027, 6, 30))
LINES = st.lists(
    st.fixed_dictionaries(
        {
            "supplier_id": st.sampled_from(["S1", "S2", "S3"]),
            "item_id": st.sampled_from(["I1", "I2", "I3", "I4"]),
            "order_date": DAYS,
            "promised_date": DAYS,
            "ordered_quantity": st.integers(0, 50),
            "unit_price": st.integers(0, 400).map(lambda quarters: quarters / 4),
            "status": st.sampled_from(["open", "closed", "cancelled"]),
        }
    ),
    min_size=1,
    max_size=12,
)
DELIVERIES = st.lists(
    st.fixed_dictionaries(
        {"line": st.integers(0, 11), "receipt_date": DAYS, "received_quantity": st.integers(0, 60)}
    ),
    max_size=12,
)
SALES = st.lists(
    st.tuples(st.sampled_from(["C1", "C2", "C3"]), st.integers(-50, 400), DAYS), min_size=1, max_size=12
)
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def ledger(company: Any, lines: list[Any], deliveries: list[Any]) -> Any:
    """A company whose order lines are orders of their own."""
    orders = [{"po_id": f"P{place}", **line} for place, line in enumerate(lines)]
    receipts = [
        {
            "receipt_id": f"R{place}",
            "po_id": f"P{delivery['line'] % len(lines)}",
            "receipt_date": delivery["receipt_date"],
            "received_quantity": delivery["received_quantity"],
        }
        for place, delivery in enumerate(deliveries)
    ]
    items = [{"item_id": f"I{place}", "category": "Wheels" if place < 3 else "Paint"} for place in range(1, 5)]
    parts = {"receipts": receipts} if receipts else {}
    return company(items=items, purchase_order_lines=orders, **parts)


@FEW
@given(lines=LINES, deliveries=DELIVERIES)
def test_every_ledger_adds_up_the_same_from_every_side(company: Any, lines: list[Any], deliveries: list[Any]) -> None:
    data = ledger(company, lines, deliveries)
    by_hand = sum(
        line["ordered_quantity"] * line["unit_price"]
        for line in lines
        if line["status"] != "cancelled" and YEAR.start <= line["order_date"] <= YEAR.end
    )
    suppliers = supplier_metrics(data, YEAR).values
    assert suppliers["spend"].sum() == pytest.approx(by_hand)
    assert item_metrics(data, YEAR).values["spend"].sum() == pytest.approx(by_hand)
    assert item_metrics(data, YEAR, level="category").values["spend"].sum() == pytest.approx(by_hand)
    assert supplier_spend_by(data, YEAR, "item").to_numpy().sum() == pytest.approx(by_hand)
    assert float(np.nan_to_num(totals(data, YEAR)["spend"])) == pytest.approx(by_hand)
    shares = suppliers["spend_share"]
    assert shares.isna().all() if not by_hand else shares.sum() == pytest.approx(1)


@FEW
@given(lines=LINES, deliveries=DELIVERIES)
def test_rates_of_every_ledger_are_rates_within_their_interval(
    company: Any, lines: list[Any], deliveries: list[Any]
) -> None:
    found = supplier_metrics(ledger(company, lines, deliveries), YEAR)
    counted = found.evidence[found.evidence["events"].notna()]
    assert counted["value"].between(0, 1).all()
    assert (counted["events"] <= counted["n"] + 1e-9).all()
    assert (counted["low"] <= counted["value"] + 1e-9).all()
    assert (counted["value"] <= counted["high"] + 1e-9).all()
    rates = found.values
    parts = rates[["on_time_rate", "early_rate", "late_rate"]].dropna().sum(axis=1)
    assert ((parts - 1).abs() < 1e-9).all()
    by_unit = rates[["fill_rate", "in_full_rate_by_unit", "otif_rate_by_unit"]].dropna()
    assert (by_unit.diff(axis=1).iloc[:, 1:] <= 1e-9).all(axis=None)
    assert not (rates["lead_time_p50"] > rates["lead_time_p90"]).any()
    shrunk = counted["shrunk"].dropna()
    assert shrunk.between(0, 1).all()
    assert not (rates["otif_rate"] > rates[["on_time_rate", "in_full_rate"]].min(axis=1) + 1e-9).any()
    concentration = item_metrics(ledger(company, lines, deliveries), YEAR).values["hhi"]
    assert concentration.between(10_000 / 3 - 1e-6, 10_000 + 1e-6).all()


@FEW
@given(lines=LINES, deliveries=DELIVERIES, seed=st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(
    company: Any, lines: list[Any], deliveries: list[Any], seed: int
) -> None:
    data = ledger(company, lines, deliveries)
    shuffled = {name: data.frame(name).sample(frac=1, random_state=seed) for name in data.tables}
    again = read_frames(shuffled, name="test company", currency="EUR")
    pd.testing.assert_frame_equal(supplier_metrics(data, YEAR).values, supplier_metrics(again, YEAR).values)


@FEW
@given(revenues=SALES)
def test_revenue_of_customers_adds_up_to_that_of_the_company(company: Any, revenues: list[Any]) -> None:
    data = company(
        sales_order_lines=[
            {"order_id": f"O{place}", "customer_id": customer, "revenue": float(revenue), "order_date": day}
            for place, (customer, revenue, day) in enumerate(revenues)
        ]
    )
    by_hand = sum(revenue for _, revenue, day in revenues if YEAR.start <= day <= YEAR.end)
    found = account_metrics(data, YEAR).values
    assert found["revenue"].sum() == pytest.approx(by_hand)
    assert float(np.nan_to_num(totals(data, YEAR)["revenue"])) == pytest.approx(by_hand)


@FEW
@given(lines=LINES, deliveries=DELIVERIES, early=st.one_of(st.none(), st.integers(0, 20)), late=st.integers(0, 20))
def test_deliveries_of_every_ledger_are_those_found_line_by_line(
    company: Any, lines: list[Any], deliveries: list[Any], early: int | None, late: int
) -> None:
    assume(deliveries)  # where nothing ever came, no figure of deliveries is given
    data = ledger(company, lines, deliveries)
    rule = DeliveryRule(early_days=early, late_days=late)
    found = supplier_metrics(data, YEAR, delivery=rule).evidence
    verdicts, leads = line_by_line(lines, deliveries, rule)
    for supplier in ("S1", "S2", "S3"):
        for metric, place in (("on_time_rate", 0), ("early_rate", 1), ("late_rate", 2)):
            counted = [verdict[place] for verdict in verdicts[supplier]]
            if counted:
                assert found.loc[(supplier, metric), ["events", "n"]].tolist() == [sum(counted), len(counted)]
            else:
                assert (supplier, metric) not in found.index
        if leads[supplier]:
            assert found.loc[(supplier, "lead_time_days"), "value"] == pytest.approx(np.mean(leads[supplier]))
            assert found.loc[(supplier, "lead_time_p90"), "value"] == pytest.approx(np.quantile(leads[supplier], 0.9))


def line_by_line(
    lines: list[Any], deliveries: list[Any], rule: DeliveryRule
) -> tuple[dict[str, list[tuple[bool, bool, bool]]], dict[str, list[int]]]:
    """On time, early and late of each due line, and the lead times, by loops over the rows."""
    verdicts: dict[str, list[tuple[bool, bool, bool]]] = {name: [] for name in ("S1", "S2", "S3")}
    leads: dict[str, list[int]] = {name: [] for name in verdicts}
    for place, line in enumerate(lines):
        if line["status"] == "cancelled" or not line["ordered_quantity"]:
            continue
        came = sorted(
            (d["receipt_date"], d["received_quantity"])
            for d in deliveries if d["line"] % len(lines) == place and d["receipt_date"] <= YEAR.end
        )
        completed, so_far = None, 0
        for day, units in came:
            so_far += units
            if completed is None and so_far >= line["ordered_quantity"]:
                completed = day
        last = line["promised_date"] + dt.timedelta(rule.late_days)
        if YEAR.start <= last <= YEAR.end:
            in_time = completed is not None and completed <= last
            first = line["promised_date"] - dt.timedelta(rule.early_days or 0)
            early = in_time and rule.early_days is not None and completed < first
            verdicts[line["supplier_id"]].append((in_time and not early, early, not in_time))
        if completed is not None and completed >= YEAR.start and completed >= line["order_date"]:
            leads[line["supplier_id"]].append((completed - line["order_date"]).days)
    return verdicts, leads
