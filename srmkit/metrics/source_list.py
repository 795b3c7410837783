"""Which suppliers count as sources of an item, and how that was decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from srmkit.language import say
from srmkit.metrics.period import Period
from srmkit.metrics.sources import listed_sources, used_sources
from srmkit.tables.engine import Table

if TYPE_CHECKING:
    from srmkit.tables import Dataset


@dataclass(frozen=True)
class SourceList:
    """Pairs of item and supplier, and the rule behind them in words where it is not the usual one."""

    sources: Table
    notes: tuple[str, ...] = ()


def source_list(data: Dataset, period: Period) -> SourceList:
    """Qualified sources; all listed ones where nobody noted qualification; else those that took an order."""
    if not data.has("item_sources"):
        note = say("The data have no list of sources: a supplier counts as a source of an item once it was given an "
                   "order for it.")
        return SourceList(used_sources(data, period), (note,))
    if not data.has("item_sources", "qualified"):
        note = say("The list of sources does not say who is qualified: every listed supplier counts as a source.")
        return SourceList(listed_sources(data, all_count=True), (note,))
    return SourceList(listed_sources(data, all_count=False))
