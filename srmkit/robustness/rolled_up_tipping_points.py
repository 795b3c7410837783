"""What would change a supplier's class: the weight at which the roll-up of what it sells flips, exactly.

Between two weights at which some item meets a cut no item changes its class, so no supplier does
either. It is therefore enough to look once into each gap between neighbouring crossings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.robustness.class_acceptability import check_axes
from srmkit.robustness.lines import Lines
from srmkit.robustness.terms import Axis, Terms
from srmkit.robustness.tipping_points import COLUMNS, flip_sentence, labels_of
from srmkit.scoring import Scores
from srmkit.segmentation import roll_up_codes

if TYPE_CHECKING:
    from srmkit.segmentation import Matrix

Floats = NDArray[np.float64]


def rolled_up_tipping_points(scores: Scores, matrix: Matrix, spend: pd.DataFrame) -> pd.DataFrame:
    """The nearest flip of every supplier's class for every criterion's weight, below and above the present one.

    `spend` is supplier x item (a gap is no spend); a supplier has the class in which most of it lies.
    Columns as in `tipping_points`, the smallest change first. A weight that cannot flip a supplier
    between 0 and 1 has no row. Raises SrmkitError when the scores lack an axis of the matrix.
    """
    check_axes(scores, matrix)
    terms = Terms.of(scores)
    amounts = spend.reindex(columns=terms.candidates).fillna(0.0).to_numpy(dtype=float)
    labels = labels_of(scores)
    rows = [
        row
        for axis in terms.axes if axis.name in (matrix.x_axis, matrix.y_axis)
        for criterion in axis.criteria
        for row in _of_criterion(scores, matrix, terms, axis, criterion, amounts, spend.index)
    ]
    table = pd.DataFrame(rows, columns=COLUMNS[:-1])
    table["sentence"] = [flip_sentence(row, labels) for row in table.to_dict("records")]
    order = table["change"].abs().sort_values(kind="stable").index
    return table.loc[order, COLUMNS].reset_index(drop=True)


def _of_criterion(
    scores: Scores, matrix: Matrix, terms: Terms, axis: Axis, criterion: str, amounts: Floats, names: pd.Index
) -> list[dict[str, object]]:
    lines = Lines.of_criterion(terms, axis, criterion)
    if lines is None:
        return []
    across = axis.name == matrix.x_axis
    cuts = matrix.x_cuts if across else matrix.y_cuts
    other = scores.axes[matrix.y_axis if across else matrix.x_axis].to_numpy(dtype=float)
    crossings = np.concatenate([lines.reach(cut) for cut in cuts])
    inside = np.unique(crossings[(crossings > 0) & (crossings < 1)])
    ends = np.concatenate([[0.0], inside, [1.0]])
    looks = np.append((ends[1:] + ends[:-1]) / 2, lines.weight)  # the last look is at the present weight
    levels = np.vstack([lines.at(float(look)) for look in looks])
    codes = matrix.codes(levels, other) if across else matrix.codes(other, levels)
    classes = roll_up_codes(codes, amounts)
    drawn, now = classes[:-1], classes[-1]
    here = int(np.searchsorted(ends, lines.weight, side="right")) - 1
    rows: list[dict[str, object]] = []
    for direction, gaps in (("less", range(here - 1, -1, -1)), ("more", range(here + 1, len(ends) - 1))):
        open_ = now >= 0
        for gap in gaps:
            flipped = np.flatnonzero(open_ & (drawn[gap] != now))
            at = float(ends[gap + 1] if direction == "less" else ends[gap])
            rows += [
                {
                    "candidate": names[int(place)], "axis": axis.name, "criterion": criterion,
                    "segment": matrix.names[now[place]], "becomes": matrix.names[drawn[gap, place]],
                    "direction": direction, "weight_now": lines.weight, "weight_at_flip": at,
                    "change": at - lines.weight,
                }
                for place in flipped
            ]
            open_[flipped] = False
    return rows
