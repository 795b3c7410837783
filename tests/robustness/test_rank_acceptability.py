"""How sure ranks and the first few are."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta

from srmkit.errors import SrmkitError
from srmkit.robustness import Doubt, axis_draws, confidence_factors, rank_acceptability, winning_indices
from srmkit.robustness.rank_acceptability import winning_share
from srmkit.scoring import Scores

OPEN = Doubt(concentration="uniform", data=False, draws=16384, seed=7)
ERROR = 2 / 128  # four standard errors of a share of 16,384 draws, at their largest


@pytest.fixture
def one_axis(scored: Callable[..., Scores]) -> Callable[..., Scores]:
    """Scores over one axis of equal weights."""

    def score(rows: dict[str, list[float]], **parts: object) -> Scores:
        table = pd.DataFrame(rows).T
        table.columns = [f"c{place}" for place in table.columns]
        return scored(table, axes={"x": dict.fromkeys(table.columns, 1.0)}, **parts)

    return score


def units(n: int) -> dict[str, list[float]]:
    return {f"unit {place}": [float(place == other) for other in range(n)] for place in range(n)}


def test_two_extremes_and_a_compromise(one_axis: Callable[..., Scores]) -> None:
    """(1, 0), (0, 1) and (.6, .6) over all weights: an extreme wins beyond .6, is second to .4, last below."""
    sure = rank_acceptability(one_axis({"A": [1, 0], "B": [0, 1], "C": [0.6, 0.6]}), OPEN, top=2)
    exact = pd.DataFrame({"A": [0.4, 0.1, 0.5], "B": [0.4, 0.1, 0.5], "C": [0.2, 0.8, 0.0]}, index=[1, 2, 3]).T

    assert np.allclose(sure.ranks.loc[list("ABC")], exact, atol=ERROR)
    assert sure.top_k[["A", "B", "C"]].tolist() == pytest.approx([0.5, 0.5, 1], abs=ERROR)
    assert sure.expected_rank[["A", "B", "C"]].tolist() == pytest.approx([2.1, 2.1, 1.8], abs=2 * ERROR)
    assert sure.central_weights.loc["A"].tolist() == pytest.approx([0.8, 0.2], abs=ERROR)
    assert sure.central_weights.loc["C"].tolist() == pytest.approx([0.5, 0.5], abs=ERROR)


def test_who_is_best_at_one_thing_each_share_all_ranks(one_axis: Callable[..., Scores]) -> None:
    """By symmetry a third each; the winner's weight is the largest of three, 11/18 on average."""
    scores = one_axis(units(3))
    sure = rank_acceptability(scores, OPEN, top=1)

    assert np.allclose(sure.ranks, 1 / 3, atol=ERROR)
    assert np.allclose(sure.central_weights, np.eye(3) * (11 / 18 - 7 / 36) + 7 / 36, atol=ERROR)
    assert confidence_factors(scores, sure)["confidence"].tolist() == [1, 1, 1]
    assert np.allclose(sure.expected_rank, 2, atol=2 * ERROR)


@pytest.mark.parametrize(("n", "worth", "share"), [
    (3, "1/2", "1/4"), (3, "2/5", "1/25"), (4, "2/5", "23/125"), (5, "3/10", "109/2000"), (5, "1/2", "11/16"),
    (10, "1/5", "31238/390625"),
])
def test_a_compromise_wins_where_no_weight_exceeds_its_worth(
    one_axis: Callable[..., Scores], n: int, worth: str, share: str
) -> None:
    """P(largest of n uniform weights <= a) = sum over k of (-1)^k C(n, k) (1 - k a)^(n - 1) while k a < 1."""
    sure = rank_acceptability(one_axis({**units(n), "all-rounder": [float(Fraction(worth))] * n}), OPEN, top=1)

    assert sure.ranks.loc["all-rounder", 1] == pytest.approx(float(Fraction(share)), abs=ERROR)
    assert sure.ranks.loc["unit 0", 1] == pytest.approx((1 - float(Fraction(share))) / n, abs=ERROR)


@pytest.mark.parametrize("concentration", [10, 60])
def test_two_candidates_have_the_chance_of_the_beta_distribution(
    scored: Callable[..., Scores], concentration: float
) -> None:
    """(.9, .3) leads (.5, .6) while the first weight is above 3/7; that weight is Beta(c w, c (1 - w))."""
    table = pd.DataFrame({"a": [0.9, 0.5], "b": [0.3, 0.6]}, index=["Alba", "Dahl"])
    scores = scored(table, axes={"x": {"a": 50, "b": 50}})
    sure = rank_acceptability(scores, Doubt(concentration=concentration, data=False, seed=7), top=1)
    ahead = beta.sf(3 / 7, concentration / 2, concentration / 2)

    assert sure.ranks.loc["Alba", 1] == pytest.approx(ahead, abs=2 / 64)
    assert sure.ranks.loc["Dahl", 2] == sure.ranks.loc["Alba", 1]
    pair = sure.pairwise.set_index(["candidate", "against"]).loc[("Alba", "Dahl")]
    assert pair["ahead"] == sure.ranks.loc["Alba", 1]
    assert pair["ahead"] + pair["behind"] == 1
    assert sure.by_doubt.loc["Alba", "weights"] == 1 - sure.top_k["Alba"]
    p = sure.top_k["Alba"]
    assert sure.standard_error["Alba"] == pytest.approx((p * (1 - p) / 4096) ** 0.5)


def test_shares_add_up_by_candidate_and_by_rank(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    sure = rank_acceptability(scored(table), Doubt(concentration=5, seed=7), top=2)

    assert np.allclose(sure.ranks.sum(axis=1), 1)
    assert np.allclose(sure.ranks.sum(axis=0), 1)
    assert sure.top_k.sum() == pytest.approx(2)
    assert sure.top_curve[2].tolist() == pytest.approx(sure.top_k.tolist())
    assert np.allclose(sure.ranks @ sure.ranks.columns.to_numpy(), sure.expected_rank)


def test_equals_share_the_better_rank_in_every_draw(one_axis: Callable[..., Scores]) -> None:
    sure = rank_acceptability(one_axis({"A": [0.9, 0.9], "B": [0.4, 0.2], "C": [0.4, 0.2], "D": [0.1, 0.1]}),
                              OPEN, top=2)
    assert sure.ranks.loc["B", 2] == sure.ranks.loc["C", 2] == 1
    assert sure.ranks.loc["D", 4] == 1
    assert sure.top_k.tolist() == [1, 1, 1, 0]
    assert sure.pairwise.query("candidate == 'B' and against == 'C'")[["ahead", "behind"]].to_numpy().sum() == 0


def test_the_beaten_one_has_no_weights_to_win_with(one_axis: Callable[..., Scores]) -> None:
    sure = rank_acceptability(one_axis({"A": [1, 1, 1], "B": [0, 0, 0]}), OPEN, top=1)
    assert sure.ranks.to_numpy().tolist() == [[1, 0], [0, 1]]
    assert sure.central_weights.loc["A"].tolist() == pytest.approx([1 / 3] * 3, abs=0.002)
    assert sure.central_weights.loc["B"].isna().all()


def test_without_doubt_ranks_are_those_of_the_scores(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    scores = scored(table)
    sure = rank_acceptability(scores, Doubt(concentration=None, data=False, seed=7), top=2)
    assert sure.expected_rank.to_dict() == scores.rank.astype(float).to_dict()
    assert sure.top_k.isin([0.0, 1.0]).all()


def test_who_fails_a_gate_takes_no_rank_from_anyone(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    gated = scored(table.assign(willing=[0, 1, 1, 1]), gate="willing")
    alone = scored(table.drop(index="Alloy"))
    doubt = Doubt(concentration=10, data=False, seed=7)

    with_one, without = (rank_acceptability(scores, doubt, top=2) for scores in (gated, alone))
    assert "Alloy" not in with_one.ranks.index
    assert with_one.ranks.equals(without.ranks)
    assert with_one.top_k.equals(without.top_k)


def test_missing_evidence_alone_can_move_the_line(scored: Callable[..., Scores]) -> None:
    """A gap anywhere from 0 to 1 is behind a sure .3 in three cases of ten."""
    table = pd.DataFrame({"a": [np.nan, 0.3]}, index=["Alba", "Dahl"])
    scores = scored(table, axes={"x": {"a": 1}}, missing="worst")
    sure = rank_acceptability(scores, Doubt(concentration=None, draws=16384, seed=7), top=1)

    assert sure.top_k["Dahl"] == pytest.approx(0.3, abs=ERROR)
    assert sure.by_doubt.loc["Dahl"].to_dict() == {
        "weights": 0.0, "data": 1 - sure.top_k["Dahl"], "all": 1 - sure.top_k["Dahl"]}


def test_late_ranks_can_be_left_out_of_the_table(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    doubt = Doubt(concentration=5, seed=7)
    short, full = (rank_acceptability(scored(table), doubt, top=2, most_ranks=most) for most in (2, 1000))
    assert short.ranks.equals(full.ranks[[1, 2]])
    assert short.expected_rank.equals(full.expected_rank)


def test_what_cannot_be_asked_is_named(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    nobody = scored(table.assign(willing=0), gate="willing")
    with pytest.raises(SrmkitError) as told:
        rank_acceptability(nobody, OPEN, top=0, most_ranks=0)
    assert str(told.value).splitlines() == [
        "rank acceptability: 3 problems",
        "  - top must be 1 or more; found 0. Give the number you can serve.",
        "  - most_ranks must be 1 or more; found 0.",
        "  - the scores have no candidate with a rank. Look at the gates that each one fails.",
    ]


def test_the_first_few_alone_are_the_same_ones(scored: Callable[..., Scores]) -> None:
    values = np.random.default_rng(3).integers(0, 5, (40, 3)) / 4  # with ties in plenty
    scores = scored(pd.DataFrame(values, columns=list("abc")), axes={"x": dict.fromkeys("abc", 1.0)})
    doubt = Doubt(concentration=10, data=False, draws=1000, seed=7)
    whole, head = (rank_acceptability(scores, doubt, top=5, only_top=only) for only in (False, True))

    assert head.ranks.equals(whole.ranks[list(range(1, 6))])
    assert head.top_k.equals(whole.top_k)
    assert head.central_weights.equals(whole.central_weights)
    assert head.by_doubt.equals(whole.by_doubt)
    assert head.expected_rank.isna().all()


def test_ranks_are_those_of_a_plain_count_draw_by_draw(scored: Callable[..., Scores]) -> None:
    """Rank is 1 and the number of those strictly ahead, worked out for every draw from the axis scores."""
    rng = np.random.default_rng(5)
    table = pd.DataFrame(rng.integers(0, 4, (30, 4)) / 3, columns=list("abcd"))
    table.iloc[::7, 1] = np.nan
    scores = scored(table, axes={"x": {"a": 2, "b": 1}, "y": {"c": 1, "d": 1}}, missing="reweight")
    doubt = Doubt(concentration=20, data=False, draws=300, seed=7)
    total = axis_draws(scores, doubt).total
    rank = 1 + (total[:, None, :] > total[:, :, None] + 1e-9).sum(axis=2)
    found = rank_acceptability(scores, doubt, top=3, most_ranks=4)
    order = found.ranks.index

    for shown in (1, 2, 3, 4):
        assert found.ranks[shown].tolist() == (rank == shown).mean(axis=0)[order].tolist()
    assert found.expected_rank.tolist() == pytest.approx(rank.mean(axis=0)[order].tolist())
    assert found.expected_rank_error.tolist() == pytest.approx((rank.std(axis=0) / 300**0.5)[order].tolist())
    assert found.top_k.tolist() == pytest.approx((rank <= 3).mean(axis=0)[order].tolist())


def test_every_share_has_its_standard_error(one_axis: Callable[..., Scores]) -> None:
    sure = rank_acceptability(one_axis({"A": [1, 0], "B": [0, 1], "C": [0.6, 0.6]}), OPEN, top=1)
    p = sure.ranks.loc["A", 1]
    assert sure.ranks_error.loc["A", 1] == pytest.approx((p * (1 - p) / 16384) ** 0.5)
    assert sure.by_doubt_error.loc["A", "all"] == pytest.approx((p * (1 - p) / 16384) ** 0.5)
    # a wins with weights evenly from .6 to 1
    assert sure.central_weights_error.loc["A", "c0"] == pytest.approx(0.4 / 12**0.5 / (0.4 * 16384) ** 0.5, rel=0.02)
    pair = sure.pairwise.iloc[0]
    assert pair["ahead_error"] == pytest.approx((pair["ahead"] * (1 - pair["ahead"]) / 16384) ** 0.5)


def test_who_beats_whom_is_counted_for_any_two(one_axis: Callable[..., Scores]) -> None:
    """(1, 0) is ahead of (.6, .6) beyond .6, of (0, 1) beyond .5."""
    found = winning_indices(one_axis({"A": [1, 0], "B": [0, 1], "C": [0.6, 0.6]}), OPEN, ["A", "B", "C"])
    assert found[["candidate", "against"]].to_numpy().tolist() == [["A", "B"], ["A", "C"], ["B", "C"]]
    assert found["ahead"].tolist() == pytest.approx([0.5, 0.4, 0.4], abs=ERROR)
    assert (found["ahead"] + found["behind"]).tolist() == [1, 1, 1]
    with pytest.raises(SrmkitError, match="'Z' has no total"):
        winning_indices(one_axis({"A": [1, 0]}), OPEN, ["A", "Z"])


def test_nine_wins_in_ten(scored: Callable[..., Scores]) -> None:
    """Values that win once and lose nine times give .1 and .9 (R smaa test-suite, pwi)."""
    first, second = np.array([0.0] + [1.0] * 9), np.array([1.0] + [0.0] * 9)
    assert winning_share(first, second) == 0.9
    assert winning_share(second, first) == 0.1
    assert winning_share(first, first) == 0.0
