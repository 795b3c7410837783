"""Weights by the best-worst method: the best criterion against all, and all against the worst."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from srmkit.errors import Problems

HIGHEST = 9.0
# Liang, F., Brunelli, M. and Rezaei, J. (2020). Consistency issues in the best worst method: measurements and
# thresholds. Omega 96, 102175: by the best against the worst (row), for 3 to 9 criteria
THRESHOLDS = {
    2: (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    3: (0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667),
    4: (0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683),
    5: (0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960),
    6: (0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262),
    7: (0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403),
    8: (0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657),
    9: (0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662),
}


@dataclass(frozen=True, eq=False)
class BestWorstWeights:
    """Weights behind the two rows of comparisons, and how well the rows agree.

    weights             share of each criterion, sums to 1
    xi                  the largest amount by which a comparison misses the weights (0: fully consistent)
    consistency_ratio   0 to 1: the largest of |a_Bj * a_jW - a_BW| / (a_BW**2 - a_BW) over the criteria j
    threshold           the largest ratio that is acceptable for this size; NaN beyond 9 criteria (none is published)
    oddest              the criterion whose two comparisons fit least; empty where all fit
    """

    best: str
    worst: str
    weights: pd.Series[float]
    xi: float
    consistency_ratio: float
    threshold: float
    oddest: str

    @property
    def acceptable(self) -> bool:
        """Whether the consistency ratio is within the threshold; False where there is none."""
        return self.consistency_ratio <= self.threshold + 1e-9


def best_worst_weights(
    best_to_others: Mapping[str, float], others_to_worst: Mapping[str, float]
) -> BestWorstWeights:
    """Weights from how many times the best criterion outweighs each other, and each other the worst.

    Both rows name all criteria; the best has 1 against itself, so has the worst. Ratios are 1 to 9. The linear
    programme of Rezaei (2016, Omega 64): the smallest xi with |w_B - a_Bj w_j| <= xi and
    |w_j - a_jW w_W| <= xi. Consistency and threshold are those of the judgements themselves (Liang,
    Brunelli and Rezaei 2020). Raises SrmkitError naming all that is wrong with the rows.

    >>> found = best_worst_weights({"price": 2, "quality": 1, "style": 8}, {"price": 4, "quality": 8, "style": 1})
    >>> found.weights.round(4).to_dict(), round(found.xi, 6)
    ({'price': 0.3077, 'quality': 0.6154, 'style': 0.0769}, 0.0)
    """
    best, worst = _checked(best_to_others, others_to_worst)
    names = list(best_to_others)
    weights, xi = _programme(names, best, worst, best_to_others, others_to_worst)
    whole = best_to_others[worst]
    off = pd.Series(
        [abs(best_to_others[n] * others_to_worst[n] - whole) / (whole * whole - whole) if whole > 1 else 0.0
         for n in names], index=names)
    ratio = float(off.max())
    return BestWorstWeights(best, worst, weights, xi, ratio, _threshold(len(names), whole),
                            str(off.idxmax()) if ratio > 1e-12 else "")


def _programme(
    names: list[str], best: str, worst: str, to_others: Mapping[str, float], to_worst: Mapping[str, float]
) -> tuple[pd.Series[float], float]:
    from scipy.optimize import linprog

    rows = []
    for first, second, ratio in [(best, n, to_others[n]) for n in names] + [(n, worst, to_worst[n]) for n in names]:
        row = np.zeros(len(names))
        row[names.index(first)] += 1.0
        row[names.index(second)] -= ratio
        rows += [row, -row]
    limits = np.column_stack([np.array(rows), -np.ones(len(rows))])
    found = linprog(
        np.append(np.zeros(len(names)), 1.0), A_ub=limits, b_ub=np.zeros(len(rows)),
        A_eq=np.append(np.ones(len(names)), 0.0)[None, :], b_eq=[1.0], bounds=(0, None),
    )
    weights = pd.Series(found.x[:-1], index=names, name="weight").rename_axis("criterion")
    return weights, float(max(found.x[-1], 0.0))


def _threshold(criteria: int, whole: float) -> float:
    if criteria < 3:
        return 0.0
    row = THRESHOLDS[max(round(whole), 2)]
    return row[criteria - 3] if criteria - 3 < len(row) else math.nan


def _checked(to_others: Mapping[str, float], to_worst: Mapping[str, float]) -> tuple[str, str]:
    problems = Problems("best-worst comparisons")
    only = sorted(set(to_others) ^ set(to_worst))
    if only:
        problems.add(", ".join(f"'{name}'" for name in only), "must stand in both rows")
    if len(to_others) < 2:
        problems.add("criteria", "must be two or more", found=", ".join(to_others) or "none")
    for words, row in (("the best against", to_others), ("against the worst,", to_worst)):
        for name, ratio in row.items():
            if not 1 <= ratio <= HIGHEST:
                problems.add(f"{words} '{name}'", "must be a ratio of 1 to 9", found=f"{ratio:g}",
                             todo="The best weighs as much as any other or more, the worst as much or less.")
    problems.raise_if_any()
    # several may be as good as the best: it is the one that stands highest against the worst
    best = max((name for name, ratio in to_others.items() if ratio == 1), key=lambda n: to_worst[n], default="")
    worst = max((name for name, ratio in to_worst.items() if ratio == 1), key=lambda n: to_others[n], default="")
    if not best:
        problems.add("the best criterion", "must have 1 in its own row", found="no 1")
    if not worst:
        problems.add("the worst criterion", "must have 1 in its own row", found="no 1")
    if best and worst and to_others[worst] != to_worst[best]:
        problems.add(f"'{best}' against '{worst}'", "stands in both rows and must be the same",
                     found=f"{to_others[worst]:g} and {to_worst[best]:g}")
    problems.raise_if_any()
    return best, worst
