"""TOPSIS: who is near the best imaginable candidate and far from the worst?

Hwang & Yoon (1981), Multiple Attribute Decision Making, Springer.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from srmkit.crosscheck.judged import ByName, Judged, Normalisation, check_normalisation
from srmkit.errors import Problems
from srmkit.scoring.ranks import rank


def topsis(values: pd.DataFrame, weights: ByName, *, normalisation: Normalisation = "agreed") -> pd.DataFrame:
    """How close each candidate is to the best place imaginable, seen from the worst (0 to 1, 1 is best).

    `values` is candidate x criterion, more is better: give a figure of which less is better a minus.
    `weights` by criterion, in points of any unit. The best and the worst place are the ends of the
    agreed scale (values 0 to 1), so that a newcomer turns nobody's order; with "min-max" or "vector"
    (each column over its Euclidean length, as first published) they are taken from the candidates.

    Columns to_best and to_worst (weighted Euclidean distances), closeness, rank. Where all candidates
    are the same, best and worst meet and closeness is 0.5. Raises SrmkitError for gaps, values off the
    agreed scale, and weights that miss a criterion.

    >>> values = pd.DataFrame({"price": [0.9, 0.5], "quality": [0.1, 0.5]}, index=["Alba", "Dahl"])
    >>> topsis(values, {"price": 1, "quality": 1})["closeness"].tolist()
    [0.5, 0.5]
    """
    problems = Problems("TOPSIS")
    check_normalisation(normalisation, Normalisation, problems)
    judged = Judged.of(values, weights, problems)
    level = judged.on_scale(normalisation, problems)
    agreed = normalisation == "agreed"
    best, worst = (1.0, 0.0) if agreed else (level.max(axis=0), level.min(axis=0))
    to_best = np.sqrt(((level - best) ** 2) @ judged.weights**2)
    to_worst = np.sqrt(((level - worst) ** 2) @ judged.weights**2)
    apart = to_best + to_worst
    closeness = np.divide(to_worst, apart, out=np.full_like(apart, 0.5), where=apart > 0)
    table = pd.DataFrame({"to_best": to_best, "to_worst": to_worst, "closeness": closeness}, index=judged.candidates)
    return table.assign(rank=rank(table["closeness"]))
