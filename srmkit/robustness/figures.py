"""What the figures themselves leave open: each doubtful cell as a distribution of its value.

A counted rate follows a beta distribution about its counts (Jeffreys: events + 1/2, the others + 1/2;
Brown, Cai & DasGupta 2001, Statistical Science 16(2), 101-133). A mean follows a normal distribution
with its standard error; a judged one is cut off at the ends of its scale, since no rater can go
beyond them. A missing figure may lie anywhere on its scale, evenly. A plain amount is certain.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from srmkit.robustness.evidence import Evidence
from srmkit.scoring import Criterion, Scores

Floats = NDArray[np.float64]

KNOTS = 65  # per cell, evenly spaced normal quantiles: means are exact between them, rates to 1e-4
LEVELS = 2**16  # equally likely levels of chance, out to 4.2 standard deviations


@dataclass(frozen=True, eq=False)
class Figures:
    """Doubtful cells in order of candidate, each with its value (0 to 1) at the knots; `names` are the candidates."""

    names: tuple[Hashable, ...]
    candidate: NDArray[np.intp]
    criterion: NDArray[np.intp]
    table: Floats

    @classmethod
    def of(cls, scores: Scores) -> Figures:
        """Every cell of the scores that is missing or carries evidence of its own doubt; other weights, same cells."""
        return _doubtful(_Unweighted(scores))

    @classmethod
    def _of(cls, scores: Scores) -> Figures:
        evidence = Evidence.of(scores)
        parts = [_cells(evidence, place, item) for place, item in enumerate(scores.criteria)]
        candidate = np.concatenate([owners for owners, _ in parts])
        criterion = np.repeat(np.arange(len(parts)), [len(owners) for owners, _ in parts])
        order = np.lexsort((criterion, candidate))
        table = np.concatenate([values for _, values in parts])
        return cls(tuple(scores.values.index.tolist()), candidate[order], criterion[order], table[order])

    def cells(self, members: slice) -> slice:
        """Where the cells of these candidates stand."""
        start, stop = np.searchsorted(self.candidate, [members.start, members.stop])
        return slice(int(start), int(stop))

    def levels(self, members: slice, streams: Sequence[np.random.Generator], draws: int) -> NDArray[np.uint16]:
        """Levels of chance for the cells of these candidates, cells x draws, each candidate's from its own stream."""
        bounds = np.searchsorted(self.candidate, np.arange(members.start, members.stop + 1))
        levels = np.empty((bounds[-1] - bounds[0], draws), dtype=np.uint16)
        bounds -= bounds[0]
        for stream, start, stop in zip(streams, bounds[:-1], bounds[1:], strict=True):
            levels[start:stop] = stream.integers(0, LEVELS, size=(stop - start, draws), dtype=np.uint16)
        return levels

    def values(self, cells: NDArray[np.intp], levels: NDArray[np.uint16]) -> Floats:
        """What these levels of chance make of these cells: values 0 to 1, cells x draws."""
        table = self.table[cells]
        rise = np.diff(table, axis=1, append=table[:, -1:])
        knot, part = _levels()
        place = knot[levels]
        place += KNOTS * np.arange(len(table))[:, None]
        values = rise.ravel()[place]
        values *= part[levels]
        values += table.ravel()[place]
        return values


    def variances(self) -> Floats:
        """Variance of each cell's value over all levels of chance, exactly as they are drawn."""
        knot, part = _levels()
        share, once, twice = (np.bincount(knot, part**power, minlength=KNOTS) / LEVELS for power in (0, 1, 2))
        rise = np.diff(self.table, axis=1, append=self.table[:, -1:])
        mean = self.table @ share + rise @ once
        squares = self.table**2 @ share + 2 * (self.table * rise) @ once + rise**2 @ twice
        return np.asarray(np.maximum(squares - mean**2, 0))

    def quantiles(self, candidate: int) -> list[tuple[int, Floats]]:
        """For each doubtful criterion of one candidate its place and the values at the knots."""
        cells = self.cells(slice(candidate, candidate + 1))
        return list(zip(self.criterion[cells].tolist(), self.table[cells], strict=True))


class _Unweighted:
    """Scores as a key: the same where evidence, candidates, gaps and scales are, whatever the weights and why."""

    def __init__(self, scores: Scores) -> None:
        self.scores = scores
        # no other object gets the number of this evidence while the scores are kept here
        self.key = (id(scores.evidence), tuple(scores.values.index.tolist()), scores.values.isna().to_numpy().tobytes(),
                    tuple(replace(item, weight=1.0, rationale="", judged="", said="") for item in scores.criteria))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unweighted) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=4)
def _doubtful(asked: _Unweighted) -> Figures:
    return Figures._of(asked.scores)


def _cells(evidence: Evidence, place: int, item: Criterion) -> tuple[NDArray[np.intp], Floats]:
    """The doubtful candidates of one criterion and their values, cells x knots."""
    in_words = not np.isfinite(item.scale.ends).all()  # words have no standard error
    counted, spread, missing = (
        np.flatnonzero(which[:, place]) for which in (evidence.counted, evidence.spread, evidence.missing)
    )
    if in_words:
        counted, spread = counted[:0], spread[:0]
    rates = _beta_quantiles(evidence.events[counted, place].tobytes(), evidence.n[counted, place].tobytes())
    means = _means(
        evidence.value[spread, place, None], evidence.sd[spread, place, None],
        evidence.judged[spread, place, None], item,
    )
    values = item.scale.values(np.concatenate([rates, means])) if len(rates) + len(means) else rates
    anywhere = np.broadcast_to(_probabilities(), (len(missing), KNOTS))
    return np.concatenate([counted, spread, missing]), np.concatenate([values, anywhere])


@lru_cache(maxsize=64)  # an analyst turns weights and cuts; the counts stay as they are
def _beta_quantiles(events: bytes, cases: bytes) -> Floats:
    from scipy.special import betaincinv

    pairs = np.column_stack([np.frombuffer(events), np.frombuffer(cases)])
    unique, which = np.unique(pairs, axis=0, return_inverse=True)
    yes, no = unique[:, [0]] + 0.5, unique[:, [1]] - unique[:, [0]] + 0.5
    table: Floats = betaincinv(yes, no, _probabilities())[which.reshape(-1)]
    table.setflags(write=False)
    return table


def _means(value: Floats, error: Floats, judged: NDArray[np.bool_], item: Criterion) -> Floats:
    """Quantiles of means at the knots; the arguments are columns of one row a cell."""
    from scipy.special import ndtr, ndtri

    quantiles = value + error * np.linspace(-_reach(), _reach(), KNOTS)
    rated = judged[:, 0]
    low, high = item.scale.ends
    inside, spread = np.clip(value[rated], low, high), error[rated]
    below, above = ndtr((low - inside) / spread), ndtr((high - inside) / spread)
    quantiles[rated] = inside + spread * ndtri(below + _probabilities() * (above - below))
    return quantiles


def at_knots(table: Floats, probability: Floats) -> Floats:
    """The value below which a cell lies with this probability, any shape."""
    from scipy.special import ndtri

    return np.asarray(np.interp(ndtri(probability), np.linspace(-_reach(), _reach(), KNOTS), table))


@lru_cache(maxsize=1)
def _probabilities() -> Floats:
    """The probability below each knot."""
    from scipy.special import ndtr

    return np.asarray(ndtr(np.linspace(-_reach(), _reach(), KNOTS)))


@lru_cache(maxsize=1)
def _levels() -> tuple[NDArray[np.intp], Floats]:
    """For each level of chance the knot below it and the part of the way to the next."""
    from scipy.special import ndtri

    place = (ndtri((np.arange(LEVELS) + 0.5) / LEVELS) + _reach()) / (2 * _reach()) * (KNOTS - 1)
    knot = np.minimum(place.astype(np.intp), KNOTS - 2)
    return knot, place - knot


def _reach() -> float:
    """The normal quantile of the highest level of chance."""
    from scipy.special import ndtri

    return -float(ndtri(0.5 / LEVELS))
