"""How sure the ranks are: shares of draws per rank, the top k, and the pairs at the line.

SMAA-2 (Lahdelma & Salminen 2001, Operations Research 49(3), 444-454) with weights about the stated
ones, over all possible weights with `concentration="uniform"`, or over those that statements allow.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.arrays.ranking import TIE, RankShares, count_ranks
from srmkit.arrays.totals import Totals
from srmkit.errors import Problems
from srmkit.robustness.axis_draws import ALL, Engine, engine_of
from srmkit.robustness.doubts import Doubt, standard_error
from srmkit.robustness.totals import totals_by_doubt
from srmkit.scoring import Scores

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

MOST_RANKS = 1_000
NEIGHBOURS = 3


@dataclass(frozen=True)
class RankAcceptability:
    """Ranks over the draws, in order of the present rank; candidates that fail a gate have none and are absent.

    `ranks` is the share of draws per rank (candidate x rank from 1): rows sum to 1, and columns too
    unless candidates tie. `expected_rank` is the mean rank, NaN where only the first ranks were counted.
    `top_k` is the probability of a rank up to `top`, `by_doubt` that of changing sides of this line
    with the weights or the data alone in doubt, or "all" together. `central_weights` is the mean of
    the weights that put a candidate first (shares of the total, rows sum to 1; NaN when none does).
    `pairwise` takes the candidates next to the line on either side: the shares of draws in which
    `candidate` is strictly ahead of `against` and behind, and their standard errors.
    `expected_rank_error` and `central_weights_error` are Monte-Carlo standard errors.
    """

    top: int
    doubt: Doubt
    ranks: pd.DataFrame
    expected_rank: pd.Series
    expected_rank_error: pd.Series
    top_k: pd.Series
    by_doubt: pd.DataFrame
    central_weights: pd.DataFrame
    central_weights_error: pd.DataFrame
    pairwise: pd.DataFrame

    @property
    def standard_error(self) -> pd.Series:
        """Monte-Carlo standard error of `top_k`, sqrt(p (1 - p) / N)."""
        return standard_error(self.top_k.to_frame(), self.doubt.draws)["top_k"].rename("standard_error")

    @property
    def ranks_error(self) -> pd.DataFrame:
        """Monte-Carlo standard error of each share in `ranks`."""
        return standard_error(self.ranks, self.doubt.draws)

    @property
    def by_doubt_error(self) -> pd.DataFrame:
        """Monte-Carlo standard error of each share in `by_doubt`."""
        return standard_error(self.by_doubt, self.doubt.draws)

    @property
    def top_curve(self) -> pd.DataFrame:
        """Probability of being among the first k, for every k (candidate x k)."""
        return self.ranks.cumsum(axis=1)


def rank_acceptability(
    scores: Scores, doubt: Doubt, *, top: int, most_ranks: int = MOST_RANKS, only_top: bool = False
) -> RankAcceptability:
    """How sure each candidate's rank and its place among the first `top` are under a doubt.

    Later ranks than `most_ranks` are left out of `ranks` (the table grows with their square); all
    else counts them. `only_top` looks at the first `top` alone, which for thousands of candidates
    is far faster: `ranks` ends there, and mean ranks are not known. Raises SrmkitError when `top` is
    below 1 or nobody has a rank.
    """
    present = scores.rank.dropna().sort_values(kind="stable")
    _check(top, most_ranks, len(present))
    engine, count = engine_of(scores, doubt), len(present)
    totals = totals_by_doubt(engine, engine.terms.candidates.get_indexer(present.index))
    shown = min(count, top if only_top else most_ranks)
    found = count_ranks(totals[ALL], count, doubt.draws, kept=max(top, shown), whole=not only_top)
    inside = found.shares[:, :top].sum(axis=1)
    selected = (present <= top).to_numpy(dtype=bool)
    error = np.sqrt(np.maximum(found.mean_square - found.mean**2, 0) / doubt.draws)
    central, spread = _central(found, engine, present.index)
    columns = pd.RangeIndex(1, shown + 1, name="rank")
    return RankAcceptability(
        top=top,
        doubt=doubt,
        ranks=pd.DataFrame(found.shares[:, :shown], index=present.index, columns=columns, copy=False),
        expected_rank=pd.Series(found.mean, index=present.index, name="expected_rank"),
        expected_rank_error=pd.Series(error, index=present.index, name="expected_rank_error"),
        top_k=pd.Series(inside, index=present.index, name="top_k"),
        by_doubt=_by_doubt(totals, inside, selected, doubt, top).set_axis(present.index),
        central_weights=central,
        central_weights_error=spread,
        pairwise=_pairwise(totals[ALL], present.index, selected),
    )


def winning_indices(scores: Scores, doubt: Doubt, candidates: Sequence[Hashable]) -> pd.DataFrame:
    """Who beats whom: for every two of the named the shares of draws in which one is strictly ahead, and behind.

    One row a pair: candidate, against, ahead, behind, ahead_error, behind_error (Monte-Carlo
    standard errors); what is left of 1 is a tie. Raises SrmkitError for names without a total.
    """
    problems = Problems("winning indices")
    for name in candidates:
        if name not in scores.total.dropna().index:
            problems.add(f"'{name}'", "has no total", todo="Take the names from the scores.")
    problems.raise_if_any()
    engine = engine_of(scores, doubt)
    totals = totals_by_doubt(engine, engine.terms.candidates.get_indexer(pd.Index(candidates)))[ALL]
    first, second = np.triu_indices(len(candidates), 1)
    return _pairs(totals.few(np.arange(len(candidates))), pd.Index(candidates), first, second)


def winning_share(candidate: Floats, against: Floats) -> float:
    """Share of draws in which one total is ahead of the other by more than the tolerance of a tie.

    >>> winning_share(np.array([0.0, 1, 1, 1]), np.array([1.0, 0, 0, 1]))
    0.5
    """
    return float((candidate > against + TIE).mean())


def _central(found: RankShares, engine: Engine, candidates: pd.Index) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Mean weights of the draws that each candidate leads, and their standard errors; NaN without any such draw."""
    who, when = found.first
    in_turn = np.argsort(who, kind="stable")
    led = engine.weights[when[in_turn]]
    leaders, starts, wins = np.unique(who[in_turn], return_index=True, return_counts=True)
    criteria = engine.weight_table.columns
    mean, error = np.full((2, len(candidates), len(criteria)), np.nan)
    mean[leaders] = np.add.reduceat(led, starts) / wins[:, None]
    square = np.add.reduceat(led**2, starts) / wins[:, None]
    error[leaders] = np.sqrt(np.maximum(square - mean[leaders] ** 2, 0) / wins[:, None])
    return pd.DataFrame(mean, candidates, criteria), pd.DataFrame(error, candidates, criteria)


def _by_doubt(
    totals: dict[str, Totals], inside: Floats, selected: NDArray[np.bool_], doubt: Doubt, top: int
) -> pd.DataFrame:
    """Shares of draws on the other side of the line; a doubt that moves nothing has none."""
    crosses = {}
    for source in ("weights", "data", ALL):
        share = inside
        if source not in totals:
            share = selected.astype(float)
        elif totals[source] is not totals[ALL]:
            shares = count_ranks(totals[source], len(selected), doubt.draws, kept=top, whole=False).shares
            share = shares.sum(axis=1)
        crosses[source] = np.where(selected, 1 - share, share)
    return pd.DataFrame(crosses)


def _pairwise(totals: Totals, names: pd.Index, selected: NDArray[np.bool_]) -> pd.DataFrame:
    """The last ones inside the line against the first ones outside it."""
    inside, outside = np.flatnonzero(selected)[-NEIGHBOURS:], np.flatnonzero(~selected)[:NEIGHBOURS]
    some = np.concatenate([inside, outside])
    first, second = np.meshgrid(np.arange(len(inside)), len(inside) + np.arange(len(outside)), indexing="ij")
    return _pairs(totals.few(some), names[some], first.ravel(), second.ravel())


def _pairs(totals: Floats, names: pd.Index, first: Places, second: Places) -> pd.DataFrame:
    columns, pairs = np.ascontiguousarray(totals.T), list(zip(first, second, strict=True))
    ahead = [winning_share(columns[a], columns[b]) for a, b in pairs]
    behind = [winning_share(columns[b], columns[a]) for a, b in pairs]
    shares = pd.DataFrame({"ahead": ahead, "behind": behind}, dtype=float)
    errors = standard_error(shares, len(totals))
    return pd.DataFrame({"candidate": names[first], "against": names[second], "ahead": ahead, "behind": behind,
                         "ahead_error": errors["ahead"], "behind_error": errors["behind"]})


def _check(top: int, most_ranks: int, ranked: int) -> None:
    problems = Problems("rank acceptability")
    if top < 1:
        problems.add("top", "must be 1 or more", found=str(top), todo="Give the number you can serve.")
    if most_ranks < 1:
        problems.add("most_ranks", "must be 1 or more", found=str(most_ranks))
    if ranked == 0:
        problems.add("the scores", "have no candidate with a rank", todo="Look at the gates that each one fails.")
    problems.raise_if_any()
