"""Scales on which an account's latent position becomes figures: the agreed ones of the account scorecard."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Observable:
    """One figure that an axis is made of.

    `weight` is its share within the axis. 0 on the scale stands at `worst`, 1 at `best`. `tilt` is where it
    stands beside the position in general, `spread` how far accounts differ in that, `low` and `high` how far
    it goes; all four in scale values.
    """

    name: str
    weight: float
    worst: float
    best: float
    spread: float
    low: float = 0.0
    high: float = 1.0
    logarithmic: bool = False
    tilt: float = 0.0

    def figure(self, value: Floats) -> Floats:
        """The figure at a place on the scale; beyond 0 and 1 the scale simply goes on.

        >>> Observable("trust", 1, worst=1, best=5, spread=0).figure(np.array([0.0, 0.5]))
        array([1., 3.])
        """
        if self.logarithmic:
            return np.asarray(self.worst * (self.best / self.worst) ** value)
        return np.asarray(self.worst + (self.best - self.worst) * value)

    def value(self, figure: Floats) -> Floats:
        """The place of a figure on the scale, held within 0 and 1; a gap stays a gap."""
        if self.logarithmic:
            tiny = np.maximum(figure, self.worst * 1e-9)
            return np.clip(np.log(tiny / self.worst) / math.log(self.best / self.worst), 0, 1)
        return np.clip((figure - self.worst) / (self.best - self.worst), 0, 1)


ATTRACTIVENESS = (
    Observable("revenue", 0.20, 20_000, 2_000_000, 0.0, -1.0, 1.6, logarithmic=True),
    Observable("potential", 0.20, 100_000, 10_000_000, 0.27, -0.20, 1.10, logarithmic=True),
    Observable("profit_rate", 0.21, 0.0, 0.30, 0.28, -0.40, 1.10),
    Observable("growth", 0.14, -0.20, 0.20, 0.45, -0.75, 2.0, tilt=0.40),
    Observable("strategic_fit", 0.15, 1, 5, 0.16),
    Observable("market_prestige", 0.10, 1, 5, 0.18),
)
STRENGTH = (
    Observable("share_of_wallet", 0.25, 0.0, 0.60, 0.20, 0.04, 1.25),
    Observable("relative_strength", 0.25, 1, 5, 0.14),
    Observable("trust", 0.175, 1, 5, 0.14),
    Observable("relationship_breadth", 0.15, 1, 8, 0.18, 0.0, 1.15, logarithmic=True),
    Observable("tenure_years", 0.075, 0, 10, 0.45, 0.21, 2.5, tilt=0.20),
    Observable("payment_delay_days", 0.10, 45, 0, 0.18, -0.25, 1.0, tilt=0.30),
)
AXES = {"attractiveness": ATTRACTIVENESS, "strength": STRENGTH}


def axis_points(figures: pd.DataFrame, axis: str) -> pd.Series:
    """Points (0 to 100) of each account on an axis; known figures take over the weight of a gap."""
    parts = AXES[axis]
    values = pd.DataFrame({part.name: part.value(figures[part.name].to_numpy(dtype=float)) for part in parts})
    values = values.set_axis(figures.index)
    weights = values.notna() * [part.weight for part in parts]
    return 100 * (values.fillna(0) * weights).sum(axis="columns") / weights.sum(axis="columns")
