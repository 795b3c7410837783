"""The same figures for every program: needs numpy alone."""

from __future__ import annotations

import numpy as np

CRITERIA = 10
NAMES = [f"c{place}" for place in range(CRITERIA)]
POINTS = np.arange(1.0, CRITERIA + 1)
WEIGHTS = POINTS / POINTS.sum()
TOP = 10
CUTS = (0.55, 0.45)
INDIFFERENCE, PREFERENCE = 0.05, 0.30
SHOWN = 20  # candidates whose answers are compared


def values(candidates: int) -> np.ndarray:
    """Values from 0 to 1, every criterion reaching both ends, candidates x criteria."""
    table = np.random.default_rng(7).random((candidates, CRITERIA))
    table[0], table[-1] = 0.0, 1.0
    return table


def shown(table: np.ndarray) -> np.ndarray:
    """Places of the candidates whose answers are compared: the first by their mean value."""
    return np.argsort(-table.mean(axis=1), kind="stable")[:SHOWN]


def chosen(table: np.ndarray) -> np.ndarray:
    """Places of the first by total, in the order of the table."""
    return np.sort(np.argsort(-(table @ WEIGHTS), kind="stable")[:TOP])
