"""Two settings side by side: exactly those who stand elsewhere are named, with what was changed."""

from __future__ import annotations

import pandas as pd

from srmkit.decisions.changed_settings import changes_said
from srmkit.language import speaking
from srmkit.studies import params_of
from srmkit.widgets.compare import because_of, sentence, what_differs, who_moves
from srmkit.widgets.views import MOST_MOVERS, moves_html


def glance(*rows: tuple[str, str, bool, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["name", "segment", "selected", "certainty"])


def test_only_who_stands_elsewhere_moves_and_in_the_new_order() -> None:
    before = glance(("Alba", "gold", True, "firm"), ("Bern", "gold", True, "likely"), ("Cork", "silver", False, "firm"))
    after = glance(("Cork", "gold", True, "likely"), ("Alba", "gold", True, "likely"), ("Bern", "gold", False, "firm"))
    assert who_moves(before, after).to_dict("records") == [
        {"name": "Cork", "before": "not selected, silver", "after": "selected, gold",
         "certainty_before": "firm", "certainty_after": "likely"},
        {"name": "Bern", "before": "selected, gold", "after": "not selected, gold",
         "certainty_before": "likely", "certainty_after": "firm"},
    ]


def test_without_places_the_class_alone_counts() -> None:
    before = glance(("Alba", "gold", True, "firm")).drop(columns="selected")
    assert who_moves(before, before).empty
    moves = who_moves(before, before.assign(segment="silver"))
    assert moves[["before", "after"]].to_numpy().tolist() == [["gold", "silver"]]


def test_who_is_in_one_of_the_two_only_is_shown_with_a_gap() -> None:
    moves = who_moves(glance(("Alba", "gold", True, "firm")), glance(("Bern", "gold", True, "firm"))).set_index("name")
    assert list(moves.index) == ["Bern", "Alba"]
    assert pd.isna(moves.loc["Bern", "before"])
    assert pd.isna(moves.loc["Alba", "after"])


def test_the_settings_that_differ_are_named_with_both_values() -> None:
    kind = params_of("account_selection")
    assert what_differs(kind(theme="cabin"), kind(theme="cabin", capacity=12)) == "capacity 20 → 12 accounts"
    assert what_differs(kind(), kind()) == "nothing"


def test_settings_are_called_as_the_form_calls_them_and_their_values_as_it_shows_them() -> None:
    kind = params_of("account_selection")
    other = kind(strength_cut=55.0, data_doubt=False, as_of="2026-03-31", weights={"trust": 60.0, "growth": 2.5})
    assert set(changes_said(kind(weights={"growth": 2.5}), other)) == {
        "strength cut 50 → 55 points", "data doubt yes → no", "as of none → 2026-03-31", "weights none → trust 60"}
    with speaking("zh"):
        assert changes_said(kind(), kind(count_as_one="group")) == ["合并计算 企业 → 集团"]


def test_a_move_is_due_to_the_settings_that_lead_there_alone() -> None:
    places = {"Alba": "gold", "Bern": "silver", "Cork": "silver", "Dahl": "bronze"}

    def standing(**other: str) -> pd.DataFrame:
        return glance(*((name, other.get(name, place), True, "firm") for name, place in places.items()))

    moves = who_moves(standing(), standing(Alba="silver", Bern="gold", Cork="bronze", Dahl="silver"))
    alone = {"cut": standing(Alba="silver", Bern="gold", Cork="gold"), "weights": standing(Bern="gold", Dahl="gold")}
    because = because_of(moves, alone).set_index("name")["because"].to_dict()
    assert because == {"Alba": "cut", "Bern": "cut and weights", "Cork": "several together", "Dahl": "several together"}


def test_the_sentence_counts_the_movers() -> None:
    one = who_moves(glance(("Alba", "gold", True, "firm")), glance(("Alba", "gold", False, "firm")))
    assert sentence(one, "capacity 20 → 12") == "1 candidate moves; changed: capacity 20 → 12."
    assert sentence(one.iloc[:0], "nothing") == "0 candidates move; changed: nothing."


def test_movers_without_a_row_are_counted_and_no_workbook_is_named() -> None:
    before = glance(*((f"C{number}", "gold", True, "firm") for number in range(MOST_MOVERS + 2)))
    moves = who_moves(before, before.assign(segment="silver"))
    page = moves_html(moves, "")
    assert "2 more move.</p>" in page
    assert "workbook" not in page
    assert page.count('<th scope="row"') == MOST_MOVERS
    assert "more move" not in moves_html(moves.head(MOST_MOVERS), "")
