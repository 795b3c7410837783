"""What would change a supplier's class: the weight at which the roll-up of what it sells flips, exactly.

Between two weights at which some item meets a cut no item changes its class, so no supplier does
either. It is therefore enough to look once into each gap between neighbouring crossings, and at the
two ends of the way, where a score may just reach a cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.robustness.class_acceptability import check_axes
from srmkit.robustness.lines import Lines
from srmkit.robustness.terms import Axis, Terms
from srmkit.robustness.tipping_points import COLUMNS, seen_tipping_points, told
from srmkit.scoring import Scores

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from srmkit.segmentation import Matrix

Floats = NDArray[np.float64]
Codes = NDArray[np.int8]

SAME = 1e-9  # weights nearer to each other are one weight
LOOKS_AT_ONCE = 256  # weights x items stay small, and most suppliers flip early if at all


def rolled_up_tipping_points(scores: Scores, matrix: Matrix, spend: pd.DataFrame) -> pd.DataFrame:
    """The nearest flip of every supplier's class for every criterion's weight, below and above the present one.

    `spend` is supplier x item (a gap is no spend); a supplier has the class in which most of it lies.
    Columns as in `tipping_points`, the smallest change first. A weight that cannot flip a supplier
    between 0 and 1 has no row. Exact where the scorecard adds up, and looked for otherwise, as there.
    Raises SrmkitError when the scores lack an axis of the matrix, for items that are not among the
    scores and for amounts below 0.
    """
    check_axes(scores, matrix)
    terms = Terms.of(scores)
    from srmkit.segmentation.roll_up import sold_on

    amounts = sold_on(spend, terms.candidates)
    if not scores.scorecard.additive:
        return seen_tipping_points(scores, matrix, spend.index, amounts)
    rows = [
        row
        for axis in terms.axes if axis.name in (matrix.x_axis, matrix.y_axis)
        for criterion in axis.criteria
        if (lines := Lines.of_criterion(terms, axis, criterion)) is not None
        for row in _flips(Way(lines, scores, matrix, axis, amounts), criterion, spend.index)
    ]
    return told(pd.DataFrame(rows, columns=COLUMNS[:-1]), scores)


@dataclass(frozen=True)
class Way:
    """Suppliers' classes while one criterion's weight goes from 0 to 1; `amounts` is supplier x item."""

    lines: Lines
    scores: Scores
    matrix: Matrix
    axis: Axis
    amounts: csr_array

    def classes(self, weights: Floats) -> Codes:
        """Every supplier's class at these weights, weights x suppliers."""
        levels = np.vstack([self.lines.at(float(weight)) for weight in weights])
        if self.axis.name == self.matrix.x_axis:
            codes = self.matrix.codes(levels, self.scores.axes[self.matrix.y_axis].to_numpy(dtype=float))
        else:
            codes = self.matrix.codes(self.scores.axes[self.matrix.x_axis].to_numpy(dtype=float), levels)
        from srmkit.segmentation.roll_up import roll_up_codes

        return roll_up_codes(codes, self.amounts)

    def stops(self) -> Floats:
        """The weights at which some item meets a cut, with 0, 1 and the present weight among them, ascending."""
        cuts = self.matrix.x_cuts if self.axis.name == self.matrix.x_axis else self.matrix.y_cuts
        crossings = np.sort(np.concatenate([np.empty(0), *(self.lines.reach(cut) for cut in cuts)]))
        # items that cross together differ by the last digits: what lies in between is nobody's class
        crossings = crossings[np.diff(crossings, prepend=-np.inf) > SAME]
        fixed = np.array([0.0, self.lines.weight, 1.0])
        apart = (np.abs(crossings[:, None] - fixed) > SAME).all(axis=1) & (crossings > 0) & (crossings < 1)
        return np.unique(np.concatenate([fixed, crossings[apart]]))


def _flips(way: Way, criterion: str, suppliers: pd.Index) -> Iterator[dict[str, object]]:
    stops, weight, names = way.stops(), way.lines.weight, way.matrix.names
    now = way.classes(np.array([weight]))[0]
    # an item may stand on a cut now, so either way starts at the present weight itself
    for direction, outward in (("less", stops[stops <= weight][::-1]), ("more", stops[stops >= weight])):
        for supplier, becomes, at in _first_changes(way, outward, now):
            yield {
                "candidate": suppliers[supplier], "axis": way.axis.name, "criterion": criterion,
                "segment": names[now[supplier]], "becomes": names[becomes], "direction": direction,
                "weight_now": weight, "weight_at_flip": at, "change": at - weight,
            }


def _first_changes(way: Way, outward: Floats, now: Codes) -> Iterator[tuple[int, int, float]]:
    """Each supplier that changes its class on the way outward: its place, its next class, and the stop where."""
    looks = np.append((outward[1:] + outward[:-1]) / 2, outward[-1])
    unchanged = now >= 0
    for start in range(0, len(looks), LOOKS_AT_ONCE):
        if not unchanged.any():
            return
        classes = way.classes(looks[start : start + LOOKS_AT_ONCE])
        differs: NDArray[Any] = (classes != now) & unchanged
        first = differs.argmax(axis=0)
        for supplier in np.flatnonzero(differs.any(axis=0)):
            look = int(first[supplier])
            yield int(supplier), int(classes[look, supplier]), float(outward[start + look])
            unchanged[supplier] = False
