"""An amount noted on one row that other rows point to, shared among them."""

from __future__ import annotations

import pandas as pd

from srmkit.language import say
from srmkit.tables.cells import Cells, Mask
from srmkit.tables.converted import Converted, reasons


def share_amounts(amounts: Cells, pointers: Cells, *, keys: Cells, weights: Cells) -> Converted:
    """Share each amount that is pointed to between its own row and the rows pointing at it, by weight.

    `pointers` holds the key pointed to (a gap where a row does not point), `keys` each row's own key. Where
    all weights of a group are nothing its rows share alike. A shared gap stays a gap. Totals do not change.

    >>> share_amounts(pd.Series([90.0, None]), pd.Series([None, "A"]), keys=pd.Series(["A", "B"]),
    ...               weights=pd.Series([2.0, 1.0])).cells.tolist()
    [60.0, 30.0]
    """
    pointing = pointers.notna()
    place = pd.Series(keys.index, index=keys).groupby(level=0).first()
    target = pointers[pointing].map(place)
    unknown = target.isna().reindex(amounts.index, fill_value=False)
    onward = target.isin(pointing.index[pointing]).reindex(amounts.index, fill_value=False)
    target = target[~unknown[target.index] & ~onward[target.index]]
    group = pd.concat([target, pd.Series(target.unique(), index=target.unique())])
    weight = weights.reindex(group.index).fillna(0.0)
    weight = weight.where(weight.groupby(group).transform("sum") > 0, 1.0)
    part = weight / weight.groupby(group).transform("sum")
    shared = amounts.copy()
    shared[group.index] = amounts.reindex(group).to_numpy() * part.to_numpy()
    touched: Mask = pd.Series(amounts.index.isin(group.index), index=amounts.index) & shared.notna()
    wrong = pd.concat(
        [
            reasons(unknown, say("points to a row that is not in the file")),
            reasons(onward & ~unknown, say("points to a row that itself points on")),
        ]
    )
    return Converted(
        shared, wrong, {say("amount shared with rows that point to it"): touched & ~pointing}, touched
    )
