"""The sales side shows what was planted, and looks like the books of a real company."""

from __future__ import annotations

import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.sample import SampleSettings, make_company
from srmkit.sample.identities import IDENTITY
from srmkit.sample.sales import sales
from srmkit.sample.sales.scales import AXES
from srmkit.scoring import Scorecard
from srmkit.segmentation.matrix import Matrix

SELECTED = 20
AREAS = Matrix(
    "accounts",
    "strength",
    "attractiveness",
    (50.0,),
    (50.0,),
    (("opportunistic", "maintenance"), ("key development", "key")),
    ("key", "key development", "maintenance", "opportunistic"),
)


@pytest.fixture(scope="module")
def truth(company):
    return company.truth["sales"]


@pytest.fixture(scope="module")
def positions(truth):
    return pd.DataFrame(truth["account_position"]).T


@pytest.fixture(scope="module")
def by_revenue(accounts):
    return accounts.values["revenue"].sort_values(ascending=False)


def test_the_scales_are_those_of_the_scorecard():
    scorecard = Scorecard.read("account")
    for axis in scorecard.axes:
        ours = {part.name: part for part in AXES[axis.name]}
        leaves = dict(axis.leaves())
        assert {leaf.name for leaf in leaves} == set(ours)
        for criterion, weight in leaves.items():
            part = ours[criterion.name]
            assert (criterion.scale.worst, criterion.scale.best) == (part.worst, part.best)
            assert (criterion.scale.type == "logarithmic") == part.logarithmic
            assert part.weight == pytest.approx(weight)


def test_true_class_and_true_position_agree(truth, positions):
    assert AREAS.assign(positions).segment.to_dict() == truth["account_class"]


def test_scores_find_the_true_class_of_rated_accounts_away_from_the_cuts(scores, truth, positions, company):
    rated = company.tables["account_ratings"]["customer_id"].unique()
    clear = positions.index[((positions - 50).abs() > 3).all(axis="columns") & positions.index.isin(rated)]
    found = AREAS.assign(scores.axes).segment[clear]
    assert len(clear) > 100
    assert found.eq(pd.Series(truth["account_class"])[clear]).mean() >= 0.9


def test_a_fifth_of_the_customers_bring_65_to_79_percent_of_revenue(by_revenue):
    top = by_revenue.head(len(by_revenue) // 5).sum() / by_revenue.sum()
    assert 0.65 <= top <= 0.79


def test_orders_by_customer_have_a_heavy_tail(company):
    orders = company.tables["sales_order_lines"].groupby("customer_id")["order_id"].nunique()
    assert orders.max() > 5 * orders.median()


def test_one_of_the_ten_largest_key_accounts_loses_money_after_the_cost_to_serve(truth, accounts, by_revenue):
    planted = truth["unprofitable_key_account"]
    figures = accounts.values.loc[planted["customer_id"]]
    largest = by_revenue.index[:10]
    key = [customer for customer in largest if truth["account_class"][customer] == "key"]
    assert [c for c in key if accounts.values.loc[c, "profit"] < 0] == [planted["customer_id"]]
    assert figures["margin_rate"] > 0.15
    assert (round(figures["revenue"]), round(figures["profit"])) == (planted["revenue"], planted["profit"])


def test_some_other_large_customers_lose_money_too(accounts, by_revenue):
    assert accounts.values.loc[by_revenue.index[:100], "profit"].lt(0).sum() >= 5


def test_the_door_opener_is_small_and_promising(truth, accounts, by_revenue, company):
    opener = truth["door_opener"]
    tags = company.tables["customers"].set_index("customer_id")["reason_tag"]
    assert tags[opener] == "door opener"
    assert accounts.values.loc[opener, "revenue"] < by_revenue.median()
    assert accounts.values.loc[opener, ["strategic_fit", "market_prestige"]].min() > 4


def test_a_large_account_hangs_on_one_person(truth, by_revenue, company):
    customer = truth["single_threaded_account"]
    contacts = company.tables["contacts"]
    assert customer in by_revenue.index[:10]
    assert contacts["party_id"].eq(customer).sum() == 1


def test_one_deal_is_open_for_more_than_twice_the_usual_cycle(truth, company):
    deals = company.tables["opportunities"].set_index("opportunity_id")
    cycle = (deals["closed_date"] - deals["created_date"]).dt.days.median()
    waiting = deals[deals["status"].eq("open")]
    age = (pd.Timestamp(2026, 6, 30) - waiting["created_date"]).dt.days
    assert age[age > 2 * cycle].index.tolist() == [truth["stuck_opportunity"]]


def test_deals_are_won_as_often_as_they_are_in_a_log_of_bids(company):
    deals = company.tables["opportunities"]
    closed = deals[deals["status"].ne("open")]
    won, small = closed["status"].eq("won"), closed["amount"] < closed["amount"].median()
    assert 0.15 <= won.mean() <= 0.30
    assert won[small].mean() > won[~small].mean()


def test_a_large_attractive_account_does_not_want_to_be_a_key_account(truth, accounts, scores, by_revenue):
    customer = truth["unwilling_account"]
    assert customer in by_revenue.index[:10]
    assert accounts.values.loc[customer, "willing"] == 0
    assert scores.axes.loc[customer, "attractiveness"] > 50
    assert customer in scores.gated["candidate"].tolist()


def test_the_last_place_of_the_selection_is_a_tie_that_numbers_cannot_break(truth, accounts, scores):
    first, second = truth["ties_on_the_cut"]
    pd.testing.assert_series_equal(accounts.values.loc[first], accounts.values.loc[second], check_names=False)
    assert scores.rank[first] == scores.rank[second] == SELECTED


@pytest.mark.parametrize(
    "table",
    ["sales_order_lines", "service_costs", "sales_invoices", "opportunities", "account_ratings", "customers"],
)
def test_tied_customers_have_the_same_rows_everywhere(truth, company, table):
    rows = company.tables[table]
    own = {"name", *IDENTITY}
    numbers = [column for column in rows if not str(column).endswith("_id") and column not in own]
    first, second = (rows.loc[rows["customer_id"].eq(c), numbers] for c in truth["ties_on_the_cut"])
    assert len(first) > 0
    pd.testing.assert_frame_equal(first.reset_index(drop=True), second.reset_index(drop=True))


def test_a_large_account_is_lost(truth, accounts, company):
    customer = truth["lost_large_account"]
    lines = company.tables["sales_order_lines"]
    assert accounts.values.loc[customer, "revenue"] == 0
    assert accounts.values.loc[customer, "growth"] == -1
    assert lines.loc[lines["customer_id"].eq(customer), "revenue"].sum() > 1_000_000


def test_nobody_orders_before_the_first_business_or_outside_the_books(company):
    lines = company.tables["sales_order_lines"].merge(
        company.tables["customers"][["customer_id", "customer_since"]], on="customer_id"
    )
    assert (lines["order_date"] >= lines["customer_since"]).all()
    assert lines["order_date"].between(pd.Timestamp(2023, 7, 1), pd.Timestamp(2026, 6, 30)).all()


def test_nothing_is_shipped_invoiced_or_paid_before_its_time(company):
    lines, invoices = company.tables["sales_order_lines"], company.tables["sales_invoices"]
    assert not (lines["ship_date"] < lines["order_date"]).any()
    assert not (invoices["paid_date"] < invoices["invoice_date"]).any()
    assert invoices["invoice_date"].max() <= pd.Timestamp(2026, 6, 30)


def test_raters_disagree(company):
    ratings = company.tables["account_ratings"]
    spread = ratings.groupby(["customer_id", "criterion"])["rating"].std()
    assert spread.mean() > 0.3


def test_customers_have_different_names(company):
    assert company.tables["customers"]["name"].is_unique


@pytest.mark.parametrize("customers", [60, 150])
def test_a_smaller_company_has_the_same_planted_facts(customers):
    tables, truth = sales(SampleSettings(seed=7, customers=customers))
    assert len(tables["customers"]) == customers
    assert (
        AREAS.assign(pd.DataFrame(truth["sales"]["account_position"]).T).segment.to_dict()
        == (truth["sales"]["account_class"])
    )


def test_a_company_too_small_for_its_planted_facts_is_refused():
    with pytest.raises(
        SrmkitError, match="'customers' are too few; found 20. Make a company with at least 60"
    ):
        make_company(SampleSettings(customers=20))
