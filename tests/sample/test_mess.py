"""A reader is held to every fault of the messy company."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.metrics import Period, account_metrics, item_metrics, supplier_metrics
from srmkit.sample import SampleSettings, make_company, messy, read_truth, write_messy
from srmkit.tables import read_dataset

LEVELS = (0, 1, 2, 3)
LAST_DAY = dt.date(2026, 6, 30)


@pytest.fixture(scope="module")
def exports(company, tmp_path_factory):
    """Truth and data by level."""
    found = {}
    for level in LEVELS:
        folder = write_messy(company, tmp_path_factory.mktemp(f"mess{level}"), level)
        data = read_dataset(folder, column_map=folder / "column_map.toml")
        found[level] = read_truth(folder)["mess"], data
    return found


@pytest.mark.parametrize("level", LEVELS)
def test_the_column_map_sets_aside_exactly_the_faulty_rows(exports, level):
    mess, data = exports[level]
    for name, table in data.health.tables.iterrows():
        planned = mess["set_aside"]["excluded"][name], mess["set_aside"]["refused"][name]
        assert (table["rows_excluded"], table["rows_refused"]) == planned, name


@pytest.mark.parametrize("level", [0, 1])
def test_what_is_read_back_is_the_clean_company(exports, company, data, level):
    _, found = exports[level]
    for name in company.tables:
        pd.testing.assert_frame_equal(found.frame(name), data.frame(name))


def test_files_in_windows_1252_are_noted(exports):
    mess, data = exports[2]
    written = {name for name, faults in mess["faults"].items() if "cp1252_files" in faults}
    assert written == {note.split(".csv")[0].removeprefix("export_") for note in data.health.notes}
    assert "customers" in written


def test_names_in_another_spelling_are_counted(exports, company):
    mess, data = exports[2]
    for table in ("suppliers", "customers"):
        clean = company.tables[table]["name"].tolist()
        changed = sum(a != b for a, b in zip(clean, data.frame(table)["name"], strict=True))
        assert changed == mess["faults"][table]["names_respelt"]
        assert 0.06 <= changed / len(clean) <= 0.13


def test_words_in_numbers_become_gaps(exports, company):
    mess, data = exports[3]
    gaps = data.frame("tickets")["hours"].isna().sum() - company.tables["tickets"]["hours"].isna().sum()
    assert gaps == mess["faults"]["tickets"]["words_in_hours"]
    assert 0.15 <= gaps / len(company.tables["tickets"]) <= 0.40


def test_lines_shipped_before_they_were_ordered_are_counted(exports):
    mess, data = exports[3]
    lines = data.frame("sales_order_lines")
    assert (
        lines["ship_date"].lt(lines["order_date"]).sum()
        == (mess["faults"]["sales_order_lines"]["shipped_before_ordered"])
    )


def test_a_higher_level_keeps_the_faults_of_the_lower_ones(exports):
    for lower, higher in ((0, 1), (1, 2), (2, 3)):
        for name, faults in exports[lower][0]["faults"].items():
            assert set(faults) <= set(exports[higher][0]["faults"][name])


def test_a_messy_company_can_be_made_directly():
    small = SampleSettings(customers=60)
    direct = make_company(small, mess=1)
    assert direct.truth == messy(make_company(small), 1).truth
    assert "Customer no." in direct.tables["customers"].columns


def test_mess_leaves_the_clean_company_alone(company):
    before = company.tables["sales_order_lines"].copy()
    messy(company, 3)
    assert company.tables["sales_order_lines"].equals(before)
    assert "mess" not in company.truth


def test_an_unknown_level_and_a_second_mess_are_refused():
    small = make_company(SampleSettings(customers=60), mess=1)
    with pytest.raises(SrmkitError) as error:
        messy(small, 4)
    assert str(error.value) == (
        "messy company: 2 problems\n"
        "  - the company is messy already; found level 1. Give a clean one.\n"
        "  - 'level' is unknown; found 4. Use 0, 1, 2 or 3."
    )


LOST_WITH_CUSTOMER_0 = [
    "revenue", "margin", "margin_rate", "profit", "profit_rate", "growth", "recency_days", "frequency",
    "share_of_wallet", "product_lines", "otif_to_customer", "order_value",
]  # fmt: skip


def every_metric(data):
    """Values of suppliers, items and accounts in the last year."""
    period = Period.ending(LAST_DAY, 12)
    made = {"supplier": supplier_metrics, "item": item_metrics, "account": account_metrics}
    return {level: make(data, period).values for level, make in made.items()}


@pytest.fixture(scope="module")
def clean(data):
    return every_metric(data)


@pytest.fixture(scope="module")
def repaired(exports):
    return {level: every_metric(exports[level][1]) for level in (1, 2, 3)}


@pytest.mark.parametrize("level", [1, 2])
def test_faults_of_levels_1_and_2_change_no_metric(clean, repaired, level):
    """Headers, writings of days, rows twice, totals, footers and spellings: the map repairs all of it, to the digit."""
    for name, values in clean.items():
        pd.testing.assert_frame_equal(repaired[level][name], values, check_exact=True)


def test_level_3_changes_no_metric_of_suppliers_and_items(clean, repaired):
    for name in ("supplier", "item"):
        pd.testing.assert_frame_equal(repaired[3][name], clean[name], check_exact=True)


def differing(one, other):
    """Accounts that differ, by metric."""
    same = one.eq(other) | (one.isna() & other.isna())
    return {name: set(one.index[~same[name]]) for name in one.columns if not same[name].all()}


def test_level_3_changes_account_metrics_only_where_facts_are_lost_for_good(clean, repaired, exports, data):
    """Nobody can say whose a line of customer 0 was, when a line left that was shipped before its order, or how many
    hours "see diary" means: those accounts differ in those metrics, and nobody in anything else."""
    before, after = data.frame("sales_order_lines"), exports[3][1].frame("sales_order_lines")
    both = before.merge(after, on=["order_id", "line_id"], how="left", suffixes=("", "_now"), indicator=True)
    lost = set(both.loc[both["_merge"].eq("left_only"), "customer_id"])
    moved = set(both.loc[both["ship_date"].ne(both["ship_date_now"]) & both["ship_date_now"].notna(), "customer_id"])
    tickets = data.frame("tickets").merge(exports[3][1].frame("tickets"), on="ticket_id", suffixes=("", "_now"))
    unnoted = set(tickets.loc[tickets["hours"].notna() & tickets["hours_now"].isna(), "party_id"])

    differs = differing(clean["account"], repaired[3]["account"])

    everybody = {"revenue_share"}  # its whole is smaller
    assert set(differs) <= {*LOST_WITH_CUSTOMER_0, *everybody, "tickets_hours"}
    assert differs.pop("tickets_hours") <= unnoted
    assert differs.pop("otif_to_customer") <= lost | moved
    for name in differs.keys() - everybody:
        assert differs[name] <= lost, name


def test_the_money_of_customer_0_is_accounted_for_to_the_cent(exports, data):
    money = exports[3][1].health.money.set_index(["table", "column"]).loc[("sales_order_lines", "revenue")]
    aside = exports[3][1].health.set_aside.query("table == 'sales_order_lines' and kind == 'excluded'")
    clean = sum(map(Decimal, map(str, data.frame("sales_order_lines")["revenue"].round(2))), Decimal(0))
    assert len(aside) > 1
    # the total row counts everything once more, doubled rows included; both are excluded or refused, and counted
    assert abs(money["read"] - money["used"] - money["excluded"] - money["refused"]) == 0
    assert money["used"] < clean < money["used"] + money["excluded"]
