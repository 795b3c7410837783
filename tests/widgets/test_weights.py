"""Weights to drag: ratios are kept, what is locked stays, and the parts always make a whole."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmkit.scoring import Criterion, Group, Linear, Scorecard
from srmkit.widgets.weights import WeightPanel, moved

NAMES = tuple("abcde")
SHARES = st.lists(st.floats(0.01, 1), min_size=2, max_size=5).map(
    lambda parts: {name: part / sum(parts) for name, part in zip(NAMES, parts, strict=False)}
)


@given(SHARES, st.floats(0, 1), st.sets(st.sampled_from(NAMES)))
def test_shares_stay_a_whole_and_locked_ones_stay(shares: dict[str, float], to: float, locked: set[str]) -> None:
    after = moved(shares, "a", to, locked)
    assert sum(after.values()) == pytest.approx(1)
    assert all(share >= -1e-12 for share in after.values())
    assert all(after[name] == pytest.approx(shares[name]) for name in locked & set(shares) - {"a"})


@given(SHARES, st.floats(0, 0.99))
def test_the_others_keep_their_ratios(shares: dict[str, float], to: float) -> None:
    after = moved(shares, "a", to)
    factor = (1 - to) / (1 - shares["a"])
    assert after["a"] == pytest.approx(to)
    assert all(after[name] == pytest.approx(factor * shares[name], abs=1e-9) for name in shares if name != "a")


def test_the_moved_one_takes_no_more_than_the_locked_ones_leave() -> None:
    assert moved({"a": 0.2, "b": 0.5, "c": 0.3}, "a", 0.9, locked=["b"]) == {"a": 0.5, "b": 0.5, "c": 0.0}


def test_with_all_others_locked_nothing_moves() -> None:
    shares = {"a": 0.2, "b": 0.5, "c": 0.3}
    assert moved(shares, "a", 0.9, locked=["b", "c"]) == shares


def test_from_nothing_the_free_ones_share_alike() -> None:
    assert moved({"a": 1.0, "b": 0.0, "c": 0.0}, "a", 0.4) == {"a": 0.4, "b": 0.3, "c": 0.3}


@given(SHARES, st.floats(0.01, 0.99))
def test_from_nothing_they_come_back_in_the_ratios_that_they_had(shares: dict[str, float], to: float) -> None:
    all_of_it = moved(shares, "a", 1.0)
    assert all_of_it["a"] == 1
    back = moved(all_of_it, "a", to, before=shares)
    rest = 1 - shares["a"]
    assert all(back[name] == pytest.approx((1 - to) * shares[name] / rest, abs=1e-9) for name in shares if name != "a")


def scorecard() -> Scorecard:
    ends = Linear(worst=0, best=10)
    return Scorecard("suppliers", axes=(
        Group("risk", 30, (Criterion("late", 60, ends), Criterion("rejected", 40, ends))),
        Group("value", 70, (Criterion("spend", 1, ends),)),
    ))


def test_a_panel_has_a_slider_where_there_is_something_to_weigh_against() -> None:
    sliders = WeightPanel(scorecard(), print, axes=True).sliders
    assert set(sliders) == {"risk", "value", "late", "rejected"}  # and none for the only criterion of its axis
    assert [slider.value for slider in sliders.values()] == pytest.approx([30, 70, 60, 40])
    assert set(WeightPanel(scorecard(), print, axes=False).sliders) == {"late", "rejected"}


def test_a_dragged_slider_tells_the_points_of_its_group_alone() -> None:
    told: list[dict[str, float]] = []
    panel = WeightPanel(scorecard(), told.append, axes=True)
    panel.sliders["late"].value = 75
    assert told == [{"late": 75, "rejected": 25}]


@pytest.mark.parametrize("locked", [0, 20])
def test_a_weight_taken_to_all_there_is_and_back_leaves_the_others_their_ratios(locked: float) -> None:
    ends = Linear(worst=0, best=10)
    points = {"late": 50, "rejected": 30, "slow": 20, "locked": locked}
    parts = tuple(Criterion(name, most, ends) for name, most in points.items() if most)
    told: list[dict[str, float]] = []
    panel = WeightPanel(Scorecard("suppliers", axes=(Group("risk", 1, parts),)), told.append, axes=False)
    if locked:
        panel.locks["locked"].value = True
    panel.sliders["late"].value = 100
    panel.sliders["late"].value = 40
    gone, back = told
    assert gone["rejected"] == gone["slow"] == 0
    assert back["late"] == 40
    assert back["rejected"] == pytest.approx(1.5 * back["slow"], abs=0.001)


def test_a_slider_that_locked_ones_leave_no_room_goes_back_and_tells_nothing() -> None:
    told: list[dict[str, float]] = []
    panel = WeightPanel(scorecard(), told.append, axes=True)
    panel.locks["rejected"].value = True
    panel.sliders["late"].value = 90
    assert panel.sliders["late"].value == pytest.approx(60)
    assert told == []


def test_showing_a_scorecard_moves_the_sliders_and_tells_nothing() -> None:
    told: list[dict[str, float]] = []
    panel = WeightPanel(scorecard(), told.append, axes=True)
    panel.show(scorecard().reweighted(late=1, rejected=3))
    assert pd.Series({name: slider.value for name, slider in panel.sliders.items()}).round(9).to_dict() == {
        "risk": 30, "value": 70, "late": 25, "rejected": 75,
    }
    assert told == []
