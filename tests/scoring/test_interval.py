"""Missing figures that leave a score open: the lowest and the highest it may be, and what that spans."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.bands import Bands
from srmkit.scoring import Criterion, Gate, Group, Linear, Scorecard

MEDALS = Bands(("gold", "silver", "bronze"), (75, 50))
NAMES = ["quality", "price", "esg"]
quick = settings(max_examples=30, deadline=None)


def card(**rule) -> Scorecard:
    parts = (
        Criterion("quality", 50, Linear(0, 100)),
        Criterion("price", 30, Linear(worst=200, best=100)),
        Criterion("esg", 20, Linear(0, 10)),
    )
    return Scorecard("q", axes=(Group("value", 1, parts, **rule),), gates=(Gate("esg", "esg too low", at_least=4),))


def suppliers() -> pd.DataFrame:
    return pd.DataFrame(
        {"quality": [90, 95, 60, 50], "price": [120, 100, 150, 150], "esg": [8, 3, None, 5]},
        index=["S1", "S2", "S3", "S4"],
    )


def test_the_worked_case():
    """S3 without esg: 45 points are there, 20 may come, so 45 to 65; as it stands 56.25. By hand."""
    scores = card().score(suppliers(), missing="interval")
    assert scores.total.to_list() == pytest.approx([85, 83.5, 56.25, 50])
    assert scores.low["total"].to_list() == pytest.approx([85, 83.5, 45, 50])
    assert scores.high["total"].to_list() == pytest.approx([85, 83.5, 65, 50])
    assert scores.open_grades(MEDALS).dropna().to_dict() == {"S1": "gold", "S3": "silver to bronze", "S4": "silver"}
    assert scores.open_ranks().to_dict("index") == {
        "S1": {"best": 1, "worst": 1}, "S3": {"best": 2, "worst": 3}, "S4": {"best": 2, "worst": 3},
    }
    assert scores.notes[0] == (
        "A missing figure leaves the score open between a lowest and a highest, and lends its weight to the other "
        "criteria of its axis: 'Esg' for 1 of 4."
    )
    assert scores.explain("S3").text.endswith(
        "Missing: esg; whatever it is, the score lies between 45.0 and 65.0 (80 % of the weight has a figure)."
    )
    assert scores.table().loc["S3", ["low", "high"]].to_list() == pytest.approx([45, 65])


def test_a_candidate_without_any_figure_may_be_anything():
    table = suppliers()
    table.loc["S4"] = np.nan
    scores = card().score(table, missing="interval")
    assert pd.isna(scores.rank["S4"])
    assert scores.low.loc["S4"].to_list() == [0, 0]
    assert scores.high.loc["S4"].to_list() == [100, 100]


@pytest.mark.parametrize("missing", ["refuse", "reweight", "worst", "interval"])
def test_where_nothing_is_missing_nothing_is_open(missing):
    table = suppliers().fillna(6)
    scores = card().score(table, missing=missing)
    assert scores.low["total"].equals(scores.total)
    assert scores.high["total"].equals(scores.total)
    assert scores.axes.equals(scores.low[["value"]])


@quick
@given(
    st.lists(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=3, max_size=3), min_size=1, max_size=5),
    st.lists(st.floats(0, 1), min_size=3, max_size=3),
    st.sampled_from([{}, {"aggregation": "geometric"}, {"aggregation": "multiplicative", "interaction": 0.2}]),
)
def test_every_figure_that_may_come_leaves_the_score_inside(rows, filled, rule):
    parts = tuple(Criterion(name, w, Linear(0, 1)) for name, w in zip(NAMES, (5, 3, 2), strict=True))
    scorecard = Scorecard("q", axes=(Group("value", 1, parts, **rule),))
    table = pd.DataFrame([[0.5] * 3, *rows], columns=NAMES, dtype=float)
    scores = scorecard.score(table, missing="interval")
    later = scorecard.score(table.fillna(dict(zip(NAMES, filled, strict=True)))).total
    assert (scores.low["total"] <= later + 1e-7).all()
    assert (later <= scores.high["total"] + 1e-7).all()
    if not rule:  # a composite of the others lies inside as well
        known = scores.total.dropna()
        assert (scores.low["total"][known.index] <= known + 1e-7).all()
        assert (known <= scores.high["total"][known.index] + 1e-7).all()
        ranks = scores.open_ranks()
        assert scores.rank[ranks.index].astype(int).between(ranks["best"], ranks["worst"]).all()
