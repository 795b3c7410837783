"""The cheapest path up: hand-worked cases, and that no other change is cheaper."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.bands import Bands
from srmkit.errors import SrmkitError
from srmkit.scoring import (
    Criterion,
    Exponential,
    Gate,
    Goal,
    Group,
    Linear,
    Logarithmic,
    PathUp,
    PiecewiseLinear,
    RelativeMinMax,
    Scorecard,
    Scores,
    Steps,
    Target,
    path_up,
)

quick = settings(max_examples=25, deadline=None)


def one_axis(*criteria: Criterion, gates: tuple[Gate, ...] = ()) -> Scorecard:
    return Scorecard("card", axes=(Group("axis", 1, criteria),), gates=gates)


def alone(card: Scorecard, **figures: object) -> Scores:
    return card.score(pd.DataFrame(figures, index=["A"]))


def moved(path: PathUp) -> dict[str, object]:
    return dict(zip(path.changes["criterion"], path.changes["to"], strict=True))


@pytest.fixture
def price_and_time() -> Scorecard:
    return one_axis(Criterion("price", 40, Linear(worst=200, best=100)), Criterion("time", 60, Linear(0, 1)))


def test_the_criterion_with_the_larger_weight_is_the_cheapest(price_and_time):
    """40 x .5 + 60 x .5 = 50; 15 more points are 15/60 of the second scale or 15/40 of the first."""
    path = alone(price_and_time, price=150.0, time=0.5).path_up("A", points=65)
    assert moved(path) == {"time": pytest.approx(0.75, abs=1e-6)}
    assert path.cost == pytest.approx(0.25, abs=1e-6)
    assert path.changes.loc[0, "gain"] == pytest.approx(15, abs=1e-5)
    assert path.sentence == "The cheapest path to 65 points: time from 0.5 to 0.75 (25 % of a scale in all)."


def test_where_one_is_used_up_the_next_follows(price_and_time):
    """From 50 to 90: time gives 30 of the 40 points, price must give 10 of its 40: a quarter of 100."""
    path = alone(price_and_time, price=150.0, time=0.5).path_up("A", points=90)
    assert moved(path) == {"time": 1.0, "price": pytest.approx(125, abs=1e-4)}
    assert path.cost == pytest.approx(0.75, abs=1e-6)


def test_limits_and_costs_turn_the_choice(price_and_time):
    """At 1 a unit of price (0.4 points) and 100 a unit of time (60 points), a point costs 2.5 or 1.667."""
    scores = alone(price_and_time, price=150.0, time=0.5)
    path = scores.path_up("A", points=65, limits={"time": (0.0, 0.6)}, costs={"price": 1, "time": 100})
    assert moved(path) == {"time": 0.6, "price": pytest.approx(150 - 9 / 0.4, abs=1e-4)}
    assert path.cost == pytest.approx(10 + 22.5, abs=1e-4)
    assert path.sentence.endswith("(at a cost of 32.5).")
    dear = scores.path_up("A", points=65, costs={"price": 1, "time": 200})
    assert moved(dear) == {"price": pytest.approx(112.5, abs=1e-4)}
    assert moved(scores.path_up("A", points=65, fixed=["time"])) == {"price": pytest.approx(112.5, abs=1e-4)}
    assert moved(scores.path_up("A", points=65, costs={"price": 1})) == {"price": pytest.approx(112.5, abs=1e-4)}


def test_a_concave_piecewise_scale_is_a_linear_programme():
    """a: first 2 units worth .5 (25 points), next 8 the other .5; b: 10 units for 50 points. From nothing to 40:
    25 points for 2 units of a (cost .2), then b at 5 points a unit (.1 each) beats a at 3.125 (.1 each): 3 units."""
    card = one_axis(Criterion("a", 1, PiecewiseLinear(((0, 0), (2, 0.5), (10, 1)))), Criterion("b", 1, Linear(0, 10)))
    path = alone(card, a=0.0, b=0.0).path_up("A", points=40)
    assert moved(path) == {"a": pytest.approx(2, abs=1e-5), "b": pytest.approx(3, abs=1e-5)}
    assert path.cost == pytest.approx(0.5, abs=1e-6)


def test_a_convex_piecewise_scale_needs_a_choice():
    """a: 8 units for the first .2, 2 units for the other .8, weight 50; b linear, 10 units for 50 points. To 45:
    a whole (50 points for 1 scale) or b .9: the relaxed programme would mix both, the choice is b alone."""
    card = one_axis(Criterion("a", 1, PiecewiseLinear(((0, 0), (8, 0.2), (10, 1)))), Criterion("b", 1, Linear(0, 10)))
    assert moved(alone(card, a=0.0, b=0.0).path_up("A", points=45)) == {"b": pytest.approx(9, abs=1e-5)}
    # from a = 8 the steep stretch is next: 40 points for 2 units
    assert moved(alone(card, a=8.0, b=0.0).path_up("A", points=45)) == {"a": pytest.approx(9.75, abs=1e-5)}


def test_steps_are_reached_whole_and_words_are_chosen():
    level, audit = Steps({1: 0, 2: 0.6, 4: 1}), Steps({"none": 0, "full": 1})
    card = one_axis(Criterion("level", 1, level), Criterion("audit", 1, audit))
    scores = alone(card, level=1.0, audit="none")
    path = scores.path_up("A", points=30)
    assert moved(path) == {"level": 2.0}
    assert path.cost == pytest.approx(1 / 3)
    assert scores.path_up("A", points=31).cost == pytest.approx(1)  # the last step, or the audit: a whole scale
    path = scores.path_up("A", points=50, fixed=["level"])
    assert moved(path) == {"audit": "full"}
    assert path.sentence == "The cheapest path to 50 points: audit from none to full (100 % of a scale in all)."


def test_a_falling_step_is_left_by_as_little_as_can_be():
    card = one_axis(Criterion("faults", 1, Steps({1: 1, 3: 0.5, 7: 0})))
    path = alone(card, faults=5.0).path_up("A", points=100)
    assert moved(path)["faults"] == pytest.approx(3, abs=1e-5)
    assert moved(path)["faults"] < 3


def test_a_target_is_reached_from_the_near_side():
    card = one_axis(Criterion("stock", 1, Target(worst=(0, 60), best=(10, 20))))
    assert moved(alone(card, stock=40.0).path_up("A", points=100)) == {"stock": pytest.approx(20, abs=1e-4)}
    assert moved(alone(card, stock=4.0).path_up("A", points=100)) == {"stock": pytest.approx(10, abs=1e-4)}


@pytest.mark.parametrize(("scale", "now"), [
    (Logarithmic(worst=1, best=100), 2.0), (Logarithmic(worst=100, best=1), 50.0),
    (Exponential(worst=0, best=10, rho=0.4), 1.0), (Exponential(worst=0, best=10, rho=-0.4), 1.0),
    (Exponential(worst=10, best=0, rho=-0.4), 9.0),
])
def test_curved_scales_are_exact(scale, now):
    """One criterion alone: the path ends where the scale is worth what is asked, found here by halving."""
    path = alone(one_axis(Criterion("a", 1, scale)), a=now).path_up("A", points=70)
    low, high = scale.worst, scale.best
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if scale.values([middle])[0] < 0.7 else (low, middle)
    assert moved(path)["a"] == pytest.approx(high, rel=1e-5)
    assert scale.values([moved(path)["a"]])[0] >= 0.7 - 1e-10


def test_a_grade_a_rank_and_what_is_reached_already(price_and_time):
    table = pd.DataFrame({"price": [150.0, 100, 120], "time": [0.5, 0.9, 0.7]}, index=["A", "B", "C"])
    scores = price_and_time.score(table)  # totals 50, 94, 74
    medals = Bands(("gold", "silver", "bronze"), (75, 60))
    silver = scores.path_up("A", grade="silver", bands=medals)
    assert (silver.aim, silver.cost) == ("silver (60 points)", pytest.approx(10 / 60, abs=1e-6))
    assert scores.path_up("A", grade="bronze", bands=medals).cost == 0
    assert scores.path_up("B", grade="gold", bands=medals).sentence == "Its figures reach gold (75 points) as they are."
    second = scores.path_up("A", rank=2)
    assert second.aim == "rank 2 (74.0 points)"
    again = price_and_time.score(table.assign(time=[moved(second)["time"], 0.9, 0.7]))
    assert again.rank["A"] == 2
    assert scores.path_up("A", rank=3).cost == 0
    explained = scores.explain("A", bands=medals)
    assert (explained.next_grade, explained.short) == ("silver", pytest.approx(10))
    assert explained.sentences[-2:] == (
        "It is 10.0 points short of silver.",
        "The cheapest path to silver (60 points): time from 0.5 to 0.667 (17 % of a scale in all).",
    )
    assert scores.explain("B", bands=medals).path is None


def test_what_cannot_be_reached_says_what_can(price_and_time):
    scores = alone(price_and_time, price=150.0, time=0.5)
    path = scores.path_up("A", points=65, limits={"time": (0, 0.6)}, fixed=["price"])
    assert not path.reachable
    assert path.sentence == "No change of its figures reaches 65 points: 56.0 points are the most."


def test_gates_are_met_on_the_way_or_named():
    card = one_axis(
        Criterion("esg", 20, Linear(0, 10)), Criterion("quality", 80, Linear(0, 100)),
        gates=(Gate("esg", "esg too low", at_least=4), Gate("certificate", "no certificate", equals=1)),
    )
    scores = alone(card, esg=3.0, quality=90.0, certificate=0.0)  # 6 + 72
    path = scores.path_up("A", points=75)
    assert moved(path) == {"esg": 4.0}
    assert path.sentence == (
        "It must first meet: certificate must be 1. The cheapest path to 75 points: esg from 3 to 4 "
        "(10 % of a scale in all)."
    )


def test_missing_and_relative_figures_are_held():
    a, b = (Criterion(name, 1, Linear(0, 10)) for name in "ab")
    card = one_axis(a, b, Criterion("c", 1, RelativeMinMax("higher")))
    table = pd.DataFrame({"a": [2.0, 5], "b": [np.nan, 5], "c": [1.0, 2]}, index=["A", "B"])
    path = card.score(table, missing="reweight").path_up("A", points=40)
    assert path.held == ("b", "c")
    assert moved(path) == {"a": pytest.approx(8, abs=1e-4)}  # half of the weight each: (8 + 0) / 2 of 10


def test_one_figure_behind_two_criteria_moves_once():
    """30 points rise and 70 fall along the same figure; from 5 (50 points) to 60 is down to 2.5."""
    up, down = Linear(0, 10), Linear(10, 0)
    card = one_axis(Criterion("up", 30, up, metric="size"), Criterion("down", 70, down, metric="size"))
    path = alone(card, size=5.0).path_up("A", points=60)
    assert moved(path) == {"up": pytest.approx(2.5, abs=1e-4)}
    assert path.changes.loc[0, "gain"] == pytest.approx(10, abs=1e-4)


def test_a_class_may_ask_for_less_on_an_axis():
    """Goals on both axes, one of them downwards: 70 to below 50 on x, and 40 to 60 on y."""
    axes = tuple(Group(name, 1, (Criterion(name.upper(), 1, Linear(0, 100)),)) for name in "xy")
    scores = Scorecard("two", axes=axes).score(pd.DataFrame({"X": [70.0], "Y": [40.0]}, index=["A"]))
    path = path_up(scores, "A", "leverage", [[Goal("x", below=50), Goal("y", at_least=60)]])
    assert moved(path) == {"X": pytest.approx(50, abs=1e-4), "Y": pytest.approx(60, abs=1e-4)}
    assert moved(path)["X"] < 50
    either = path_up(scores, "A", "either", [[Goal("x", below=50)], [Goal("y", at_least=45)]])
    assert moved(either) == {"Y": pytest.approx(45, abs=1e-4)}


SCALES = [
    Linear(0, 10), Linear(10, 0),
    PiecewiseLinear(((0, 0), (2, 0.5), (10, 1))), PiecewiseLinear(((0, 0), (8, 0.2), (10, 1))),
    Target((0, 10), (4, 6)), Steps({0: 0, 3: 0.4, 7: 1}), Logarithmic(1, 10), Exponential(0, 10, 0.5),
    Exponential(0, 10, -0.5),
]


@quick
@given(
    st.lists(st.sampled_from(SCALES), min_size=1, max_size=4),
    st.lists(st.floats(0, 10), min_size=4, max_size=4),
    st.lists(st.integers(1, 9), min_size=4, max_size=4),
    st.lists(st.floats(0.1, 5), min_size=4, max_size=4),
    st.floats(10, 100),
    st.integers(0, 2**16),
)
def test_the_path_reaches_the_aim_and_no_random_change_is_cheaper(scales, figures, weights, costs, aim, seed):
    names = list("abcd")[: len(scales)]
    card = one_axis(*(Criterion(n, w, s) for n, w, s in zip(names, weights, scales, strict=False)))
    now = np.array(figures[: len(names)])
    price = dict(zip(names, costs, strict=False))
    path = card.score(pd.DataFrame([now], columns=names, index=["A"])).path_up("A", points=aim, costs=price)
    others = np.random.default_rng(seed).uniform(0, 10, (4000, len(names)))
    keep = np.random.default_rng(seed + 1).random(others.shape) < 0.5
    others = np.where(keep, now, others)
    totals = card.score(pd.DataFrame(others, columns=names)).total.to_numpy()
    reach = totals >= aim
    spent = np.abs(others - now) @ np.array(list(price.values()))
    if not path.reachable:
        assert not (totals > path.best + 1e-6).any()
        assert path.best < aim
        return
    assert (spent[reach] >= path.cost - 1e-4).all()
    after = dict(zip(names, now, strict=True)) | moved(path)
    assert card.score(pd.DataFrame([after], index=["A"])).total["A"] >= aim - 1e-8
    changed = sum(price[name] * abs(float(after[name]) - before) for name, before in zip(names, now, strict=True))
    assert path.cost == pytest.approx(changed, abs=1e-9)


@pytest.mark.parametrize(("ask", "words"), [
    ({}, "the aim must be exactly one of points, rank, grade; found none"),
    ({"points": 1, "rank": 1}, "exactly one of points, rank, grade; found points and rank"),
    ({"grade": "gold"}, "the grade needs the bands"),
    ({"grade": "gld", "bands": Bands(("gold", "rest"), (50,))}, "grade 'gld' is unknown. Did you mean 'gold'?"),
    ({"points": 50, "axis": "axs"}, "axis 'axs' is not scored. Did you mean 'axis'?"),
    ({"rank": 0}, "rank must be 1 or more"),
    ({"rank": 1, "axis": "axis"}, "the axis goes with points only"),
    ({"points": 50, "limits": {"pric": (1, 2)}}, "limit of 'pric' is about no criterion. Did you mean 'price'?"),
    ({"points": 50, "limits": {"price": (2, 1)}}, "limit of 'price' must be the lowest and the highest"),
    ({"points": 50, "costs": {"price": 0}}, "cost of 'price' must be above 0 a unit; found 0"),
    ({"points": 50, "fixed": ["tim"]}, "fixed of 'tim' is about no criterion. Did you mean 'time'?"),
])
def test_what_cannot_be_asked_says_why(price_and_time, ask, words):
    with pytest.raises(SrmkitError, match=words.replace("?", r"\?")):
        alone(price_and_time, price=150.0, time=0.5).path_up("A", **ask)


def test_unknown_candidates_and_cards_that_do_not_add_up_are_refused(price_and_time):
    scores = alone(price_and_time, price=150.0, time=0.5)
    with pytest.raises(SrmkitError, match="'B' was not scored"):
        scores.path_up("B", points=50)
    card = Scorecard("g", axes=(Group("axis", 1, price_and_time.criteria, aggregation="geometric"),))
    with pytest.raises(SrmkitError, match="does not simply add up, and the path is found for sums alone"):
        alone(card, price=150.0, time=0.5).path_up("A", points=80)
    assert alone(card, price=150.0, time=0.1).explain("A", bands=Bands(("A", "B"), (60,))).path is None


def test_figures_that_come_whole_are_told_whole():
    card = one_axis(Criterion("sources", 1, Linear(0, 5)))
    path = card.score(pd.DataFrame({"sources": [1, 4]}, index=["A", "B"])).path_up("A", points=50)
    assert moved(path) == {"sources": pytest.approx(2.5, abs=1e-6)}
    assert path.moves == "sources from 1 to 3"
