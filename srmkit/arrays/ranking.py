"""Ranks in many draws at once: ties share the better rank, as in the scores.

Each total becomes a whole number with the candidate's place in its low bits, so that one plain sort orders both, and
nothing larger than a block of draws is ever held but the counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from srmkit.arrays.checks import values_and_weights
from srmkit.arrays.totals import Totals, WeighedTotals
from srmkit.errors import Problems

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]
Small = NDArray[np.unsignedinteger]

TIE = 1e-9  # points; the tolerance of the scores
CEILING = 240.0  # what is left of it below a total of 0 to 100 lies from 2**7 to 2**8: floats of one exponent
FRACTION = 45  # bits behind the point of such a float: 3e-14 points
HEAD = 12  # bits in front of them that say the same for all: sign and exponent
WORD = np.complex128  # 128 bits, the widest that NumPy moves at once
COUNTED_AT_ONCE = 2**20  # places that wait to be counted: 2 MB


@dataclass(frozen=True)
class RankShares:
    """How often who holds which rank.

    `shares` of the draws are candidate x rank, from the first; `mean` and `mean_square` those of all ranks (from 1),
    NaN where only the first ranks were looked at; `first` who leads (candidate, draw).
    """

    shares: Floats
    mean: Floats
    mean_square: Floats
    first: tuple[Ints, Ints]


def rank_shares(values: ArrayLike, weights: ArrayLike) -> RankShares:
    """How often each candidate has which rank over the draws of the weights; equals share the better rank.

    `values` are candidates x criteria, 0 (worst) to 1 (best); `weights` draws x criteria, each row
    summing to 1. Raises SrmkitError for gaps and for values or weights beyond that.

    >>> found = rank_shares([[1.0, 0.0], [0.0, 1.0]], [[0.6, 0.4], [0.7, 0.3], [0.2, 0.8], [0.5, 0.5]])
    >>> found.shares.tolist(), found.mean.tolist()
    ([[0.75, 0.25], [0.5, 0.5]], [1.25, 1.5])
    """
    table, drawn = values_and_weights(values, weights, Problems("ranks of plain arrays"))
    return count_ranks(WeighedTotals.of(table, drawn), len(table), len(drawn), kept=len(table), whole=True)


def top_shares(values: ArrayLike, weights: ArrayLike, *, top: int) -> Floats:
    """Share of the draws in which each candidate is among the first `top`, one number a candidate.

    The same as the first `top` ranks of `rank_shares` together, far quicker and smaller for many candidates.
    """
    problems = Problems("first places of plain arrays")
    if top < 1:
        problems.add("top", "must be 1 or more", found=str(top))
    table, drawn = values_and_weights(values, weights, problems)
    found = count_ranks(WeighedTotals.of(table, drawn), len(table), len(drawn), kept=top, whole=False)
    return np.asarray(found.shares.sum(axis=1))


def count_ranks(totals: Totals, candidates: int, draws: int, *, kept: int, whole: bool) -> RankShares:
    """Shares of the draws for the first `kept` ranks of every candidate over the draws.

    `whole` ranks everybody in every draw, so that mean ranks are known; without it only the first
    ones are put in order, which is far faster for many candidates.
    """
    kept = min(kept, candidates)
    pile, ranks = _Pile.of(candidates, kept, draws), np.arange(1.0, candidates + 1)
    beyond = whole and kept < candidates  # then counts do not tell mean ranks
    sums, squares = (np.full(candidates, 0.0 if whole else np.nan) for _ in range(2))
    leaders, also = np.empty(draws, dtype=np.int64), []
    for block, order, tied in _orders(totals, candidates, candidates if whole else kept):
        leaders[block] = order[:, 0]
        pile.add(order[:, :kept])
        if beyond:
            holders = order.astype(np.intp).ravel()
            np.add.at(sums, holders, np.tile(ranks, len(order)))
            np.add.at(squares, holders, np.tile(ranks**2, len(order)))
        if tied is not None:
            pile.share(tied)
            also.append((tied.holder[tied.rank == 0], block.start + tied.draw[tied.rank == 0]))
            if beyond:
                np.add.at(sums, tied.holder, tied.rank - tied.place)
                np.add.at(squares, tied.holder, (tied.rank + 1.0) ** 2 - (tied.place + 1.0) ** 2)
    shares, mean, mean_square = pile.shares(draws), sums / draws, squares / draws
    if whole and not beyond:
        mean, mean_square = shares @ ranks, shares @ ranks**2
    first = (np.concatenate([leaders, *(who for who, _ in also)]),
             np.concatenate([np.arange(draws), *(when for _, when in also)]))
    return RankShares(shares, mean, mean_square, first)


@dataclass(frozen=True)
class _Tied:
    """Who shares a rank better than the place in the order: draw in the block, candidate, place, rank (both from 0)."""

    draw: Ints
    holder: Ints
    place: Ints
    rank: Ints


def _orders(totals: Totals, candidates: int, wanted: int) -> Iterator[tuple[slice, Small, _Tied | None]]:
    """Blocks of draws with the candidates from best to worst, at least `wanted` of them, and who ties."""
    bits, kind = max(1, (candidates - 1).bit_length()), _side_by_side(candidates)[0]
    shift, low = np.uint64(min(bits, HEAD)), np.uint64(2**bits - 1)
    place = np.arange(candidates, dtype=np.uint64)
    near = np.uint64(TIE * 2.0 ** (FRACTION + int(shift)) + 2.0 ** (bits + 1))
    for block, below in totals.below(CEILING):
        keys = below.view(np.uint64)
        keys <<= shift  # the head drops out
        if bits > HEAD:
            keys &= ~low
        keys |= place
        head = keys
        if wanted < candidates:
            keys.partition(wanted, axis=1)
            head = np.sort(keys[:, : wanted + 1], axis=1)
        else:
            keys.sort(axis=1)
        tied = None
        if candidates > 1:
            in_a_row = head.reshape(-1)  # steps between draws among them: they may only send us to look closer
            if (in_a_row[1:] - in_a_row[:-1]).min() <= near:
                close = np.flatnonzero((head[:, 1:] - head[:, :-1]).min(axis=1) <= near)
                tied = _ties(close, np.sort(keys[close], axis=1), bits, TIE * 2.0 ** (FRACTION + int(shift) - bits))
        order = head.astype(kind)
        order &= kind(low)
        yield block, order, tied


def _side_by_side(candidates: int) -> tuple[type[np.unsignedinteger], int]:
    """How a candidate's place is written, and how many ranks of such places one word holds."""
    return (np.uint16, 8) if 8 * candidates <= 2**16 else (np.uint32, 4)


def _ties(draws: NDArray[np.intp], keys: Keys, bits: int, tie: float) -> _Tied | None:
    """Who ties with the one ahead in these draws (draws x candidates, all of them in order)."""
    level = keys >> np.uint64(bits)
    first = np.zeros(keys.shape, dtype=np.int64)
    np.maximum.accumulate(
        np.where(np.diff(level, axis=1) > tie, np.arange(1, keys.shape[1]), 0), axis=1, out=first[:, 1:]
    )
    draw, place = np.nonzero(first != np.arange(keys.shape[1]))
    if not len(draw):
        return None
    holder = (keys[draw, place] & np.uint64(2**bits - 1)).astype(np.int64)
    return _Tied(draws[draw], holder, place, first[draw, place])


@dataclass(frozen=True)
class _Pile:
    """Orders that wait to be counted, a few ranks side by side so that one count does for all of them.

    `waiting` is groups of ranks x draws x ranks of the group, each a candidate's place plus where the part of its rank
    begins (`parts`, by rank); `table` the counts so far, where the shares will stand, groups x (ranks of the group x
    candidates).
    """

    candidates: int
    kept: int
    waiting: Small
    table: Ints
    parts: Small
    filled: list[int]

    @classmethod
    def of(cls, candidates: int, kept: int, draws: int) -> _Pile:
        kind, group = _side_by_side(candidates)
        groups = -(-kept // group)
        room = min(draws, max(1, COUNTED_AT_ONCE // (groups * group)))
        return cls(candidates, kept, np.zeros((groups, room, group), dtype=kind),
                   np.zeros((groups, group * candidates), dtype=np.int64),
                   (np.arange(groups * group) % group * candidates).astype(kind), [0])

    def add(self, order: Small) -> None:
        """Take in a block of orders, draws x kept ranks."""
        groups, room, group = self.waiting.shape
        rows = np.empty((len(order), groups * group), dtype=order.dtype)
        np.add(order, self.parts[: self.kept], out=rows[:, : self.kept])
        rows[:, self.kept :] = self.parts[self.kept :]  # nobody's, and never looked at
        packed, pile = rows.view(WORD), self.waiting.view(WORD)[:, :, 0]
        while len(packed):
            start = self.filled[0]
            some = packed[: room - start]
            pile[:, start : start + len(some)] = some.T
            self.filled[0] += len(some)
            packed = packed[len(some) :]
            if self.filled[0] == room:
                self._count()

    def share(self, tied: _Tied) -> None:
        """Move who ties from the place in the order to the rank that is shared."""
        for rank, change in ((tied.place, -1), (tied.rank, 1)):
            mine = rank < self.kept
            group, within = np.divmod(rank[mine], self.waiting.shape[2])
            np.add.at(self.table, (group, within * self.candidates + tied.holder[mine]), change)

    def shares(self, draws: int) -> Floats:
        """Share of all draws per candidate and rank, once everything is in."""
        self._count()
        shares = self.table.view(np.float64)  # in the same place: the table is the largest of all that is held
        for share, counts in zip(shares, self.table, strict=True):
            np.divide(counts, draws, out=share)
        return shares.reshape(-1, self.candidates)[: self.kept].T

    def _count(self) -> None:
        for row, waiting in zip(self.table, self.waiting[:, : self.filled[0]], strict=True):
            row += np.bincount(waiting.ravel(), minlength=len(row))
        self.filled[0] = 0
