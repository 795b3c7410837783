"""Figures of the whole company: the sums behind the shares."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from srmkit.concentration import effective_number, hhi, pareto
from srmkit.metrics.bought import bought
from srmkit.metrics.deliveries import due_in_total
from srmkit.metrics.delivery_findings import no_delivery_figures
from srmkit.metrics.delivery_rule import DeliveryRule
from srmkit.metrics.findings import Column
from srmkit.metrics.inspection_results import rejects_in_total
from srmkit.metrics.order_lines import order_totals
from srmkit.metrics.period import Period
from srmkit.metrics.sales_lines import sales_by_customer
from srmkit.metrics.total_definitions import TOTAL_DEFINITIONS
from srmkit.tables.engine import Table

if TYPE_CHECKING:
    from srmkit.tables import Dataset

MOST = 0.80  # the share of the whole that "most" stands for
ROUNDING = 1e-9
FIGURES = tuple(definition.name for definition in TOTAL_DEFINITIONS)


def totals(
    data: Dataset,
    period: Period,
    *,
    delivery: DeliveryRule = DeliveryRule(),  # noqa: B008 - frozen, so one for all calls is safe
) -> pd.Series[Any]:
    """Figures of the period over all suppliers and customers; NaN where the data do not say.

    What each of them means stands in `TOTAL_DEFINITIONS` and on the page of metrics.
    """
    found = {
        **_purchases(data, period),
        **_deliveries(data, period, delivery),
        **_rejects(data, period),
        **_sales(data, period),
    }
    return pd.Series(found, dtype=float).reindex(FIGURES).rename("value").rename_axis("figure")


def _purchases(data: Dataset, period: Period) -> dict[str, float]:
    if not data.has("purchase_order_lines"):
        return {}
    spend = data.measured(bought, period).groupby("supplier_id")[["value", "lines"]].sum()
    orders = _only_row(data, lambda part: order_totals(part, period))
    return {
        "spend": float(spend["value"].sum()),
        "spend_gross": orders["total"],
        "order_lines": float(spend["lines"].sum()),
        "orders": 0.0 if np.isnan(orders["orders"]) else orders["orders"],
        "suppliers": float((spend["value"] > 0).sum()),
        "suppliers_for_80_percent": _largest_within(spend["value"]),
        "hhi": hhi(spend["value"]),
        "effective_suppliers": effective_number(spend["value"]),
        "inactive_spend": _inactive(data, spend["value"]),
    }


def _largest_within(amounts: Column) -> float:
    """How many of the largest together stay within MOST of the whole; at least one where anything is above 0."""
    running = pareto(amounts[amounts > 0])["running"]
    return float(max(1, (running <= MOST + ROUNDING).sum())) if len(running) else np.nan


def _inactive(data: Dataset, spend: Column) -> float:
    if not data.has("suppliers", "active"):
        return np.nan
    suppliers = data.frame("suppliers").set_index("supplier_id")
    active = suppliers["active"].fillna(True)
    return float(spend[spend.index.isin(suppliers.index[~active])].sum())


def _deliveries(data: Dataset, period: Period, rule: DeliveryRule) -> dict[str, float]:
    if not data.has("purchase_order_lines") or no_delivery_figures(data, period):
        return {}
    due = _only_row(data, lambda part: due_in_total(part, period, rule))
    return {
        "on_time_by_line": _ratio(due["on_time"], due["lines"]),
        "on_time_by_value": _ratio(due["on_time_value"], due["value"]),
        "in_full_by_line": _ratio(due["filled"], due["lines"]),
    }


def _rejects(data: Dataset, period: Period) -> dict[str, float]:
    if not (data.has("inspections") and data.has("receipts", "receipt_date")):
        return {}
    found = _only_row(data, lambda part: rejects_in_total(part, period))
    return {"reject_rate": _ratio(found["rejected"], found["units"])}


def _sales(data: Dataset, period: Period) -> dict[str, float]:
    if not data.has("sales_order_lines"):
        return {}
    sold = data.collect(sales_by_customer(data, period)).set_index("customer_id")
    gained = sold.loc[sold["revenue"] > 0, "revenue"]  # who returned more than they bought carries nothing
    return {
        "revenue": float(sold["revenue"].sum(min_count=1)),
        "margin": float(sold["margin"].sum(min_count=1)),
        "customers": float(len(sold)),
        "revenue_hhi": hhi(gained),
        "effective_customers": effective_number(gained),
        "customers_for_80_percent": _largest_within(gained),
    }


def _only_row(data: Dataset, question: Callable[[Dataset], Table]) -> dict[str, float]:
    found = data.collect_sums(question).astype(float)
    return {str(name): float(found[name].sum(min_count=1)) for name in found}


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else np.nan
