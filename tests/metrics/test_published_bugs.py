"""Numbers that public scorecards and ERP systems got wrong, each as it has to be; with the thread that told of it."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

import numpy as np
import pandas as pd
import pytest

from srmkit.bands import Bands
from srmkit.concentration import Edition
from srmkit.metrics import (
    DeliveryRule,
    MatchRule,
    Period,
    account_metrics,
    effective_number,
    hhi,
    hhi_band,
    item_metrics,
    pareto,
    supplier_metrics,
    totals,
)
from srmkit.metrics.day_counts import DayCounts
from srmkit.metrics.rates import beta_posterior, shrink_to_peers, wilson, zero_event_bound
from srmkit.metrics.safety_stock import demand_over_lead_time_sd
from srmkit.metrics.survival import waiting_time
from srmkit.metrics.variance import price_and_volume
from srmkit.scoring import Criterion, Group, Linear, Scorecard


def of(found: Any, metric: str, supplier: str = "S1") -> float:
    """One figure."""
    return float(found.values.loc[supplier, metric])


def test_a_line_delivered_in_two_timely_parts_is_on_time_at_every_level(company: Any, year: Period) -> None:
    # frappe/erpnext: a full line in two timely receipts was never on time; odoo: 10 of 14
    data = company(
        purchase_order_lines=[{"ordered_quantity": 10}],
        receipts=[{"received_quantity": 6, "receipt_date": "2026-01-31"}, {"received_quantity": 4}],
    )
    found = supplier_metrics(data, year)
    for metric in ("on_time_rate", "otif_rate", "otif_rate_by_value", "otif_rate_by_unit", "otif_rate_by_order"):
        assert of(found, metric) == 1, metric


def test_receipts_are_counted_against_order_lines_not_against_receipts(company: Any, year: Period) -> None:
    # frappe/erpnext: the numerator counted receipt lines, the denominator order lines
    data = company(
        purchase_order_lines=[{"po_id": "P1"}, {"po_id": "P2"}],
        receipts=[{"po_id": "P1", "received_quantity": 2}] * 5,
    )
    evidence = supplier_metrics(data, year).evidence.loc[("S1", "on_time_rate")]
    assert evidence[["events", "n"]].tolist() == [1, 2]


def test_over_delivery_never_lifts_a_rate_above_1(company: Any, year: Period) -> None:
    # odoo pull request 219691: 200 %
    data = company(purchase_order_lines=[{}], receipts=[{"received_quantity": 20}])
    found = supplier_metrics(data, year).values.loc["S1"]
    rates = found[["in_full_rate", "in_full_rate_by_unit", "otif_rate_by_unit", "fill_rate"]]
    assert rates.eq(1).all()


def test_a_cancelled_line_divides_nothing_by_zero(company: Any, year: Period) -> None:
    # odoo pull request 162632
    data = company(purchase_order_lines=[{"ordered_quantity": 0}], receipts=[{"received_quantity": 0}])
    found = supplier_metrics(data, year).values.loc["S1"]
    assert found[["on_time_rate", "in_full_rate", "fill_rate", "otif_rate_by_order", "price_variance"]].isna().all()
    assert found["spend"] == 0


def test_no_activity_is_missing_neither_0_nor_100_percent(company: Any, year: Period) -> None:
    # frappe/erpnext 31597: months without purchases scored 100; odoo pull request 58653: no data shown as 100 %
    data = company(suppliers=[{"supplier_id": "idle"}], purchase_order_lines=[{}], receipts=[{}], invoices=[{}])
    found = supplier_metrics(data, year)
    rates = [d.name for d in found.definitions.values() if d.kind in ("rate", "mean")]
    assert found.values.loc["idle", rates].isna().all()
    assert found.values.loc["idle", ["spend", "items"]].eq(0).all()


def test_a_zero_is_a_zero(company: Any, year: Period) -> None:
    # odoo pull request 128426: zero read as missing
    data = company(purchase_order_lines=[{}], receipts=[{"receipt_date": "2026-06-01"}])
    assert of(supplier_metrics(data, year), "on_time_rate") == 0


def test_the_hour_of_a_delivery_changes_nothing(company: Any, year: Period) -> None:
    # odoo pull request 260384: a date compared with a time made one screen say 0 % and another 100 %
    data = company(
        purchase_order_lines=[{"promised_date": pd.Timestamp("2026-02-02")}],
        receipts=[{"receipt_date": pd.Timestamp("2026-02-02 16:00")}],
    )
    assert of(supplier_metrics(data, year), "on_time_rate") == totals(data, year)["on_time_by_line"] == 1


def test_two_screens_show_one_on_time_rate(company: Any, year: Period) -> None:
    # odoo pull request 225529
    rows = [{"po_id": f"P{n}", "supplier_id": f"S{n % 2}"} for n in range(6)]
    data = company(purchase_order_lines=rows, receipts=[{"po_id": "P1"}, {"po_id": "P2"}, {"po_id": "P3"}])
    evidence = supplier_metrics(data, year).evidence.xs("on_time_rate", level="metric")
    assert evidence["events"].sum() / evidence["n"].sum() == totals(data, year)["on_time_by_line"] == 0.5


def test_lateness_goes_by_the_day_of_delivery_not_by_the_day_of_entry(company: Any, year: Period) -> None:
    # axelor pull request 16740
    assert supplier_metrics(company(purchase_order_lines=[{}], receipts=[{}]), year).definitions[
        "on_time_rate"
    ].date_basis.startswith("promised_date")


def test_a_period_has_no_eighth_day_and_no_end_without_a_start() -> None:
    # frappe/erpnext: the weekly period spanned eight days; PR 58703: a supplier made on the last day of a month
    # recursed for ever
    week = Period(dt.date(2026, 1, 1), dt.date(2026, 1, 7))
    assert week.days == week.before().days == 7
    assert week.before().end == dt.date(2025, 12, 31)
    month = Period.ending(dt.date(2026, 1, 31), 1)
    assert [month.before().start, month.before().end] == [dt.date(2025, 12, 1), dt.date(2025, 12, 31)]
    assert Period.ending(dt.date(2026, 2, 28), 1).start == dt.date(2026, 2, 1)


def test_a_perfect_score_has_a_standing() -> None:
    # frappe/erpnext: a score of exactly 100 fell out of every standing
    standings = Bands(("good", "average", "poor"), (80, 50))
    assert standings.of(pd.Series([100.0, 80.0, 50.0, 0.0])).tolist() == ["good", "good", "average", "poor"]


def test_a_missing_figure_is_reweighted_not_read_as_100() -> None:
    # frappe/erpnext: no periods gave 100. The others take its weight, and coverage says so
    scale = Linear(worst=0, best=100)
    parts = tuple(Criterion(name, weight, scale) for name, weight in (("a", 50), ("b", 30), ("c", 20)))
    card = Scorecard("parts", axes=(Group("all", 1, parts),))
    figures = pd.DataFrame({"a": [40.0], "b": [80.0], "c": [np.nan]}, index=["Alba"])
    scores = card.score(figures, missing="reweight")
    assert scores.total["Alba"] == pytest.approx((50 * 40 + 30 * 80) / 80)
    assert scores.coverage["Alba"] == pytest.approx(0.8)


def test_a_win_rate_is_never_rounded_to_certainty(company: Any, year: Period) -> None:
    # odoo pull request 127470: probabilities rounded to 0 and 100 %; open ones are no denominator
    opportunities = [
        {"customer_id": "C1", "created_date": "2026-01-05", "amount": 10.0, "status": status,
         "closed_date": None if status == "open" else "2026-03-06"}
        for status, count in (("won", 10), ("lost", 30), ("open", 60)) for _ in range(count)
    ]
    data = company(customers=[{"customer_id": "C1"}], opportunities=opportunities)
    found = account_metrics(data, year)
    evidence = found.evidence.loc[("C1", "win_rate")]
    assert evidence["value"] == 0.25
    assert evidence[["low", "high"]].astype(float).round(4).tolist() == [0.1419, 0.4019]
    assert of(found, "sales_cycle_days", "C1") == 60
    # 60 open at 10 each, a quarter of them won, in 60 days
    assert of(found, "sales_velocity", "C1") == pytest.approx(60 * 10 * 0.25 / 60)


def test_rates_multiplied_are_no_otif(company: Any, year: Period) -> None:
    # half the lines on time, the units of the others all there: the product of two rates says 0.375
    data = company(
        purchase_order_lines=[{"po_id": f"P{n}"} for n in range(4)],
        receipts=[
            {"po_id": "P0"}, {"po_id": "P1"}, {"po_id": "P2", "received_quantity": 5},
            {"po_id": "P3", "received_quantity": 5},
        ],
    )
    found = supplier_metrics(data, year)
    assert [of(found, name) for name in ("on_time_rate", "in_full_rate", "otif_rate")] == [0.5, 0.75, 0.5]


def test_the_same_deliveries_at_every_level(company: Any, year: Period) -> None:
    # an order of 10 + 90 units: the large line comes five days early, the small one on the day
    data = company(
        purchase_order_lines=[
            {"line_id": "1", "ordered_quantity": 10, "unit_price": 50.0},
            {"line_id": "2", "ordered_quantity": 90, "unit_price": 5.0},
            {"po_id": "P2", "ordered_quantity": 100, "unit_price": 1.0},
        ],
        receipts=[
            {"line_id": "1", "received_quantity": 10},
            {"line_id": "2", "received_quantity": 90, "receipt_date": "2026-01-28"},
            {"po_id": "P2", "received_quantity": 80},
            {"po_id": "P2", "received_quantity": 20, "receipt_date": "2026-03-01"},
        ],
    )
    strict = supplier_metrics(data, year, delivery=DeliveryRule(early_days=0))
    assert of(strict, "otif_rate") == pytest.approx(1 / 3)
    assert of(strict, "otif_rate_by_value") == pytest.approx(500 / 1050)
    assert of(strict, "otif_rate_by_unit") == pytest.approx((10 + 80) / 200)
    assert of(strict, "otif_rate_by_order") == 0
    assert of(strict, "in_full_rate_by_unit") == pytest.approx(180 / 200)
    assert of(strict, "fill_rate") == 1
    assert [of(strict, "early_rate"), of(strict, "late_rate")] == [pytest.approx(1 / 3)] * 2
    early_counts = supplier_metrics(data, year, delivery=DeliveryRule(early_days=None))
    assert of(early_counts, "otif_rate") == pytest.approx(2 / 3)
    assert of(early_counts, "otif_rate_by_order") == 0.5
    assert of(early_counts, "early_rate") == 0


def test_defects_in_a_million_with_the_exact_bound_of_none(company: Any, year: Period) -> None:
    # 7 of 12,500 are 560 PPM; 0 of 100 is 0 with an upper end of 1 - 0.05^(1/100), about 2.95 %
    data = company(
        purchase_order_lines=[{"po_id": "P1"}, {"po_id": "P2", "supplier_id": "S2"}],
        receipts=[{"receipt_id": "R1", "po_id": "P1"}, {"receipt_id": "R2", "po_id": "P2"}],
        inspections=[
            {"receipt_id": "R1", "inspected_quantity": 12_500, "rejected_quantity": 7},
            {"receipt_id": "R2", "inspected_quantity": 100, "rejected_quantity": 0},
        ],
    )
    found = supplier_metrics(data, year)
    assert of(found, "reject_ppm") == pytest.approx(560)
    assert found.evidence.loc[("S2", "reject_ppm"), "high"] == pytest.approx(1e6 * (1 - 0.05**0.01))
    assert of(found, "pass_rate") == pytest.approx(1 - 7 / 12_500)
    accepted = found.evidence.loc[("S2", "pass_rate")]
    assert accepted[["value", "events", "n", "high"]].tolist() == [1, 100, 100, 1]
    assert accepted["low"] == pytest.approx(0.05**0.01)


def test_safety_stock_needs_both_spreads() -> None:
    # lead time 10 days, demand 50 a day with sd 12, sd of the lead time 3: 154.7256
    found = demand_over_lead_time_sd(lead_time=10, lead_time_sd=3, demand=50, demand_sd=12)
    assert found == pytest.approx(154.7256, abs=5e-5)


def test_price_variance_is_positive_where_it_costs_more(company: Any, year: Period) -> None:
    # textbook: 254 against 230 on 95 units, 2,280 unfavourable
    data = company(
        items=[{"item_id": "I1", "standard_price": 230.0}],
        purchase_order_lines=[{"unit_price": 254.0, "ordered_quantity": 95}],
    )
    assert of(supplier_metrics(data, year), "price_variance") == pytest.approx(2280)


def test_price_and_volume_add_up_to_the_change() -> None:
    # 10 to 11 a unit, 100 to 120 units: 120 + 200, or 110 + 210 shared evenly
    assert price_and_volume(10, 100, 11, 120) == (120, 200)
    assert price_and_volume(10, 100, 11, 120, symmetric=True) == (110, 210)


def test_prices_are_compared_on_what_was_bought_both_times(company: Any, year: Period) -> None:
    before = {"order_date": "2025-01-10", "promised_date": "2025-02-10"}
    data = company(
        purchase_order_lines=[
            {"po_id": "P0", "item_id": "I1", "unit_price": 10.0, "ordered_quantity": 100, **before},
            {"po_id": "P1", "item_id": "I1", "unit_price": 11.0, "ordered_quantity": 10},
            {"po_id": "P2", "item_id": "I2", "unit_price": 20.0, "ordered_quantity": 1, **before},
            {"po_id": "P3", "item_id": "I2", "unit_price": 18.0, "ordered_quantity": 10},
            {"po_id": "P4", "item_id": "I3", "unit_price": 999.0},
        ],
    )
    found = supplier_metrics(data, year)
    paasche, laspeyres = (110 + 180) / (100 + 200), (1100 + 18) / (1000 + 20)
    assert of(found, "price_index_matched") == pytest.approx(100 * (paasche * laspeyres) ** 0.5)
    assert found.evidence.loc[("S1", "price_index_matched"), "n"] == 2
    assert item_metrics(data, year).values.loc["I1", "price_index_matched"] == pytest.approx(110)


def test_prices_are_not_compared_with_a_year_that_is_not_there(company: Any, year: Period) -> None:
    found = supplier_metrics(company(purchase_order_lines=[{}]), year)
    assert np.isnan(of(found, "price_index_matched"))
    assert any(note.startswith("Prices are not compared with the period before") for note in found.notes)


@pytest.mark.parametrize(
    ("order", "arrived", "invoice", "rule", "right"),
    [
        ((1000, 1.0), 1000, (1000, 1.05), MatchRule(price=0.05), 1),
        ((1000, 1.0), 1000, (1000, 1.10), MatchRule(price=0.05), 0),
        ((100, 50.0), 102, (102, 50.0), MatchRule(price=0.03, over_order=0.05), 1),
        ((100, 50.0), 106, (106, 50.0), MatchRule(price=0.03, over_order=0.05), 0),
        ((100, 50.0), 100, (100, 52.0), MatchRule(price=0.03), 0),
        ((100, 50.0), 98, (100, 50.0), MatchRule(), 0),
        ((100, 50.0), 98, (100, 50.0), MatchRule(quantity=0.03), 1),
    ],
    ids=["5 % dearer", "10 % dearer", "2 % over", "6 % over", "4 % dearer", "2 short", "2 short, tolerated"],
)
def test_the_three_way_match_holds_each_line_against_its_own_tolerances(
    company: Any, year: Period, order: Any, arrived: float, invoice: Any, rule: MatchRule, right: int
) -> None:
    # published examples of match tolerances
    data = company(
        purchase_order_lines=[{"ordered_quantity": order[0], "unit_price": order[1]}],
        receipts=[{"received_quantity": arrived}],
        invoices=[{"quantity": invoice[0], "unit_price": invoice[1]}],
    )
    found = supplier_metrics(data, year, match=rule)
    assert of(found, "invoice_accuracy") == of(found, "invoice_accuracy_by_value") == right
    assert found.definitions["invoice_accuracy"].window == str(rule)


def test_a_small_perfect_record_does_not_beat_a_long_good_one(company: Any, year: Period) -> None:
    # league tables by raw rate put 3 of 3 before 930 of 1,000
    low, high = wilson([19, 930], [20, 1000])
    assert np.round(low, 4).tolist() == [0.7639, 0.9125]
    assert np.round(high, 4).tolist() == [0.9911, 0.9442]
    shrunk = shrink_to_peers([3, 19, 930], [3, 20, 1000], prior=(45, 5))
    assert shrunk.round(4).tolist() == [0.9057, 0.9143, 0.9286]
    a, b = beta_posterior([19, 930], [20, 1000])
    assert (a / (a + b)).round(3).tolist() == [0.929, 0.93]
    assert float(zero_event_bound(100)) == pytest.approx(1 - 0.05**0.01)


def test_every_rate_carries_its_cases_its_interval_and_what_its_peers_make_of_it(company: Any, year: Period) -> None:
    rows = [{"po_id": f"P{n}", "supplier_id": "few" if n < 3 else "many"} for n in range(63)]
    late = {"receipt_date": "2026-06-01"}
    receipts = [{"po_id": f"P{n}", **(late if n in (10, 20, 30) else {})} for n in range(63)]
    found = supplier_metrics(company(purchase_order_lines=rows, receipts=receipts), year)
    evidence = found.evidence.xs("on_time_rate", level="metric")
    assert evidence["value"].to_dict() == {"few": 1, "many": pytest.approx(57 / 60)}
    assert evidence.loc["few", "shrunk"] < 1
    assert evidence.loc["few", "low"] < evidence.loc["many", "low"]
    assert evidence[["n", "events", "low", "high", "shrunk"]].notna().all(axis=None)


def test_open_tickets_are_waits_that_go_on() -> None:
    # Freireich et al. 1963, weeks in remission with 6-MP: median 23, mean up to 35 weeks 23.29
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    open_still = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    days = [*ended, *open_still]
    found = waiting_time(days, [1] * 9 + [0] * 12, [0] * 9 + [1] * 12)
    assert found.median == 23
    assert found.mean == pytest.approx(23.29, abs=0.005)
    assert found.cases == 21


def test_without_open_tickets_the_mean_is_the_mean() -> None:
    days = [0, 0, 3, 5, 9]
    found = waiting_time(days, [1] * 5, [0] * 5)
    assert found.mean == pytest.approx(np.mean(days))
    assert found.error == pytest.approx(np.std(days, ddof=1) / 5**0.5)
    assert found.median == 3


@pytest.mark.parametrize(
    ("shares", "index"), [((50, 30, 20), 3800), ((40, 30, 20, 10), 3000), ((30, 30, 20, 20), 2600), ((70, 30), 5800)]
)
def test_concentration_by_hand(shares: tuple[float, ...], index: float) -> None:
    assert hhi(pd.Series(shares)) == pytest.approx(index)


def test_the_number_of_equals_and_the_edition_of_the_bands() -> None:
    assert effective_number(pd.Series([50, 30, 20])) == pytest.approx(2.6316, abs=5e-5)
    assert [hhi_band(2000, edition=edition) for edition in get_args(Edition)] == [
        "highly concentrated", "moderately concentrated", "highly concentrated",
    ]


def test_dependence_runs_both_ways(company: Any, year: Period) -> None:
    data = company(
        suppliers=[{"supplier_id": "S1", "annual_sales": 400.0}],
        items=[{"item_id": "I1", "category": "Seals"}, {"item_id": "I2", "category": "Paint"}],
        purchase_order_lines=[
            {"po_id": "P1", "item_id": "I1"},
            {"po_id": "P2", "item_id": "I2", "ordered_quantity": 30},
            {"po_id": "P3", "item_id": "I1", "supplier_id": "S2", "ordered_quantity": 30},
        ],
    )
    found = supplier_metrics(data, year)
    assert of(found, "dependence_on_us") == 1  # 400 of their 400
    # a quarter of the seals (100 of 400), all of the paint (300)
    assert of(found, "dependence_on_them") == pytest.approx((0.25 * 100 + 1 * 300) / 400)


def test_the_whale_curve_rises_above_its_end() -> None:
    profits = pd.Series([500, 300, 150, 80, 20, 0, -30, -90, -180, -250])
    curve = pareto(profits)
    assert curve["running"].max() == pytest.approx(2.1)
    assert curve["running"].iloc[1] == pytest.approx(1.6)
    assert curve["running"].iloc[-1] == pytest.approx(1)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_quantiles_from_counts_are_quantiles_of_the_lines(share: float) -> None:
    rng = np.random.default_rng(3)
    days = rng.poisson(12, 200)
    counted = pd.Series(days).value_counts().rename_axis("days").rename("lines").reset_index().assign(key="S1")
    found = DayCounts(counted, "key").quantile(share).loc["S1"]
    assert found["value"] == pytest.approx(np.quantile(days, share))
    assert found["low"] <= found["value"] <= found["high"]


def test_the_interval_of_a_median_is_that_of_the_order_statistics() -> None:
    # of 10 values the 2nd and the 9th hold the median with 97.9 % (David & Nagaraja 2003, table of 7.1)
    counted = pd.DataFrame({"key": "S1", "days": range(1, 11), "lines": 1})
    assert DayCounts(counted, "key").quantile(0.5).loc["S1", ["low", "high"]].tolist() == [2, 9]


def test_what_is_owed_over_what_was_charged(company: Any) -> None:
    # days sales outstanding: 50,000 of 100,000 in 30 days are 15
    invoice = {"customer_id": "C1", "invoice_date": "2026-06-01", "due_date": "2026-06-20"}
    data = company(
        customers=[{"customer_id": "C1"}],
        sales_invoices=[
            {"invoice_id": "1", **invoice, "amount": 50_000.0},
            {"invoice_id": "2", **invoice, "amount": 50_000.0, "paid_date": "2026-06-25"},
        ],
    )
    june = Period(dt.date(2026, 6, 1), dt.date(2026, 6, 30))
    assert of(account_metrics(data, june), "dso_days", "C1") == 15
