"""Which columns of one raw table are which of ours: one to one, each with its confidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from srmkit.intake.contents import content_fit
from srmkit.intake.detection import Detected
from srmkit.intake.names import name_likeness
from srmkit.tables.catalogue import Table

_FROM_CONTENT = 0.4  # share of a score that the cells can take away from the name's likeness
_NEAR = 0.15  # a rival this near makes the choice doubtful
_SO_CALLED = 0.9
_LOOKED_UP = 0.96  # a column of a joined file, where the own file has one as good
_LEAST = 0.35


@dataclass(frozen=True)
class Candidate:
    """A column of the source: what it looks like, and whether another file has to be looked up for it."""

    name: str
    found: Detected
    looked_up: bool = False


@dataclass(frozen=True)
class Match:
    """One column of ours and the column of the source that it may be.

    `confidence` is 0 to 1: likeness of the name, less what speaks against it in the cells, less where another column
    is nearly as good (`rival`).
    """

    column: str
    source: Candidate
    confidence: float
    name: float
    content: float
    rival: str = ""


def match(table: Table, candidates: Sequence[Candidate], *, distinct: bool = False) -> Mapping[str, Match]:
    """The best one-to-one assignment of the source's columns to the table's, by column of ours."""
    if not candidates:
        return {}
    names, contents, scores = _scores(table, candidates, distinct)
    rows, places = linear_sum_assignment(scores, maximize=True)
    assigned = {place for row, place in zip(rows, places, strict=True) if scores[row, place] >= _LEAST}
    found = {}
    for row, place in zip(rows, places, strict=True):
        score = scores[row, place]
        if score >= _LEAST:
            column, rival = table.columns[row].name, _rival(scores[row], assigned)
            certain = _certain(score, scores[row, rival]) if rival is not None else 1.0
            if rival is not None and names[row, rival] < names[row, place] == 1:
                certain = max(certain, _SO_CALLED)  # it carries our very name, the other does not
            told = candidates[rival].name if rival is not None and certain < 1 else ""
            found[column] = Match(column, candidates[place], round(float(score * certain), 3),
                                  float(names[row, place]), float(contents[row, place]), told)  # fmt: skip
    return found


def _scores(
    table: Table, candidates: Sequence[Candidate], distinct: bool
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    size = len(table.columns), len(candidates)
    names, contents = np.zeros(size), np.zeros(size)
    for row, column in enumerate(table.columns):
        for place, candidate in enumerate(candidates):
            names[row, place] = name_likeness(candidate.name, table.name, column.name)
            if names[row, place]:
                contents[row, place] = content_fit(candidate.found, table, column, distinct=distinct)
    own = np.array([_LOOKED_UP if candidate.looked_up else 1.0 for candidate in candidates])
    scores = np.where(contents > 0, names * (1 - _FROM_CONTENT * (1 - contents)), 0.0) * own
    return names, contents, scores


def _rival(scores: NDArray[np.float64], assigned: Collection[int]) -> int | None:
    """The source column that would be next for this column of ours, among those that are nothing else."""
    free = [place for place in range(len(scores)) if place not in assigned and scores[place] > 0]
    return max(free, key=lambda place: scores[place]) if free else None


def _certain(score: float, rival: float) -> float:
    """1 where nothing comes near, down to a half where another is as good."""
    gap = max(0.0, score - rival) / score
    return 1.0 if gap >= _NEAR else 0.5 + 0.5 * gap / _NEAR


def as_candidates(columns: Mapping[str, Detected]) -> list[Candidate]:
    """The columns of a raw table as candidates."""
    return [Candidate(name, found) for name, found in columns.items()]
