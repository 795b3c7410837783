"""What a matrix chart needs of a placement: named bubbles, their sizes and their clouds."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.decisions.placement import Placement

MOST_CLOUDS = 25  # more clouds than this hide each other


def shown_names(names: pd.Series) -> pd.Series:
    """Names fit for a chart or table: one that several candidates bear gets the candidate's id behind it.

    >>> shown_names(pd.Series({"S1": "Alba", "S2": "Dahl", "S3": "Alba"})).tolist()
    ['Alba (S1)', 'Dahl', 'Alba (S3)']
    """
    known = names.where(names.notna(), names.index.to_series()).astype(str)
    shared = known.duplicated(keep=False)
    if not shared.any():
        return known
    ids = pd.Series(names.index.astype(str), index=names.index)
    return known.where(~shared, known + " (" + ids + ")")


def positions(
    placement: Placement, names: pd.Series, sizes: pd.Series, selected: pd.Index | None = None
) -> pd.DataFrame:
    """One row a candidate that has a place: x, y, segment, size and certainty, largest first, index its name.

    `names` are those to show, no two alike. Where some are `selected`, also whether it is one of them.
    """
    table = placement.table()[["x", "y", "segment", "certainty"]]
    table = table.assign(size=sizes.reindex(table.index))
    if selected is not None:
        table["selected"] = table.index.isin(selected)
    table = table[table[["x", "y"]].notna().all(axis=1)].sort_values("size", ascending=False, kind="stable")
    return table.set_axis(names.reindex(table.index), axis=0).rename_axis("name")


def clouds(placement: Placement, names: pd.Series, sizes: pd.Series) -> dict[str, NDArray[np.float64]]:
    """Clouds of the largest candidates by the name to show."""
    placed = placement.segments.table[["x", "y"]].notna().all(axis=1)
    largest = sizes.reindex(placed.index[placed]).sort_values(ascending=False, kind="stable").index[:MOST_CLOUDS]
    drawn = placement.clouds(largest)
    return {str(shown): drawn[candidate] for candidate, shown in names.reindex(largest).items()}
