"""MR-Sort: which class does a majority of the criteria support?

Leroy, Mousseau & Pirlot (2011), Algorithmic Decision Theory, LNCS 6992, 219-233.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from srmkit.bands import TOLERANCE
from srmkit.crosscheck.classes import Classes
from srmkit.crosscheck.judged import ByName, Judged
from srmkit.errors import Problems


@dataclass(frozen=True, eq=False)
class MrSort:
    """Classes by majority.

    in_favour  share of the weight that reaches the profile (candidate x class but the last, 0 to 1)
    grade      the best class that a majority supports, ordered best first
    """

    in_favour: pd.DataFrame
    grade: pd.Series[Any]


def mr_sort(
    values: pd.DataFrame, weights: ByName, profiles: pd.DataFrame, *, otherwise: str, majority: float
) -> MrSort:
    """The best class whose profile a candidate reaches on criteria that carry `majority` of the weight.

    `values` is candidate x criterion, more is better: give a figure of which less is better a minus.
    `profiles` has one row a class, best first, with the least it asks for; who reaches none is in the
    class `otherwise`. Being far above a profile helps no more than just reaching it, and being far below
    costs no more: good prices buy no late deliveries. `majority` is a share of the weight, above 0 to 1.

    Raises SrmkitError for gaps, and for profiles that do not descend or miss a criterion.

    >>> values = pd.DataFrame({"price": [1.0, 0.6], "delivery": [0.0, 0.6], "audit": [0.5, 0.6]}, index=["A", "B"])
    >>> gold = pd.DataFrame({"price": [0.5], "delivery": [0.5], "audit": [0.5]}, index=["gold"])
    >>> equal = {"price": 1, "delivery": 1, "audit": 1}
    >>> mr_sort(values, equal, gold, otherwise="silver", majority=0.75).grade.tolist()
    ['silver', 'gold']
    """
    problems = Problems("MR-Sort")
    judged = Judged.of(values, weights, problems)
    if not 0 < majority <= 1:
        problems.add("majority", "must be above 0 and at most 1, a share of the weight", found=f"{majority:g}")
    classes = Classes.of(profiles, otherwise, judged, problems)
    support = [(judged.values >= profile - TOLERANCE) @ judged.weights for profile in classes.profiles]
    # profiles descend, so support can only grow from class to class
    code = sum((part < majority - TOLERANCE).astype(np.intp) for part in support)
    return MrSort(
        classes.by_profile(support, judged.candidates), classes.named(np.asarray(code), judged.candidates)
    )
