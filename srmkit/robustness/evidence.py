"""What is known of each figure's error, laid out as the scores are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.scoring import Scores

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

NUMBERS = ("value", "events", "n", "sd")


@dataclass(frozen=True)
class Evidence:
    """Per cell of the scores (candidates x criteria) what stands behind it; NaN where nothing is known.

    `value` is the figure, `events` of `n` what it counts, `sd` its standard error; `judged` says
    that people judged it, `missing` that there is no figure.
    """

    value: Floats
    events: Floats
    n: Floats
    sd: Floats
    judged: Flags
    missing: Flags

    @classmethod
    def of(cls, scores: Scores) -> Evidence:
        """The evidence that the scores carry; one metric may stand behind several criteria."""
        shape = scores.values.shape
        numbers = {name: np.full(shape, np.nan) for name in NUMBERS}
        judged = np.tile([item.source == "judged" for item in scores.scorecard.criteria], (shape[0], 1))
        for rows, column, found in _by_criterion(scores):
            for name in NUMBERS:
                numbers[name][rows, column] = found[name]
            judged[rows, column] |= found["judged"]
        return cls(**numbers, judged=judged, missing=scores.values.isna().to_numpy())

    @property
    def counted(self) -> Flags:
        """Rates that are their events over their cases; a weighted rate is not, and goes by its standard error."""
        possible = (self.n > 0) & (self.events >= 0) & (self.events <= self.n) & ~self.missing
        return possible & (np.abs(self.events - self.value * self.n) < 1e-6 * self.n)

    @property
    def spread(self) -> Flags:
        """Figures known with a standard error."""
        return (self.sd > 0) & ~self.counted & ~self.missing


def _by_criterion(scores: Scores) -> Iterator[tuple[Places, int, dict[str, NDArray[Any]]]]:
    """For each criterion with evidence: rows of the scores, its column, and what is known there."""
    known = scores.evidence
    if known is None or known.empty:
        return
    table = {name: known[name].to_numpy(dtype=float, na_value=np.nan) for name in NUMBERS if name in known}
    table = {name: table.get(name, np.full(len(known), np.nan)) for name in NUMBERS}
    judged = known["source"] == "judged" if "source" in known else np.zeros(len(known), dtype=bool)
    table["judged"] = np.asarray(judged, dtype=bool)
    row = scores.values.index.get_indexer(known.index.get_level_values(0))
    codes, metrics = pd.factorize(known.index.get_level_values(1))
    place_of = {metric: place for place, metric in enumerate(metrics)}
    for column, item in enumerate(scores.scorecard.criteria):
        mine = np.flatnonzero((codes == place_of.get(item.metric, -1)) & (row >= 0))
        yield row[mine], column, {name: values[mine] for name, values in table.items()}
