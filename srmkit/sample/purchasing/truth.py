"""What is true and what was planted, in plain values that can be written as JSON."""

from __future__ import annotations

from typing import Any

import pandas as pd

from srmkit.sample.purchasing.category_list import CATEGORIES, NEAR_CUT, SOLE_SOURCE, TIES, Category
from srmkit.sample.purchasing.days import months_before
from srmkit.sample.purchasing.market import Market
from srmkit.sample.purchasing.planted import ON_TIME_AFTER, ON_TIME_BEFORE

CUT = 50.0


def truth(market: Market, lines: pd.DataFrame, found: dict[str, Any]) -> dict[str, object]:
    """The truth under its key "purchasing"; `found` holds what the tables themselves know of it."""
    plan = market.planted
    return {
        "purchasing": {
            "category_class": {category.name: category.segment for category in CATEGORIES},
            "category_position": {
                category.name: {"profit_impact": float(category.impact), "supply_risk": float(category.risk)}
                for category in CATEGORIES
            },
            "supplier_class": _plain(market, "segment"),
            "supplier_late_rate": _plain(market, "late_rate"),
            "supplier_reject_rate": _plain(market, "reject_rate"),
            "supplier_capability": _plain(market, "capability"),
            "supplier_willingness": _plain(market, "willingness"),
            "supplier_attractiveness": _plain(market, "attractiveness"),
            "duplicate_suppliers": [_ids(market, firm) for firm in plan.duplicated],
            "strategic_but_nuisance": _ids(market, plan.nuisance)[0],
            "collapsing_supplier": _collapse(market, lines),
            "sole_source_category": SOLE_SOURCE,
            "inactive_with_orders": sorted(_ids(market, firm)[0] for firm in plan.inactive),
            "near_cut": [category.name for category in CATEGORIES if _distance(category) <= NEAR_CUT],
            "ties_on_cut": [{"category": name, "axis": "supply_risk", "cut": CUT} for name in TIES],
            **found,
        }
    }


def _plain(market: Market, column: str) -> dict[str, Any]:
    values = market.suppliers[column]
    plain = values if column == "segment" else values.astype(float).round(4)
    return {str(supplier): value for supplier, value in plain.items()}


def _ids(market: Market, firm: int) -> list[str]:
    return [str(supplier) for supplier in market.suppliers.index[market.suppliers["firm"].eq(firm)]]


def _distance(category: Category) -> float:
    return min(abs(category.impact - CUT), abs(category.risk - CUT))


def _collapse(market: Market, lines: pd.DataFrame) -> dict[str, Any]:
    supplier = _ids(market, market.planted.collapsing)[0]
    start, end = months_before(market.settings.last_day, 3), pd.Timestamp(market.settings.last_day)
    placed = lines["supplier_id"].eq(supplier) & lines["ordered_quantity"].gt(0)
    due = placed & lines["promised_date"].between(start, end)
    return {
        "supplier_id": supplier,
        "quarter_start": str(start.date()),
        "quarter_end": str(end.date()),
        "lines_in_quarter": int(due.sum()),
        "on_time_before": ON_TIME_BEFORE,
        "on_time_in_quarter": ON_TIME_AFTER,
    }
