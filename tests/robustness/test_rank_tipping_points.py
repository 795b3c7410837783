"""How far a weight may move before the chosen few change."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.robustness import rank_tipping_points
from srmkit.scoring import Scores

NEAR = 1e-6


def test_two_candidates_swap_where_they_are_level(scored: Callable[..., Scores]) -> None:
    """.9 w + .3 (1 - w) = .5 w + .6 (1 - w) at w = 3/7."""
    scores = scored(pd.DataFrame({"a": [0.9, 0.5], "b": [0.3, 0.6]}, index=["Alba", "Dahl"]),
                    axes={"x": {"a": 60, "b": 40}})
    found = rank_tipping_points(scores, ["Alba"], 1)

    assert found.loc["a", ["low", "high", "room"]].tolist() == pytest.approx([3 / 7, 1, 0.6 - 3 / 7])
    assert found.loc["b", ["low", "high", "room"]].tolist() == pytest.approx([0, 4 / 7, 4 / 7 - 0.4])
    assert found.loc["a", ["leaves_below", "enters_below", "leaves_above", "enters_above"]].tolist() == [
        "Alba", "Dahl", None, None]
    assert found.loc["b", ["leaves_above", "enters_above"]].tolist() == ["Alba", "Dahl"]


def test_the_critical_criterion_of_triantaphyllou_and_sanchez(scored: Callable[..., Scores]) -> None:
    """Decision Sciences 28(1), 151-194 (1997): four options; the best one is lost by -.0903 on the fourth weight.

    They take d off a weight and divide all weights by their sum S, so the share is then (W - d) / (S - d).
    """
    stated = dict(zip("abcd", (0.3277, 0.3058, 0.2876, 0.0790), strict=True))
    table = pd.DataFrame(
        [[0.3088, 0.2897, 0.3867, 0.1922], [0.2163, 0.3458, 0.1755, 0.6288],
         [0.4509, 0.2473, 0.1194, 0.0575], [0.0240, 0.1172, 0.3184, 0.1215]],
        columns=list("abcd"), index=["A1", "A2", "A3", "A4"])
    found = rank_tipping_points(scored(table, axes={"x": stated}), ["A1"], 1)
    whole = sum(stated.values())

    for name, lost, to, end in (("a", -0.3794, "A3", "high"), ("b", -0.7024, "A2", "high"),
                                ("c", 0.1866, "A2", "low"), ("d", -0.0903, "A2", "high")):
        assert found.loc[name, end] == pytest.approx((stated[name] - lost) / (whole - lost), abs=1e-4)
        assert found.loc[name, f"enters_{'above' if end == 'high' else 'below'}"] == to
    assert found.index[0] == "d"


values = st.one_of(st.none(), st.integers(0, 10).map(lambda step: step / 10))


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(st.tuples(*[values] * 5), min_size=2, max_size=6),
    weights=st.tuples(*[st.integers(1, 9)] * 7), capacity=st.integers(1, 3),
)
def test_the_chosen_stay_inside_the_interval_and_change_just_beyond_it(
    scored: Callable[..., Scores], axes_when: Callable[..., dict[str, np.ndarray]],
    rows: list[tuple[float | None, ...]], weights: tuple[int, ...], capacity: int,
) -> None:
    table = pd.DataFrame(rows, columns=list("abcde"), dtype=float).fillna({"a": 0.5, "d": 0.5})
    a, b, c, d, e, x, y = weights
    scores = scored(table, axes={"x": {"a": a, "b": b, "c": c}, "y": {"d": d, "e": e}},
                    points={"x": x, "y": y}, missing="reweight")
    chosen = list(scores.eligible.sort_values(ascending=False, kind="stable").index[:capacity])
    inside = table.index.isin(chosen)
    found = rank_tipping_points(scores, chosen, capacity)

    def lead(name: str, share: float) -> float:
        """Points between the last chosen one and the first one left out."""
        if name in scores.axes:
            x_share = share if name == "x" else 1 - share
            total = x_share * scores.axes["x"].to_numpy() + (1 - x_share) * scores.axes["y"].to_numpy()
        else:
            level = axes_when(scores, name, share)
            total = (x * level["x"] + y * level["y"]) / (x + y)
        return total[inside].min() - total[~inside].max() if not inside.all() else np.inf

    assert set(found.index) == {*"abcdexy"}
    for name, row in found.iterrows():
        low, high = row["low"], row["high"]
        assert 0 <= low <= row["weight_now"] <= high <= 1
        for share in [*np.linspace(0.003, 0.997, 30), low + NEAR, high - NEAR]:
            if low + NEAR / 2 < share < high - NEAR / 2:
                assert lead(name, share) >= -1e-7
        for end, step, leaves in ((low, -NEAR, row["leaves_below"]), (high, NEAR, row["leaves_above"])):
            if leaves is not None and not pd.isna(leaves) and NEAR < end < 1 - NEAR:
                assert lead(name, end + step) < 0
        assert pd.isna(row["room"]) == (pd.isna(row["leaves_below"]) and pd.isna(row["leaves_above"]))


def test_whoever_leads_on_everything_stays_whatever_the_weights(scored: Callable[..., Scores]) -> None:
    table = pd.DataFrame({"a": [0.9, 0.5], "b": [0.7, 0.6]}, index=["Alba", "Dahl"])
    found = rank_tipping_points(scored(table, axes={"x": {"a": 1, "b": 1}}), ["Alba"], 1)
    assert found[["low", "high"]].to_numpy().tolist() == [[0, 1], [0, 1]]
    assert found["room"].isna().all()


def test_when_all_are_chosen_nobody_can_take_a_place(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    assert rank_tipping_points(scored(table), list(table.index), 9)["room"].isna().all()


def test_equals_at_the_line_leave_no_room(scored: Callable[..., Scores]) -> None:
    table = pd.DataFrame({"a": [0.8, 0.2], "b": [0.2, 0.8]}, index=["Alba", "Dahl"])
    found = rank_tipping_points(scored(table, axes={"x": {"a": 1, "b": 1}}), ["Alba"], 1)
    assert found["room"].tolist() == [0, 0]
    assert found.loc["a", ["low", "high"]].tolist() == [0.5, 1]


def test_who_fails_a_gate_threatens_nobody(scored: Callable[..., Scores]) -> None:
    table = pd.DataFrame({"a": [0.9, 0.5], "b": [0.3, 0.6], "willing": [1, 0]}, index=["Alba", "Dahl"])
    scores = scored(table, axes={"x": {"a": 60, "b": 40}}, gate="willing")
    assert rank_tipping_points(scores, ["Alba"], 1)["room"].isna().all()


def test_candidates_known_by_number_keep_it(scored: Callable[..., Scores]) -> None:
    table = pd.DataFrame({"a": [0.9, 0.5], "b": [0.3, 0.6]}, index=[4711, 4712])
    found = rank_tipping_points(scored(table, axes={"x": {"a": 60, "b": 40}}), [4711], 1)
    assert found.loc["a", ["leaves_below", "enters_below"]].tolist() == [4711, 4712]
    assert not isinstance(found.loc["a", "leaves_below"], float)


def test_the_least_room_comes_first(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    scores = scored(table)
    chosen = list(scores.rank[scores.rank <= 2].index)
    room = rank_tipping_points(scores, chosen, 2)["room"]
    assert room.dropna().is_monotonic_increasing
    assert room.notna().tolist() == sorted(room.notna(), reverse=True)


def test_a_choice_that_is_not_the_first_ones_is_refused(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    gated = scored(table.assign(willing=[0, 1, 1, 1]), gate="willing")
    with pytest.raises(SrmkitError) as told:
        rank_tipping_points(gated, ["Alloy", "Eyelet"], 1)
    assert str(told.value).splitlines() == [
        "rank tipping points: 3 problems",
        "  - selected must be 1 at most, the capacity; found 2.",
        "  - 'Eyelet' is not among the candidates. Take the names from the scores.",
        "  - 'Alloy' has no rank. A gate or a missing axis keeps it out of any selection.",
    ]
    with pytest.raises(SrmkitError) as told:
        rank_tipping_points(scored(table), ["Drill"], 1)
    assert str(told.value).splitlines() == [
        "rank tipping points: 1 problem",
        "  - 'Drill' is behind 'Alloy', who is not selected; found 29.50 and 69.50 points. "
        "Name the first ones by total.",
    ]
