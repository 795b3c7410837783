"""What is measured and judged of customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from srmkit.language import day, say
from srmkit.metrics.account_definitions import ACCOUNT_DEFINITIONS
from srmkit.metrics.answer_findings import answer_findings
from srmkit.metrics.contact_network import ties_by_customer
from srmkit.metrics.findings import Column, Figure, Findings, amount, mean, or_nothing, rate, with_error
from srmkit.metrics.period import Period
from srmkit.metrics.pipeline import closed_by_customer, open_by_customer
from srmkit.metrics.ratings import judged
from srmkit.metrics.receivables import payment_delays_by_customer, receivables_by_customer
from srmkit.metrics.result import Metrics
from srmkit.metrics.sales_findings import sales_findings
from srmkit.metrics.tickets import hours_by_customer

if TYPE_CHECKING:
    from srmkit.tables import Dataset


def account_metrics(data: Dataset, period: Period) -> Metrics:
    """Every metric of every customer in the data, for one period; index customer_id.

    What each figure means, and when it is missing, stands in `definitions`. Each criterion of the account
    ratings is a metric of its own. SrmkitError where the data have no customers.
    """
    customers = data.frame("customers").set_index("customer_id").sort_index()
    measured = frozenset(definition.name for definition in ACCOUNT_DEFINITIONS)
    judgements, ratings = judged(data, period, "account", taken=measured)
    found = Findings.joined(
        [
            sales_findings(data, period, customers),
            _payments(data, period),
            _ties(data),
            _pipeline(data, period, customers.index),
            Findings({"willing": amount(customers["willing"].astype("Float64").astype(float))}),
            _tickets(data, period, customers.index),
            answer_findings(data, period, "customer"),
            ratings,
        ]
    )
    return Metrics.of("customer", customers.index, [*ACCOUNT_DEFINITIONS, *judgements], found, data.currency)


def _payments(data: Dataset, period: Period) -> Findings:
    if not data.has("sales_invoices"):
        return Findings()
    found = data.collect(payment_delays_by_customer(data, period)).set_index("customer_id")
    still_open = int(found["open"].sum())
    note = say("{count:,} of {invoices:,} invoices due in the period were open on {day}; their delay so far is "
               "counted, a lower bound.", count=still_open, invoices=int(found["invoices"].sum()), day=day(period.end))
    owed = data.collect(receivables_by_customer(data, period)).set_index("customer_id")
    outstanding = owed["open"] / owed["charged"].where(owed["charged"] > 0) * period.days
    figures = {"payment_delay_days": _days_late(found), "dso_days": amount(outstanding, n=owed["invoices"])}
    return Findings(figures, (note,) if still_open else ())


def _days_late(sums: pd.DataFrame) -> Figure:
    """Mean weighted with amounts; its error is sqrt(Σ w²(x - mean)²) / Σ w, unknown for a single invoice."""
    days: Column = sums["late"] / sums["amount"]
    squares = sums["late_late_squares"] - 2 * days * sums["late_squares"] + days**2 * sums["squares"]
    error = np.sqrt(squares.clip(lower=0)) / sums["amount"]
    return with_error(days, error.where(sums["invoices"] > 1), sums["invoices"])


def _ties(data: Dataset) -> Findings:
    if not data.has("contacts", "strength"):
        return Findings()
    found = data.collect(ties_by_customer(data)).set_index("party_id")
    return Findings(
        {"relationship_breadth": amount(found["contacts"]), "our_people": amount(found["our_people"])}
    )


def _pipeline(data: Dataset, period: Period, everyone: pd.Index) -> Findings:
    if not data.has("opportunities"):
        return Findings()
    closed = data.collect(closed_by_customer(data, period)).set_index("customer_id")
    waiting = data.collect(open_by_customer(data, period)).set_index("customer_id")
    won = closed[closed["won"] > 0]
    each_day = waiting["opportunities"] * (won["won_amount"] / won["won"]) * (won["won"] / won["closed"]) / won["days"]
    return Findings(
        {
            "win_rate": rate(closed["won"], closed["closed"]),
            "sales_cycle_days": mean(won["days"], won["days_sd"], won["won"]),
            "sales_velocity": amount(each_day.where(won["days"] > 0), n=won["closed"]),
            "open_pipeline": amount(or_nothing(waiting["amount"], everyone)),
        }
    )


def _tickets(data: Dataset, period: Period, everyone: pd.Index) -> Findings:
    if not data.has("tickets", "hours"):
        return Findings()
    found = data.collect(hours_by_customer(data, period)).set_index("party_id")
    return Findings({"tickets_hours": amount(or_nothing(found["hours"], everyone))})
