"""Who can deliver an item: suppliers listed as sources, or, without a list, those that took an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from srmkit.metrics.order_lines import placed_lines, with_key
from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, coalesce, literal, literal_day, row

if TYPE_CHECKING:
    from srmkit.tables import Dataset


def listed_sources(data: Dataset, *, all_count: bool) -> Table:
    """Suppliers listed for each item and the lead times they promise; `counts` says which are sources."""
    sources = data["item_sources"].select("item_id", "supplier_id", "qualified", "lead_time_days")
    return sources.mutate(counts=literal(True) if all_count else coalesce(row.qualified, False))


def used_sources(data: Dataset, period: Period) -> Table:
    """Suppliers that were given an order for an item by the period's end."""
    lines = placed_lines(data).filter(row.order_date <= literal_day(period.end))
    return lines.group_by("item_id", "supplier_id").agg(lines=row.count()).mutate(counts=literal(True))


def sources_by(data: Dataset, sources: Table, key: Literal["item_id", "category"]) -> Table:
    """Number of different sources of each item or category of which any supplier is listed."""
    listed = with_key(data, sources, key)
    return listed.group_by(key).agg(sources=row.supplier_id.nunique(where=row.counts))


def promised_lead_times_by(data: Dataset, sources: Table, key: Literal["item_id", "category"]) -> Table:
    """Mean and sample sd of the promised lead times of the sources, in days."""
    days = row.lead_time_days
    return with_key(data, sources.filter(row.counts), key).group_by(key).agg(
        n=days.count(), lead=days.mean(), lead_sd=days.std(how="sample")
    )


def only_sources(sources: Table) -> Table:
    """Items with a single source, and which supplier that is."""
    counted = sources.filter(row.counts)
    found = counted.group_by("item_id").agg(sources=row.supplier_id.nunique(), supplier_id=row.supplier_id.min())
    return found.filter(row.sources == 1).select("item_id", "supplier_id")
