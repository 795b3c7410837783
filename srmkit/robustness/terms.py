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
    """Values and counted weights of every candidate, candidates x criteria, and the axes over them.

    `values` has 0 where a figure is missing; `counted` is the factor by which a stated weight counts
    before renormalising: 1, or 0 where a missing figure gives its weight to the others.
    """

    candidates: pd.Index
    values: Floats
    counted: Floats
    axes: tuple[Axis, ...]

    @classmethod
    def of(cls, scores: Scores) -> Terms:
        """The terms of scored candidates."""
        stated = scores.scorecard.weights
        names = list(stated.index)
        values = scores.values[names].to_numpy(dtype=float)
        effective = scores.weights[names].to_numpy(dtype=float)
        counted = np.where(np.isnan(effective) | ((effective <= 0) & np.isnan(values)), 0.0, 1.0)
        return cls(scores.values.index, np.nan_to_num(values), counted, _axes(scores))

    def axis(self, name: str) -> Axis:
        """The axis of that name."""
        return next(axis for axis in self.axes if axis.name == name)


def _axes(scores: Scores) -> tuple[Axis, ...]:
    stated, axis_of, shares = scores.scorecard.weights, scores.scorecard.axis_of, scores.scorecard.axis_weights
    axes = []
    for name, share in shares.items():
        columns = np.flatnonzero((axis_of.loc[stated.index] == name).to_numpy())
        weights = stated.to_numpy(dtype=float)[columns]
        axes.append(Axis(str(name), columns, tuple(stated.index[columns]), weights, float(share)))
    return tuple(axes)
