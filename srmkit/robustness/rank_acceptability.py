"""How sure the ranks are: shares of draws per rank, the top k, and the pairs at the line.

SMAA-2 (Lahdelma & Salminen 2001, Operations Research 49(3), 444-454) with weights about the stated
ones, or over all possible weights with `concentration="uniform"`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.robustness.axis_draws import ALL, Engine, engine_of
from srmkit.robustness.doubts import Doubt
from srmkit.robustness.ranking import TIE, ranked_blocks
from srmkit.scoring import Scores

Floats = NDArray[np.float64]

MOST_RANKS = 1_000
NEIGHBOURS = 3


@dataclass(frozen=True)
class RankAcceptability:
    """Ranks over the draws, in order of the present rank; candidates that fail a gate have none and are absent.

    `ranks` is the share of draws per rank (candidate x rank from 1): rows sum to 1, and columns too
    unless candidates tie. `top_k` is the probability of a rank up to `top`, `by_doubt` that of
    changing sides of this line with the weights or the data alone in doubt, or "all" together.
    `central_weights` is the mean of the weights that put a candidate first (shares of the total, rows
    sum to 1; NaN when none does). `pairwise` takes the candidates next to the line on either side:
    the share of draws in which `candidate` is strictly ahead of `against`.
    """

    top: int
    doubt: Doubt
    ranks: pd.DataFrame
    expected_rank: pd.Series
    top_k: pd.Series
    by_doubt: pd.DataFrame
    central_weights: pd.DataFrame
    pairwise: pd.DataFrame

    @property
    def standard_error(self) -> pd.Series:
        """Monte-Carlo standard error of `top_k`, sqrt(p (1 - p) / N)."""
        return ((self.top_k * (1 - self.top_k) / self.doubt.draws) ** 0.5).rename("standard_error")

    @property
    def top_curve(self) -> pd.DataFrame:
        """Probability of being among the first k, for every k (candidate x k)."""
        return self.ranks.cumsum(axis=1)


def rank_acceptability(
    scores: Scores, doubt: Doubt, *, top: int, most_ranks: int = MOST_RANKS
) -> RankAcceptability:
    """How sure each candidate's rank and its place among the first `top` are under a doubt.

    Later ranks than `most_ranks` are left out of `ranks` (the table grows with their square); all
    else counts them. Raises SrmkitError when `top` is below 1 or nobody has a rank.
    """
    present = scores.rank.dropna().sort_values(kind="stable")
    _check(top, most_ranks, len(present))
    engine = engine_of(scores, doubt)
    totals = _totals(engine, engine.terms.candidates.get_indexer(present.index))
    inside = {source: _inside(drawn, top) for source, drawn in totals.items()}
    counts, expected, central = _count(totals[ALL], engine.weight_table(), most_ranks)
    columns = pd.RangeIndex(1, counts.shape[1] + 1, name="rank")
    return RankAcceptability(
        top=top,
        doubt=doubt,
        ranks=pd.DataFrame(counts / doubt.draws, index=present.index, columns=columns),
        expected_rank=pd.Series(expected, index=present.index, name="expected_rank"),
        top_k=pd.Series(inside[ALL].mean(axis=0), index=present.index, name="top_k"),
        by_doubt=_by_doubt(inside, present, top),
        central_weights=central.set_axis(present.index),
        pairwise=_pairwise(totals[ALL], present, top),
    )


def winning_share(candidate: Floats, against: Floats) -> float:
    """Share of draws in which one total is ahead of the other by more than the tolerance of a tie.

    >>> winning_share(np.array([0.0, 1, 1, 1]), np.array([1.0, 0, 0, 1]))
    0.5
    """
    return float((candidate > against + TIE).mean())


def _totals(engine: Engine, places: NDArray[np.intp]) -> dict[str, Floats]:
    """Totals (draws x candidates, in the order of `places`) under each doubt that moves them."""
    drawn: dict[str, list[Floats]] = {"weights": [], "data": [], ALL: []}
    for block in engine.blocks():
        for source, totals in drawn.items():
            totals.append(engine.total(block, source))
    return {source: np.ascontiguousarray(np.concatenate(totals)[places].T) for source, totals in drawn.items()}


def _inside(totals: Floats, top: int) -> NDArray[np.bool_]:
    """Who is among the first `top` in each draw; equals of the last one are."""
    last = totals.shape[1] - min(top, totals.shape[1])
    line = np.partition(totals, last, axis=1)[:, last]
    return totals >= line[:, None] - TIE


def _count(totals: Floats, weights: pd.DataFrame, most_ranks: int) -> tuple[NDArray[np.int64], Floats, pd.DataFrame]:
    """Draws per candidate and rank, mean rank, and mean weights of the draws it wins."""
    draws, candidates = totals.shape
    kept = min(candidates, most_ranks)
    counts, ranks = np.zeros(candidates * kept, dtype=np.int64), np.zeros(candidates)
    wins, won = np.zeros(candidates), np.zeros((candidates, weights.shape[1]))
    table = weights.to_numpy()
    for block, holder, rank in ranked_blocks(totals):
        seen = rank < kept
        counts += np.bincount(holder[seen] * kept + rank[seen], minlength=len(counts))
        ranks += np.bincount(holder.ravel(), weights=rank.ravel(), minlength=candidates)
        draw, column = np.nonzero(rank == 0)
        first = holder[draw, column]
        wins += np.bincount(first, minlength=candidates)
        np.add.at(won, first, table[block][draw])
    central = np.divide(won, wins[:, None], out=np.full_like(won, np.nan), where=wins[:, None] > 0)
    return counts.reshape(candidates, kept), 1 + ranks / draws, pd.DataFrame(central, columns=weights.columns)


def _by_doubt(inside: dict[str, NDArray[np.bool_]], present: pd.Series, top: int) -> pd.DataFrame:
    selected = (present <= top).to_numpy(dtype=bool)
    crosses = {source: (drawn != selected).mean(axis=0) for source, drawn in inside.items()}
    return pd.DataFrame(crosses, index=present.index)


def _pairwise(totals: Floats, present: pd.Series, top: int) -> pd.DataFrame:
    """The last ones inside the line against the first ones outside it."""
    inside = np.flatnonzero((present <= top).to_numpy(dtype=bool))[-NEIGHBOURS:]
    outside = np.flatnonzero((present > top).to_numpy(dtype=bool))[:NEIGHBOURS]
    rows = [
        (present.index[a], present.index[b], winning_share(totals[:, a], totals[:, b]),
         winning_share(totals[:, b], totals[:, a]))
        for a in inside for b in outside
    ]
    return pd.DataFrame(rows, columns=["candidate", "against", "ahead", "behind"])


def _check(top: int, most_ranks: int, ranked: int) -> None:
    problems = Problems("rank acceptability")
    if top < 1:
        problems.add("top", "must be 1 or more", found=str(top), todo="Give the number you can serve.")
    if most_ranks < 1:
        problems.add("most_ranks", "must be 1 or more", found=str(most_ranks))
    if ranked == 0:
        problems.add("the scores", "have no candidate with a rank", todo="Look at the gates that each one fails.")
    problems.raise_if_any()
