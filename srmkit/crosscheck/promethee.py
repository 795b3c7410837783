"""PROMETHEE II: who is preferred to the others by more than the others are to it?

Brans & Vincke (1985), Management Science 31(6), 647-656; six preference functions: Brans, Vincke &
Mareschal (1986), European Journal of Operational Research 24(2), 228-238.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from srmkit.arrays import Preference, preference_flows
from srmkit.crosscheck.judged import ByName, Judged
from srmkit.errors import Problems
from srmkit.scoring.ranks import rank


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
    flows = preference_flows(judged.values, judged.weights, functions)
    table = pd.DataFrame({"leaving": flows.leaving, "entering": flows.entering, "net": flows.net},
                         index=judged.candidates)
    net = pd.DataFrame(flows.by_criterion, index=judged.candidates, columns=judged.criteria)
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
