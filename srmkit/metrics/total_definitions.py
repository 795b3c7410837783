"""Definitions of the figures of the whole company."""

from __future__ import annotations

from dataclasses import replace

from srmkit.metrics.account_definitions import MARGIN, REVENUE
from srmkit.metrics.item_definitions import EFFECTIVE_SUPPLIERS, HHI
from srmkit.metrics.purchase_definitions import NOT_CANCELLED, PLACED, REJECT_RATE, SPEND
from srmkit.metrics.supplier_definitions import IN_FULL_RATE, ON_TIME_RATE, RATES_BY_VALUE

_NO_LINES = "missing without order lines in the data"
_A_CLASS = (
    "How many of the largest together stay within 80 % (class A of a Pareto or ABC analysis; the next one passes it), "
    "at least 1."
)
SUPPLIERS = replace(
    SPEND,
    name="suppliers",
    label="suppliers bought from",
    unit="suppliers",
    level="supplier",
    gaps=_NO_LINES,
    meaning="Number of suppliers with spend.",
    treatment=NOT_CANCELLED,
    kind="count",
)
CUSTOMERS = replace(
    REVENUE,
    name="customers",
    label="customers that ordered",
    unit="customers",
    level="customer",
    gaps="missing without sales order lines in the data",
    meaning="Number of customers with an order in the period, returns included.",
    kind="count",
)

TOTAL_DEFINITIONS = (
    replace(SPEND, gaps=_NO_LINES),
    replace(
        SPEND,
        name="spend_gross",
        label="spend with tax and freight",
        level="order",
        population="purchase orders with a line of the period",
        gaps="missing where no order has a total",
        treatment="the total of an order counts once, also where its lines were cancelled",
        meaning="Sum of the totals of the orders.",
    ),
    replace(
        SUPPLIERS, name="order_lines", label="order lines", unit="lines", level="line",
        meaning="Number of order lines.",
    ),
    replace(
        SUPPLIERS, name="orders", label="orders placed", unit="orders", level="order",
        population=f"orders with {PLACED}", meaning="Number of different orders.",
    ),
    SUPPLIERS,
    replace(
        SUPPLIERS, name="suppliers_for_80_percent", label="suppliers that make 80 % of the spend",
        gaps="missing where nothing was spent", meaning=_A_CLASS,
    ),
    HHI,
    EFFECTIVE_SUPPLIERS,
    replace(
        SPEND, name="inactive_spend", label="spend with inactive suppliers", better="lower",
        gaps="missing where no supplier is noted as active or not",
        meaning="Spend with suppliers that may receive no more orders.",
    ),
    replace(ON_TIME_RATE, name="on_time_by_line", label="on time, by line"),
    replace(RATES_BY_VALUE[0], name="on_time_by_value", label="on time, by value"),
    replace(IN_FULL_RATE, name="in_full_by_line", label="in full, by line"),
    REJECT_RATE,
    replace(REVENUE, gaps="missing without sales order lines in the data"),
    replace(MARGIN, gaps="missing where no line has a cost"),
    CUSTOMERS,
    replace(
        CUSTOMERS, name="revenue_hhi", label="concentration of customers", unit="points up to 10,000",
        population="customers with revenue above 0", gaps="missing without revenue",
        meaning="Herfindahl-Hirschman index of revenue by customer: sum of squared shares in percent.",
        better="lower", kind="amount",
    ),
    replace(
        CUSTOMERS, name="effective_customers", label="effective number of customers",
        population="customers with revenue above 0", gaps="missing without revenue",
        meaning="How many equal customers would be as concentrated: 10,000 over the index.", kind="amount",
    ),
    replace(
        CUSTOMERS, name="customers_for_80_percent", label="customers that make 80 % of the revenue",
        population="customers with revenue above 0", gaps="missing without revenue", meaning=_A_CLASS,
    ),
)
