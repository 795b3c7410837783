"""Metrics of many candidates, with evidence and definitions: what scorecards read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from srmkit.metrics.definition import Definition
from srmkit.metrics.findings import BEHIND, Figure, Findings
from srmkit.metrics.rates import Floats, shrink_to_peers

Level = Literal["supplier", "item", "category", "customer"]
NAMES: Mapping[str, str] = {
    "supplier": "supplier_id",
    "item": "item_id",
    "category": "category",
    "customer": "customer_id",
}


@dataclass(frozen=True, eq=False)
class Metrics:
    """One number per candidate and metric, and what stands behind each.

    - `values`: index candidate, a column for each metric; NaN means no data, never 0 and never 1.
    - `evidence`: a row for every value that is there, index (candidate, metric): value, n, events, low and
      high (95 % interval), sd (standard error of the value), shrunk (a rate drawn towards its peers, the more the
      fewer its cases), source (measured, audited, judged). What does not apply is NaN.
    - `definitions`: metric to what it means; `notes`: what a reader should know before using them.
    - `currency`: of all amounts (ISO code), empty where nobody knows it.
    """

    level: Level
    values: pd.DataFrame
    evidence: pd.DataFrame
    definitions: Mapping[str, Definition]
    notes: tuple[str, ...] = ()
    currency: str = ""

    @classmethod
    def of(
        cls, level: Level, candidates: pd.Index, definitions: Iterable[Definition], found: Findings,
        currency: str = "",
    ) -> Metrics:
        """Findings of all candidates; a metric without findings is a column of gaps."""
        known = {definition.name: definition for definition in definitions}
        everyone = pd.Index(candidates, name=NAMES[level]).sort_values()
        nothing = pd.DataFrame(columns=list(BEHIND), dtype=float)
        figures = [found.figures.get(name, nothing).reindex(everyone)[list(BEHIND)] for name in known]
        values = pd.DataFrame({name: figure["value"] for name, figure in zip(known, figures, strict=True)})
        return cls(level, values, _evidence(figures, known), known, found.notes, currency)

    def only(self, candidates: pd.Index) -> Metrics:
        """The same metrics of some candidates; one that is not there has no value."""
        values = self.values.reindex(pd.Index(candidates, name=self.values.index.name))
        kept = self.evidence.index.get_level_values("candidate").isin(candidates)
        return replace(self, values=values, evidence=self.evidence[kept])

    def describe(self) -> pd.DataFrame:
        """The definitions as a table, one row a metric."""
        rows = [asdict(definition) for definition in self.definitions.values()]
        return pd.DataFrame(rows).set_index("name")


def _evidence(figures: Sequence[Figure], definitions: Mapping[str, Definition]) -> pd.DataFrame:
    """One row for every value: candidates down, and of each its metrics in the order of the definitions."""
    behind = np.stack(figures, axis=1)
    value, n, events = (behind[:, :, BEHIND.index(name)] for name in ("value", "n", "events"))
    who, what = np.nonzero(~np.isnan(value))
    levels: Any = [figures[0].index, list(definitions)]
    codes: Any = [who, what]
    index = pd.MultiIndex(levels, codes, names=["candidate", "metric"])
    rows = pd.DataFrame(behind[who, what], index=index, columns=list(BEHIND))
    shrunk = _shrunk(np.where(np.isnan(value), np.nan, events), n)
    sources = pd.Index([definition.source for definition in definitions.values()])
    return rows.assign(shrunk=shrunk[who, what], source=sources[what])


def _shrunk(events: Floats, n: Floats) -> Floats:
    """Rates drawn towards all candidates of the result; gaps for figures that are no rates, or have no peers."""
    rates = ~np.isnan(events) & (n > 0)
    shrunk = np.full(rates.shape, np.nan)
    for metric in np.flatnonzero(rates.sum(axis=0) > 1):
        mine = rates[:, metric]
        shrunk[mine, metric] = shrink_to_peers(events[mine, metric], n[mine, metric])
    return shrunk
