"""From what is bought to who sells it: a supplier takes the class in which most of its spend lies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.segmentation.matrix import UNCLASSIFIED, Segments

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


def roll_up_codes(codes: NDArray[np.integer], spend: NDArray[np.float64]) -> NDArray[np.int8]:
    """The same for many draws at once: codes (draws x items) and spend (suppliers x items) to draws x suppliers.

    The class with the most spend, the lower code on a tie; -1 where nothing of a supplier is classed.
    """
    from scipy.sparse import csr_array

    draws, suppliers = len(codes), len(spend)
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
