"""Revenue, margin, growth and habits of customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from srmkit.language import day, say
from srmkit.metrics.derived_dates import fixed_offset
from srmkit.metrics.findings import Column, Findings, amount, known, or_nothing, rate
from srmkit.metrics.period import DAYS_A_YEAR, FIRST_MONTH, Period
from srmkit.metrics.purchase_findings import share_of_all
from srmkit.metrics.sales_lines import (
    first_sale,
    order_days_by_customer,
    product_lines_by_customer,
    sales_by_customer,
    shipments_by_customer,
    shipping_offsets,
)
from srmkit.metrics.service import service_by_customer

if TYPE_CHECKING:
    from srmkit.tables import Dataset


def sales_findings(data: Dataset, period: Period, customers: pd.DataFrame) -> Findings:
    """Everything that follows from sales order lines and service costs."""
    if not data.has("sales_order_lines", "order_date"):
        return Findings(notes=(say("The data have no sales order lines: sales figures are not reported."),))
    sold = data.collect(sales_by_customer(data, period)).set_index("customer_id")
    everyone = customers.index
    revenue = or_nothing(sold["revenue"], everyone)
    return Findings.joined(
        [
            _revenue(sold, revenue),
            _profit(data, period, sold, revenue),
            _growth(data, period, revenue),
            _habits(data, period, customers),
            _wallet(customers, revenue / period.years),
            _product_lines(data, period, everyone),
            _shipments(data, period),
        ]
    )


def _revenue(sold: pd.DataFrame, revenue: Column) -> Findings:
    lines = or_nothing(sold["lines"], revenue.index)
    return Findings(
        {
            "revenue": amount(revenue, n=lines),
            "revenue_share": amount(share_of_all(revenue), n=lines),
            "frequency": amount(or_nothing(sold["orders"], revenue.index), n=lines),
            "order_value": amount(sold["revenue"] / sold["orders"].where(sold["orders"] > 0), n=sold["lines"]),
        }
    )


def _profit(data: Dataset, period: Period, sold: pd.DataFrame, revenue: Column) -> Findings:
    margin, notes = _margin(sold, revenue.index)
    costed_revenue = or_nothing(sold["costed_revenue"], revenue.index)
    served = _cost_to_serve(data, period, revenue.index)
    profit = margin - (served if served is not None else 0.0)
    lines = or_nothing(sold["lines"], revenue.index)
    margin_rate = margin / costed_revenue.where(costed_revenue > 0)
    whole = or_nothing(sold["costed"], revenue.index) == lines
    cost_rate = (margin - profit) / revenue.where(revenue > 0)
    figures = {
        "margin": amount(margin, n=lines),
        "margin_rate": amount(margin_rate, n=lines),
        "profit": amount(profit, n=lines),
        # lines whose cost nobody knows have some margin, not none
        "profit_rate": amount((profit / revenue.where(revenue > 0)).where(whole, margin_rate - cost_rate), n=lines),
    }
    if served is None:
        return Findings(figures, (*notes, say("The data have no service costs: profit is the margin.")))
    return Findings({**figures, "cost_to_serve": amount(served)}, notes)


def _margin(sold: pd.DataFrame, everyone: pd.Index) -> tuple[Column, tuple[str, ...]]:
    lines, costed = int(sold["lines"].sum()), int(sold["costed"].sum())
    margin = or_nothing(sold["margin"], everyone)
    if costed == lines:
        return margin, ()
    note = say("{count:,} of {lines:,} sales order lines have no cost and are in no margin; a customer without any "
               "cost has no margin.", count=lines - costed, lines=lines)
    return margin if costed else margin * np.nan, (note,)


def _cost_to_serve(data: Dataset, period: Period, everyone: pd.Index) -> Column | None:
    if not data.has("service_costs"):
        return None
    found = data.collect(service_by_customer(data, period)).set_index("customer_id")
    return or_nothing(found["cost"], everyone)


def _growth(data: Dataset, period: Period, revenue: Column) -> Findings:
    earlier = period.before()
    first = data.collect(first_sale(data))["day"].min().date()
    # a first order within the month is an ordinary start; later, part of the period is simply not there
    if first > earlier.start + FIRST_MONTH:
        note = say("Growth is not reported: the data begin on {first}, and the period before runs from {start} to "
                   "{end}.", first=day(first), start=day(earlier.start), end=day(earlier.end))
        return Findings(notes=(note,))
    sold = data.collect(sales_by_customer(data, earlier)).set_index("customer_id")
    before = or_nothing(sold["revenue"], revenue.index)
    return Findings({"growth": amount(revenue / before.where(before > 0) - 1)})


def _habits(data: Dataset, period: Period, customers: pd.DataFrame) -> Findings:
    found = data.collect(order_days_by_customer(data, period)).set_index("customer_id")
    found = found.reindex(customers.index)
    end = pd.Timestamp(period.end)
    since = known([customers["customer_since"], found["first"]])
    since = since.where(since <= end, found["first"])
    return Findings(
        {
            "recency_days": amount((end - found["last"]).dt.days),
            "tenure_years": amount((end - since).dt.days / DAYS_A_YEAR),
        }
    )


def _wallet(customers: pd.DataFrame, a_year: Column) -> Findings:
    potential = customers["purchase_potential"]
    share = a_year / potential.where(potential > 0)
    figures = {"potential": amount(potential), "share_of_wallet": amount(share.clip(0, 1))}
    beyond = int((share > 1).sum())
    note = say("Customers that buy more from us than their purchase potential: {count:,}; their share of wallet is set "
               "to 1, and the potential is worth a second look.", count=beyond)
    return Findings(figures, (note,) if beyond else ())


def _product_lines(data: Dataset, period: Period, everyone: pd.Index) -> Findings:
    if not (data.has("products", "product_line") and data.has("sales_order_lines", "product_id")):
        return Findings()
    found = data.collect(product_lines_by_customer(data, period)).set_index("customer_id")
    return Findings({"product_lines": amount(or_nothing(found["product_lines"], everyone))})


def _shipments(data: Dataset, period: Period) -> Findings:
    if not data.has("sales_order_lines", "due_date", "ship_date"):
        return Findings()
    fixed = fixed_offset(data.collect(shipping_offsets(data, period)))
    if fixed:
        note = say("Shipping dates carry no variation ({share} of lines leave exactly {days} the promised day): "
                   "shipping on time is not reported.", share=fixed.percent, days=fixed)
        return Findings(notes=(note,))
    found = data.collect(shipments_by_customer(data, period)).set_index("customer_id")
    return Findings({"otif_to_customer": rate(found["in_time"], found["lines"])})
