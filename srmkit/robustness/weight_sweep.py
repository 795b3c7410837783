"""What happens while one weight goes from nothing to everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from srmkit.errors import Problems
from srmkit.robustness.class_acceptability import check_axes, named
from srmkit.robustness.lines import Lines
from srmkit.robustness.terms import Axis, Terms
from srmkit.robustness.tree_draws import refuse_unless_additive
from srmkit.scoring import Scores
from srmkit.scoring.ranks import rank

if TYPE_CHECKING:
    from srmkit.segmentation import Matrix


def weight_sweep(
    scores: Scores, criterion: str, *, steps: int = 101, matrix: Matrix | None = None
) -> pd.DataFrame:
    """Axis score, total and rank of every candidate as one criterion's weight goes from 0 to 1.

    The weight is the criterion's share of its axis; the others keep their ratios. One row a step
    and candidate: weight, candidate, axis_score, total, rank and, with a matrix, segment.
    Raises SrmkitError for an unknown criterion, one that is its axis's only one, or fewer than 2 steps.
    """
    refuse_unless_additive(scores, "weight sweep")
    terms = Terms.of(scores)
    axis, lines = _lines(scores, terms, criterion, steps)
    if matrix is not None:
        check_axes(scores, matrix)
    weights = np.linspace(0, 1, steps)
    return pd.concat([_at(scores, axis, lines, float(weight), matrix) for weight in weights], ignore_index=True)


def _at(scores: Scores, axis: Axis, lines: Lines, weight: float, matrix: Matrix | None) -> pd.DataFrame:
    axes = scores.axes.assign(**{axis.name: lines.at(weight)})
    total = scores.total + axis.weight * (axes[axis.name] - scores.axes[axis.name])
    table = pd.DataFrame({
        "weight": weight,
        "candidate": scores.axes.index,
        "axis_score": axes[axis.name].to_numpy(),
        "total": total.to_numpy(),
        "rank": rank(total.where(scores.rank.notna())).array,
    })
    if matrix is not None:
        codes = matrix.codes(axes[matrix.x_axis].to_numpy(), axes[matrix.y_axis].to_numpy())
        table["segment"] = named(codes, matrix.names, table.index, "segment")
    return table


def _lines(scores: Scores, terms: Terms, criterion: str, steps: int) -> tuple[Axis, Lines]:
    problems = Problems(f"weight sweep over '{criterion}'")
    if steps < 2:
        problems.add("steps", "must be 2 or more", found=str(steps), todo="101 gives one step a point.")
    axis = next((axis for axis in terms.axes if criterion in axis.criteria), None)
    if axis is None:
        problems.add("the criterion", f"is not in scorecard '{scores.scorecard.name}'", found=f"'{criterion}'",
                     todo=f"Choose one of: {', '.join(scores.values.columns)}.")
    lines = None if axis is None else Lines.of_criterion(terms, axis, criterion)
    if axis is not None and lines is None:
        problems.add("the criterion", f"alone carries the axis '{axis.name}'", found="a share of 1",
                     todo="A weight can only move against others.")
    problems.raise_if_any()
    assert axis is not None and lines is not None  # noqa: S101, PT018  # both cases were raised above
    return axis, lines
