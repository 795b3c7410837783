"""Statements about weights laid on a scorecard: which group of weights each one speaks about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from srmkit.errors import Problems, did_you_mean
from srmkit.robustness.doubts import Doubt
from srmkit.robustness.terms import Axis, Terms
from srmkit.robustness.weight_space import Simplices, Walked, weight_space
from srmkit.robustness.weight_statements import Row, Statement
from srmkit.scoring import Scorecard, Scores

STATEMENTS = 3  # stream of the seed, beside those of points and figures


def weight_spaces(scorecard: Scorecard, axes: Sequence[Axis], doubt: Doubt) -> list[Simplices | Walked | None]:
    """For each axis the weights of its criteria that the statements allow, then those of the axes; None where
    nothing was said.

    A name is a criterion, a group (the sum of its criteria) or an axis. Criteria of 0 points that
    nobody speaks about keep no weight. Raises SrmkitError for unknown names, statements that mix
    axes, and statements that contradict each other.
    """
    groups = [(axis.criteria, axis.weights) for axis in axes]
    groups.append((tuple(axis.name for axis in axes), np.array([axis.weight for axis in axes])))
    rows = _placed(said_rows(doubt.weights), _members(scorecard, axes), scorecard.name)
    return [
        _space(tuple(names), tuple(closed(names, stated, rows[place])), doubt.draws, (doubt.seed, STATEMENTS, place))
        if rows[place] else None
        for place, (names, stated) in enumerate(groups)
    ]


def allowed_weights(scores: Scores, doubt: Doubt) -> pd.DataFrame:
    """What the statements of a doubt make of the weights: mean, least and most of every weight they speak about.

    One row a criterion or axis of a group that was spoken about: axis ("total" for the axes
    themselves), stated, mean, sd (shares of the axis, 0 to 1), and drawn (how weights are drawn: from
    how many simplices, or by how long a walk with which memory).
    """
    axes = Terms.of(scores).axes
    groups = [(axis.name, axis.criteria, axis.weights) for axis in axes]
    groups.append(("total", tuple(axis.name for axis in axes), np.array([axis.weight for axis in axes])))
    tables = [
        pd.DataFrame({
            "axis": name, "stated": stated, "mean": space.mean, "sd": np.sqrt(np.diag(space.covariance)),
            "drawn": space.words,
        }, index=pd.Index(members, name="name"))
        for (name, members, stated), space in zip(groups, weight_spaces(scores.scorecard, axes, doubt), strict=True)
        if space is not None
    ]
    columns = ["axis", "stated", "mean", "sd", "drawn"]
    return pd.concat(tables) if tables else pd.DataFrame(columns=columns, index=pd.Index([], name="name"))


def said_rows(statements: Statement | Iterable[Statement]) -> list[Row]:
    """All inequalities of the statements."""
    listed = [statements] if isinstance(statements, Statement) else list(statements)
    return [row for statement in listed for row in statement.rows()]


def closed(names: Sequence[str], stated: np.ndarray, rows: Sequence[Row]) -> list[Row]:
    """The rows, and that criteria of 0 points which they do not name keep no weight."""
    spoken = {name for row in rows for name, _ in row.coefficients}
    silent = [name for name, share in zip(names, stated, strict=True) if share <= 0 and name not in spoken]
    return [*rows, *(Row(((name, -1.0),), 0.0, f"{name} has 0 points") for name in silent)]


@lru_cache(maxsize=16)  # other scores, cuts and weights within what was said leave a space as it is
def _space(names: tuple[str, ...], rows: tuple[Row, ...], draws: int, seed: tuple[int, ...]) -> Simplices | Walked:
    return weight_space(names, rows, draws=draws, seed=seed)


def _members(scorecard: Scorecard, axes: Sequence[Axis]) -> dict[str, tuple[int, list[str]]]:
    """For every name the group of weights that it belongs to, and the members of this group that it stands for."""
    found = {axis.name: (len(axes), [axis.name]) for axis in axes}
    for place, axis in enumerate(scorecard.axes):
        for part in axis.walk():
            if part is not axis:
                leaves = getattr(part, "leaves", None)
                found[part.name] = (place, [leaf.name for leaf, _ in leaves()] if leaves else [part.name])
    return found


def _placed(rows: Sequence[Row], members: dict[str, tuple[int, list[str]]], scorecard: str) -> list[list[Row]]:
    """Each row with the group it speaks about, in terms of the members of that group."""
    problems = Problems(f"weights of scorecard '{scorecard}'")
    placed: list[list[Row]] = [[] for _ in range(1 + max(place for place, _ in members.values()))]
    unknown = {name for row in rows for name, _ in row.coefficients if name not in members}
    for name in sorted(unknown):
        problems.add(f"'{name}'", "is no axis, group or criterion of it",
                     todo=did_you_mean(name, list(members), "Names are"))
    for row in rows:
        known = [(members[name], part) for name, part in row.coefficients if name in members]
        if len({place for (place, _), _ in known}) > 1:
            problems.add(f"'{row.words}'", "speaks about weights of different axes",
                         todo="Weights are shares of their axis: compare those of one axis, or the axes themselves.")
        elif known:
            parts = tuple((leaf, part) for (_, leaves), part in known for leaf in leaves)
            placed[known[0][0][0]].append(Row(parts, row.least, row.words))
    problems.raise_if_any()
    return placed
