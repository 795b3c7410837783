"""What the figures themselves leave open: each doubtful cell as a distribution of its value.

A counted rate follows a beta distribution about its counts (Jeffreys: events + 1/2, the others + 1/2;
Brown, Cai & DasGupta 2001, Statistical Science 16(2), 101-133). A mean follows a normal distribution
with its standard error; a judged one is cut off at the ends of its scale, since no rater can go
beyond them. A missing figure may lie anywhere on its scale, evenly. A plain amount is certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.scoring import Criterion, Scores

Floats = NDArray[np.float64]

KNOTS = 65
LEVELS = 2**16


@dataclass(frozen=True)
class Figures:
    """Doubtful cells in order of candidate, each with its value (0 to 1) at evenly spaced normal quantiles."""

    candidate: NDArray[np.intp]
    criterion: NDArray[np.intp]
    table: NDArray[np.float32]

    @classmethod
    def of(cls, scores: Scores) -> Figures:
        """Every cell of the scores that is missing or carries evidence of its own doubt."""
        parts = [_cells(scores, item) for item in scores.scorecard.criteria]
        candidate = np.concatenate([owners for owners, _ in parts])
        criterion = np.repeat(np.arange(len(parts)), [len(owners) for owners, _ in parts])
        table = np.concatenate([values for _, values in parts])
        order = np.lexsort((criterion, candidate))
        return cls(candidate[order], criterion[order], table[order].astype(np.float32))

    def of_candidate(self, place: int) -> slice:
        """Where one candidate's cells stand."""
        first, last = np.searchsorted(self.candidate, [place, place + 1])
        return slice(int(first), int(last))

    def draw(self, cells: slice, chance: np.random.Generator, draws: int) -> NDArray[np.float32]:
        """Values of these cells, cells x draws."""
        table = self.table[cells]
        knots, parts = _levels()
        level = chance.integers(0, LEVELS, size=(len(table), draws), dtype=np.uint16)
        place = knots[level] + KNOTS * np.arange(len(table))[:, None]
        rise = np.diff(table, axis=1, append=table[:, -1:]).ravel()
        return table.ravel()[place] + rise[place] * parts[level]


def _cells(scores: Scores, item: Criterion) -> tuple[NDArray[np.intp], Floats]:
    """The doubtful candidates of one criterion and their values, cells x knots."""
    missing = scores.values[item.name].isna().to_numpy()
    evidence = _evidence(scores, item)
    counted = _counted(evidence) & ~missing
    spread = (evidence["sd"] > 0).to_numpy() & ~missing & ~counted
    raw = np.concatenate([_rates(evidence[counted]), _means(evidence[spread], item)])
    values = np.asarray(item.scale.values(raw.ravel()), dtype=float).reshape(raw.shape)
    anywhere = np.broadcast_to(_probabilities(), (int(missing.sum()), KNOTS))
    owners = np.concatenate([np.flatnonzero(which) for which in (counted, spread, missing)])
    return owners, np.concatenate([values, anywhere])
