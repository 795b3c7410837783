"""Ranks in many draws at once: ties share the better rank, as in the scores."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TIE = 1e-9  # points; the tolerance of the scores
BLOCK_CELLS = 2**20


def ranked_blocks(totals: Floats) -> Iterator[tuple[slice, Ints, Ints]]:
    """Blocks of draws with, from best to worst, the candidates and the ranks they hold (from 0).

    `totals` is draws x candidates, 0 to 100. Each draw's totals become whole numbers with the
    candidate's place in their low bits, so that one plain sort orders both.
    """
    draws, candidates = totals.shape
    bits = max(1, (candidates - 1).bit_length())
    place = np.arange(candidates, dtype=np.int64)
    size = max(1, BLOCK_CELLS // candidates)
    for start in range(0, draws, size):
        block = slice(start, min(start + size, draws))
        keys = np.rint(totals[block] / -TIE).astype(np.int64)
        keys = np.bitwise_or(np.left_shift(keys, bits), place)
        keys.sort(axis=1)
        yield block, keys & (2**bits - 1), _shared(keys >> bits)


def _shared(level: Ints) -> Ints:
    """Ranks of sorted levels, the equal ones sharing the better rank."""
    place = np.broadcast_to(np.arange(level.shape[1]), level.shape)
    new = np.ones(level.shape, dtype=bool)
    np.not_equal(level[:, 1:], level[:, :-1], out=new[:, 1:])
    return place if new.all() else np.maximum.accumulate(np.where(new, place, 0), axis=1)
