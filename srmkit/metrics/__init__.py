"""One number for each supplier, item, category or customer, with what stands behind it and what it means."""

from srmkit.concentration import effective_number, hhi, hhi_band, pareto
from srmkit.metrics.account_metrics import account_metrics
from srmkit.metrics.definition import Definition
from srmkit.metrics.delivery_rule import DeliveryRule
from srmkit.metrics.item_metrics import item_metrics
from srmkit.metrics.match_rule import MatchRule
from srmkit.metrics.period import Period
from srmkit.metrics.result import Metrics
from srmkit.metrics.supplier_metrics import supplier_metrics
from srmkit.metrics.supplier_spend import supplier_spend_by
from srmkit.metrics.totals import totals

__all__ = [
    "Definition",
    "DeliveryRule",
    "MatchRule",
    "Metrics",
    "Period",
    "account_metrics",
    "effective_number",
    "hhi",
    "hhi_band",
    "item_metrics",
    "pareto",
    "supplier_metrics",
    "supplier_spend_by",
    "totals",
]
