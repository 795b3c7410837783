"""How far each weight may go before the first rank, the first few, the order or the classes change."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.robustness import rank_tipping_points, stability_intervals, tipping_points
from srmkit.scoring import Scores
from srmkit.scoring.ranks import rank
from srmkit.segmentation import kraljic

NEAR = 1e-6


def test_three_candidates_by_hand(scored: Callable[..., Scores]) -> None:
    """At w: A .9 w + .3 (1 - w), B .5 w + .6 (1 - w), C .2. A = B at 3/7; nobody else meets before an end."""
    table = pd.DataFrame({"a": [0.9, 0.5, 0.2], "b": [0.3, 0.6, 0.2]}, index=["A", "B", "C"])
    found = stability_intervals(scored(table, axes={"x": {"a": 60, "b": 40}}), top=2).set_index(["criterion", "holds"])

    for holds in ("first rank", "whole order"):
        assert found.loc[("a", holds), ["low", "high", "room"]].tolist() == pytest.approx([3 / 7, 1, 0.6 - 3 / 7])
        assert found.loc[("b", holds), ["low", "high", "room"]].tolist() == pytest.approx([0, 4 / 7, 4 / 7 - 0.4])
    assert found.loc[("a", "first 2"), ["low", "high"]].tolist() == [0, 1]
    assert pd.isna(found.loc[("a", "first 2"), "room"])


def test_equals_share_the_first_rank_until_any_change_parts_them(scored: Callable[..., Scores]) -> None:
    table = pd.DataFrame({"a": [0.8, 0.2, 0.1], "b": [0.2, 0.8, 0.1]}, index=["A", "B", "C"])
    found = stability_intervals(scored(table, axes={"x": {"a": 1, "b": 1}}), top=2).set_index(["criterion", "holds"])
    for holds in ("whole order", "first rank"):
        assert found.loc[("a", holds), ["low", "high", "room"]].tolist() == [0.5, 0.5, 0]
    assert found.loc[("a", "first 2"), ["low", "high"]].tolist() == [0, 1]  # C gets past neither


def test_who_is_alike_on_everything_stays_equal(scored: Callable[..., Scores]) -> None:
    table = pd.DataFrame({"a": [0.8, 0.8, 0.9], "b": [0.4, 0.4, 0.1]}, index=["A", "B", "C"])
    found = stability_intervals(scored(table, axes={"x": {"a": 1, "b": 1}})).set_index(["criterion", "holds"])
    assert found.loc[("a", "first rank"), ["low", "high"]].tolist() == pytest.approx([0, 0.75])  # C from 3/4 on


def test_the_ends_of_the_first_few_are_those_that_name_who_swaps(scored: Callable[..., Scores]) -> None:
    rng = np.random.default_rng(7)
    table = pd.DataFrame(rng.random((60, 5)), columns=list("abcde"))
    scores = scored(table, axes={"x": {"a": 3, "b": 2, "c": 1}, "y": {"d": 1, "e": 1}}, points={"x": 2, "y": 1})
    found = stability_intervals(scores, top=8)
    for holds, top in (("first rank", 1), ("first 8", 8)):
        named = rank_tipping_points(scores, list(scores.rank[scores.rank <= top].index), top)
        mine = found[found["holds"] == holds].set_index("criterion").loc[named.index]
        for column in ("weight_now", "low", "high", "room"):
            assert np.allclose(mine[column], named[column], equal_nan=True)


def test_classes_hold_until_the_nearest_flip(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    scores = scored(table)
    found = stability_intervals(scores, matrix=kraljic())
    mine = found[found["holds"] == "every class"].set_index("criterion")
    flips = tipping_points(scores, kraljic())
    assert mine["room"].min() == pytest.approx(flips["change"].abs().min())
    assert pd.isna(mine.loc["supply_risk", "room"])  # the weight of an axis moves no class


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(*[st.one_of(st.none(), st.sampled_from([0.2, 0.5, 0.8]))] * 3), min_size=3, max_size=6),
       top=st.integers(1, 4), gaps=st.booleans())
def test_equals_across_the_line_have_the_room_that_every_choice_among_them_has(
    scored: Callable[..., Scores], rows: list[tuple[float | None, ...]], top: int, gaps: bool
) -> None:
    """Any `top` of those with a rank up to it may be chosen, and each choice has its own ends."""
    table = pd.DataFrame(rows, columns=list("abc"), dtype=float).fillna({"a": 0.5})
    scores = scored(table if gaps else table.fillna(0.2), axes={"x": {"a": 1, "b": 1, "c": 2}}, missing="reweight")
    inside, ahead = scores.rank <= top, scores.rank < scores.rank[scores.rank <= top].max()
    equals, certain = table.index[inside & ~ahead], list(table.index[ahead])
    choices = [[*certain, *some] for some in combinations(equals, min(top, len(table)) - len(certain))]
    ends = [rank_tipping_points(scores, choice, top) for choice in choices]
    found = stability_intervals(scores, top=top)
    mine = found[found["holds"] == (f"first {top}" if top > 1 else "first rank")].set_index("criterion")
    for name in mine.index:
        assert mine.loc[name, "low"] == pytest.approx(max(end.loc[name, "low"] for end in ends), abs=1e-6)
        assert mine.loc[name, "high"] == pytest.approx(min(end.loc[name, "high"] for end in ends), abs=1e-6)


steps = st.integers(0, 10).map(lambda step: step / 10)


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.tuples(*[st.one_of(st.none(), steps)] * 5), min_size=2, max_size=6),
       weights=st.tuples(*[st.integers(1, 9)] * 7), top=st.integers(1, 3), gaps=st.booleans())
def test_answers_hold_inside_their_interval_and_end_just_beyond_it(
    scored: Callable[..., Scores], axes_when: Callable[..., dict[str, np.ndarray]],
    rows: list[tuple[float | None, ...]], weights: tuple[int, ...], top: int, gaps: bool,
) -> None:
    table = pd.DataFrame(rows, columns=list("abcde"), dtype=float).fillna({"a": 0.5, "d": 0.5})
    table = table if gaps else table.fillna(0.3)
    a, b, c, d, e, x, y = weights
    scores = scored(table, axes={"x": {"a": a, "b": b, "c": c}, "y": {"d": d, "e": e}},
                    points={"x": x, "y": y}, missing="reweight")
    now = scores.rank.to_numpy(dtype=int)

    def total(name: str, share: float) -> np.ndarray:
        if name in scores.axes:
            x_share = share if name == "x" else 1 - share
            return x_share * scores.axes["x"].to_numpy() + (1 - x_share) * scores.axes["y"].to_numpy()
        level = axes_when(scores, name, share)
        return (x * level["x"] + y * level["y"]) / (x + y)

    def holds(what: str, name: str, share: float) -> bool:
        then = total(name, share)
        if what == "whole order":
            ranks = rank(pd.Series(then)).to_numpy(dtype=int)
            if not (ranks[:, None] - ranks[None, :])[now[:, None] == now[None, :]].any():
                return bool(((np.sign(now[:, None] - now) * (then[:, None] - then)) <= 1e-7).all())
            return False
        inside = now <= (1 if what == "first rank" else top)
        if inside.sum() > (1 if what == "first rank" else top):  # equals across the line
            equals = now == now[inside].max()
            parts = [then[now < now[equals][0]], then[equals], then[equals], then[~inside]]
            return all(not len(one) or not len(other) or one.min() >= other.max() - 1e-7
                       for one, other in zip(parts, parts[1:], strict=False))
        return bool(inside.all() or then[inside].min() >= then[~inside].max() - 1e-7)

    def broken(what: str, name: str, share: float) -> bool:
        then = total(name, share)
        if what == "whole order":
            behind = (now[:, None] < now) & (then[:, None] < then)
            parted = (now[:, None] == now) & (np.abs(then[:, None] - then) > 0)
            return bool((behind | parted).any())
        limit = 1 if what == "first rank" else top
        then_inside = rank(pd.Series(then)).to_numpy(dtype=int) <= limit
        return bool((then_inside != (now <= limit)).any())

    for row in stability_intervals(scores, top=top).to_dict("records"):
        low, high, name, what = row["low"], row["high"], row["criterion"], row["holds"]
        assert 0 <= low <= row["weight_now"] + 1e-12
        assert row["weight_now"] - 1e-12 <= high <= 1
        for share in [*np.linspace(0.003, 0.997, 20), low + NEAR, high - NEAR]:
            if low + NEAR / 2 < share < high - NEAR / 2:
                assert holds(what, name, share)
        for end, step in ((low, -NEAR), (high, NEAR)):
            if NEAR < end < 1 - NEAR:
                assert broken(what, name, end + step)


def test_what_cannot_be_asked_is_named(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    with pytest.raises(SrmkitError) as told:
        stability_intervals(scored(table.assign(willing=0), gate="willing"), top=0)
    assert str(told.value).splitlines() == [
        "stability intervals: 2 problems",
        "  - the scores have no candidate with a rank. Look at the gates that each one fails.",
        "  - top must be 1 or more; found 0. Give the number you can serve.",
    ]
