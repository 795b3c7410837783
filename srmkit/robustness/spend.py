"""Spend that classes are rolled up by, as plain amounts in the order of the candidates."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems


def amounts_on(spend: pd.DataFrame, candidates: pd.Index) -> NDArray[np.float64]:
    """Supplier x candidate, 0 where there is no spend.

    Raises SrmkitError for columns that are no candidates and for amounts below 0.
    """
    problems = Problems("spend to roll up")
    strangers = spend.columns.difference(candidates)
    if len(strangers):
        problems.add(f"columns ({len(strangers)})", "are not among the classed candidates", found=_few(strangers),
                     todo="Class these too, or leave them out.")
    below = spend.index[(spend < 0).any(axis=1)]
    if len(below):
        problems.add(f"suppliers ({len(below)})", "have amounts below 0", found=_few(below),
                     todo="Net credits against purchases, or leave them out.")
    problems.raise_if_any()
    return spend.reindex(columns=candidates).fillna(0.0).to_numpy(dtype=float)


def _few(names: pd.Index) -> str:
    return ", ".join(map(str, names[:5])) + (", ..." if len(names) > 5 else "")
