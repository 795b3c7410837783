"""Prices on order lines beside the standard prices that were agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srmkit.metrics.order_lines import Key, ordered_lines, with_key
from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, coalesce, row

if TYPE_CHECKING:
    from srmkit.tables import Dataset


def compared_lines(data: Dataset, period: Period) -> Table:
    """Order lines with a standard price: what was agreed with the supplier, else the price of the item.

    One of the two tables must have standard prices.
    """
    lines = ordered_lines(data, period)
    prices = []
    if data.has("item_sources", "standard_price"):
        agreed = data["item_sources"].select("item_id", "supplier_id", agreed="standard_price")
        keys = ["item_id", "supplier_id"]
        lines = lines.left_join(agreed.filter(row.agreed > 0), keys, rname="{name}_agreed")
        prices.append(row.agreed)
    if data.has("items", "standard_price"):
        general = data["items"].select("item_id", general="standard_price")
        lines = lines.left_join(general.filter(row.general > 0), "item_id", rname="{name}_general")
        prices.append(row.general)
    compared = lines.mutate(standard=coalesce(*prices) * row.ordered_quantity).filter(row.standard > 0)
    return compared.select("supplier_id", "item_id", "value", "standard")


def prices_by(data: Dataset, period: Period, key: Key) -> Table:
    """Paid and standard value of the compared lines, and their squares and products, for each candidate."""
    return with_key(data, compared_lines(data, period), key).group_by(key).agg(
        lines=row.count(),
        paid=row.value.sum(),
        standard=row.standard.sum(),
        paid_squares=(row.value * row.value).sum(),
        standard_squares=(row.standard * row.standard).sum(),
        products=(row.value * row.standard).sum(),
    )
