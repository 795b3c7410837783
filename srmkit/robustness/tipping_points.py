"""What would change it: the weight at which a candidate's class flips, exactly.

One criterion's weight moves, the others of its axis keep their ratios (as in Triantaphyllou &
Sanchez 1997, Decision Sciences 28(1), 151-194, who ask it of ranks). The axis score then runs along
a straight line and meets each cut once, so the flip has a formula and needs no search.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.bands import TOLERANCE
from srmkit.language import marked, percent, say, say_many
from srmkit.robustness.class_acceptability import check_axes
from srmkit.robustness.lines import Lines
from srmkit.robustness.seen_flips import first_flips, ways
from srmkit.robustness.terms import Axis, Terms
from srmkit.scoring import Criterion, Group, Scores

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from srmkit.segmentation import Matrix

Floats = NDArray[np.float64]
Codes = NDArray[np.integer[Any]]

FLIPS = {  # direction, and whether the flip is where the weight stands now
    ("less", False): marked("{criterion} weighs less than {then} of {axis} (now {now})"),
    ("more", False): marked("{criterion} weighs more than {then} of {axis} (now {now})"),
    ("less", True): marked("{criterion} weighs any less than {now} of {axis}, its weight now: exactly on the line"),
    ("more", True): marked("{criterion} weighs any more than {now} of {axis}, its weight now: exactly on the line"),
}
COLUMNS = [
    "candidate", "axis", "criterion", "segment", "becomes", "direction",
    "weight_now", "weight_at_flip", "change", "sentence",
]


def tipping_points(scores: Scores, matrix: Matrix) -> pd.DataFrame:
    """The nearest flip of every candidate's class for every criterion's weight, below and above the present one.

    One row a flip, the smallest change first: candidate, axis, criterion, segment (the class now),
    becomes, direction ("less" or "more" weight), weight_now, weight_at_flip and change (shares of
    the axis, 0 to 1), and a sentence. A criterion whose weight cannot flip a candidate between 0 and
    1 has no row. The class changes when the weight passes the flip; where the score rises to a cut
    it changes on it, since a score on a cut belongs to the higher side.

    Exact where the scorecard adds up. Where it multiplies, the flips are looked for at 400 steps of the weight and
    closed in on to nine digits; a class that comes and goes again between two steps is not seen.

    Raises SrmkitError when the scores lack an axis of the matrix.
    """
    check_axes(scores, matrix)
    if not scores.scorecard.additive:
        return seen_tipping_points(scores, matrix, scores.axes.index)
    terms = Terms.of(scores)
    found = []
    for axis in terms.axes:
        if axis.name not in (matrix.x_axis, matrix.y_axis):
            continue
        borders = _borders(scores, matrix, axis.name)
        for criterion in axis.criteria:
            lines = Lines.of_criterion(terms, axis, criterion)
            if lines is not None:
                found += [_flips(scores, matrix, axis, criterion, lines, border) for border in borders]
    return told(pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=COLUMNS[:-1]), scores)


def told(flips: pd.DataFrame, scores: Scores) -> pd.DataFrame:
    """Flips with their sentences, the smallest change first."""
    labels = labels_of(scores)
    table = flips.assign(sentence=[flip_sentence(row, labels) for row in flips.to_dict("records")])
    order = table["change"].abs().sort_values(kind="stable").index
    return table.loc[order, COLUMNS].reset_index(drop=True)


def seen_tipping_points(
    scores: Scores, matrix: Matrix, names: pd.Index, amounts: csr_array | None = None
) -> pd.DataFrame:
    """The same by looking along each weight, for any tree; of suppliers (`names`) where their `amounts` are given."""
    rows = [
        {"candidate": names[flip.who], "axis": way.axis.name, "criterion": way.criterion,
         "segment": matrix.names[flip.now], "becomes": matrix.names[flip.becomes], "direction": flip.direction,
         "weight_now": way.weight, "weight_at_flip": flip.at, "change": flip.at - way.weight}
        for way in ways(scores, matrix, amounts) for flip in first_flips(way) if flip.becomes >= 0
    ]
    return told(pd.DataFrame(rows, columns=COLUMNS[:-1]), scores)


def nearest_flips(points: pd.DataFrame) -> pd.DataFrame:
    """Of `tipping_points`, the smallest change for each candidate (index candidate)."""
    return points.drop_duplicates("candidate").set_index("candidate")


@dataclass(frozen=True)
class Border:
    """Per candidate the cut on one side of its axis score beyond which its class changes, and to which class.

    `cut` is NaN where no cut on this side changes the class.
    """

    upward: bool
    cut: Floats
    now: Codes
    becomes: Codes


def _borders(scores: Scores, matrix: Matrix, axis: str) -> tuple[Border, Border]:
    """The nearest class-changing cut above and below each candidate's score on one axis."""
    cuts = np.array(matrix.x_cuts if axis == matrix.x_axis else matrix.y_cuts, dtype=float)
    level = scores.axes[axis].to_numpy(dtype=float)
    other = scores.axes[matrix.y_axis if axis == matrix.x_axis else matrix.x_axis].to_numpy(dtype=float)
    inside = np.concatenate([cuts[:1] - 1, (cuts[1:] + cuts[:-1]) / 2, cuts[-1:] + 1])
    across = (inside[None, :], other[:, None])
    codes = matrix.codes(*(across if axis == matrix.x_axis else across[::-1]))
    band = (level[:, None] >= cuts - TOLERANCE).sum(axis=1)
    return _border(codes, band, cuts, upward=True), _border(codes, band, cuts, upward=False)


def _border(codes: Codes, band: Codes, cuts: Floats, *, upward: bool) -> Border:
    rows, bands = np.arange(len(codes)), np.arange(codes.shape[1])
    now = codes[rows, band]
    beyond = bands > band[:, None] if upward else bands < band[:, None]
    differs = beyond & (codes != now[:, None]) & (now[:, None] >= 0)
    if upward:
        nearest = differs.argmax(axis=1)
        cut = cuts[np.maximum(nearest - 1, 0)]
    else:
        nearest = codes.shape[1] - 1 - differs[:, ::-1].argmax(axis=1)
        cut = cuts[np.minimum(nearest, len(cuts) - 1)]
    return Border(upward, np.where(differs.any(axis=1), cut, np.nan), now, codes[rows, nearest])


def _flips(
    scores: Scores, matrix: Matrix, axis: Axis, criterion: str, lines: Lines, border: Border
) -> pd.DataFrame:
    """Where each candidate's line meets its border, if the weight can get there."""
    rises = lines.at(1.0) > lines.at(0.0)
    more = rises == border.upward
    end = np.where(more, lines.at(1.0), lines.at(0.0))
    reached = end >= border.cut - TOLERANCE if border.upward else end < border.cut - TOLERANCE
    flip = np.clip(np.where(more, np.maximum(lines.reach(border.cut), lines.weight),
                            np.minimum(lines.reach(border.cut), lines.weight)), 0, 1)
    those = np.flatnonzero(reached & ~np.isnan(flip))
    names = np.array(matrix.names, dtype=object)
    return pd.DataFrame({
        "candidate": scores.axes.index[those],
        "axis": axis.name,
        "criterion": criterion,
        "segment": names[border.now[those]],
        "becomes": names[border.becomes[those]],
        "direction": np.where(more[those], "more", "less"),
        "weight_now": lines.weight,
        "weight_at_flip": flip[those],
        "change": flip[those] - lines.weight,
    })


def labels_of(scores: Scores) -> dict[str, str]:
    """What criteria and axes are called in a sentence."""
    card = scores.scorecard
    parts: tuple[Group | Criterion, ...] = (*card.axes, *card.criteria)
    return {part.name: f"{label[:1].lower()}{label[1:]}" for part in parts for label in [say(part.label)]}


def flip_sentence(row: Mapping[Any, Any], labels: dict[str, str]) -> str:
    """One flip in words."""
    return say_many("{who} becomes {segment} if {condition}.", "{who} become {segment} if {condition}.", 1,
                    who=row["candidate"], segment=say(row["becomes"]), condition=flip_condition(row, labels))


def flip_condition(row: Mapping[Any, Any], labels: dict[str, str]) -> str:
    """The condition of a flip in words: which weight, and how far from now."""
    then, now = weights_in_words(row["weight_at_flip"], row["weight_now"])
    criterion, axis = labels[row["criterion"]], labels[row["axis"]]
    return say(FLIPS[row["direction"], then == now], criterion=criterion, then=then, axis=axis, now=now)


def weights_in_words(then: float, now: float) -> tuple[str, str]:
    """Two weights with as many digits as it takes to tell them apart; the same words for the same weight.

    >>> weights_in_words(0.25, 0.2), weights_in_words(0.2003, 0.2)
    (('25.0 %', '20.0 %'), ('20.03 %', '20.00 %'))
    """
    for digits in (1, 2, 3):
        words = percent(then, digits), percent(now, digits)
        if words[0] != words[1]:
            return words
    return percent(then, 1), percent(now, 1)
