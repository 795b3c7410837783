"""Weights from comparisons in pairs (AHP): how consistent are they, which one is the oddest, and what would mend it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems, SrmkitError
from srmkit.weighting.comparisons import Comparisons

Priority = Literal["eigenvector", "geometric_mean", "column_mean"]
Floats = NDArray[np.float64]

# Saaty (1980), The Analytic Hierarchy Process: mean consistency index of random matrices
RANDOM_INDEX = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45, 10: 1.49}
ACCEPTABLE = 0.10
MOST_FILLS = 10_000  # of a gap in a matrix of comparisons; some dozens are usual
SCALE = tuple(sorted([*(1 / step for step in range(2, 10)), *map(float, range(1, 10))]))


@dataclass(frozen=True, eq=False)
class PairwiseWeights:
    """Weights behind comparisons in pairs, and how well the comparisons agree with each other.

    method              how weights were made: eigenvector, geometric_mean or column_mean
    weights             share of each criterion, sums to 1
    lambda_max          principal eigenvalue of the comparisons, a missing one taken as the weights imply it
    consistency_index   (lambda_max - n) / (n - 1)
    random_index        its mean over random comparisons of this size, as many missing
    consistency_ratio   the one over the other; 0 is perfect, above 0.10 judge again (Saaty 1980)
    errors              one row a judged pair: judged, implied by the weights, and how many times off
    """

    comparisons: Comparisons
    method: Priority
    weights: pd.Series[float]
    lambda_max: float
    consistency_index: float
    random_index: float
    consistency_ratio: float

    @property
    def acceptable(self) -> bool:
        """Whether the consistency ratio is 0.10 or less."""
        return self.consistency_ratio <= ACCEPTABLE + 1e-9

    @property
    def errors(self) -> pd.DataFrame:
        """One row a judged pair, the farthest off first: criterion, other, judged, implied, times_off (1 or more)."""
        rows = [
            (one, other, ratio, float(self.weights[one] / self.weights[other]))
            for (one, other), ratio in self.comparisons.ratios.items()
        ]
        table = pd.DataFrame(rows, columns=["criterion", "other", "judged", "implied"])
        off = np.exp(np.abs(np.log(table["judged"].to_numpy() / table["implied"].to_numpy())))
        return table.assign(times_off=off).sort_values("times_off", ascending=False, kind="stable", ignore_index=True)

    def mend(self) -> Mend | None:
        """The judgement whose change helps the consistency most; None where all are consistent already."""
        return _mend(self)


@dataclass(frozen=True)
class Mend:
    """The oddest judgement, the ratio that the others imply in its place, and what that does.

    `on_scale` is the nearest ratio of the scale from 1/9 to 9; `ratio_after` the consistency ratio with `implied`.
    `as_good` says how many other judgements could be changed instead with the same effect: of three criteria it is
    always both others, since a single contradiction does not tell which of its judgements is the odd one.
    """

    criterion: str
    other: str
    judged: float
    implied: float
    on_scale: float
    ratio_before: float
    ratio_after: float
    as_good: int = 0

    @property
    def sentence(self) -> str:
        """It in words."""
        return (
            f"{self.criterion} against {self.other} is judged {_ratio(self.judged)}; the other judgements imply "
            f"{self.implied:.2g}, and with {_ratio(self.on_scale)} or so the consistency ratio falls from "
            f"{self.ratio_before:.2f} towards {self.ratio_after:.2f}"
        )


def pairwise_weights(comparisons: Comparisons, method: Priority = "eigenvector") -> PairwiseWeights:
    """Weights of the compared criteria, and the consistency of the comparisons.

    - `"eigenvector"` (Saaty 1977): the principal eigenvector; where pairs are missing, that of the
      matrix in which each missing ratio is the one the weights imply (Harker 1987).
    - `"geometric_mean"` (Crawford and Williams 1985): rows' geometric means; where pairs are missing, the
      least squares of the logarithms.
    - `"column_mean"` (additive normalisation, in most spreadsheets): each column over its sum, then rows'
      means; where pairs are missing, of the matrix in which each missing ratio is the one the weights imply.

    They differ slightly unless the comparisons are consistent, so a report names the one taken. The
    consistency ratio is that of the comparisons, whichever of them made the weights. The random index is
    Saaty's for 3 to 10 criteria and (1.7699 n - 4.3513) / (n - 1) beyond (Alonso and Lamata
    2006); with m pairs missing it is multiplied by 1 - 2 m / ((n - 1)(n - 2)) (Agoston and Csato 2022).

    >>> given = Comparisons(("price", "quality", "service"),
    ...                     {("price", "quality"): 2, ("quality", "service"): 3, ("price", "service"): 6})
    >>> pairwise_weights(given).weights.round(3).to_dict()
    {'price': 0.6, 'quality': 0.3, 'service': 0.1}
    """
    if method not in get_args(Priority):
        problems = Problems("weights from comparisons in pairs")
        problems.add("'method'", f"must be one of {', '.join(get_args(Priority))}", found=repr(method))
        problems.raise_if_any()
    numbers = comparisons.matrix.to_numpy()
    largest, eigen = _principal(numbers)
    shares = (eigen if method == "eigenvector" else
              _least_squares(numbers) if method == "geometric_mean" else _column_mean(numbers))
    count, missing = len(numbers), len(comparisons.missing)
    index = max((largest - count) / (count - 1), 0.0)
    if index < 1e-12:  # what rounding leaves of perfect consistency
        index = 0.0
    random = random_index(count, missing)
    weights = pd.Series(shares, index=list(comparisons.names), name="weight").rename_axis("criterion")
    ratio = index / random if random > 0 else 0.0
    return PairwiseWeights(comparisons, method, weights, largest, index, random, ratio)


def random_index(criteria: int, missing: int = 0) -> float:
    """Mean consistency index of random comparisons of so many criteria; 0 where they cannot be inconsistent."""
    if criteria < 3:
        return 0.0
    whole = RANDOM_INDEX.get(criteria, (1.7699 * criteria - 4.3513) / (criteria - 1))
    return whole * max(1 - 2 * missing / ((criteria - 1) * (criteria - 2)), 0.0)


def combined_comparisons(several: Sequence[Comparisons]) -> Comparisons:
    """One set of comparisons for a group: each pair's geometric mean over those who judged it (AIJ).

    The geometric mean is the only one for which the group's judgement of (b, a) is one over that of (a, b)
    (Aczel and Saaty 1983). Raises SrmkitError where the raters do not speak about the same criteria.
    """
    problems = Problems("comparisons of a group")
    if not several:
        problems.add("raters", "are missing")
        problems.raise_if_any()
    names = several[0].names
    for place, given in enumerate(several):
        if set(given.names) != set(names):
            problems.add(f"rater no. {place + 1}", "compares other criteria", found=", ".join(given.names),
                         todo=f"Criteria are: {', '.join(names)}.")
    problems.raise_if_any()
    logs = np.array([np.log(given.matrix.loc[list(names), list(names)].to_numpy()) for given in several])
    judged = ~np.isnan(logs)
    with np.errstate(invalid="ignore"):
        mean = np.nansum(logs, axis=0) / judged.sum(axis=0)
    return Comparisons(names, {
        (names[i], names[j]): float(np.exp(mean[i, j]))
        for i, j in combinations(range(len(names)), 2)
        if judged[:, i, j].any()
    })


def _principal(numbers: Floats) -> tuple[float, Floats]:
    """Principal eigenvalue and eigenvector (sums to 1); each gap adds one to its row's diagonal (Harker 1987)."""
    gaps = np.isnan(numbers)
    filled = np.where(gaps, 0.0, numbers) + np.diag(gaps.sum(axis=1).astype(float))
    values, vectors = np.linalg.eig(filled)
    first = int(np.argmax(values.real))
    vector = np.abs(vectors[:, first].real)
    return float(values[first].real), vector / vector.sum()


def _least_squares(numbers: Floats) -> Floats:
    """Weights whose logarithms differ as the judged ratios say, by least squares; no gaps: geometric means of rows."""
    logs = np.log(numbers)
    judged = (~np.isnan(logs)).astype(float)
    np.fill_diagonal(judged, 0.0)
    laplacian = np.diag(judged.sum(axis=1)) - judged
    found = np.linalg.lstsq(laplacian, np.nansum(logs, axis=1), rcond=None)[0]
    weights = np.exp(found - found.max())
    return np.asarray(weights / weights.sum())


def _column_mean(numbers: Floats) -> Floats:
    """Means of the rows once each column sums to 1; a gap is filled as the weights imply, again and again."""
    gaps = np.isnan(numbers)
    weights = _principal(numbers)[1]
    for _ in range(MOST_FILLS if gaps.any() else 1):
        filled = np.where(gaps, weights[:, None] / weights, numbers)
        before, weights = weights, (filled / filled.sum(axis=0)).mean(axis=1)
        if np.abs(weights - before).max() < 1e-14:
            break
    return np.asarray(weights)


def _mend(given: PairwiseWeights) -> Mend | None:
    if given.consistency_index == 0:
        return None
    found: list[Mend] = []
    for (one, other), judged in given.comparisons.ratios.items():
        try:
            rest = pairwise_weights(given.comparisons.without((one, other)), given.method).weights
        except SrmkitError:
            continue  # nothing else says how the two compare
        implied = float(rest[one] / rest[other])
        after = pairwise_weights(given.comparisons.with_ratio((one, other), implied), given.method)
        nearest = min(SCALE, key=lambda step: abs(np.log(step / implied)))
        found.append(Mend(one, other, judged, implied, nearest, given.consistency_ratio, after.consistency_ratio))
    best = min(found, key=lambda mend: round(mend.ratio_after, 9), default=None)
    if best is None or best.ratio_after >= given.consistency_ratio:
        return None
    return replace(best, as_good=sum(mend.ratio_after <= best.ratio_after + 1e-6 for mend in found) - 1)


def _ratio(number: float) -> str:
    return f"{number:.3g}" if number >= 1 else f"1/{1 / number:.3g}"
