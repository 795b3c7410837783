"""How far each weight may go before an answer changes: the first rank, the first few, the whole order, the classes.

Weight stability intervals (Mareschal 1988, European Journal of Operational Research 33, 54-64). One weight moves, the
others of its group keep their ratios. With every figure present each total is then a straight line in that weight:
the whole order lasts until two neighbours in it are level, and the lead of the last one inside a line over the first
one outside it is a concave function, whose root Newton's method meets in a few steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.bands import TOLERANCE
from srmkit.errors import Problems
from srmkit.robustness.lines import Lines
from srmkit.robustness.rank_tipping_points import Places, first_swaps, movable
from srmkit.robustness.terms import Terms
from srmkit.robustness.tipping_points import tipping_points
from srmkit.robustness.tree_draws import refuse_unless_additive
from srmkit.scoring import Scores

if TYPE_CHECKING:
    from srmkit.segmentation import Matrix

Floats = NDArray[np.float64]
Ints = NDArray[np.integer[Any]]
Ends = tuple[Floats, Floats]


def stability_intervals(scores: Scores, *, top: int | None = None, matrix: Matrix | None = None) -> pd.DataFrame:
    """The interval of every weight within which each answer stays as it is.

    One row a weight and answer, by weight: criterion (or axis, by its own weight), axis ("total" for
    the weight of an axis), holds, weight_now, low, high (0 to 1) and room (the smallest change that
    ends it; NaN where no weight does). `holds` says what stays: "first rank", whoever holds it; "first k"
    with `top`, whoever holds a rank up to k; "whole order"; "every class" with a `matrix`. Equals share the
    better rank, so more than k can be inside; where any change parts equals in the order or across the line,
    there is no room. Who fails a gate takes no part in ranks. Exact; nothing is drawn. `rank_tipping_points`
    names who swaps at the ends: with equals across the line these are the weights that every choice among
    them allows. `tipping_points` names whose class flips.

    Raises SrmkitError when nobody has a rank, `top` is below 1, or the scores lack an axis of the matrix.
    """
    refuse_unless_additive(scores, "stability intervals")
    ranked = scores.rank.dropna().astype(int).sort_values(kind="stable")
    _check(ranked, top)
    tops = {"first rank": 1, **({f"first {top}": top} if top is not None and top > 1 else {})}
    terms, places, ranks = Terms.of(scores), scores.total.index.get_indexer(ranked.index), ranked.to_numpy()
    weights = list(_movable(terms))
    if terms.counted[places].all():
        found = _straight(scores, terms, places, ranks, tops)
    else:
        found = _bent(scores, places, ranks, tops)
    if matrix is not None:
        found["every class"] = _classes(scores, matrix, [name for name, _, _ in weights])
    low, high = (np.column_stack(ends).ravel() for ends in zip(*found.values(), strict=True))
    now = np.repeat(np.array([weight for _, _, weight in weights], dtype=np.float64), len(found))
    room = np.fmin(np.where(low >= 0, now - low, np.nan), np.where(high <= 1, high - now, np.nan))
    return pd.DataFrame({
        "criterion": [name for name, _, _ in weights for _ in found],
        "axis": [axis for _, axis, _ in weights for _ in found],
        "holds": list(found) * len(weights),
        "weight_now": now, "low": np.maximum(low, 0.0), "high": np.minimum(high, 1.0), "room": room,
    })


def _movable(terms: Terms) -> Iterator[tuple[str, str, float]]:
    """Every weight that can move: name, axis ("total" for the weight of an axis), and where it stands."""
    for axis in terms.axes:
        for name, weight in zip(axis.criteria, axis.weights.tolist(), strict=True):
            if weight < 1:
                yield name, axis.name, weight
        if axis.weight < 1:
            yield axis.name, "total", axis.weight


@dataclass(frozen=True)
class Moves:
    """Totals (candidates, the best first) and what a unit of each weight adds to them (weights x candidates)."""

    now: Floats
    totals: Floats
    slopes: Floats


def _moves(scores: Scores, terms: Terms, places: NDArray[np.intp]) -> Moves:
    totals = scores.total.to_numpy(dtype=np.float64)[places]
    now, slopes = [weight for _, _, weight in _movable(terms)], []
    for axis in terms.axes:
        level = scores.axes[axis.name].to_numpy(dtype=np.float64)[places]
        free = axis.weights < 1
        own = 100 * terms.values[np.ix_(places, axis.columns[free])].T
        slopes.append(axis.weight * (own - level) / (1 - axis.weights[free, None]))
        if axis.weight < 1:
            slopes.append((level - totals)[None, :] / (1 - axis.weight))
    steep = np.asarray(np.vstack(slopes), dtype=np.float64)
    return Moves(np.array(now), np.asarray(totals, dtype=np.float64), steep)


def _straight(
    scores: Scores, terms: Terms, places: NDArray[np.intp], ranks: Ints, tops: dict[str, int]
) -> dict[str, Ends]:
    """The ends for straight lines, all weights at once; beyond 0 and 1 where there is no end."""
    moves = _moves(scores, terms, places)
    lead = moves.totals[:-1] - moves.totals[1:]
    gain = moves.slopes[:, :-1] - moves.slopes[:, 1:]
    gain = np.where(np.abs(gain) < TOLERANCE, 0.0, gain)
    part = (lead <= TOLERANCE) & (gain != 0)  # equals: any change that parts them ends their order
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = np.where(part, 0.0, -lead / gain)
    above = np.where((gain < 0) | part, reach, np.inf).min(axis=1, initial=np.inf)
    below = np.where((gain > 0) | part, reach, -np.inf).max(axis=1, initial=-np.inf)
    found = {holds: _first(moves, ranks, part, top) for holds, top in tops.items()}
    found["whole order"] = moves.now + below, moves.now + above
    return found


def _first(moves: Moves, ranks: Ints, part: NDArray[np.bool_], top: int) -> Ends:
    """Where those with a rank up to `top` are not the same any more."""
    lines = _lines(ranks, top)
    low, high = (pick([ends[side] for ends in (_line(moves, line) for line in lines)], axis=0)
                 for side, pick in ((0, np.max), (1, np.min)))
    parted = part[:, lines[0] : lines[-1] - 1].any(axis=1)
    return np.where(parted, moves.now, low), np.where(parted, moves.now, high)


def _lines(ranks: Ints, top: int) -> list[int]:
    """After how many candidates a line runs that nobody may cross: one, or before and after equals that it parts."""
    inside = int((ranks <= top).sum())
    ahead = int((ranks < ranks[inside - 1]).sum())
    return [ahead, inside] if inside > top else [inside]


def _line(moves: Moves, inside: int) -> Ends:
    """Where somebody after the first `inside` ones draws level with one of them, below and above the present weight."""
    if inside in (0, len(moves.totals)):
        return np.full(len(moves.now), -1.0), np.full(len(moves.now), 2.0)
    below = _newton(moves, inside, -moves.now)
    above = _newton(moves, inside, 1 - moves.now)
    return (np.where(np.isnan(below), -1.0, moves.now + below), np.where(np.isnan(above), 2.0, moves.now + above))


def _newton(moves: Moves, inside: int, end: Floats) -> Floats:
    """The change of each weight on the way to its `end` at which the line is met; NaN where it never is.

    The lead is the least of straight lines, so from beyond the root each step lands short of it, on the outer side.
    """
    change, rows = end.copy(), np.arange(len(end))
    met = np.full(len(end), np.nan)
    while len(rows):
        at = moves.totals + moves.slopes[rows] * change[rows, None]
        last, first = at[:, :inside].argmin(axis=1), inside + at[:, inside:].argmax(axis=1)
        each = np.arange(len(rows))
        lead = at[each, last] - at[each, first]
        behind = lead < -TOLERANCE
        met[rows[~behind & (change[rows] != end[rows])]] = change[rows[~behind & (change[rows] != end[rows])]]
        rows, last, first = rows[behind], last[behind], first[behind]
        gain = moves.slopes[rows, last] - moves.slopes[rows, first]
        step = -(moves.totals[last] - moves.totals[first]) / gain
        change[rows] = np.where(end[rows] > 0, np.maximum(step, 0), np.minimum(step, 0))
    return met


def _bent(scores: Scores, places: NDArray[np.intp], ranks: Ints, tops: dict[str, int]) -> dict[str, Ends]:
    """The ends where missing figures give their weight away, so that lines are bent: pair by pair."""
    found: dict[str, list[tuple[float, float]]] = {holds: [] for holds in (*tops, "whole order")}
    ahead, behind, level = places[:-1], places[1:], np.diff(ranks) == 0
    for _, _, moving, base, share in movable(scores):
        for holds, top in tops.items():
            lines = _lines(ranks, top)
            equals = places[lines[0] : lines[-1]]
            pairs = [(equals[:-1], equals[1:]), (equals[1:], equals[:-1]),
                     *((places[:line, None], places[None, line:]) for line in lines)]
            found[holds].append(_nearest(moving, base, share, pairs))
        found["whole order"].append(_nearest(moving, base, share, [(ahead, behind), (behind[level], ahead[level])]))
    return {holds: (np.array(ends)[:, 0], np.array(ends)[:, 1]) for holds, ends in found.items()}


def _nearest(lines: Lines, base: Floats, share: float, pairs: list[tuple[Places, Places]]) -> tuple[float, float]:
    """The nearest weight below and above at which the second of any pair draws level with the first."""
    lows, highs = zip(*(first_swaps(lines, base, share, *pair) for pair in pairs), strict=True)
    return max(low.max(initial=-1.0) for low in lows), min(high.min(initial=2.0) for high in highs)


def _classes(scores: Scores, matrix: Matrix, names: Sequence[str]) -> Ends:
    """The nearest flip of any class; the weight of an axis flips none."""
    flips = tipping_points(scores, matrix)
    low, high = np.full(len(names), -1.0), np.full(len(names), 2.0)
    for place, name in enumerate(names):
        mine = flips[flips["criterion"] == name]
        low[place] = mine.loc[mine["direction"] == "less", "weight_at_flip"].max() if len(mine) else -1.0
        high[place] = mine.loc[mine["direction"] == "more", "weight_at_flip"].min() if len(mine) else 2.0
    return np.nan_to_num(low, nan=-1.0), np.nan_to_num(high, nan=2.0)


def _check(ranked: pd.Series, top: int | None) -> None:
    problems = Problems("stability intervals")
    if ranked.empty:
        problems.add("the scores", "have no candidate with a rank", todo="Look at the gates that each one fails.")
    if top is not None and top < 1:
        problems.add("top", "must be 1 or more", found=str(top), todo="Give the number you can serve.")
    problems.raise_if_any()
