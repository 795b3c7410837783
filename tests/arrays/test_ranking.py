"""Ranks over many draws are those of the scores in each draw, one draw after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmkit.arrays.ranking import CEILING, RankShares, count_ranks
from srmkit.scoring.ranks import rank


@dataclass(frozen=True)
class Table:
    """Totals as they are, draws x candidates, in blocks of three draws."""

    totals: np.ndarray

    def blocks(self) -> Iterator[tuple[slice, np.ndarray]]:
        for start in range(0, len(self.totals), 3):
            block = slice(start, min(start + 3, len(self.totals)))
            yield block, self.totals[block].copy()

    def below(self, ceiling: float) -> Iterator[tuple[slice, np.ndarray]]:
        assert ceiling == CEILING
        return ((block, ceiling - totals) for block, totals in self.blocks())

    def few(self, places: np.ndarray) -> np.ndarray:
        return self.totals[:, places]


def one_by_one(totals: np.ndarray) -> np.ndarray:
    """Ranks of every draw by the rule of the scores, draws x candidates."""
    return np.array([rank(pd.Series(row)).to_numpy(dtype=int) for row in totals])


def found(totals: np.ndarray, *, kept: int, whole: bool = True) -> RankShares:
    return count_ranks(Table(totals), totals.shape[1], len(totals), kept=kept, whole=whole)


def same_as_one_by_one(totals: np.ndarray, *, kept: int, whole: bool) -> None:
    ranks, shares = one_by_one(totals), found(totals, kept=kept, whole=whole)
    kept = min(kept, totals.shape[1])
    counts = [(ranks == place).sum(axis=0) for place in range(1, kept + 1)]
    assert np.array_equal(shares.shares, np.column_stack(counts) / len(totals))
    assert sorted(zip(*shares.first, strict=True)) == sorted(zip(*reversed(np.nonzero(ranks == 1)), strict=True))
    if whole:
        assert shares.mean == pytest.approx(ranks.mean(axis=0), rel=1e-12)
        assert shares.mean_square == pytest.approx((ranks**2).mean(axis=0), rel=1e-12)
    else:
        assert np.isnan(shares.mean).all() or kept == totals.shape[1]


@given(
    st.integers(1, 40).flatmap(lambda candidates: st.lists(
        st.lists(st.sampled_from([0.0, 12.5, 12.5 + 5e-10, 12.5 + 2e-9, 37.1, 60.0, 99.9, 100.0]),
                 min_size=candidates, max_size=candidates), min_size=1, max_size=8)),
    st.integers(1, 45), st.booleans(),
)
def test_equals_and_near_equals_share_ranks_as_in_the_scores(totals: list[list[float]], kept: int, whole: bool) -> None:
    same_as_one_by_one(np.array(totals), kept=kept, whole=whole)


@pytest.mark.parametrize(("candidates", "kept"), [(1, 1), (2, 1), (7, 7), (1_000, 1_000), (1_000, 3), (5_000, 10)])
@pytest.mark.parametrize("whole", [True, False])
def test_few_and_many_candidates(candidates: int, kept: int, whole: bool) -> None:
    totals = np.random.default_rng(7).uniform(0, 100, (11, candidates))
    totals[:, candidates // 2 :] = totals[:, : candidates - candidates // 2]  # everybody has an equal
    same_as_one_by_one(totals, kept=kept, whole=whole)


def test_so_many_that_a_place_needs_more_than_two_bytes() -> None:
    totals = np.random.default_rng(7).uniform(0, 100, (3, 70_000))
    same_as_one_by_one(totals, kept=5, whole=False)
    same_as_one_by_one(totals, kept=5, whole=True)


def test_totals_at_both_ends_of_the_scale_and_a_rounding_beyond_it() -> None:
    totals = np.array([[0.0, 100.0, -1e-13, 100 + 1e-13, 50.0]])
    assert one_by_one(totals).tolist() == [[4, 1, 4, 1, 3]]
    same_as_one_by_one(totals, kept=5, whole=True)


def test_more_draws_than_wait_to_be_counted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    totals = np.random.default_rng(7).uniform(0, 100, (50, 9))
    monkeypatch.setattr("srmkit.arrays.ranking.COUNTED_AT_ONCE", 40)
    same_as_one_by_one(totals, kept=9, whole=True)
