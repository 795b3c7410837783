"""The order in which candidates are taken, and what the selection asks of its inputs."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.language import enumerated, listed, say

if TYPE_CHECKING:
    from srmkit.scoring import Scores

MOST_NAMED = 5


def standing(scores: Scores, volume: pd.Series[Any] | None) -> pd.DataFrame:
    """One row a candidate in the order of taking: total, rank, volume, rank_by_volume, gate.

    By rank; equals by the higher volume, then by id; those without a rank follow, by total and id.
    """
    table = pd.DataFrame({"total": scores.total, "rank": scores.rank})
    table["volume"] = np.nan if volume is None else volume.reindex(table.index).astype(float)
    by_volume = table["volume"].rank(method="min", ascending=False)
    table["rank_by_volume"] = by_volume.astype("Int64")
    gates = scores.gated.groupby("candidate", sort=False)["gate"].agg(say("; ").join)
    table["gate"] = gates.reindex(table.index).astype(object).fillna("")
    return table.iloc[_order(table, "rank")]


def by_volume(table: pd.DataFrame) -> list[Hashable]:
    """Candidates with the largest volume first; equals by id."""
    return list(table.index[_order(table.drop(columns="total"), "rank_by_volume")])


def foil(table: pd.DataFrame, taken: Iterable[Hashable]) -> pd.Series[Any]:
    """Whether the list by volume takes each candidate; a gap for all where there is no volume."""
    chosen = pd.Series(table.index.isin(list(taken)), index=table.index, dtype="boolean")
    return chosen.mask(table["volume"].isna())


def check_volume(scores: Scores, volume: pd.Series[Any] | None, problems: Problems) -> None:
    """Every candidate needs one finite volume, where there is any."""
    if volume is not None:
        check_figures("volume", volume, scores.total.index, problems, least=-math.inf,
                      todo="Complete it: whoever bought nothing has a volume of 0.")


def check_figures(
    name: str, figures: pd.Series[Any], candidates: pd.Index, problems: Problems, *, least: float, todo: str
) -> None:
    """Every one of these candidates needs one finite figure that is not below `least`."""
    twice = figures.index[figures.index.duplicated()].unique()
    if len(twice):
        problems.add(name, "stands more than once for a candidate", found=named(twice),
                     todo="Give each candidate one.")
        return
    numbers = pd.to_numeric(figures.reindex(candidates), errors="coerce").astype(float)
    if numbers.isna().any():
        problems.add(name, "is missing or no number for some candidates",
                     found=named(candidates[numbers.isna()]), todo=todo)
    found = numbers.to_numpy()
    wrong = candidates[np.isinf(found) | (found < least)]
    if len(wrong):
        problems.add(name, "must be finite" + (" and 0 or more" if least == 0 else ""), found=named(wrong))


def check_bars(borderline_within: float, compensation_bar: float, problems: Problems) -> None:
    """The two bars of the report."""
    if not (math.isfinite(borderline_within) and borderline_within >= 0):
        problems.add("borderline_within", "must be 0 or more points", found=f"{borderline_within:g}")
    if not 0 <= compensation_bar <= 100:
        problems.add("compensation_bar", "must lie between 0 and 100", found=f"{compensation_bar:g}")


def named(candidates: Iterable[Hashable]) -> str:
    """The first few names, and how many more."""
    names = [str(name) for name in candidates]
    return listed(names, most=MOST_NAMED) if len(names) > MOST_NAMED else enumerated(names)


def _order(table: pd.DataFrame, rank: str) -> NDArray[np.intp]:
    ranks = table[rank].to_numpy(dtype=float, na_value=np.inf)
    total = -table["total"].to_numpy() if "total" in table else np.zeros(len(table))
    rest = np.where(np.isinf(ranks), np.nan_to_num(total, nan=np.inf), 0.0)  # equal ranks are equal points
    volume = np.nan_to_num(-table["volume"].to_numpy(), nan=np.inf)
    return np.lexsort((np.array([str(name) for name in table.index.tolist()]), volume, rest, ranks))
