"""Compensation: who is selected although a criterion is poor, and what pays for it."""

from __future__ import annotations

import pandas as pd

from srmkit.language import say
from srmkit.strategy.points import TOLERANCE, Points

COLUMNS = ["candidate", "criterion", "label", "value", "lost", "paid_by"]


def compensation(points: Points, table: pd.DataFrame, *, bar: float) -> pd.DataFrame:
    """Selected candidates and their criteria with a value below `bar` (0 to 100), the costliest first.

    In the order of taking; within a candidate by points lost. Criteria without weight are left out.
    """
    chosen = table.index[table["selected"]]
    rows = []
    for candidate, row in zip(chosen, points.rows(chosen), strict=True):
        lost = points.lost[row]
        weak = (100 * points.value[row] < bar - TOLERANCE) & (points.weight[row] > TOLERANCE)
        for place in sorted(weak.nonzero()[0].tolist(), key=lost.__getitem__, reverse=True):
            criterion = points.criteria[place]
            value = 100 * points.scores.values[criterion.name].iloc[row]
            paid_by = points.named_wins(row, but=place)
            rows.append((candidate, criterion.name, say(criterion.label), value, lost[place], paid_by))
    return pd.DataFrame(rows, columns=COLUMNS)
