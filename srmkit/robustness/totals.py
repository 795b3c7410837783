"""Totals of scored candidates in every draw, under each doubt; gaps and drawn figures included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from srmkit.arrays.totals import Totals, WeighedTotals, blocks_of, left_of
from srmkit.robustness.axis_draws import ALL, Engine

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


def weighed_totals(engine: Engine, places: Places) -> WeighedTotals:
    """Totals of these candidates under the drawn weights, with figures as they stand."""
    axes, terms = engine.terms.axes, engine.terms
    columns = np.concatenate([axis.columns for axis in axes])
    ends = np.cumsum([0, *(len(axis.columns) for axis in axes)])
    counted = terms.counted[np.ix_(places, columns)].T
    return WeighedTotals(
        weights=engine.weights,
        shares=np.ascontiguousarray(engine.drawn[-1].T),
        points=100 * terms.values[np.ix_(places, columns)].T * counted,
        counted=None if counted.all() else counted,
        axes=tuple(slice(start, end) for start, end in zip(ends[:-1], ends[1:], strict=True)),
    )


@dataclass(frozen=True)
class DrawnTotals:
    """Totals with drawn figures, kept as candidates x draws since each candidate draws its own."""

    table: Floats

    @classmethod
    def of_engine(
        cls, engine: Engine, places: Places, sources: Sequence[str] = ("data", ALL)
    ) -> dict[str, DrawnTotals]:
        """Totals of these candidates with figures in doubt, under stated weights ("data") and drawn ones ("all")."""
        rows = np.full(len(engine.terms.candidates), -1)
        rows[places] = np.arange(len(places))
        tables = {source: np.empty((len(places), engine.doubt.draws)) for source in sources}
        for block in engine.blocks():
            mine = rows[block.members]
            for source, table in tables.items():
                table[mine[mine >= 0]] = engine.total(block, source)[mine >= 0]
        return {source: cls(table) for source, table in tables.items()}

    def blocks(self) -> Iterator[tuple[slice, Floats]]:
        """Blocks of draws, each with its totals (draws x candidates)."""
        candidates, draws = self.table.shape
        for block in blocks_of(draws, candidates):
            yield block, self.table[:, block].T.copy()

    def below(self, ceiling: float) -> Iterator[tuple[slice, Floats]]:
        """The same blocks with what is left of the ceiling instead of the totals."""
        return left_of(ceiling, self.blocks())

    def few(self, places: Places) -> Floats:
        """All draws of a few candidates, draws x candidates."""
        return np.ascontiguousarray(self.table[places].T)


def totals_by_doubt(engine: Engine, places: Places) -> dict[str, Totals]:
    """Totals of these candidates under each doubt that moves any: "weights", "data", and "all" of them together."""
    if not engine.scores.scorecard.additive:  # no product of matrices gives these totals
        return {**DrawnTotals.of_engine(engine, places, ("weights", "data", ALL))}
    weighed = weighed_totals(engine, places)
    if engine.figures is None:
        return {"weights": weighed, ALL: weighed}
    return {"weights": weighed, **DrawnTotals.of_engine(engine, places)}
