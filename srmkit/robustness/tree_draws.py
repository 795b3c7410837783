"""Axis scores in every draw for scorecards that do not simply add up: the whole tree is walked, nothing is a product
of matrices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.scoring import Evaluation, Scores

if TYPE_CHECKING:
    from srmkit.robustness.axis_draws import Engine

Floats = NDArray[np.float64]


def refuse_unless_additive(scores: Scores, what: str) -> None:
    """Raise SrmkitError where scores are no plain weighted sums, so that `what` has no formula."""
    card, problems = scores.scorecard, Problems(what)
    if not card.additive:
        named = [part.name for axis in card.axes for part in axis.walk() if getattr(part, "aggregation", "")
                 not in ("", "additive")]
        if card.aggregation != "additive":
            named.append("the axes")
        problems.add(f"scorecard '{card.name}'", "does not simply add up, and this has a formula for sums alone",
                     found=f"{', '.join(named)} multiplied or averaged geometrically",
                     todo="Draw: class_acceptability, rank_acceptability and grade_acceptability follow the tree.")
    problems.raise_if_any()


def walked(engine: Engine, members: slice) -> dict[str, list[Floats]]:
    """Axis scores of these candidates (members x draws, one array an axis) by the doubt behind them.

    Drawn weights are shares of the axis; a group weighs what its criteria weigh together.
    """
    stated = engine.terms.values[members].T[:, :, None]
    counted = engine.terms.counted[members].T[:, :, None]
    drawn, certain = stated, np.ones_like(counted)
    if engine.figures is None:
        certain = counted
    else:
        cells = engine.figures.cells(members)
        row, criterion = engine.figures.candidate[cells] - members.start, engine.figures.criterion[cells]
        drawn = np.repeat(stated, engine.doubt.draws, axis=2)
        drawn[criterion, row] = engine.values_of(engine.figures, members)(np.arange(len(row)))
    together = _levels(engine, engine.drawn, drawn, certain)
    weights = together if engine.figures is None else _levels(engine, engine.drawn, stated, counted)
    return {"weights": weights, "data": _levels(engine, engine.stated, drawn, certain), "all": together}


def _levels(engine: Engine, weights: tuple[Floats, ...], values: Floats, counted: Floats) -> list[Floats]:
    levels = []
    shape = (values.shape[1], engine.doubt.draws)
    for axis, tree, drawn in zip(engine.terms.axes, engine.scores.scorecard.trees.values(), weights, strict=False):
        place = {int(column): row for row, column in enumerate(axis.columns)}

        def weight(column: int, place: dict[int, int] = place, drawn: Floats = drawn) -> Floats:
            return np.asarray(drawn[place[column]][None, :] * counted[column])

        level, whole = Evaluation(lambda column: values[column], weight).of(tree)
        levels.append(np.broadcast_to(np.where(whole > 0, 100 * level, np.nan), shape))
    return levels
