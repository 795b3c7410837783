"""Scores taken apart into plain arrays, axis by axis, for the questions that turn the weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.scoring import Scores

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Axis:
    """One axis: which columns of the terms are its criteria, their stated shares, and its own share."""

    name: str
    columns: NDArray[np.intp]
    criteria: tuple[str, ...]
    weights: Floats
    weight: float


@dataclass(frozen=True)
class Terms:
    """Values of every candidate (0 to 1, candidates x criteria) and the axes over them.

    `values` has 0 where a figure is missing; `counted` is 1, or 0 where a missing figure gives its
    weight to the others of its axis.
    """

    candidates: pd.Index
    values: Floats
    counted: Floats
    axes: tuple[Axis, ...]

    @classmethod
    def of(cls, scores: Scores) -> Terms:
        """The terms of scored candidates."""
        values = scores.values.to_numpy(dtype=float)
        missing = np.isnan(values) & scores.gaps_give_weight
        return cls(scores.values.index, np.nan_to_num(values), np.where(missing, 0.0, 1.0), _axes(scores))


def _axes(scores: Scores) -> tuple[Axis, ...]:
    stated, axis_of = scores.scorecard.weights, scores.scorecard.axis_of
    axes = []
    for name, share in scores.scorecard.axis_weights.items():
        columns = np.flatnonzero((axis_of == name).to_numpy())
        weights: Floats = np.asarray(stated, dtype=np.float64)[columns]
        axes.append(Axis(str(name), columns, tuple(stated.index[columns]), weights, float(share)))
    return tuple(axes)
