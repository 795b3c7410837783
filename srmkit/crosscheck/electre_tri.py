"""ELECTRE TRI-B: which class, when a great weakness may veto what the majority supports?

Yu (1992), doctoral thesis, Université Paris-Dauphine; Mousseau, Slowinski & Zielniewicz (2000), Computers
& Operations Research 27(7-8), 757-777.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.bands import TOLERANCE
from srmkit.crosscheck.classes import Classes
from srmkit.crosscheck.judged import ByName, Floats, Judged, by_criterion
from srmkit.errors import Problems


@dataclass(frozen=True, eq=False)
class ElectreTri:
    """Classes by outranking.

    reaches      credibility that the candidate is at least as good as the profile (candidate x class but the last)
    reached_by   credibility that the profile is at least as good as the candidate
    pessimistic  the best class whose profile the candidate is credibly at least as good as
    optimistic   the class below the worst profile that is credibly better than the candidate

    Both are ordered, best first. The optimistic class is never the worse one; they differ for candidates
    that do not compare with a profile, strong here and weak there.
    """

    reaches: pd.DataFrame
    reached_by: pd.DataFrame
    pessimistic: pd.Series[Any]
    optimistic: pd.Series[Any]


def electre_tri(
    values: pd.DataFrame,
    weights: ByName,
    profiles: pd.DataFrame,
    *,
    otherwise: str,
    indifference: float | ByName = 0.0,
    preference: float | ByName = 0.0,
    veto: float | ByName | None = None,
    majority: float = 0.75,
) -> ElectreTri:
    """The class of each candidate by comparing it with what each class asks for.

    `values` is candidate x criterion, more is better: give a figure of which less is better a minus.
    `profiles` has one row a class, best first, with the least it asks for; who reaches none is in the
    class `otherwise`. Behind a profile by up to `indifference` (q) counts as level; by `preference` (p)
    or more speaks against it in full; by `veto` (v) or more rules it out whatever the others say (None:
    no veto). Each is one number or one by criterion, in the unit of the values. `majority` (lambda, above
    0.5) is the credibility that it takes.

    Raises SrmkitError for gaps, profiles that do not descend or miss a criterion, and thresholds out of
    order.

    >>> values = pd.DataFrame({"price": [1.0, 0.6], "delivery": [0.0, 0.48]}, index=["Alba", "Dahl"])
    >>> gold = pd.DataFrame({"price": [0.5], "delivery": [0.5]}, index=["gold"])
    >>> found = electre_tri(values, {"price": 3, "delivery": 1}, gold, otherwise="silver", indifference=0.05,
    ...                     preference=0.2, veto=0.4)
    >>> found.pessimistic.tolist()
    ['silver', 'gold']
    """
    problems = Problems("ELECTRE TRI-B")
    judged = Judged.of(values, weights, problems)
    if not 0.5 < majority <= 1:
        problems.add("majority", "must be above 0.5 and at most 1, a share of the weight", found=f"{majority:g}")
    thresholds = _Thresholds.of(indifference, preference, veto, judged, problems)
    classes = Classes.of(profiles, otherwise, judged, problems)
    reaches = [_credibility(profile - judged.values, thresholds, judged.weights) for profile in classes.profiles]
    reached_by = [_credibility(judged.values - profile, thresholds, judged.weights) for profile in classes.profiles]
    # rows are profiles, best first
    outranks, outranked = (np.array(part) >= majority - TOLERANCE for part in (reaches, reached_by))
    return ElectreTri(
        classes.by_profile(reaches, judged.candidates),
        classes.by_profile(reached_by, judged.candidates),
        classes.named(_first(outranks), judged.candidates),
        classes.named(len(outranks) - _first((outranked & ~outranks)[::-1]), judged.candidates),
    )


@dataclass(frozen=True)
class _Thresholds:
    """Indifference, preference and veto of each criterion; an infinite veto is none."""

    indifference: Floats
    preference: Floats
    veto: Floats

    @classmethod
    def of(
        cls,
        indifference: float | ByName,
        preference: float | ByName,
        veto: float | ByName | None,
        judged: Judged,
        problems: Problems,
    ) -> _Thresholds:
        given = {"indifference": indifference, "preference": preference, "veto": np.inf if veto is None else veto}
        found = {name: by_criterion(name, number, judged.criteria, problems) for name, number in given.items()}
        for less, more in (("indifference", "preference"), ("preference", "veto")):
            for name, low, high in zip(judged.criteria, found[less], found[more], strict=True):
                if low > high:
                    problems.add(f"the {less} of '{name}'", f"must not exceed its {more}",
                                 found=f"{low:g} and {high:g}")
        return cls(**found)


def _credibility(behind: Floats, at: _Thresholds, weights: Floats) -> Floats:
    """How credible it is that one is at least as good as the other, from how far it is behind (rows x criteria)."""
    agrees = 1 - _rise(behind, at.indifference, at.preference)
    concordance = agrees @ weights
    against = _rise(behind, at.preference, at.veto)
    doubted = against > concordance[:, None]
    left = np.divide(1 - against, 1 - concordance[:, None], out=np.ones_like(against), where=doubted)
    return np.asarray(concordance * left.prod(axis=1))


def _rise(behind: Floats, start: Floats, end: Floats) -> Floats:
    """0 up to the start, 1 from the end on, evenly in between; a step above the start where both are the same."""
    width = np.where(np.isfinite(end), end - start, 1.0)
    rise = np.divide(behind - start, width, out=(behind > start + TOLERANCE).astype(float), where=width > 0)
    return np.where(np.isfinite(end), np.clip(rise, 0, 1), 0.0)


def _first(holds: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Place of the first row in which it holds, column by column; the number of rows where it never does."""
    return np.where(holds.any(axis=0), holds.argmax(axis=0), len(holds))
