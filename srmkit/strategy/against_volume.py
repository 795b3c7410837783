"""What the selection changes against a list by volume alone."""

from __future__ import annotations

import numpy as np
import pandas as pd

CHANGES = ("enters", "leaves", "stays")


def against_volume(table: pd.DataFrame) -> pd.DataFrame:
    """One row a candidate that either list takes: who enters, who leaves, who stays; see `Selection`.

    The list by volume takes the largest even where a gate refuses them: it shows what happens
    without any other question asked.
    """
    columns = ["change", "rank", "rank_by_volume", "total", "volume", "reason"]
    if table["selected_by_volume"].isna().any():
        return pd.DataFrame(columns=columns)
    ours, theirs = table["selected"].to_numpy(dtype=bool), table["selected_by_volume"].to_numpy(dtype=bool)
    change = np.select([ours & ~theirs, ~ours & theirs, ours & theirs], CHANGES, default="")
    order = np.concatenate([np.flatnonzero(change == kind) for kind in CHANGES])
    return table.assign(change=change)[columns].iloc[order]
