"""What must stay true of scores whatever the data, and worked examples with their sources."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.bands import Bands
from srmkit.scoring import Criterion, Exponential, Gate, Group, Linear, Scorecard, Steps

NAMES = ["price", "quality", "delivery", "service", "ideas"]
quick = settings(max_examples=40, deadline=None)
share = st.floats(0, 1, allow_subnormal=False)
points = st.lists(st.integers(1, 100), min_size=5, max_size=5)
tables = st.lists(st.lists(share, min_size=5, max_size=5), min_size=1, max_size=6).map(
    lambda rows: pd.DataFrame(rows, columns=NAMES, index=[f"S{place}" for place in range(len(rows))])
)


def gappy(table: pd.DataFrame, present: list[bool]) -> pd.DataFrame:
    """The table with gaps in every criterion that is not present."""
    return table.assign(**{name: np.nan for name, there in zip(NAMES, present, strict=True) if not there})


def flat(weights: list[float], **axis: float) -> Scorecard:
    """Five criteria from 0 to 1: the first three on one axis, the others on a second."""
    parts = [Criterion(name, weight, Linear(0, 1)) for name, weight in zip(NAMES, weights, strict=True)]
    return Scorecard(
        "flat",
        axes=(
            Group("now", axis.get("now", 2), tuple(parts[:3])),
            Group("later", axis.get("later", 1), tuple(parts[3:])),
        ),
    )


@quick
@given(tables, points)
def test_scores_lie_between_0_and_100_and_contributions_add_up(table, weights):
    scores = flat(weights).score(table)
    assert scores.total.between(0, 100 + 1e-9).all()
    assert scores.axes.to_numpy().max() <= 100 + 1e-9
    assert scores.contributions.sum(axis=1).to_numpy() == pytest.approx(scores.total.to_numpy(), abs=1e-9)
    weighted = (scores.axes * scores.scorecard.axis_weights).sum(axis=1)
    assert weighted.to_numpy() == pytest.approx(scores.total.to_numpy(), abs=1e-9)


@quick
@given(tables, points, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_does_not_matter(table, weights, random):
    before = flat(weights).score(table)
    rows, columns = list(table.index), list(table.columns)
    random.shuffle(rows)
    random.shuffle(columns)
    after = flat(weights).score(table.loc[rows, columns])
    pd.testing.assert_series_equal(after.total.reindex(table.index), before.total, check_exact=True)
    pd.testing.assert_series_equal(after.rank.reindex(table.index), before.rank)


@quick
@given(tables, points, st.floats(1e-3, 1e6))
def test_the_unit_of_the_weights_does_not_matter(table, weights, factor):
    before = flat(weights).score(table).total
    after = flat([weight * factor for weight in weights], now=2 * factor, later=factor).score(table).total
    assert after.to_numpy() == pytest.approx(before.to_numpy(), abs=1e-9)


@quick
@given(tables, points, st.lists(share, min_size=5, max_size=5))
def test_a_newcomer_changes_nobodys_score(table, weights, newcomer):
    before = flat(weights).score(table)
    table_with = pd.concat([table, pd.DataFrame([newcomer], columns=NAMES, index=["newcomer"])])
    after = flat(weights).score(table_with)
    assert after.total.drop("newcomer").equals(before.total)
    assert after.contributions.drop("newcomer").equals(before.contributions)


@quick
@given(tables, points, st.sampled_from(NAMES), share)
def test_a_better_figure_never_lowers_a_score(table, weights, criterion, gain):
    better = table.copy()
    better[criterion] = np.minimum(1.0, better[criterion] + gain)
    before, after = flat(weights).score(table).total, flat(weights).score(better).total
    assert (after >= before - 1e-9).all()


@quick
@given(tables, points, st.lists(share, min_size=5, max_size=5))
def test_a_dominated_candidate_never_ranks_above_its_better(table, weights, losses):
    worse = (table.iloc[[0]] - losses).clip(lower=0).set_axis(["dominated"])
    rank = flat(weights).score(pd.concat([worse, table])).rank
    assert rank["dominated"] >= rank[table.index[0]]


@quick
@given(tables, points)
def test_ranks_follow_totals_and_equals_share_the_better_rank(table, weights):
    scores = flat(weights).score(pd.concat([table, table.set_axis(table.index + "b")]))
    for name in table.index:
        assert scores.rank[name] == scores.rank[name + "b"]
        assert scores.rank[name] == 1 + (scores.total > scores.total[name] + 1e-9).sum()


@quick
@given(tables, points)
def test_reweighting_a_complete_table_changes_nothing(table, weights):
    card = flat(weights)
    assert card.score(table, missing="reweight").total.equals(card.score(table).total)


@quick
@given(
    tables,
    points,
    st.lists(st.booleans(), min_size=5, max_size=5).filter(lambda m: any(m[:3]) and any(m[3:])),
)
def test_weights_sum_to_one_on_each_axis_after_reweighting(table, weights, present):
    card = flat(weights)
    scores = card.score(gappy(table, present), missing="reweight")
    sums = scores.weights.T.groupby(card.axis_of).sum().T
    assert sums.to_numpy() == pytest.approx(1.0)
    assert scores.weights.to_numpy()[scores.values.isna().to_numpy()].sum() == 0


@quick
@given(tables, points, st.lists(st.booleans(), min_size=5, max_size=5))
def test_counting_gaps_as_worst_never_raises_a_score(table, weights, present):
    card = flat(weights)
    worst = card.score(gappy(table, present), missing="worst")
    assert (worst.total <= card.score(table).total + 1e-9).all()
    assert worst.contributions.sum(axis=1).to_numpy() == pytest.approx(worst.total.to_numpy(), abs=1e-9)


def test_the_scorecard_and_the_figures_are_left_as_they_were(scorecard, metrics):
    before, mark = metrics.copy(deep=True), scorecard.hash
    scorecard.score(metrics)
    scorecard.reweighted(price_index=90)
    pd.testing.assert_frame_equal(metrics, before)
    assert scorecard.hash == mark


def test_a_weighted_rating_of_five_points_is_the_published_one():
    """Vendor rating template: weights 30/25/20/15/10, ratings 4.2, 5.0, 3.5, 4.0, 3.8 give 4.19 of 5."""
    parts = [Criterion(name, w, Linear(0, 5)) for name, w in zip(NAMES, (30, 25, 20, 15, 10), strict=True)]
    card = Scorecard("vendors", axes=(Group("rating", 1, tuple(parts)),))
    ratings = pd.DataFrame([[4.2, 5.0, 3.5, 4.0, 3.8]], columns=NAMES, index=["A"])
    assert card.score(ratings).total["A"] / 100 * 5 == pytest.approx(4.19, abs=1e-12)


def test_two_weighted_exponential_values_are_the_published_ones():
    """Montgomery, Ogden & Boehmke 2018 (KraljicMatrix): weights 0.65 and 0.35 give 0.8394790."""
    card = Scorecard(
        "kraljic",
        axes=(
            Group(
                "score",
                1,
                (
                    Criterion("x", 0.65, Exponential(1, 5, 0.653)),
                    Criterion("y", 0.35, Exponential(1, 10, 0.70)),
                ),
            ),
        ),
    )
    item = pd.DataFrame({"x": [3.01], "y": [4.84]}, index=["item"])
    assert card.score(item).total["item"] / 100 == pytest.approx(0.8394790, abs=5e-8)


def test_the_office_location_problem():
    """Goodwin & Wright, Decision Analysis for Management Judgment: swing weights 100/80/70/30/20/10."""
    criteria = ["closeness", "visibility", "image", "size", "comfort", "car_parking"]
    swings = [100, 80, 70, 30, 20, 10]
    offices = pd.DataFrame(
        [
            [100, 60, 100, 75, 0, 90],
            [20, 80, 10, 30, 100, 30],
            [80, 70, 0, 0, 10, 100],
            [70, 50, 30, 55, 30, 90],
            [40, 60, 90, 100, 60, 70],
            [0, 0, 70, 0, 80, 0],
            [60, 100, 20, 50, 50, 80],
        ],
        index=list("ABCDEFG"),
        columns=criteria,
    )

    def benefits(weights):
        parts = tuple(Criterion(c, w, Linear(0, 100)) for c, w in zip(criteria, weights, strict=True))
        return Scorecard("offices", axes=(Group("benefits", 1, parts),))

    exact = benefits(swings)
    assert exact.weights.to_list() == pytest.approx([float(Fraction(swing, 310)) for swing in swings])
    assert exact.score(offices).total.to_list() == pytest.approx(
        [
            80.4838709677,
            39.6774193548,
            47.7419354839,
            52.4193548387,
            64.5161290323,
            20.9677419355,
            60.3225806452,
        ],
        abs=1e-9,
    )
    rounded = benefits([32, 26, 23, 10, 6, 3]).score(offices)
    assert rounded.total.to_list() == pytest.approx([80.8, 39.4, 47.4, 52.3, 64.8, 20.9, 60.2], abs=0.051)
    assert rounded.rank.to_list() == [1, 6, 5, 4, 2, 7, 3]


@pytest.fixture
def quality_price_esg() -> Scorecard:
    """Weights 50/30/20; whoever has less than 4 on esg is out."""
    parts = (
        Criterion("quality", 50, Linear(0, 100)),
        Criterion("price", 30, Linear(worst=200, best=100)),
        Criterion("esg", 20, Linear(0, 10)),
    )
    return Scorecard("q", axes=(Group("value", 1, parts),), gates=(Gate("esg", "esg too low", at_least=4),))


def test_a_knock_out_a_gap_and_a_score_on_the_line(quality_price_esg):
    """By hand: values, scores and grades of four suppliers, one out, one incomplete, one on the line."""
    suppliers = pd.DataFrame(
        {"quality": [90, 95, 60, 50], "price": [120, 100, 150, 150], "esg": [8, 3, None, 5]},
        index=["S1", "S2", "S3", "S4"],
    )
    scores = quality_price_esg.score(suppliers, missing="reweight")
    expected = [[0.9, 0.8, 0.8], [0.95, 1.0, 0.3], [0.6, 0.5, np.nan], [0.5, 0.5, 0.5]]
    assert scores.values.to_numpy() == pytest.approx(np.array(expected), nan_ok=True, abs=1e-12)
    assert scores.total.to_list() == pytest.approx([85, 83.5, 56.25, 50], abs=1e-9)
    assert scores.contributions.loc["S1"].to_list() == pytest.approx([45, 24, 16], abs=1e-9)
    assert scores.rank.to_list() == [1, pd.NA, 2, 3]
    assert scores.coverage.to_list() == pytest.approx([1, 1, 0.8, 1])
    medals = Bands(("gold", "silver", "bronze"), (75, 50))
    assert scores.grades(medals).to_list() == ["gold", np.nan, "silver", "silver"]
    assert quality_price_esg.score(suppliers, missing="worst").total["S3"] == pytest.approx(45, abs=1e-9)


def test_who_fails_a_gate_keeps_its_score_and_gets_no_rank(scorecard, metrics):
    scores = scorecard.score(metrics)
    assert scores.total["Gold"] == pytest.approx(100)
    assert scores.contributions.loc["Gold"].sum() == pytest.approx(100)
    assert pd.isna(scores.rank["Gold"])
    assert scores.gated.to_dict("records") == [
        {
            "candidate": "Gold",
            "gate": "no valid certificate",
            "condition": "certificates_valid must be at least 1",
            "found": 0.0,
        }
    ]
    assert "Gold" not in scores.eligible.index


def test_equals_share_the_better_rank_and_the_next_is_passed_over(scorecard, metrics):
    table = pd.concat([metrics.drop("Gold"), metrics.loc[["Dahl"]].set_axis(["Huth"])])
    rank = scorecard.score(table).rank
    assert rank.sort_values().to_dict() == {"Alba": 1, "Eck": 2, "Fink": 2, "Dahl": 4, "Huth": 4}


def test_sums_that_differ_in_their_last_digits_are_equal():
    parts = [Criterion(name, 1, Linear(0, 1)) for name in NAMES]
    card = Scorecard("last digits", axes=(Group("sum", 1, tuple(parts)),))
    table = pd.DataFrame([[0.1, 0.2, 0.3, 0.4, 0.5], [0.5, 0.4, 0.3, 0.2, 0.1]], columns=NAMES)
    scores = card.score(table)
    assert scores.rank.to_list() == [1, 1]
    assert scores.grades(Bands(("A", "B"), (30,))).to_list() == ["A", "A"]


def test_the_perfect_candidate_scores_100():
    card = flat([1, 1, 1, 1, 1], now=1 / 3, later=2 / 3)
    assert card.score(pd.DataFrame([[1.0] * 5], columns=NAMES)).total[0] == pytest.approx(100, abs=1e-9)


def test_figures_beyond_the_ends_count_as_the_end_and_are_counted(scorecard, metrics):
    metrics.loc["Alba", ["price_index", "on_time_rate"]] = [200.0, 0.5]
    metrics.loc["Dahl", "price_index"] = 80.0
    scores = scorecard.score(metrics)
    assert scores.values.loc["Alba", ["price_index", "on_time_rate"]].to_list() == [0, 0]
    assert scores.values.loc["Dahl", "price_index"] == 1
    assert scores.clipped.loc["price_index"].to_dict() == {
        "low": 90,
        "below": 1,
        "high": 110,
        "above": 1,
        "clipped": 2,
    }
    assert scores.clipped.loc["on_time_rate", "clipped"] == 1


def test_the_raw_figures_stay_as_measured(scorecard, metrics):
    scores = scorecard.score(metrics)
    assert scores.raw["answers"].equals(metrics["response_days"].rename("answers"))
    assert scores.raw.columns.to_list() == ["price_index", "on_time_rate", "growth_rate", "answers"]


def test_words_are_scored_by_their_steps():
    steps = Steps({"none": 0, "basic": 0.5, "full": 1})
    card = Scorecard("audits", axes=(Group("audit", 1, (Criterion("audit_result", 1, steps),)),))
    table = pd.DataFrame({"audit_result": ["full", "basic", "none"]}, index=["Alba", "Dahl", "Eck"])
    assert card.score(table).total.to_list() == [100, 50, 0]


def test_flags_and_nullable_numbers_are_numbers(scorecard, metrics):
    nullable = metrics.convert_dtypes().assign(certificates_valid=metrics["certificates_valid"] > 0)
    pd.testing.assert_series_equal(scorecard.score(nullable).total, scorecard.score(metrics).total)
    assert pd.isna(scorecard.score(nullable).rank["Gold"])


def test_evidence_travels_with_the_scores(scorecard, metrics):
    class Measured:
        values = metrics
        evidence = pd.DataFrame({"value": [1.0]})

    assert scorecard.score(Measured()).evidence is Measured.evidence
    assert scorecard.score(metrics).evidence is None
    assert scorecard.score(Measured()).total.equals(scorecard.score(metrics).total)


def test_nobody_to_score_gives_empty_scores(scorecard, metrics):
    for missing in ("refuse", "reweight", "worst"):
        scores = scorecard.score(metrics.iloc[:0], missing=missing)
        assert len(scores.total) == len(scores.rank) == len(scores.table()) == 0
        assert scores.notes == ()


def test_a_criterion_without_points_needs_no_figure(scorecard, metrics):
    card = scorecard.reweighted(growth_rate=0)
    scores = card.score(metrics.drop(columns="growth_rate"))
    assert scores.coverage.eq(1).all()
    assert scores.total.notna().all()


def test_the_table_shows_the_best_first_and_who_is_out_last(scorecard, metrics):
    table = scorecard.score(metrics).table()
    assert table.columns.to_list() == ["performance", "potential", "total", "rank", "coverage", "gate"]
    assert table.index.to_list() == ["Alba", "Eck", "Fink", "Dahl", "Gold"]
    assert table["gate"].to_list() == ["", "", "", "", "no valid certificate"]


def test_a_hundred_thousand_candidates_are_scored_at_once(scorecard):
    chance = np.random.default_rng(7)
    columns = ["price_index", "on_time_rate", "growth_rate", "response_days", "certificates_valid"]
    table = pd.DataFrame(chance.random((100_000, 5)), columns=columns)
    scores = scorecard.score(table)
    assert len(scores.total) == 100_000
    assert len(scores.gated) == 100_000
