"""Who gets a place, and what everyone else is told."""

from __future__ import annotations

import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.scoring import Criterion, Group, Linear, Scorecard, Steps
from srmkit.strategy import select, select_by_hours


@pytest.fixture
def two_places(scores, customers):
    return select(scores, capacity=2, volume=customers["revenue"])


def test_the_best_get_the_places(two_places):
    assert list(two_places.selected) == ["Alba", "Dahl"]
    assert list(two_places.table.index) == ["Alba", "Dahl", "Eck", "Fink", "Hahn", "Gold"]


def test_everyone_gets_a_reason_in_words(two_places):
    assert two_places.table["reason"].to_dict() == {
        "Alba": "rank 1 of 2 places",
        "Dahl": "rank 2 of 2 places",
        "Eck": "rank 3, 2.0 points behind the last place",
        "Fink": "rank 4, 4.0 points behind the last place",
        "Hahn": "rank 5, 32.0 points behind the last place",
        "Gold": "gated: customer unwilling",
    }


def test_whom_a_gate_refuses_is_shown_without_a_rank_whatever_the_score(two_places):
    gold = two_places.table.loc["Gold"]
    assert pd.isna(gold["rank"])
    assert not gold["selected"]
    assert gold["total"] == pytest.approx(100)
    assert two_places.why_not.loc["Gold", "needed"] == "willing must be 1, found 0; its points would do"


def test_a_refused_customer_short_of_points_is_told_both(scorecard, customers):
    customers = customers.assign(willing=[1.0, 1, 1, 1, 1, 0])
    needed = select(scorecard.score(customers), capacity=3).why_not.loc["Hahn", "needed"]
    # Gold 100, Alba 74, Dahl 52: 32 points are lacking, margin could give 48
    assert needed == (
        "willing must be 1, found 0; 32.0 points more, for example margin: 74 instead of 20 points"
    )


def test_why_not_names_what_costs_most_and_what_would_close_the_gap(two_places):
    eck = two_places.why_not.loc["Eck"]
    assert eck["gap"] == pytest.approx(2)
    assert eck["loses_most_on"] == "margin: 30.0 of 60.0; growth: 20.0 of 40.0"
    # 2 points at a weight of 60 are 3 1/3 points of margin, and all margins here are whole
    assert eck["needed"] == "2.0 points more, for example margin: 54 instead of 50 points"


def test_why_not_goes_by_rank_and_leaves_the_selected_out(two_places):
    assert list(two_places.why_not.index) == ["Eck", "Fink", "Hahn", "Gold"]


def test_the_figure_named_is_enough_to_draw_level(scorecard, customers, scores):
    customers = customers.copy()
    customers.loc["Eck", "margin"] = 54
    assert list(select(scorecard.score(customers), capacity=2).selected) == ["Alba", "Eck"]


def test_a_figure_that_comes_in_fractions_is_named_with_three_digits(scorecard, customers):
    needed = select(scorecard.score(customers.replace(90, 90.5)), capacity=2).why_not.loc["Eck", "needed"]
    assert needed == "2.0 points more, for example margin: 53.4 instead of 50 points"


def test_where_no_criterion_closes_the_gap_alone_it_says_so(scorecard):
    table = pd.DataFrame({"margin": [100.0, 50], "growth": [100.0, 30], "willing": 1.0}, index=list("AD"))
    needed = select(scorecard.score(table), capacity=1).why_not.loc["D", "needed"]
    # 58 points are lacking; margin can give 30 and growth 28
    assert needed == "58.0 points more: no criterion alone, the costliest together give 58.0"


def test_less_is_asked_where_less_is_better_and_steps_are_told_by_their_worth():
    late = Criterion("days_late", 50, Linear(worst=40, best=0), unit="days")
    support = Criterion("support", 50, Steps({"none": 0.0, "some": 0.5, "full": 1.0}))
    card = Scorecard("customers", axes=(Group("care", 1, (late, support)),))
    table = pd.DataFrame({"days_late": [0.0, 20, 0], "support": ["full", "full", "none"]}, index=list("ABC"))
    needed = select(card.score(table), capacity=1).why_not["needed"]
    assert needed["B"] == "25.0 points more, for example days late: 0 instead of 20 days"
    assert needed["C"] == "50.0 points more, for example support: worth 100 of 100 instead of 0"


def test_a_customer_without_a_score_is_told_which_figures_are_missing(scorecard, customers):
    customers = customers.copy()
    customers.loc["Alba", ["margin", "growth"]] = None
    chosen = select(scorecard.score(customers, missing="reweight"), capacity=2)
    assert chosen.table.loc["Alba", "reason"] == "no score"
    assert chosen.why_not.loc["Alba", "needed"] == "figures for margin, growth"


def test_a_close_call_names_the_criterion_that_decides(two_places):
    pair = two_places.borderline.iloc[0]
    assert len(two_places.borderline) == 1
    assert (pair["selected"], pair["not_selected"]) == ("Dahl", "Eck")
    assert pair["difference"] == pytest.approx(2)
    # margin 48 against 30 points, growth 4 against 20
    assert (pair["decided_by"], pair["speaks_against"]) == ("margin", "growth")
    assert (pair["lead"], pair["behind"]) == (pytest.approx(18), pytest.approx(16))


def test_close_calls_end_where_the_margin_ends(scores):
    assert select(scores, capacity=2, borderline_within=1.9).borderline.empty
    pairs = select(scores, capacity=2, borderline_within=4).borderline
    assert list(pairs["not_selected"]) == ["Eck", "Fink"]


def test_what_is_bought_back_is_shown_with_what_pays_for_it(two_places):
    row = two_places.compensation.iloc[0]
    assert len(two_places.compensation) == 1
    assert (row["candidate"], row["label"], row["value"]) == ("Dahl", "Growth", pytest.approx(10))
    assert row["lost"] == pytest.approx(36)
    assert row["paid_by"] == "margin: 48.0 of 60.0"


def test_a_criterion_on_the_bar_is_not_below_it(scores):
    assert select(scores, capacity=2, compensation_bar=10).compensation.empty


def test_the_list_by_volume_takes_the_largest_even_where_a_gate_refuses_them(two_places):
    changes = two_places.against_volume["change"].to_dict()
    assert changes == {"Dahl": "enters", "Gold": "leaves", "Alba": "stays"}
    assert two_places.table.loc["Gold", "rank_by_volume"] == 1
    assert two_places.sentence() == (
        "2 of 5 eligible candidates are selected: the 2 best by score. "
        "Against a list by volume alone, 1 enter and 1 leave."
    )


def test_without_volumes_there_is_no_list_to_compare_with(scores):
    chosen = select(scores, capacity=2)
    assert chosen.against_volume.empty
    assert chosen.table["selected_by_volume"].isna().all()
    assert chosen.sentence() == "2 of 5 eligible candidates are selected: the 2 best by score."


def test_equals_at_the_last_place_go_by_volume_then_by_id(scorecard):
    table = pd.DataFrame({"margin": [90.0, 50, 50, 50], "growth": 50.0, "willing": 1.0}, index=list("ZYXW"))
    scores = scorecard.score(table)
    by_volume = select(scores, capacity=2, volume=pd.Series({"Z": 1.0, "Y": 7, "X": 9, "W": 7}))
    assert list(by_volume.table.index) == ["Z", "X", "W", "Y"]
    assert list(by_volume.table["tied_on_cut"]) == [False, True, True, True]
    reason = by_volume.table.loc["Y", "reason"]
    assert reason == "rank 2, level with the last place, which goes by volume, then id"
    assert by_volume.notes == (
        "Level on the cut: X, W, Y. For equal points: the higher volume goes first, then the id.",
    )
    assert list(by_volume.borderline["decided_by"]) == ["volume, then id"] * 2
    assert list(select(scores, capacity=2).selected) == ["Z", "W"]


def test_equals_that_all_get_a_place_are_no_tie_on_the_cut(scorecard):
    table = pd.DataFrame({"margin": [90.0, 90, 50], "growth": 50.0, "willing": 1.0}, index=list("ZYX"))
    assert not select(scorecard.score(table), capacity=2).table["tied_on_cut"].any()


def test_a_thousand_equals_do_not_flood_the_close_calls(scorecard):
    table = pd.DataFrame({"margin": 50.0, "growth": 50.0, "willing": 1.0}, index=range(1000))
    assert len(select(scorecard.score(table), capacity=500).borderline) == 100


def test_places_that_nobody_may_take_stay_free_and_a_note_says_so(scores):
    chosen = select(scores, capacity=6)
    assert len(chosen.selected) == 5
    assert chosen.notes == ("1 of 6 places stay free: nobody else has a score and passes the gates.",)


def test_nobody_is_selected_where_a_gate_refuses_everyone(scorecard, customers):
    chosen = select(scorecard.score(customers.assign(willing=0.0)), capacity=2, volume=customers["revenue"])
    assert chosen.selected.empty
    assert (chosen.why_not["needed"] == "willing must be 1, found 0").all()
    assert chosen.borderline.empty
    assert chosen.compensation.empty


def test_hours_go_by_rank_and_whoever_does_not_fit_is_passed_over(scores, customers):
    chosen = select_by_hours(scores, customers["hours"], available=150, volume=customers["revenue"])
    assert chosen.table["reason"].to_dict() == {
        "Alba": "rank 1, takes 100 of 150 hours left",
        "Dahl": "rank 2, passed over: needs 80 hours, 50 left",
        "Eck": "rank 3, takes 40 of 50 hours left",
        "Fink": "rank 4, passed over: needs 30 hours, 10 left",
        "Hahn": "rank 5, takes 5 of 10 hours left",
        "Gold": "gated: customer unwilling",
    }
    assert chosen.hours_used == 145
    assert chosen.why_not.loc["Dahl", "needed"] == "30 hours more than were left at its turn"
    assert chosen.notes == ("Passed over because their hours did not fit: Dahl, Fink.",)
    # by revenue: Gold 10, Alba 100, Eck 40 fill the 150 hours
    assert list(chosen.table.index[chosen.table["selected_by_volume"]]) == ["Alba", "Eck", "Gold"]


def test_only_candidates_with_a_rank_need_hours(scores, customers):
    assert len(select_by_hours(scores, customers["hours"].drop("Gold"), available=150).selected) == 3


def test_hours_that_add_up_to_those_available_all_fit(scorecard):
    table = pd.DataFrame({"margin": 50.0, "growth": 50.0, "willing": 1.0}, index=range(3))
    chosen = select_by_hours(scorecard.score(table), pd.Series(0.1, index=range(3)), available=0.3)
    assert len(chosen.selected) == 3


@pytest.mark.parametrize(
    ("capacity", "words"),
    [
        (0, "capacity must be at least 1; found 0. Name how many you can serve."),
        (7, "capacity is larger than the number of candidates; found 7 places for 6."),
        (2.5, "capacity must be a whole number; found 2.5."),
        (True, "capacity must be a whole number; found True."),
    ],
)
def test_a_capacity_that_selects_nothing_is_refused(scores, capacity, words):
    with pytest.raises(SrmkitError) as error:
        select(scores, capacity=capacity)
    assert words in str(error.value)


def test_everything_wrong_with_a_selection_is_said_at_once(scores, customers):
    with pytest.raises(SrmkitError) as error:
        select(scores, capacity=0, volume=customers["revenue"].drop("Eck"), borderline_within=-1,
               compensation_bar=101)
    assert len(error.value.problems) == 4
    assert "volume is missing or no number for some candidates; found Eck. Complete it:" in str(error.value)
    assert "borderline_within must be 0 or more points; found -1." in str(error.value)
    assert "compensation_bar must lie between 0 and 100; found 101." in str(error.value)


def test_two_volumes_of_one_candidate_are_refused(scores, customers):
    volume = pd.concat([customers["revenue"], pd.Series({"Eck": 1.0})])
    with pytest.raises(SrmkitError, match="volume stands more than once for a candidate; found Eck"):
        select(scores, capacity=2, volume=volume)


def test_hours_must_be_known_and_no_less_than_none(scores, customers):
    hours = customers["hours"].replace({100: -1, 40: None})
    with pytest.raises(SrmkitError) as error:
        select_by_hours(scores, hours, available=0)
    assert "hours is missing or no number for some candidates; found Eck." in str(error.value)
    assert "hours must be finite and 0 or more; found Alba." in str(error.value)
    assert "available must be more than 0 hours; found 0." in str(error.value)
