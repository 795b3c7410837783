"""ABC: the few that make most of the amount, and the many that make the rest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from string import ascii_uppercase

import numpy as np
import pandas as pd

from srmkit.concentration import shares_of
from srmkit.errors import Problems

ROUNDING = 1e-12  # shares of a sum may miss a cut by the last digits


def abc(amounts: pd.Series, cuts: Sequence[float] = (0.8, 0.95)) -> pd.DataFrame:
    """Amount, share, cumulative share and class of each, the largest first.

    Going down from the largest, one is A as long as those before it have not reached the first cut, B as long as they
    have not reached the second, else C. So the one that crosses a cut belongs to the higher class, A always makes up
    at least the first cut, and the largest is always A. Equal amounts share the better class. Shares are of the sum of
    amounts above 0; 0 and less (credits above purchases) have share 0 and the last class. A gap has no class and
    stands last; without anything above 0 nobody has one.

    Columns `amount`, `share` and `cumulative_share` (0 to 1), `abc`. Raises SrmkitError for cuts that do not ascend
    between 0 and 1, and for infinite amounts.

    >>> abc(pd.Series({"Alba": 50.0, "Dahl": 35.0, "Eck": 10.0, "Fay": 5.0}))["abc"].to_dict()
    {'Alba': 'A', 'Dahl': 'A', 'Eck': 'B', 'Fay': 'C'}
    """
    _check(cuts)
    table = pd.DataFrame({"amount": amounts.astype(float), "share": shares_of(amounts)})
    table = table.sort_values("amount", ascending=False, kind="stable", na_position="last")
    table["cumulative_share"] = table["share"].cumsum()
    before = table["cumulative_share"].shift(fill_value=0.0).groupby(table["amount"], dropna=False).transform("min")
    code = np.sum([before >= cut - ROUNDING for cut in cuts], axis=0)
    code = np.where(table["amount"] > 0, code, len(cuts))
    classes = np.array(list(ascii_uppercase[: len(cuts) + 1]), dtype=object)[code]
    classes[table["share"].isna().to_numpy()] = None
    table["abc"] = pd.Series(classes, index=table.index, dtype=object)
    return table


def _check(cuts: Sequence[float]) -> None:
    problems = Problems("ABC analysis")
    ends = (0.0, *cuts, 1.0)
    if not cuts or not all(low < high for low, high in pairwise(ends)):
        problems.add("cuts", "must ascend between 0 and 1", found=", ".join(f"{cut:g}" for cut in cuts) or "none",
                     todo="Write shares such as 0.8, 0.95.")
    problems.raise_if_any()
