"""Why each candidate is in or out, in one phrase."""

from __future__ import annotations

from itertools import repeat
from typing import NamedTuple

import pandas as pd

from srmkit.language import say, say_many
from srmkit.rounding import figure


class Row(NamedTuple):
    """What a reason is made of."""

    gate: str
    rank: float
    selected: bool
    tied_on_cut: bool
    total: float
    hours: float
    hours_left: float


def tied_on_cut(table: pd.DataFrame) -> pd.Series[bool]:
    """Candidates level on points of whom some are selected and some are not."""
    ranks = table["rank"]
    torn = set(ranks[table["selected"]]) & set(ranks[~table["selected"]].dropna())
    return ranks.isin(torn) & ranks.notna()


def with_reasons(table: pd.DataFrame, capacity: int | None) -> pd.DataFrame:
    """The table with a column `reason`; without a capacity places are counted in hours."""
    last = table.loc[table["selected"], "total"].min()
    columns = [table[name].tolist() for name in ("gate", "rank", "selected", "tied_on_cut", "total")]
    hours = [table[name].tolist() if name in table else repeat(0.0) for name in ("hours", "hours_left")]
    reasons = [_reason(Row(*row), last, capacity) for row in zip(*columns, *hours)]  # noqa: B905  # repeat has no end
    return table.assign(reason=pd.Series(reasons, index=table.index, dtype=object))


def _reason(row: Row, last: float, capacity: int | None) -> str:
    if row.gate:
        return say("gated: {gate}", gate=row.gate)
    if pd.isna(row.rank):
        return say("no score")
    rank = int(row.rank)
    if capacity is None:
        hours, left = in_hours(row.hours), in_hours(row.hours_left)
        if row.selected:
            return say("rank {rank:,}, takes {hours} of {left} hours left", rank=rank, hours=hours, left=left)
        return say("rank {rank:,}, passed over: needs {hours} hours, {left} left", rank=rank, hours=hours, left=left)
    if row.selected:
        return say_many("rank {rank:,} of {count:,} place", "rank {rank:,} of {count:,} places", capacity, rank=rank)
    if row.tied_on_cut:
        return say("rank {rank:,}, level with the last place, which goes by volume, then id", rank=rank)
    return say("rank {rank:,}, {gap} points behind the last place", rank=rank, gap=in_points(last - row.total))


def in_points(gap: float) -> str:
    """Points that are missing in a sentence, with more decimals where one would make nothing of them.

    >>> in_points(12.345), in_points(0.0225)
    ('12.3', '0.0225')
    """
    return f"{gap:.1f}" if gap >= 0.05 else figure(gap)


def in_hours(hours: float) -> str:
    """Hours in a sentence, with a decimal only where there is one.

    >>> in_hours(12000.0), in_hours(7.5)
    ('12,000', '7.5')
    """
    return f"{hours:,.1f}".removesuffix(".0")
