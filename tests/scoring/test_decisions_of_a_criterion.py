"""What a scorecard may decide for one criterion: figures beyond the ends, and ends taken from those at hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.robustness import Doubt, axis_draws, rank_reversal_test
from srmkit.scoring import Criterion, Group, Linear, RelativeMinMax, RelativeRank, Scorecard, Steps


def card(*criteria: Criterion) -> Scorecard:
    return Scorecard("card", axes=(Group("axis", 1, criteria),))


def test_a_figure_beyond_the_ends_is_refused_where_the_criterion_says_so():
    strict = card(
        Criterion("price", 1, Linear(worst=200, best=100), outside="refuse"),
        Criterion("level", 1, Steps({1: 0, 3: 1}), outside="refuse"),
        Criterion("service", 1, Linear(0, 5)),
    )
    table = pd.DataFrame({"price": [90.0, 200, 250], "level": [1, 0, 9], "service": [7, 3, 3]},
                         index=["Alba", "Dahl", "Eck"])
    with pytest.raises(SrmkitError) as error:
        strict.score(table)
    assert [str(problem) for problem in error.value.problems] == [
        "'price' lies beyond its ends (100 to 200) for Alba, Eck; found 90, 250. Correct it, agree on wider ends, or "
        "write outside = \"clip\" into the scorecard.",
        "'level' lies beyond its ends (1 to 3) for Dahl; found 0. Correct it, agree on wider ends, or write "
        "outside = \"clip\" into the scorecard.",
    ]


def test_a_figure_that_misses_an_end_by_its_last_digits_is_on_it():
    strict = card(Criterion("rate", 1, Linear(worst=0, best=0.3), outside="refuse"))
    assert strict.score(pd.DataFrame({"rate": [0.1 + 0.2, 0.0]})).total.to_list() == pytest.approx([100, 0])


def test_the_decision_is_part_of_what_was_signed():
    clip, refuse = (card(Criterion("a", 1, Linear(0, 1), outside=word)) for word in ("clip", "refuse"))
    assert clip.hash != refuse.hash
    assert clip.hash == card(Criterion("a", 1, Linear(0, 1))).hash
    assert refuse.table().loc["a", "outside"] == "refuse"


@pytest.fixture
def offers() -> pd.DataFrame:
    return pd.DataFrame({"price": [120.0, 100, 60, np.nan], "quality": [80.0, 70, 20, 50]}, index=list("ABCD"))


def test_relative_ends_are_those_at_hand_and_the_result_says_so(offers):
    relative = card(Criterion("price", 1, RelativeMinMax("lower")), Criterion("quality", 1, Linear(0, 100)))
    scores = relative.score(offers, missing="reweight")
    assert scores.values["price"].to_list() == pytest.approx([0, 1 / 3, 1, np.nan], nan_ok=True)
    assert scores.notes[-1] == (
        "'price' is valued between the ends of the candidates at hand (60 to 120), not on an agreed scale: a newcomer "
        "or a leaver may change everybody's score."
    )
    assert scores.scales == {"price": Linear(worst=120, best=60)}
    assert scores.criteria[0].scale == Linear(worst=120, best=60)
    assert relative.table().loc["price", ["scale", "worst", "best"]].to_list() == [
        "relative_min_max", "highest at hand", "lowest at hand",
    ]


def test_relative_ranks_forget_how_far_figures_lie_apart(offers):
    relative = card(Criterion("price", 1, RelativeRank("lower")))
    scores = relative.score(offers.dropna())
    assert scores.values["price"].to_list() == [0, 0.5, 1]
    assert scores.notes[0].startswith("'price' is valued by the order of the candidates at hand (60 to 120)")


def test_a_leaver_may_turn_the_order_of_the_others_on_a_relative_scale():
    """Domain case O15 with min-max ends: without C, who is cheap but poor, B overtakes A."""
    bids = pd.DataFrame({"price": [120.0, 100, 60], "quality": [80.0, 70, 20]}, index=list("ABC"))
    turned = rank_reversal_test(card(
        Criterion("price", 20, RelativeMinMax("lower")), Criterion("quality", 80, Linear(0, 100))).score(bids))
    agreed = rank_reversal_test(card(
        Criterion("price", 20, Linear(worst=120, best=60)), Criterion("quality", 80, Linear(0, 100))).score(bids))
    assert turned["left_out"].to_list() == ["C"]
    assert agreed.empty


def test_doubt_about_the_data_is_valued_with_the_ends_at_hand(offers):
    relative = card(Criterion("price", 1, RelativeMinMax("lower")), Criterion("quality", 1, Linear(0, 100)))
    drawn = axis_draws(relative.score(offers, missing="reweight"), Doubt(draws=64, seed=1))
    assert np.isfinite(drawn.total).all()


@pytest.mark.parametrize("figures", [[5.0, 5.0], [5.0]])
def test_equal_figures_have_no_relative_scale(figures):
    relative = card(Criterion("price", 1, RelativeMinMax("lower")))
    with pytest.raises(SrmkitError, match=r"figures of 'price' are all equal, so a relative scale .*; found 5\."):
        relative.score(pd.DataFrame({"price": figures}))


def test_an_empty_table_has_nothing_to_be_relative_to():
    relative = card(Criterion("price", 1, RelativeMinMax("lower")))
    assert relative.score(pd.DataFrame({"price": [1.0]}).iloc[:0]).notes == ()


def test_a_relative_scale_says_which_way_is_better():
    with pytest.raises(SrmkitError, match="better must be higher or lower; found 'up'"):
        RelativeRank("up")
