"""The interview: few questions, never a superfluous one, and the answerer's own order at the end."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.weighting import Interview
from srmkit.weighting.interview import Preferred, Question

NAMES = ("price", "quality", "service", "terms")


def says(question: Question, weights: dict[str, float]) -> Preferred:
    first = weights[question.criterion] * question.reach
    second = weights[question.other] * question.other_reach
    return "equal" if abs(first - second) < 1e-12 else "first" if first > second else "second"


def held(talk: Interview, weights: dict[str, float], most: int = 60) -> Interview:
    while talk.question is not None:
        assert len(talk.answers) < most
        talk = talk.answered(says(talk.question, weights))
    return talk


@settings(deadline=None, max_examples=12)
@given(st.permutations([0.4, 0.3, 0.2, 0.1]))
def test_the_order_of_four_criteria_takes_at_most_six_questions(true: list[float]) -> None:
    weights = dict(zip(NAMES, true, strict=True))
    talk = held(Interview(NAMES), weights)
    assert talk.order == tuple(sorted(NAMES, key=lambda name: -weights[name]))
    assert 4 <= len(talk.answers) <= 6  # sorting four by pairs takes 5 in the worst case, and no pair is asked twice
    for name, (low, high) in talk.ranges.iterrows():
        assert low - 1e-9 <= talk.weights[str(name)] <= high + 1e-9


def made(seed: int) -> tuple[dict[str, float], pd.DataFrame]:
    """What somebody has in mind, and six candidates."""
    rng = np.random.default_rng(seed)
    weights = dict(zip(NAMES, rng.dirichlet(np.ones(4)), strict=True))
    return weights, pd.DataFrame(rng.uniform(0, 1, (6, 4)).round(2), columns=list(NAMES), index=list("ABCDEF"))


@settings(deadline=None, max_examples=6)
@given(st.integers(0, 2**16), st.sampled_from([2, None]))
def test_what_is_settled_is_the_answerers_own_and_no_question_is_superfluous(seed: int, top: int | None) -> None:
    weights, values = made(seed)
    talk = held(Interview(NAMES, candidates=values, top=top), weights)
    for name, (low, high) in talk.ranges.iterrows():
        assert low - 1e-7 <= weights[str(name)] <= high + 1e-7  # the answers never rule out who gave them
    for question, _ in talk.answers:
        assert 0.01 < question.chance < 0.99  # its answer was open
    if talk.settled:  # else tenths of the way are too coarse for what is left
        mine = (values @ pd.Series(weights))[list(talk.order)].to_numpy()
        steps = np.diff(mine) if top is None else mine[top:].max() - mine[:top].min()
        assert np.all(steps <= 1e-7)


def test_who_is_best_takes_fewer_questions_than_the_whole_order() -> None:
    """Over several people: one by one it may be the other way round."""
    best, everybody = 0, 0
    for seed in range(4):
        weights, values = made(seed)
        best += len(held(Interview(NAMES, candidates=values, top=2), weights).answers)
        everybody += len(held(Interview(NAMES, candidates=values), weights).answers)
    assert best < everybody


def test_a_dominated_candidate_needs_no_question() -> None:
    values = pd.DataFrame([[0.9, 0.8], [0.2, 0.1]], columns=["price", "quality"], index=["A", "B"])
    talk = Interview(("price", "quality"), candidates=values)
    assert talk.settled
    assert talk.order == ("A", "B")


def test_the_first_question_splits_the_weights_in_half() -> None:
    talk = Interview(("price", "quality"))
    assert talk.question is not None
    assert talk.question.chance == pytest.approx(0.5, abs=0.01)
    assert talk.question.text == (
        "All else equal, which would you rather have: first, price at its best with quality at its worst; "
        "or second, quality at its best with price at its worst?")
    told = talk.answered("first")
    assert told.settled
    assert told.weights.to_dict() == pytest.approx({"price": 0.75, "quality": 0.25})  # centroid of the half
    assert told.ranges.loc["price"].tolist() == pytest.approx([0.5, 1.0])
    same = talk.answered("equal")
    assert same.weights.to_dict() == pytest.approx({"price": 0.5, "quality": 0.5})
    assert told.undone().answers == ()


def test_the_same_seed_asks_the_same() -> None:
    one, other = Interview(NAMES, seed=3), Interview(NAMES, seed=3)
    assert one.question == other.question


def test_impossible_interviews_are_refused() -> None:
    with pytest.raises(SrmkitError, match="criteria must be two or more"):
        Interview(("a",))
    with pytest.raises(SrmkitError, match="'top' needs candidates"):
        Interview(("a", "b"), top=1)
    with pytest.raises(SrmkitError, match="the candidates lack criteria; found b"):
        Interview(("a", "b"), candidates=pd.DataFrame({"a": [1.0, 0]}))
    with pytest.raises(SrmkitError, match="2 problems"):
        Interview(("a", "b"), candidates=pd.DataFrame({"a": [1.0, np.nan], "b": [0.0, 2]}), top=5)
    with pytest.raises(SrmkitError, match="the answer must be first, second, equal; found 'yes'"):
        Interview(("a", "b")).answered("yes")  # type: ignore[arg-type]
    with pytest.raises(SrmkitError, match="the answer has no question"):
        Interview(("a", "b")).answered("first").answered("first")
