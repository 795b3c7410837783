"""VIKOR: which compromise leaves little regret overall and no great regret anywhere?

Opricovic & Tzeng (2004), European Journal of Operational Research 156(2), 445-455.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from srmkit.bands import TOLERANCE
from srmkit.crosscheck.judged import ByName, Floats, Judged, check_normalisation
from srmkit.errors import Problems
from srmkit.scoring.measured import listed
from srmkit.scoring.ranks import rank

Ends = Literal["agreed", "min-max"]


@dataclass(frozen=True, eq=False)
class Vikor:
    """The order by VIKOR and whether its first is clearly first.

    table                 by candidate: S (regret over all criteria, weighted), R (the largest regret on one),
                          Q (both between the least and the most of those present, 0 is best), rank by Q
    acceptable_advantage  the first leads the second by 1 / (candidates - 1) of Q or more
    acceptable_stability  the first is also first by S or by R
    compromise            whom VIKOR proposes, best first: one when both hold, else several
    """

    table: pd.DataFrame
    acceptable_advantage: bool
    acceptable_stability: bool
    compromise: pd.Index

    def sentence(self) -> str:
        """Whom VIKOR proposes, and what stands against a single winner."""
        names = listed(map(str, self.compromise))
        if len(self.compromise) == 1:
            return f"VIKOR proposes {names}."
        cause = "is not ahead by enough" if not self.acceptable_advantage else "is first neither by S nor by R"
        return f"VIKOR proposes {names} alike: the first {cause}."


def vikor(
    values: pd.DataFrame, weights: ByName, *, normalisation: Ends = "agreed", utility_weight: float = 0.5
) -> Vikor:
    """The compromise between little regret overall (S) and no great regret on any criterion (R).

    `values` is candidate x criterion, more is better: give a figure of which less is better a minus.
    Regret is the distance to the best end of the agreed scale (values 0 to 1), or with "min-max" to
    the best candidate over the range of those present. `utility_weight` (v, 0 to 1) is the part of S
    in Q; R has the rest. Q also depends on who is compared: a newcomer may turn an order.

    Raises SrmkitError for gaps, values off the agreed scale, weights that miss a criterion, and v
    outside 0 to 1.

    >>> values = pd.DataFrame({"price": [1.0, 0.6, 0.0], "quality": [0.0, 0.6, 1.0]}, index=["A", "B", "C"])
    >>> vikor(values, {"price": 1, "quality": 1}).sentence()
    'VIKOR proposes B.'
    """
    problems = Problems("VIKOR")
    check_normalisation(normalisation, Ends, problems)
    if not 0 <= utility_weight <= 1:
        problems.add("utility_weight", "must lie between 0 and 1", found=f"{utility_weight:g}")
    judged = Judged.of(values, weights, problems)
    regret = (1 - judged.on_scale(normalisation, problems)) * judged.weights
    overall, worst = regret.sum(axis=1), regret.max(axis=1)
    q = utility_weight * _between(overall) + (1 - utility_weight) * _between(worst)
    table = pd.DataFrame({"S": overall, "R": worst, "Q": q}, index=judged.candidates)
    return _proposed(table.assign(rank=rank(-table["Q"])))


def _between(regret: Floats) -> Floats:
    """Place between the least and the most regret; 0 where all are the same."""
    width = np.ptp(regret)
    return (regret - regret.min()) / width if width > TOLERANCE else np.zeros_like(regret)


def _proposed(table: pd.DataFrame) -> Vikor:
    ordered = table.sort_values("Q", kind="stable")
    behind = ordered["Q"] - ordered["Q"].min()
    needed = 1 / max(1, len(ordered) - 1) - TOLERANCE
    advantage = len(ordered) == 1 or bool(behind.iloc[1] >= needed)
    first = table[table["rank"] == 1]
    stability = any(bool((first[by] <= table[by].min() + TOLERANCE).any()) for by in ("S", "R"))
    if not advantage:
        compromise = ordered.index[behind < needed]
    else:
        compromise = ordered.index[ordered["rank"] <= (1 if stability else 2)]
    return Vikor(table, advantage, stability, compromise)
