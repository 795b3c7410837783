"""How much a lead on one criterion is worth: the six preference functions of PROMETHEE.

Brans, Vincke & Mareschal (1986), European Journal of Operational Research 24(2), 228-238.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from srmkit.bands import TOLERANCE
from srmkit.errors import Problems

Floats = NDArray[np.float64]

Kind = Literal["usual", "u-shape", "v-shape", "level", "linear", "gaussian"]
THRESHOLDS: dict[str, tuple[str, ...]] = {
    "usual": (), "u-shape": ("q",), "v-shape": ("p",), "level": ("q", "p"), "linear": ("q", "p"), "gaussian": ("s",),
}


@dataclass(frozen=True)
class Preference:
    """How strongly a lead on a criterion is preferred, 0 to 1; thresholds are in the unit of its values.

    usual      any lead counts in full
    u-shape    a lead above q counts in full
    v-shape    grows evenly, in full from p on
    level      a lead above q counts half, above p in full
    linear     nothing up to q, then grows evenly, in full from p on (also: v-shape with indifference)
    gaussian   grows along a bell curve with the turning point s

    Leads within 0.000000001 of a threshold do not exceed it. Raises SrmkitError for thresholds that are
    missing, not asked for or out of order.

    >>> Preference("linear", q=1, p=3).of([-5.0, 1.0, 2.0, 3.0, 5.0]).tolist()
    [0.0, 0.0, 0.5, 1.0, 1.0]
    """

    kind: Kind
    q: float | None = None
    p: float | None = None
    s: float | None = None

    def __post_init__(self) -> None:
        problems = Problems(f"preference function '{self.kind}'")
        if self.kind not in get_args(Kind):
            problems.add("the kind", "is not known", todo=f"Kinds are: {', '.join(get_args(Kind))}.")
        problems.raise_if_any()
        for name in ("q", "p", "s"):
            self._check(name, getattr(self, name), problems)
        problems.raise_if_any()
        if self.q is not None and self.p is not None and self.q > self.p:
            problems.add("q", "must not exceed p", found=f"q {self.q:g}, p {self.p:g}")
        problems.raise_if_any()

    def _check(self, name: str, given: float | None, problems: Problems) -> None:
        wanted = name in THRESHOLDS[self.kind]
        if wanted and given is None:
            problems.add(name, "is missing", todo="Give it in the unit of the criterion's values.")
        elif given is not None and not wanted:
            problems.add(name, "has no meaning here", found=f"{given:g}", todo="Leave it out.")
        elif given is not None and not (math.isfinite(given) and (given > 0 or (name == "q" and given == 0))):
            problems.add(name, f"must be {'0 or more' if name == 'q' else 'above 0'}", found=f"{given:g}")

    @property
    def steps(self) -> tuple[tuple[float, float], ...]:
        """(threshold, height) of each step up."""
        q, p = self.q or 0.0, self.p or 0.0
        if self.kind == "level":
            return (q, 0.5), (p, 0.5)
        stepped = self.kind in ("usual", "u-shape") or (self.kind in ("v-shape", "linear") and p - q <= TOLERANCE)
        return ((q, 1.0),) if stepped else ()

    @property
    def ramp(self) -> tuple[float, float] | None:
        """(start, end) of the even rise from 0 to 1; None without one."""
        q, p = self.q or 0.0, self.p or 0.0
        return (q, p) if self.kind in ("v-shape", "linear") and p - q > TOLERANCE else None

    def of(self, leads: ArrayLike) -> Floats:
        """Preference for each lead (own value less the other's), any shape."""
        lead: Floats = np.asarray(leads, dtype=np.float64)
        if self.s is not None:
            return np.asarray(-np.expm1(-(np.maximum(lead, 0) ** 2) / (2 * self.s**2)))
        preference = np.zeros(lead.shape)
        for threshold, height in self.steps:
            preference += height * (lead > threshold + TOLERANCE)
        if self.ramp is not None:
            start, end = self.ramp
            preference += np.clip((lead - start) / (end - start), 0, 1)
        return preference
