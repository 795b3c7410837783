"""Weights by the best-worst method: the best criterion against all, and all against the worst."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.language import marked

Miss = Literal["weights", "ratios"]
Floats = NDArray[np.float64]

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
    xi                  the largest amount by which the weights miss a comparison (0: fully consistent)
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
    best_to_others: Mapping[str, float], others_to_worst: Mapping[str, float], *, miss: Miss = "weights"
) -> BestWorstWeights:
    """Weights from how many times the best criterion outweighs each other, and each other the worst.

    Both rows name all criteria; the best has 1 against itself, so has the worst. Ratios are 1 to 9. Weights
    make the largest miss, xi, as small as can be:

    - `"weights"`: of |w_B - a_Bj w_j| and |w_j - a_jW w_W|, the linear programme of Rezaei (2016, Omega 64);
    - `"ratios"`: of |w_B / w_j - a_Bj| and |w_j / w_W - a_jW|, the first form of the method (Rezaei 2015, Omega 53),
      whose weights are not unique with more than three criteria: one of the best is taken.

    Consistency and threshold are those of the judgements themselves (Liang, Brunelli and Rezaei 2020). Raises
    SrmkitError naming all that is wrong with the rows.

    >>> found = best_worst_weights({"price": 2, "quality": 1, "style": 8}, {"price": 4, "quality": 8, "style": 1})
    >>> found.weights.round(4).to_dict(), round(found.xi, 6)
    ({'price': 0.3077, 'quality': 0.6154, 'style': 0.0769}, 0.0)
    """
    best, worst = _checked(best_to_others, others_to_worst, miss)
    names = list(best_to_others)
    said = [(best, name, best_to_others[name]) for name in names]
    said += [(name, worst, others_to_worst[name]) for name in names]
    more, less = (np.array([[float(name == judged[side]) for name in names] for judged in said]) for side in (0, 1))
    ratios = np.array([[ratio] for _, _, ratio in said])
    shares, xi = (_least if miss == "weights" else _least_in_ratios)(more, less, ratios)
    whole = best_to_others[worst]
    off = pd.Series(
        [abs(best_to_others[n] * others_to_worst[n] - whole) / (whole * whole - whole) if whole > 1 else 0.0
         for n in names], index=names)
    ratio = float(off.max())
    weights = pd.Series(shares, index=names, name="weight").rename_axis("criterion")
    return BestWorstWeights(best, worst, weights, xi, ratio, _threshold(len(names), whole),
                            str(off.idxmax()) if ratio > 1e-12 else "")


def _least(more: Floats, less: Floats, ratios: Floats, within: float = 0.0) -> tuple[Floats, float]:
    """Weights with the least xi for |more w - ratios less w| <= xi + within * less w, and that xi."""
    from scipy.optimize import linprog

    limits = np.vstack([more - (ratios + within) * less, (ratios - within) * less - more])
    found = linprog(
        np.append(np.zeros(more.shape[1]), 1.0),
        A_ub=np.column_stack([limits, -np.ones(len(limits))]), b_ub=np.zeros(len(limits)),
        A_eq=np.append(np.ones(more.shape[1]), 0.0)[None, :], b_eq=[1.0], bounds=(0, None),
    )
    return np.asarray(found.x[:-1]), float(max(found.x[-1], 0.0))


def _least_in_ratios(more: Floats, less: Floats, ratios: Floats) -> tuple[Floats, float]:
    """Weights with the least xi for |more w - ratios less w| <= xi * less w: linear for a given xi, so halve it."""
    low, high = 0.0, HIGHEST
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if _least(more, less, ratios, middle)[1] > 1e-10 else (low, middle)
    return _least(more, less, ratios, high)[0], high


def _threshold(criteria: int, whole: float) -> float:
    if criteria < 3:
        return 0.0
    row = THRESHOLDS[max(round(whole), 2)]
    return row[criteria - 3] if criteria - 3 < len(row) else math.nan


def _checked(to_others: Mapping[str, float], to_worst: Mapping[str, float], miss: str) -> tuple[str, str]:
    problems = Problems("best-worst comparisons")
    if miss not in get_args(Miss):
        problems.add("'miss'", f"must be {' or '.join(get_args(Miss))}", found=repr(miss))
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
        problems.add(f"'{best}', '{worst}'", marked("are compared in both rows, which must say the same"),
                     found=f"{to_others[worst]:g}, {to_worst[best]:g}",
                     todo=marked("What is as important as the best has 1 against it, and the best's figure against "
                                 "the worst."))
    problems.raise_if_any()
    return best, worst
