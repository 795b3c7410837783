"""Even draws from weights with too many corners to list: hit and run.

From where a walker stands it takes an even point on a random line through the space (Smith 1984, Operations
Research 32(6), 1296-1308). One walker gives one draw, so draws do not depend on each other, and all of them start
in the middle. They have walked enough when they have forgotten where they were half the way ago.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.robustness.polytope import Polytope

Floats = NDArray[np.float64]

MOST_STEPS = 2**14


@dataclass(frozen=True)
class Walk:
    """Drawn points of the plane (draws x dimensions), the steps behind each, and what is left of the memory.

    `memory` is the largest correlation, over the dimensions, of where the walkers are and where they
    were half the way ago; independent points have one of about 1 over the root of the draws.
    """

    points: Floats
    steps: int
    memory: float


def walk(space: Polytope, *, draws: int, rng: np.random.Generator) -> Walk:
    """Even draws from the space. Raises SrmkitError where the walkers do not get about in it."""
    walkers = max(draws, 256)  # fewer do not tell chance from memory
    scout = _steps(space, np.zeros((walkers, space.dimension)), np.eye(space.dimension), 8 * space.dimension, rng)
    # long lines along a long space
    shape: Floats = np.asarray(np.linalg.cholesky(np.cov(scout.T) + 1e-18 * np.eye(space.dimension)), dtype=np.float64)
    points, steps = np.zeros((walkers, space.dimension)), 16 * space.dimension
    while True:
        half = _steps(space, points, shape, steps, rng)
        points = _steps(space, half, shape, steps, rng)
        memory = _memory(half, points)
        if memory <= 4.5 / walkers**0.5:
            return Walk(points[:draws], 2 * steps, memory)
        steps *= 2
        if steps > MOST_STEPS:
            problems = Problems("draws of weights")
            problems.add("the statements", "leave a space too narrow to walk",
                         found=f"a correlation of {memory:.2f} after {steps} steps",
                         todo="State equations as equal weights, or fewer and wider ranges.")
            problems.raise_if_any()


def _steps(space: Polytope, points: Floats, shape: Floats, steps: int, rng: np.random.Generator) -> Floats:
    rows, least = space.rows.T, space.least
    for _ in range(steps):
        way = rng.standard_normal(points.shape) @ shape.T
        rate, room = way @ rows, least - points @ rows
        with np.errstate(divide="ignore", invalid="ignore"):
            reach = room / rate
        back = np.where(rate > 0, reach, -np.inf).max(axis=1)
        forth = np.where(rate < 0, reach, np.inf).min(axis=1)
        points = points + (back + (forth - back) * rng.random(len(points)))[:, None] * way
    return points


def _memory(before: Floats, now: Floats) -> float:
    """Correlation of each dimension with itself, the largest; the principal axes of the present cloud are looked at."""
    _, axes = np.linalg.eigh(np.cov(now.T))
    one, other = before @ axes, now @ axes
    one, other = one - one.mean(axis=0), other - other.mean(axis=0)
    return float(np.abs((one * other).mean(axis=0) / (one.std(axis=0) * other.std(axis=0))).max())
