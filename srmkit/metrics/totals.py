"""Figures of the whole company: the sums behind the shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from srmkit.metrics.deliveries import due_in_total
from srmkit.metrics.delivery_findings import no_delivery_figures
from srmkit.metrics.delivery_rule import DeliveryRule
from srmkit.metrics.findings import Column
from srmkit.metrics.inspection_results import rejects_in_total
from srmkit.metrics.order_lines import order_totals, orders_in_total, spend_by
from srmkit.metrics.period import Period
from srmkit.metrics.purchase_findings import share_of_all
from srmkit.metrics.sales_lines import sales_in_total
from srmkit.tables.engine import Table

if TYPE_CHECKING:
    from srmkit.tables import Dataset

MOST = 0.80
ROUNDING = 1e-9
FIGURES = (
    "spend",
    "spend_gross",
    "order_lines",
    "orders",
    "suppliers",
    "suppliers_for_80_percent",
    "hhi",
    "inactive_spend",
    "on_time_by_line",
    "on_time_by_value",
    "in_full_by_line",
    "reject_rate",
    "revenue",
    "margin",
    "customers",
)


def totals(
    data: Dataset,
    period: Period,
    *,
    delivery: DeliveryRule = DeliveryRule(),  # noqa: B008 - frozen, so one for all calls is safe
) -> pd.Series[Any]:
    """Figures of the period over all suppliers and customers; NaN where the data do not say.

    - `spend`: value of order lines without tax and freight; `spend_gross`: totals of the orders, once an
      order.
    - `order_lines`, `orders`, `suppliers`: how many lines, orders and suppliers with spend.
    - `suppliers_for_80_percent`: how many of the largest suppliers together stay within 80 % of the spend
      (class A of an ABC analysis; the next one passes it), at least 1.
    - `hhi`: concentration of the spend over suppliers, up to 10,000; `inactive_spend`: spend with suppliers
      that are not active.
    - `on_time_by_line`, `on_time_by_value`, `in_full_by_line`, `reject_rate`: 0 to 1.
    - `revenue`, `margin` (of the lines whose cost is known), `customers` (with an order in the period).
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
    spend = data.collect(spend_by(data, period, "supplier_id")).set_index("supplier_id").sort_index()
    shares = share_of_all(spend["value"])
    return {
        "spend": float(spend["value"].sum()),
        "spend_gross": float(data.collect(order_totals(data, period))["total"].sum(min_count=1)),
        "order_lines": float(spend["lines"].sum()),
        "orders": _only_row(data, orders_in_total(data, period))["orders"],
        "suppliers": float((spend["value"] > 0).sum()),
        "suppliers_for_80_percent": _largest_within(shares, MOST),
        "hhi": float((100 * shares).pow(2).sum(min_count=1)),
        "inactive_spend": _inactive(data, spend["value"]),
    }


def _largest_within(shares: Column, most: float) -> float:
    if shares.isna().all():
        return np.nan
    reached = shares.sort_values(ascending=False).cumsum()
    return float(max(1, (reached <= most + ROUNDING).sum()))


def _inactive(data: Dataset, spend: Column) -> float:
    if not data.has("suppliers", "active"):
        return np.nan
    suppliers = data.frame("suppliers").set_index("supplier_id")
    active = suppliers["active"].fillna(True)
    return float(spend[spend.index.isin(suppliers.index[~active])].sum())


def _deliveries(data: Dataset, period: Period, rule: DeliveryRule) -> dict[str, float]:
    if not data.has("purchase_order_lines") or no_delivery_figures(data, period):
        return {}
    due = _only_row(data, due_in_total(data, period, rule))
    return {
        "on_time_by_line": _ratio(due["on_time"], due["lines"]),
        "on_time_by_value": _ratio(due["on_time_value"], due["value"]),
        "in_full_by_line": _ratio(due["filled"], due["lines"]),
    }


def _rejects(data: Dataset, period: Period) -> dict[str, float]:
    if not (data.has("inspections") and data.has("receipts", "receipt_date")):
        return {}
    found = _only_row(data, rejects_in_total(data, period))
    return {"reject_rate": _ratio(found["rejected"], found["units"])}


def _sales(data: Dataset, period: Period) -> dict[str, float]:
    if not data.has("sales_order_lines"):
        return {}
    return _only_row(data, sales_in_total(data, period))


def _only_row(data: Dataset, expression: Table) -> dict[str, float]:
    found = data.collect(expression).astype(float)
    return {str(name): float(found[name].sum(min_count=1)) for name in found}


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else np.nan
