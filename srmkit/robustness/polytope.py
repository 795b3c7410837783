"""Weights that obey linear inequalities: is there any, which of the inequalities bind, and where are the corners?

Linear programs by HiGHS, corners and hull by Qhull, both through SciPy. Weights are never negative and sum to 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, factorial

import numpy as np
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.robustness.weight_statements import Row

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

SLACK = 1e-9  # weights; a room smaller than this is none
INDEPENDENT = 1e-6  # length of what is left of a direction without the others
MOST_CORNERS = 1_000  # corners that are listed; with more of them the space is walked instead
MOST_FACETS = 20_000  # pieces that a space is cut into


@dataclass(frozen=True)
class Polytope:
    """Weights `inside + basis @ z` with `rows @ z >= least` (row by row below 0): the allowed ones, in their own plane.

    `names` are the criteria; `inside` is strictly within all rows. `basis` is criteria x dimensions,
    orthonormal; nothing is left of it (0 dimensions) where the statements fix every weight.
    """

    names: tuple[str, ...]
    inside: Floats
    basis: Floats
    rows: Floats
    least: Floats

    @classmethod
    def of(cls, names: Sequence[str], statements: Sequence[Row]) -> Polytope:
        """The weights over `names` that obey all statements.

        Raises SrmkitError naming statements that contradict each other: no one of them can be
        spared from the contradiction.
        """
        matrix, least = _inequalities(names, statements)
        room, inside = _deepest(matrix, least)
        if room < -SLACK:
            _refuse(names, statements)
        fixed = _fixed(matrix, least) if room <= SLACK else np.zeros(len(matrix), dtype=bool)
        equations, values = np.vstack([np.ones(len(names)), matrix[fixed]]), np.append(1.0, least[fixed])
        basis = _null_space(equations)
        _, inside = _deepest(matrix, least, fixed)
        inside = inside + np.linalg.pinv(equations, rcond=1e-9) @ (values - equations @ inside)
        rows, ends = matrix[~fixed] @ basis, least[~fixed] - matrix[~fixed] @ inside
        moving = np.linalg.norm(rows, axis=1) > SLACK
        needed = _needed(rows[moving], ends[moving]) if basis.shape[1] else []
        return cls(tuple(names), inside, basis, rows[moving][needed], ends[moving][needed])

    @property
    def dimension(self) -> int:
        """How many weights can be chosen freely."""
        return int(self.basis.shape[1])

    def weights(self, within: Floats) -> Floats:
        """Weights for points of the plane, points x criteria; never negative, each row sums to 1."""
        weights = np.maximum(self.inside + within @ self.basis.T, 0)
        return np.asarray(weights / weights.sum(axis=1, keepdims=True))

    def corners(self) -> Floats | None:
        """The corners as points of the plane, in the order of their weights; None where they may be too many."""
        if self.dimension == 0:
            return np.zeros((1, 0))
        if self.dimension == 1:
            return np.array(self.ends).reshape(2, 1)
        if _most_corners(len(self.rows), self.dimension) > MOST_CORNERS:
            return None
        from scipy.spatial import HalfspaceIntersection

        found = HalfspaceIntersection(np.column_stack([-self.rows, self.least]), np.zeros(self.dimension))
        weights = (self.inside + found.intersections @ self.basis.T).round(9)
        _, first = np.unique(weights + 0.0, axis=0, return_index=True)  # sorted, so that no version of Qhull matters
        return np.asarray(found.intersections[first])

    @property
    def free(self) -> Places:
        """Places of as many weights as there are dimensions, which leave no choice of the others; the first such."""
        kept: list[int] = []
        for place in range(len(self.basis)):
            if np.linalg.matrix_rank(self.basis[[*kept, place]], tol=INDEPENDENT) > len(kept):
                kept.append(place)
        return np.array(kept, dtype=np.intp)

    @property
    def ends(self) -> tuple[float, float]:
        """Where a space of one dimension ends."""
        reach = self.least / self.rows[:, 0]
        return float(reach[self.rows[:, 0] > 0].max()), float(reach[self.rows[:, 0] < 0].min())


def pieces(corners: Floats) -> tuple[Places, Floats] | None:
    """Simplices that fill the hull of the corners (pieces x corners of each) and their shares of the volume.

    A fan from the first corner over the facets that it does not lie on. None where they are too many.
    """
    count, dimension = corners.shape
    if count == dimension + 1:
        return np.arange(count)[None, :], np.ones(1)
    if _most_corners(count, dimension) > MOST_FACETS:
        return None
    from scipy.spatial import ConvexHull

    hull = ConvexHull(corners)
    facets = hull.simplices[(hull.simplices != 0).all(axis=1)]
    fan = np.column_stack([np.zeros(len(facets), dtype=np.intp), np.sort(facets, axis=1)])
    fan = fan[np.lexsort(fan.T[::-1])]
    volume = np.abs(np.linalg.det(corners[fan[:, 1:]] - corners[0])) / factorial(dimension)
    if abs(volume.sum() / hull.volume - 1) > 1e-6:
        return None
    kept = volume > 1e-12 * hull.volume
    return fan[kept], volume[kept] / volume[kept].sum()


def _most_corners(facets: int, dimension: int) -> int:
    """The most corners that so many facets can have (upper bound theorem, McMullen 1970, Mathematika 17)."""
    return comb(facets - (dimension + 1) // 2, facets - dimension) + comb(
        facets - (dimension + 2) // 2, facets - dimension
    )


def _inequalities(names: Sequence[str], statements: Sequence[Row]) -> tuple[Floats, Floats]:
    """No weight below 0, then each statement: coefficients x weights >= least."""
    stated = np.zeros((len(statements), len(names)))
    for place, row in enumerate(statements):
        for name, part in row.coefficients:
            stated[place, names.index(name)] += part
    least = np.array([row.least for row in statements])
    return np.vstack([np.eye(len(names)), stated]), np.concatenate([np.zeros(len(names)), least])


def _deepest(matrix: Floats, least: Floats, fixed: NDArray[np.bool_] | None = None) -> tuple[float, Floats]:
    """The point that is farthest inside all rows that are not fixed, and how far (below 0: there is none inside)."""
    from scipy.optimize import linprog

    length = np.linalg.norm(matrix, axis=1)
    depth = length if fixed is None else np.where(fixed, 0.0, length)
    count = matrix.shape[1]
    found = linprog(
        np.append(np.zeros(count), -1.0),
        A_ub=np.column_stack([-matrix, depth]), b_ub=-least + (0.0 if fixed is None else SLACK * fixed),
        A_eq=np.append(np.ones(count), 0.0)[None, :], b_eq=[1.0],
        bounds=[(None, None)] * count + [(None, 1.0)],
    )
    return float(found.x[-1]), np.asarray(found.x[:-1])


def _fixed(matrix: Floats, least: Floats) -> NDArray[np.bool_]:
    """Rows that leave no room at all: they hold as equations."""
    from scipy.optimize import linprog

    ones = np.ones((1, matrix.shape[1]))
    most = [
        -linprog(-row, A_ub=-matrix, b_ub=-least + SLACK, A_eq=ones, b_eq=[1.0], bounds=(None, None)).fun
        for row in matrix
    ]
    return np.array(most) - least <= 1e-7


def _needed(rows: Floats, least: Floats) -> list[int]:
    """Rows without which more weights would be allowed."""
    from scipy.optimize import linprog

    length = np.linalg.norm(rows, axis=1)
    rows, least = rows / length[:, None], least / length
    kept = list(range(len(rows)))
    for place in range(len(rows)):
        others = [other for other in kept if other != place]
        # one unit beyond the row is far enough: what the others do not hold back goes on without end
        found = linprog(rows[place], A_ub=-np.vstack([rows[others], rows[[place]]]),
                        b_ub=-np.append(least[others], least[place] - 1), bounds=(None, None))
        if found.fun >= least[place] - SLACK:
            kept = others
    return kept


def _null_space(matrix: Floats) -> Floats:
    """Orthonormal directions in which no row changes, the same ones on every machine.

    A singular value decomposition may turn them as its processor likes, and draws would turn with them.
    """
    found: list[Floats] = []
    for way in np.eye(matrix.shape[1]) - np.linalg.pinv(matrix, rcond=1e-9) @ matrix:
        for _ in range(2):  # once more takes away what rounding left
            way = way - sum(((way @ one) * one for one in found), np.zeros(len(way)))
        length = float(np.linalg.norm(way))
        if length > INDEPENDENT:
            found.append(way / length)
    return np.array(found).reshape(-1, matrix.shape[1]).T


def _refuse(names: Sequence[str], statements: Sequence[Row]) -> None:
    """Say which statements contradict each other, leaving out one after the other that does not matter."""
    kept = list(statements)
    for statement in statements:
        others = [row for row in kept if row is not statement]
        if _deepest(*_inequalities(names, others))[0] < -SLACK:
            kept = others
    words = list(dict.fromkeys(row.words for row in kept))
    problems = Problems("what was said about the weights")
    problems.add("; ".join(words), "cannot hold together" if len(words) > 1 else "cannot hold",
                 todo="Take back one of them; every weight is 0 or more and they sum to 1.")
    problems.raise_if_any()
