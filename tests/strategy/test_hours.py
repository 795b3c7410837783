"""Hours the classes ask for, against the hours there are."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.strategy import hours_plan, read_cards

CARDS = read_cards("suppliers")  # 240, 80, 60 and 4 hours


@pytest.fixture
def segments():
    return pd.Series(
        ["strategic", "strategic", "leverage", "non-critical", "unclassified", None],
        index=["Alba", "Dahl", "Eck", "Fink", "Gold", "Hahn"],
    )


def test_hours_are_members_times_the_hours_of_their_card(segments):
    plan = hours_plan(segments, CARDS, available=500)
    assert plan.table["members"].tolist() == [2, 0, 1, 1]
    assert plan.table["hours"].tolist() == [480, 0, 60, 4]
    assert plan.needed == 544
    assert plan.gap == 44
    assert plan.utilisation == pytest.approx(1.088)
    assert plan.table["share"].sum() == pytest.approx(1)


def test_members_without_a_class_are_named_and_not_counted(segments):
    plan = hours_plan(segments, CARDS, available=500)
    assert plan.unclassified == ("Gold", "Hahn")
    assert plan.table["members"].sum() + len(plan.unclassified) == len(segments)
    assert plan.sentence() == (
        "544 hours a year are needed and 500 available (109 %): 44 are lacking. "
        "Not counted, because without a class: Gold, Hahn."
    )


def test_hours_left_over_are_said_too(segments):
    plan = hours_plan(segments.head(4), CARDS, available=600)
    assert plan.sentence() == "544 hours a year are needed and 600 available (91 %): 56 are left over."


def test_just_enough_is_neither_lacking_nor_left_over(segments):
    plan = hours_plan(segments.head(4), CARDS, available=544)
    assert plan.sentence() == "544 hours a year are needed and 544 available (100 %)."


def test_without_any_hours_the_plan_still_says_what_is_lacking(segments):
    plan = hours_plan(segments.head(1), CARDS, available=0)
    assert math.isinf(plan.utilisation)
    assert plan.sentence() == "240 hours a year are needed and 0 available: 240 are lacking."


def test_a_plan_of_nobody_needs_nothing():
    plan = hours_plan(pd.Series([], dtype=object), CARDS, available=0)
    assert (plan.needed, plan.utilisation) == (0, 0)
    assert plan.table["share"].isna().all()


def test_classes_without_a_card_and_hours_that_are_none_are_told_at_once(segments):
    with pytest.raises(SrmkitError) as error:
        hours_plan(segments.replace("leverage", "partner"), CARDS, available=-5)
    assert "available must be 0 or more hours a year; found -5." in str(error.value)
    assert "class 'partner' has no card in 'suppliers'; found Eck. Classes with a card" in str(error.value)


@given(st.lists(st.sampled_from([*CARDS.names, "unclassified", None]), max_size=30), st.floats(0, 1e6))
def test_nobody_gets_lost_and_the_gap_is_the_difference(classes, available):
    plan = hours_plan(pd.Series(classes, dtype=object), CARDS, available=available)
    assert plan.table["members"].sum() + len(plan.unclassified) == len(classes)
    assert plan.gap == pytest.approx(plan.needed - available)
