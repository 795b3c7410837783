"""PROMETHEE II: who is preferred to the others by more than the others are to it?

Brans & Vincke (1985), Management Science 31(6), 647-656; six preference functions: Brans, Vincke &
Mareschal (1986), European Journal of Operational Research 24(2), 228-238.

The definition compares every pair. All preference functions but the Gaussian are steps and even rises, so
the sum over the others needs only how many lie below and what they add up to: one sort and running sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from srmkit.bands import TOLERANCE
from srmkit.crosscheck.judged import ByName, Floats, Judged
from srmkit.crosscheck.preference import Preference
from srmkit.errors import Problems
from srmkit.scoring.ranks import rank

BLOCK_CELLS = 2**19  # pairs looked at together where every pair must be: a few MB


@dataclass(frozen=True, eq=False)
class Promethee:
    """Preference flows, each from 0 to 1 (net: -1 to 1; the net flows add up to 0).

    table         by candidate: leaving (mean preference over the others), entering (mean preference of the
                  others over it), net, rank by net
    by_criterion  net flow candidate x criterion; times the weights it adds up to net, whatever the weights
    """

    table: pd.DataFrame
    by_criterion: pd.DataFrame


def promethee(
    values: pd.DataFrame, weights: ByName, preference: Preference | Mapping[str, Preference]
) -> Promethee:
    """How much each candidate is preferred to the others, criterion by criterion, then weighted.

    `values` is candidate x criterion, more is better: give a figure of which less is better a minus.
    `preference` says what a lead is worth, one function for all criteria or one by name; thresholds
    are in the unit of the values. Flows depend on who is compared: a newcomer may turn an order.
    10,000 candidates take hundredths of a second, except with "gaussian", which has to look at every pair.

    Raises SrmkitError for gaps and for weights or functions that miss a criterion.

    >>> values = pd.DataFrame({"price": [3.0, 2.0, 0.0]}, index=["Alba", "Dahl", "Eck"])
    >>> promethee(values, {"price": 1}, Preference("v-shape", p=2)).table["net"].tolist()
    [0.75, 0.25, -1.0]
    """
    problems = Problems("PROMETHEE II")
    functions = _functions(preference, values.columns, problems)
    judged = Judged.of(values, weights, problems)
    others = max(1, len(judged.candidates) - 1)
    leaving, entering = np.empty_like(judged.values), np.empty_like(judged.values)
    for place, function in enumerate(functions):
        leaving[:, place], entering[:, place] = _flows(judged.values[:, place], function)
    net = pd.DataFrame((leaving - entering) / others, index=judged.candidates, columns=judged.criteria)
    flows = {"leaving": leaving @ judged.weights / others, "entering": entering @ judged.weights / others}
    table = pd.DataFrame(flows, index=judged.candidates)
    table["net"] = table["leaving"] - table["entering"]
    return Promethee(table.assign(rank=rank(table["net"])), net)


def _functions(
    preference: Preference | Mapping[str, Preference], criteria: pd.Index, problems: Problems
) -> list[Preference]:
    if isinstance(preference, Preference):
        return [preference] * len(criteria)
    for name in criteria.difference(list(preference), sort=False):
        problems.add(f"the preference function of '{name}'", "is missing", todo="Give every criterion one.")
    for name in [name for name in preference if name not in criteria]:
        problems.add(f"the preference function of '{name}'", "belongs to no criterion")
    problems.raise_if_any()
    return [preference[name] for name in criteria]


def _flows(column: Floats, function: Preference) -> tuple[Floats, Floats]:
    """Sum of the preferences over the others, and of the others' preferences, on one criterion."""
    order = np.argsort(column)
    # about the middle: running sums of small numbers keep their digits
    rising = column[order] - np.median(column)
    if function.kind == "gaussian":
        sums = _over_pairs(rising, function)
    else:
        sums = _over_those_below(rising, function), _over_those_below(-rising[::-1], function)[::-1]
    leaving, entering = np.empty_like(column), np.empty_like(column)
    leaving[order], entering[order] = sums
    return leaving, entering


def _over_those_below(rising: Floats, function: Preference) -> Floats:
    """Sum of the preferences of each value over those below it; values in rising order."""
    total = np.zeros_like(rising)
    for threshold, height in function.steps:
        total += height * np.searchsorted(rising, rising - threshold - TOLERANCE)
    if function.ramp is not None:
        start, end = function.ramp
        running = np.concatenate([[0.0], np.cumsum(rising)])
        begun, full = np.searchsorted(rising, rising - start), np.searchsorted(rising, rising - end)
        lead = (begun - full) * (rising - start) - (running[begun] - running[full])
        total += full + lead / (end - start)
    return total


def _over_pairs(rising: Floats, function: Preference) -> tuple[Floats, Floats]:
    """The same over every pair, for values in rising order: those above a value need not be looked at."""
    leaving, entering = np.zeros_like(rising), np.zeros_like(rising)
    size = max(1, BLOCK_CELLS // len(rising))
    for start in range(0, len(rising), size):
        end = min(start + size, len(rising))
        preferred = function.of(rising[start:end, None] - rising[None, :end])
        leaving[start:end] = preferred.sum(axis=1)
        entering[:end] += preferred.sum(axis=0)
    return leaving, entering
