"""What other figures would do: the cheapest change that moves a candidate to another class, a place or a grade."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Literal

import numpy as np
import pandas as pd

from srmkit.decisions.placement import Placement
from srmkit.language import listed, say, say_many
from srmkit.scoring import Goal, PathUp, path_up
from srmkit.segmentation import Matrix

COLUMNS = ["candidate", "becomes", "figures", "of_a_scale"]


def class_goals(matrix: Matrix, name: str) -> list[list[Goal]]:
    """What the two axes must be for each cell of a class."""
    ways = []
    for row, names in enumerate(matrix.classes):
        for column, there in enumerate(names):
            if there == name:
                x = Goal(matrix.x_axis, *_between(matrix.x_cuts, column))
                y = Goal(matrix.y_axis, *_between(matrix.y_cuts, row))
                ways.append([x, y])
    return ways


def nearest_class(placement: Placement, candidate: Hashable) -> tuple[str, PathUp] | None:
    """The other class that the smallest change of figures leads to, and the change; None where there is none."""
    scores, row = placement.scores, placement.scores.total.index.get_indexer(pd.Index([candidate]))[0]
    now = placement.segments.segment.iloc[row]
    if not scores.scorecard.additive or pd.isna(scores.total.iloc[row]):
        return None
    found = [
        (name, path_up(scores, candidate, say(name), class_goals(placement.matrix, name)))
        for name in placement.matrix.names if name != now
    ]
    name, path = min(found, key=lambda pair: pair[1].cost)
    return (name, path) if path.reachable else None


def nearest_classes(
    placement: Placement, candidates: Iterable[Hashable], names: Mapping[Hashable, str]
) -> pd.DataFrame:
    """For each of these candidates the nearest other class by its figures: who, what it becomes, which figures, and how
    much of a scale they move in all; the smallest change first."""
    rows = []
    for candidate in candidates:
        nearest = nearest_class(placement, candidate)
        if nearest is not None:
            rows.append((names[candidate], nearest[0], nearest[1].moves, nearest[1].cost))
    return pd.DataFrame(rows, columns=COLUMNS).sort_values("of_a_scale", kind="stable", ignore_index=True)


def _between(cuts: tuple[float, ...], band: int) -> tuple[float | None, float | None]:
    edges = (-np.inf, *cuts, np.inf)
    low, high = edges[band], edges[band + 1]
    return (float(low) if np.isfinite(low) else None), (float(high) if np.isfinite(high) else None)


def open_sentence(
    open_to: pd.Series, names: Mapping[Hashable, str], what: Literal["class", "grade", "supplier"] = "class"
) -> str:
    """For whom missing figures leave the class open, in one sentence; empty without anybody.

    `what` is open: a class on the matrix, a grade, or the class of a supplier that takes it from what it sells.
    """
    if open_to.empty:
        return ""
    who = listed([say("{who} ({classes})", who=names[candidate], classes=classes)
                  for candidate, classes in open_to.items()])
    if what == "supplier":
        return say_many("Missing figures leave the class of one supplier open: {who}.",
                        "Missing figures leave the classes of {count} suppliers open: {who}.", len(open_to), who=who)
    if what == "class":
        return say_many("Missing figures leave one class open: {who}.",
                        "Missing figures leave {count} classes open: {who}.", len(open_to), who=who)
    return say_many("Missing figures leave one grade open: {who}.",
                    "Missing figures leave {count} grades open: {who}.", len(open_to), who=who)
