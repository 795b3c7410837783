"""How far each weight may move before the chosen few change: exact intervals, and who swaps first.

One weight moves, the others keep their ratios. The difference between two totals is then a line
(or, where missing figures gave their weight away, a quadratic) in that weight; its nearest roots on
either side of the present weight, over all pairs of a chosen and an unchosen candidate, are the ends
(weight stability interval: Mareschal 1988, European Journal of Operational Research 33, 54-64).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.bands import TOLERANCE
from srmkit.errors import Problems
from srmkit.robustness.lines import Lines
from srmkit.robustness.terms import Terms
from srmkit.robustness.tree_draws import refuse_unless_additive
from srmkit.scoring import Scores

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

PAIRS_AT_ONCE = 2**18


def rank_tipping_points(scores: Scores, selected: Sequence[Hashable], capacity: int) -> pd.DataFrame:
    """The interval of every weight within which the `selected` stay the first by total.

    Index criterion, then each axis by its own weight; the least room first. Columns: axis ("total"
    for the weight of an axis), weight_now, low, high (0 to 1; 0 and 1 mean that no weight changes the
    choice), room (smallest change that does; NaN when none), and for either end who leaves and who
    enters: leaves_below, enters_below, leaves_above, enters_above (None when there is no such end).
    At an end the two are level; equals of whom some are selected are level now, and whoever gains on the selected
    enters. Candidates that fail a gate take no part.

    Raises SrmkitError when a selected candidate is unknown, has no rank or is behind one who was not
    selected, or when more are selected than `capacity`.
    """
    _check(scores, selected, capacity)
    ranked = scores.rank.notna().to_numpy(dtype=bool)
    chosen = scores.total.index.isin(list(selected))
    inside, outside = np.flatnonzero(ranked & chosen), np.flatnonzero(ranked & ~chosen)
    rows = [
        {"criterion": name, "axis": axis, **_interval(lines, base, share, inside, outside, scores.total.index)}
        for name, axis, lines, base, share in movable(scores)
    ]
    numbers = ["weight_now", "low", "high", "room"]
    columns = ["criterion", "axis", *numbers, "leaves_below", "enters_below", "leaves_above", "enters_above"]
    # as objects, so that None stays None and a number that names somebody stays whole
    table = pd.DataFrame(rows, columns=columns, dtype=object).set_index("criterion")
    table = table.astype({"axis": str, **dict.fromkeys(numbers, float)})
    return table.sort_values("room", kind="stable", na_position="last")


def movable(scores: Scores) -> Iterator[tuple[str, str, Lines, Floats, float]]:
    """Every weight that can move: name, axis, its lines, what else is in the totals, and the lines' share of them."""
    refuse_unless_additive(scores, "weights that keep an order")
    terms, total = Terms.of(scores), scores.total.to_numpy(dtype=np.float64)
    for axis in terms.axes:
        level = scores.axes[axis.name].to_numpy(dtype=np.float64)
        for criterion in axis.criteria:
            lines = Lines.of_criterion(terms, axis, criterion)
            if lines is not None:
                yield criterion, axis.name, lines, total - axis.weight * level, axis.weight
        if axis.weight < 1:
            others: Floats = (total - axis.weight * level) / (1 - axis.weight)
            one: Floats = np.ones(total.shape)
            yield axis.name, "total", Lines(axis.weight, level, one, others, one), np.zeros_like(total), 1.0


def _interval(
    lines: Lines, base: Floats, share: float, inside: Places, outside: Places, names: pd.Index
) -> dict[str, object]:
    """The ends of one weight's interval and the pair that is level at either."""
    below, above = (0.0, None, None), (1.0, None, None)
    step = max(1, PAIRS_AT_ONCE // max(1, len(outside)))
    for start in range(0, len(inside) if len(outside) else 0, step):
        some = inside[start : start + step]
        low, high = first_swaps(lines, base, share, some[:, None], outside[None, :])
        a, b = np.unravel_index(np.argmax(low), low.shape)
        if low[a, b] > -1 and (below[1] is None or low[a, b] > below[0]):
            below = (float(low[a, b]), names[some[a]], names[outside[b]])
        a, b = np.unravel_index(np.argmin(high), high.shape)
        if high[a, b] < 2 and (above[1] is None or high[a, b] < above[0]):
            above = (float(high[a, b]), names[some[a]], names[outside[b]])
    ends = [abs(end - lines.weight) for end, leaves, _ in (below, above) if leaves is not None]
    return {
        "weight_now": lines.weight, "low": below[0], "high": above[0], "room": min(ends, default=np.nan),
        "leaves_below": below[1], "enters_below": below[2], "leaves_above": above[1], "enters_above": above[2],
    }


def first_swaps(lines: Lines, base: Floats, share: float, first: Places, second: Places) -> tuple[Floats, Floats]:
    """For each pair the nearest weight below (else -1) and above (else 2) at which the second draws level."""
    square, slope, level = _difference(lines, base, share, first, second)
    inner = slope**2 - 4 * square * level
    root = np.sqrt(np.where(inner < 0, np.nan, inner))  # NaN compares as no root
    middle = -0.5 * (slope + np.where(slope >= 0, root, -root))
    low, high = np.full(level.shape, -1.0), np.full(level.shape, 2.0)
    tied = np.abs(level + lines.weight * (slope + lines.weight * square)) <= TOLERANCE
    for numerator, denominator in ((middle, square), (level, middle)):
        at = np.divide(numerator, denominator, out=np.full(level.shape, np.nan), where=denominator != 0)
        rise = slope + 2 * square * at
        here = tied & (np.abs(at - lines.weight) < 1e-6)
        falls_below = (rise > 0) & (at >= 0) & ((at <= lines.weight) | here)
        falls_above = (rise < 0) & (at <= 1) & ((at >= lines.weight) | here)
        low = np.where(falls_below, np.maximum(low, np.minimum(at, lines.weight)), low)
        high = np.where(falls_above, np.minimum(high, np.maximum(at, lines.weight)), high)
    return low, high


def _difference(
    lines: Lines, base: Floats, share: float, first: Places, second: Places
) -> tuple[Floats, Floats, Floats]:
    """First total less second, times both lower lines (which are positive): square, linear, constant coefficient."""
    u0, u1 = lines.others, lines.own - lines.others
    l0, l1 = lines.others_weight, lines.own_weight - lines.others_weight
    i, o, gap = first, second, base[first] - base[second]
    level = gap * l0[i] * l0[o] + share * (u0[i] * l0[o] - u0[o] * l0[i])
    slope = gap * (l0[i] * l1[o] + l1[i] * l0[o])
    slope = slope + share * (u0[i] * l1[o] + u1[i] * l0[o] - u0[o] * l1[i] - u1[o] * l0[i])
    square = gap * l1[i] * l1[o] + share * (u1[i] * l1[o] - u1[o] * l1[i])
    # what rounding leaves of equal candidates and of complete rows is no slope
    square, slope = (np.where(np.abs(part) < TOLERANCE, 0.0, part) for part in (square, slope))
    return square, slope, level


def _check(scores: Scores, selected: Sequence[Hashable], capacity: int) -> None:
    problems = Problems("rank tipping points")
    if len(selected) > capacity:
        problems.add("selected", f"must be {capacity} at most, the capacity", found=str(len(selected)))
    unknown = [name for name in selected if name not in scores.total.index]
    for name in unknown:
        problems.add(f"'{name}'", "is not among the candidates", todo="Take the names from the scores.")
    known = [name for name in selected if name not in unknown]
    ranks = scores.rank.reindex(pd.Index(known))
    for name in ranks.index[ranks.isna()]:
        problems.add(f"'{name}'", "has no rank", todo="A gate or a missing axis keeps it out of any selection.")
    problems.raise_if_any()
    rest = scores.eligible.drop(index=known)
    chosen = scores.eligible.reindex(pd.Index(known))
    if len(rest) and len(chosen) and rest.max() > chosen.min() + TOLERANCE:
        problems.add(f"'{chosen.idxmin()}'", f"is behind '{rest.idxmax()}', who is not selected",
                     found=f"{chosen.min():.2f} and {rest.max():.2f} points",
                     todo="Name the first ones by total.")
    problems.raise_if_any()
