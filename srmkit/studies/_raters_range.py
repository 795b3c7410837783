"""The weights that lie between the raters: what nobody of them would call wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from srmkit.robustness import Between
from srmkit.scoring import Scorecard
from srmkit.weighting import Panel

SLACK = 5e-4  # shares: weights in a signed scorecard are rounded to a tenth of a point


def raters_range(
    agreed: Scorecard, raters: Mapping[str, Scorecard], found: Sequence[Panel], *, own_doubt: bool
) -> tuple[Between, ...]:
    """For each axis that anybody judged, each of its weights from the lowest to the highest of the raters.

    With `own_doubt` the range of a rater is what the rater's own judgements leave open. The agreed weights lie within.
    """
    judged = {name for panel in found for name in panel.members}
    criteria = {rater: card.weights for rater, card in raters.items()}
    groups = [
        (agreed.weights[[item.name for item, _ in axis.leaves()]], criteria)
        for axis in agreed.axes
        if judged & {part.name for part in axis.walk() if part is not axis}
    ]
    if judged & {axis.name for axis in agreed.axes}:
        groups.append((agreed.axis_weights, {rater: card.axis_weights for rater, card in raters.items()}))
    return tuple(between for now, shares in groups for between in _between(now, shares, found if own_doubt else ()))


def _between(now: pd.Series, shares: Mapping[str, pd.Series], found: Sequence[Panel]) -> Iterator[Between]:
    of_raters = pd.DataFrame(shares).T.astype(float)
    for name, agreed in now.items():
        ends = of_raters[name]
        for panel in found:
            if name in panel.members:
                # within a tree the rater's range is that of the group, in proportion to the rater's weight
                own = ends.reindex(panel.raters.index) / panel.raters[name].where(panel.raters[name] > 0)
                ends = pd.concat([ends, own * panel.low[name], own * panel.high[name]])
        low, high = min(float(ends.min()), float(agreed)), max(float(ends.max()), float(agreed))
        yield Between(str(name), max(0.0, low - SLACK), min(1.0, high + SLACK))
