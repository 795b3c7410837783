"""PROMETHEE II on plain arrays: who is preferred to the others by more than the others are to it?

Brans & Vincke (1985), Management Science 31(6), 647-656; six preference functions: Brans, Vincke &
Mareschal (1986), European Journal of Operational Research 24(2), 228-238.

The definition compares every pair. All preference functions but the Gaussian are steps and even rises, so
the sum over the others needs only how many lie below and what they add up to: one sort and running sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from srmkit.arrays.checks import shares_of, table_of
from srmkit.arrays.preference import Preference
from srmkit.bands import TOLERANCE
from srmkit.errors import Problems

Floats = NDArray[np.float64]

BLOCK_CELLS = 2**19  # pairs looked at together where every pair must be: a few MB


@dataclass(frozen=True, eq=False)
class PreferenceFlows:
    """Flows of each candidate, 0 to 1 (net: -1 to 1; the net flows add up to 0).

    leaving       mean preference over the others
    entering      mean preference of the others over it
    net           the one less the other
    by_criterion  net flow, candidates x criteria; times the weights it adds up to net, whatever the weights
    """

    leaving: Floats
    entering: Floats
    net: Floats
    by_criterion: Floats


def preference_flows(
    values: ArrayLike, weights: ArrayLike, preference: Preference | Sequence[Preference]
) -> PreferenceFlows:
    """How much each candidate is preferred to the others, criterion by criterion, then weighted.

    `values` are candidates x criteria, more is better; `weights` one number a criterion in any unit;
    `preference` one function for all criteria, or one a criterion, with thresholds in the unit of the
    values. Raises SrmkitError for gaps and for lengths that do not fit.

    >>> preference_flows([[3.0], [2.0], [0.0]], [1], Preference("v-shape", p=2)).net.tolist()
    [0.75, 0.25, -1.0]
    """
    problems = Problems("PROMETHEE II of plain arrays")
    table = table_of("values", values, problems)
    shares = shares_of("weights", weights, problems)
    functions = [preference] * table.shape[1] if isinstance(preference, Preference) else list(preference)
    if not len(shares) == len(functions) == table.shape[1]:
        problems.add("values, weights and preference functions", "must have the same criteria",
                     found=f"{table.shape[1]}, {len(shares)} and {len(functions)}")
    problems.raise_if_any()
    others = max(1, len(table) - 1)
    above, below = np.empty_like(table), np.empty_like(table)
    for place, function in enumerate(functions):
        above[:, place], below[:, place] = _flows(table[:, place], function)
    leaving, entering = above @ shares / others, below @ shares / others
    return PreferenceFlows(leaving, entering, leaving - entering, (above - below) / others)


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
