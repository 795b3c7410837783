"""Ranks in many draws at once: ties share the better rank, as in the scores.

Each total becomes a whole number with the candidate's place in its low bits, so that one plain sort orders both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srmkit.robustness.totals import Totals

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TIE = 1e-9  # points; the tolerance of the scores
STEPS = 2.0**32  # whole numbers a point
LEVEL = 4  # of them in TIE
WHOLE = 2.0**52  # floats from here on are whole numbers, and their bits are those of an integer


@dataclass(frozen=True)
class RankCounts:
    """How often who holds which rank.

    `counts` is candidate x rank, from the first; `sums` and `squares` those of all ranks (from 1) over the
    draws, NaN where only the first ranks were looked at; `first` who leads (candidate, draw).
    """

    counts: Ints
    sums: Floats
    squares: Floats
    first: tuple[Ints, Ints]


def count_ranks(totals: Totals, candidates: int, draws: int, *, kept: int, whole: bool) -> RankCounts:
    """Count the first `kept` ranks of every candidate over the draws.

    `whole` ranks everybody in every draw, so that mean ranks are known; without it only the first
    ones are put in order, which is far faster for many candidates.
    """
    kept = min(kept, candidates)
    holders = np.empty((kept, draws), dtype=np.min_scalar_type(candidates))
    moved = np.zeros((candidates, kept), dtype=np.int64)
    sums, squares = (np.full(candidates, 0.0 if whole else np.nan) for _ in range(2))
    shared_first: list[tuple[Ints, Ints]] = []
    for block, holder, tied in _sorted_blocks(totals, candidates, candidates if whole else kept):
        holders[:, block] = holder[:, :kept].T
        if whole and kept < candidates:
            _add_ranks(sums, squares, holder)
        for draw, one_holder, rank in tied:
            _share(moved, one_holder, rank, kept)
            if whole and kept < candidates:
                _correct(sums, squares, one_holder, rank)
            also = one_holder[1:][rank[1:] == 0]
            shared_first.append((also, np.full(len(also), block.start + draw)))
    counts = np.column_stack([np.bincount(row, minlength=candidates) for row in holders]) + moved
    if whole and kept == candidates:
        ranks = np.arange(1.0, candidates + 1)
        sums, squares = counts @ ranks, counts @ ranks**2
    first = (np.concatenate([holders[0].astype(np.int64), *(who for who, _ in shared_first)]),
             np.concatenate([np.arange(draws), *(when for _, when in shared_first)]))
    return RankCounts(counts, sums, squares, first)


def _sorted_blocks(
    totals: Totals, candidates: int, wanted: int
) -> Iterator[tuple[slice, Ints, list[tuple[int, Ints, Ints]]]]:
    """Blocks of draws with the candidates from best to worst, at least `wanted` of them, and the draws with ties.

    Each such draw comes with its place in the block, everybody in order, and the ranks (from 0).
    """
    bits = max(1, (candidates - 1).bit_length())
    place, low = np.arange(candidates, dtype=np.int64), np.int64(2**bits - 1)
    near = np.int64((LEVEL + 1) << bits)
    for block, points in totals.blocks():
        np.multiply(points, -STEPS, out=points)
        points += WHOLE + 100 * STEPS  # the best has the smallest
        keys = points.view(np.int64)
        keys <<= bits
        keys |= place
        head = keys
        if wanted < candidates:
            keys.partition(wanted, axis=1)
            head = keys[:, : wanted + 1]
            head.sort(axis=1)
        else:
            keys.sort(axis=1)
        close = ((head[:, 1:] - head[:, :-1]) < near).any(axis=1)
        tied = []
        for draw in np.flatnonzero(close):
            row = np.sort(keys[draw])
            fall = np.diff(row >> bits, prepend=np.int64(-(2**62))) > LEVEL
            rank = np.maximum.accumulate(np.where(fall, place, 0))
            tied.append((int(draw), row & low, rank))
        head &= low
        yield block, head, tied


def _share(moved: Ints, holder: Ints, rank: Ints, kept: int) -> None:
    """Move who ties from the place in the order to the rank that is shared."""
    other = np.flatnonzero(rank != np.arange(len(rank)))
    old = other[other < kept]
    moved[holder[old], old] -= 1
    new = other[rank[other] < kept]
    moved[holder[new], rank[new]] += 1


def _add_ranks(sums: Floats, squares: Floats, holder: Ints) -> None:
    ranks = np.empty(holder.shape)
    np.put_along_axis(ranks, holder, np.arange(1.0, holder.shape[1] + 1)[None, :], axis=1)
    sums += ranks.sum(axis=0)
    squares += np.einsum("dc,dc->c", ranks, ranks)


def _correct(sums: Floats, squares: Floats, holder: Ints, rank: Ints) -> None:
    place = np.arange(1.0, len(rank) + 1)
    sums[holder] += 1 + rank - place
    squares[holder] += (1.0 + rank) ** 2 - place**2
