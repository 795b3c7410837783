"""Borderline: pairs around the cut with little between them, and what decides."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.language import say
from srmkit.strategy.points import TOLERANCE, Points

EACH_SIDE = 10
COLUMNS = ["selected", "not_selected", "difference", "decided_by", "lead", "speaks_against", "behind"]


def borderline(points: Points, table: pd.DataFrame, *, within: float) -> pd.DataFrame:
    """Pairs of a selected and a not selected candidate at most `within` points apart, the closest first.

    Looked at are the last ten selected and the first ten not selected. `decided_by` is the criterion
    with the selected one's largest lead in points (`lead`), `speaks_against` the one where it is furthest
    behind (`behind`); on level points the rule for ties decides. Whoever has more points and is out failed
    a gate or needed too many hours: that is no close call, and in no pair.
    """
    taken = table[table["selected"]].tail(EACH_SIDE)
    left = table[~table["selected"] & table["rank"].notna()].head(EACH_SIDE)
    apart = taken["total"].to_numpy()[:, None] - left["total"].to_numpy()[None, :]
    pairs = np.argwhere((apart >= -TOLERANCE) & (apart <= within + TOLERANCE))
    pairs = pairs[np.argsort([apart[one, two] for one, two in pairs], kind="stable")]
    won_in, won_out = points.won[points.rows(taken.index)], points.won[points.rows(left.index)]
    rows = []
    for one, two in pairs:
        decided = _decided(points, won_in[one] - won_out[two], apart[one, two])
        rows.append((taken.index[one], left.index[two], max(0.0, apart[one, two]), *decided))
    return pd.DataFrame(rows, columns=COLUMNS)


def _decided(points: Points, leads: NDArray[np.float64], apart: float) -> tuple[object, ...]:
    most, least = int(np.argmax(leads)), int(np.argmin(leads))
    against = (points.label(least), -float(leads[least])) if leads[least] < -TOLERANCE else ("", 0.0)
    if apart <= TOLERANCE:
        return say("volume, then id"), 0.0, *against
    return points.label(most), float(leads[most]), *against
