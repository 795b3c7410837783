"""From what is bought to who sells it: a supplier takes the class in which most of its spend lies."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.segmentation.matrix import UNCLASSIFIED, Segments

if TYPE_CHECKING:
    from scipy.sparse import csr_array

BLOCK = 512  # draws at a time, so that the shares in between stay small


@dataclass(frozen=True)
class RollUp:
    """Suppliers' classes through what they sell.

    `mix` is supplier x class, shares of the supplier's classified spend (rows sum to 1; NaN without
    any). `segment` is the class with the largest share, the more demanding one on a tie. `position`
    is the spend-weighted mean place of what the supplier sells (columns x, y; points).
    """

    mix: pd.DataFrame
    segment: pd.Series
    position: pd.DataFrame


def roll_up(segments: Segments, spend: pd.DataFrame) -> RollUp:
    """Roll classes of items (or categories) up to suppliers by `spend` (supplier x item; a gap is none).

    What is unclassified counts in no share. Spend that is equal up to the last digits is a tie.

    SrmkitError for items that have spend but no class row, and for amounts below 0.
    """
    table = segments.table
    amounts = amounts_on(spend, table.index)
    names = segments.matrix.names
    known = (table["segment"] != UNCLASSIFIED).to_numpy()
    one_hot = np.column_stack([(table["segment"] == name).to_numpy(dtype=float) for name in names])
    by_class = amounts @ one_hot
    whole = by_class.sum(axis=1, keepdims=True)
    shares = np.divide(by_class, whole, out=np.full(by_class.shape, np.nan), where=whole > 0)
    codes = roll_up_codes(pd.Index(names).get_indexer(pd.Index(table["segment"]))[None, :], amounts)[0]
    places = amounts[:, known] @ table.loc[known, ["x", "y"]].to_numpy(dtype=float)
    position = np.divide(places, whole, out=np.full(places.shape, np.nan), where=whole > 0)
    return RollUp(
        pd.DataFrame(shares, index=spend.index, columns=list(names)),
        pd.Series(segments.matrix.named(codes), index=spend.index, name="segment"),
        pd.DataFrame(position, index=spend.index, columns=["x", "y"]),
    )


def roll_up_codes(codes: NDArray[np.integer], spend: NDArray[np.float64] | csr_array) -> NDArray[np.int8]:
    """The same for many draws at once: codes (draws x items) and spend (suppliers x items) to draws x suppliers.

    The class with the most spend, the lower code on a tie; -1 where nothing of a supplier is classed. Whoever rolls up
    more than once takes the spend from `sold_on`, where zeros are left out once.
    """
    from scipy.sparse import csr_array

    draws, suppliers = len(codes), spend.shape[0]
    found = np.full((suppliers, draws), -1, dtype=np.int8)
    most = np.zeros((suppliers, draws))
    sold = csr_array(spend)  # a supplier sells few of all items
    for start in range(0, draws, BLOCK):
        rows = slice(start, start + BLOCK)
        drawn = np.ascontiguousarray(codes[rows].T)
        for code in range(int(codes.max(initial=-1)) + 1):
            amount = sold @ (drawn == code).astype(float)
            # equal up to the last digits of the sums is a tie, and a tie stays with the more demanding class
            more = amount > most[:, rows] * (1 + 1e-12)
            found[:, rows][more] = code
            most[:, rows][more] = amount[more]
    return found.T


def rolled_up_spans(spanned: pd.Series, spend: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    """Classes that each supplier may have where missing figures leave classes of what it sells open, as tuples.

    `spanned` are the classes of each item (tuples of names, as of `Matrix.spanned`), `names` all
    classes, the more demanding first. Items are open each by itself. Exact: a class is named only if some
    classes of the items give it. An empty tuple for a supplier without spend.

    >>> spanned = pd.Series({"motors": ("strategic", "leverage"), "paper": ("non-critical",)})
    >>> spend = pd.DataFrame({"motors": [60.0, 10.0], "paper": [40.0, 90.0]}, index=["Alba", "Dahl"])
    >>> rolled_up_spans(spanned, spend, ("strategic", "bottleneck", "leverage", "non-critical")).tolist()
    [('strategic', 'leverage'), ('non-critical',)]
    """
    amounts = amounts_on(spend, spanned.index)
    codes = [tuple(sorted(names.index(name) for name in classes)) for classes in spanned]
    found = []
    for row in amounts:
        sold = [(float(row[place]), codes[place]) for place in np.argsort(-row, kind="stable") if row[place] > 0]
        found.append(tuple(name for code, name in enumerate(names) if sold and _may_win(code, sold, len(names))))
    return pd.Series(found, index=spend.index, dtype=object)


def _may_win(code: int, sold: list[tuple[float, tuple[int, ...]]], classes: int) -> bool:
    """Whether a class can have the most spend: it takes all that it may, and the rest is spread to stay below it."""
    most = sum(amount for amount, may in sold if code in may)
    room = [most / (1 + 1e-12) if other < code else most * (1 + 1e-12) for other in range(classes)]
    rest = [(amount, may) for amount, may in sold if code not in may]
    left = [sum(amount for amount, _ in rest[place:]) for place in range(len(rest) + 1)]
    seen: set[tuple[int, tuple[float, ...]]] = set()

    def spread(place: int, loads: tuple[float, ...]) -> bool:
        if any(load > limit or (load == limit and other < code) for other, (load, limit) in
               enumerate(zip(loads, room, strict=True)) if load > 0 and other != code):
            return False
        if place == len(rest) or all(load + left[place] < limit for load, limit in zip(loads, room, strict=True)):
            return True
        if (place, loads) in seen:
            return False
        seen.add((place, loads))
        amount, may = rest[place]
        return any(spread(place + 1, tuple(load + amount * (other == one) for other, load in enumerate(loads)))
                   for one in may)

    return most > 0 and spread(0, (0.0,) * classes)


def sold_on(spend: pd.DataFrame, candidates: pd.Index) -> csr_array:
    """As `amounts_on`, without the zeros, which are nearly all; kept, since who moves a weight moves no spend."""
    return _sold(_Spend(spend, candidates))


class _Spend:
    """Spend on these candidates as a key: the very same table, for as long as somebody holds it."""

    def __init__(self, spend: pd.DataFrame, candidates: pd.Index) -> None:
        self.spend, self.number, self.candidates = weakref.ref(spend), id(spend), candidates

    def __eq__(self, other: object) -> bool:
        spend = self.spend()
        return (isinstance(other, _Spend) and spend is not None and other.spend() is spend
                and self.candidates.equals(other.candidates))

    def __hash__(self) -> int:
        return self.number


@lru_cache(maxsize=2)
def _sold(asked: _Spend) -> csr_array:
    from scipy.sparse import csr_array

    spend = asked.spend()
    assert spend is not None  # noqa: S101  # whoever asks holds it
    return csr_array(amounts_on(spend, asked.candidates))


def amounts_on(spend: pd.DataFrame, candidates: pd.Index) -> NDArray[np.float64]:
    """Spend as plain amounts, supplier x candidate, 0 where there is none.

    Raises SrmkitError for columns that are no candidates and for amounts below 0.
    """
    problems = Problems("spend to roll up")
    strangers = spend.columns.difference(candidates)
    if len(strangers):
        problems.add(f"columns ({len(strangers)})", "are not among the classed candidates", found=_few(strangers),
                     todo="Class these too, or leave them out.")
    below = spend.index[(spend < 0).any(axis=1)]
    if len(below):
        problems.add(f"suppliers ({len(below)})", "have amounts below 0", found=_few(below),
                     todo="Net credits against purchases, or leave them out.")
    problems.raise_if_any()
    return spend.reindex(columns=candidates).fillna(0.0).to_numpy(dtype=float)


def _few(names: pd.Index) -> str:
    return ", ".join(map(str, names[:5])) + (", ..." if len(names) > 5 else "")
