"""Bad input: each a clear error that names the thing, or a stated behaviour; nothing in silence, nothing slow."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.scoring import Criterion, Group, Linear, Scorecard, Steps

MANY = 1_000_000
QUICK = 10.0  # CPU seconds on a machine that others use; it takes about one


@pytest.fixture
def card() -> Scorecard:
    parts = (Criterion("price", 1, Linear(worst=200, best=100)), Criterion("level", 2, Steps({"low": 0, "high": 1})))
    return Scorecard("bids", axes=(Group("bid", 1, parts),))


def bids(**figures) -> pd.DataFrame:
    return pd.DataFrame({"price": [120.0, 150], "level": ["low", "high"]} | figures, index=["Alba", "Dahl"])


def told(card: Scorecard, table: pd.DataFrame, **options) -> list[str]:
    with pytest.raises(SrmkitError) as error:
        card.score(table, **options)
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize("gap", [np.nan, None, pd.NA, pd.NaT])
def test_a_gap_of_any_kind_is_named(card, gap):
    prices = pd.Series([120.0, gap], index=["Alba", "Dahl"], dtype=object)
    assert told(card, bids().assign(price=prices)) == [
        "'price' is missing for Dahl. Complete it, or score with missing=\"worst\".",
    ]


@pytest.mark.parametrize("endless", [np.inf, -np.inf])
def test_infinity_is_refused(card, endless):
    assert told(card, bids(price=[120.0, endless])) == [
        "'price' is infinite for Dahl. Look for a division by 0 where it was measured.",
    ]


def test_text_for_a_number_and_a_word_that_is_no_step(card):
    assert told(card, bids(price=["120", "cheap"], level=["low", "medium"])) == [
        "'price' is no number for Dahl; found 'cheap'. Write it as a number, or leave it empty.",
        "'level' is no step of its scale for Dahl; found 'medium'. Steps are: low, high.",
    ]


def test_a_day_is_no_number(card):
    days = pd.to_datetime(["2026-01-31", "2026-02-28"])
    assert told(card, bids(price=days))[0].startswith("'price' is no number for Alba, Dahl; found Timestamp('2026-")


@pytest.mark.parametrize(("points", "words"), [
    ([-1, 2], "weight of criterion 'a' must be 0 or more points; found -1"),
    ([0, 0], "weights in axis 'x' are all 0; found 'a', 'b'"),
    ([float("nan"), 1], "weight of criterion 'a' must be 0 or more points; found nan"),
    ([float("inf"), 1], "weight of criterion 'a' must be 0 or more points; found inf"),
])
def test_weights_that_make_no_sense(points, words):
    parts = tuple(Criterion(name, weight, Linear(0, 1)) for name, weight in zip("ab", points, strict=True))
    with pytest.raises(SrmkitError, match=words):
        Scorecard("w", axes=(Group("x", 1, parts),))


def test_a_misspelt_criterion_is_guessed(card):
    problems = told(card, bids().rename(columns={"price": "prise"}))
    assert problems == ["'price' is not among the metrics; found prise, level. Did you mean 'prise'?"]
    with pytest.raises(SrmkitError, match="'prise' is no axis, group or criterion of it. Did you mean 'price'?"):
        card.reweighted(prise=1)


def test_names_that_stand_twice(card):
    assert told(card, bids().set_axis(["Alba", "Alba"])) == [
        "the candidates must each stand once; found 'Alba' more than once. Give each candidate one row.",
    ]
    assert told(card, pd.concat([bids(), bids()[["price"]]], axis=1))[0].startswith("the metrics must each stand once")
    twice = Criterion("a", 1, Linear(0, 1))
    with pytest.raises(SrmkitError, match="the name 'a' stands 2 times"):
        Scorecard("t", axes=(Group("x", 1, (twice, twice)),))


@pytest.mark.parametrize("missing", ["refuse", "reweight", "worst", "interval"])
def test_nobody_to_score_is_no_error(card, missing):
    scores = card.score(bids().iloc[:0], missing=missing)
    assert (len(scores.total), len(scores.table()), scores.notes) == (0, 0, ())
    assert len(scores.low) == len(scores.open_ranks()) == 0


def test_a_table_without_columns_lacks_every_metric(card):
    assert len(told(card, pd.DataFrame(index=["Alba"]))) == 2


def test_one_candidate_is_first_with_its_own_score(card):
    scores = card.score(bids().iloc[:1])
    assert (scores.rank["Alba"], scores.total["Alba"]) == (1, pytest.approx(80 / 3))


def test_a_constant_column_has_its_plain_value(card):
    scores = card.score(bids(price=[150.0, 150.0]))
    assert scores.values["price"].to_list() == [0.5, 0.5]
    assert scores.rank.to_list() == [2, 1]


def test_equal_ends_and_unknown_keys_are_told_together(tmp_path):
    file = tmp_path / "bids.toml"
    file.write_text('''
name = "bids"
title = "Bids"
version = "1.0"
date = 2026-11-23
owner = "Head of procurement"
aggregation = "sum"
[[axes]]
name = "bid"
weight = 1
rationale = "All."
aggregation = "geometric"
interaction = 0.2
[[axes.criteria]]
name = "price"
weight = 1
scale = { type = "linear", worst = 5, best = 5 }
outside = "ignore"
direction = "min"
rationale = "All."
definition = "Price."
unit = "EUR"
[[axes.criteria]]
name = "time"
weight = 1
scale = { type = "relative_min_max", better = "more" }
rationale = "All."
definition = "Time."
unit = "days"
''', encoding="utf-8")
    with pytest.raises(SrmkitError) as error:
        Scorecard.read(file)
    assert [str(problem) for problem in error.value.problems] == [
        "worst and best of criterion 'price' are equal, so no figure is better than another; found 5 for both. "
        "Agree on two different ends.",
        "'outside' of criterion 'price' must be 'clip' or 'refuse'; found 'ignore'.",
        "'direction' of criterion 'price' is no known key. Did you mean 'definition'?",
        "'better' of the scale of criterion 'time' must be 'higher' or 'lower'; found 'more'.",
        "'aggregation' of the file must be 'additive', 'multiplicative' or 'geometric'; found 'sum'.",
    ]


def test_an_interaction_in_a_file_that_leaves_no_room_is_told(tmp_path):
    text = (
        'name = "b"\ntitle = "B"\nversion = "1"\ndate = 2026-11-23\nowner = "O"\n[[axes]]\nname = "bid"\nweight = 1\n'
        'rationale = "All."\naggregation = "multiplicative"\ninteraction = {interaction}\n'
        + "".join(
            f'[[axes.criteria]]\nname = "{name}"\nweight = {weight}\nscale = {{{{ type = "linear", worst = 0, '
            f'best = 1 }}}}\nrationale = "R."\ndefinition = "D."\nunit = ""\n'
            for name, weight in (("a", 3), ("c", 1))
        )
    )
    file = tmp_path / "b.toml"
    file.write_text(text.format(interaction=0.25), encoding="utf-8")
    read = Scorecard.read(file)
    assert read.axes[0].interaction == 0.25
    assert read.score(pd.DataFrame({"a": [1.0], "c": [0.0]})).total[0] == pytest.approx(100 * 0.75 * 0.75)
    file.write_text(text.format(interaction=-0.5), encoding="utf-8")
    with pytest.raises(SrmkitError, match=r"interaction of 'bid' .*must be from -0.3333 to below 1 .*found -0.5"):
        Scorecard.read(file)


def test_a_million_rows_of_text_are_refused_quickly_and_briefly(card):
    names = pd.Index(np.arange(MANY))
    table = pd.DataFrame({"price": np.full(MANY, "a lot", dtype=object), "level": np.full(MANY, "so so", dtype=object)},
                         index=names)
    start = time.process_time()
    problems = told(card, table)
    assert time.process_time() - start < QUICK
    assert problems == [
        "'price' is no number for 0, 1, 2, 3, 4 and 999,995 more; found 'a lot'. "
        "Write it as a number, or leave it empty.",
        "'level' is no step of its scale for 0, 1, 2, 3, 4 and 999,995 more; found 'so so'. Steps are: low, high.",
    ]


def test_a_million_rows_of_words_are_scored_quickly(card):
    table = pd.DataFrame({"price": np.full(MANY, "150", dtype=object), "level": np.full(MANY, "high", dtype=object)})
    start = time.process_time()
    scores = card.score(table)
    assert time.process_time() - start < QUICK
    assert scores.total.eq(scores.total[0]).all()
    assert scores.rank.eq(1).all()
