"""What is measured and judged of suppliers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from srmkit.language import day, say
from srmkit.metrics.agreements import covered_spend_by_supplier, valid_certificates_by_supplier
from srmkit.metrics.definition import Definition
from srmkit.metrics.delivery_findings import lead_time_findings, promise_findings
from srmkit.metrics.delivery_rule import DeliveryRule
from srmkit.metrics.findings import Column, Findings, amount, mean, or_nothing, rate
from srmkit.metrics.invoice_checks import PRICE_TOLERANCE, accuracy_by_supplier
from srmkit.metrics.period import Period
from srmkit.metrics.purchase_findings import price_findings, reject_findings, spend_findings
from srmkit.metrics.ratings import judged
from srmkit.metrics.result import Metrics
from srmkit.metrics.source_list import source_list
from srmkit.metrics.sources import sole_source_items_by_supplier
from srmkit.metrics.supplier_definitions import PROMISED, SUPPLIER_DEFINITIONS
from srmkit.metrics.tickets import answers_by_party

if TYPE_CHECKING:
    from srmkit.tables import Dataset


def supplier_metrics(
    data: Dataset,
    period: Period,
    *,
    delivery: DeliveryRule = DeliveryRule(),  # noqa: B008 - frozen, so one for all calls is safe
    price_tolerance: float = PRICE_TOLERANCE,
) -> Metrics:
    """Every metric of every supplier in the data, for one period; index supplier_id.

    What each figure means, and when it is missing, stands in `definitions`. Each criterion of the supplier
    ratings is a metric of its own. `price_tolerance` is how much of the ordered price an invoice may exceed
    it by (0.02: 2 %). SrmkitError where the data have no suppliers.
    """
    suppliers = data.frame("suppliers").set_index("supplier_id").sort_index()
    definitions = _definitions(delivery, price_tolerance)
    measured = frozenset(definition.name for definition in definitions)
    judgements, ratings = judged(data, period, "supplier", taken=measured)
    found = Findings.joined(
        [
            _purchases(data, period, delivery, price_tolerance, suppliers),
            _answers(data, period),
            _certificates(data, period, suppliers.index),
            _flags(suppliers),
            ratings,
        ]
    )
    return Metrics.of("supplier", suppliers.index, [*definitions, *judgements], found)


def _definitions(delivery: DeliveryRule, tolerance: float) -> list[Definition]:
    said = {name: str(delivery) for name in PROMISED}
    said["invoice_accuracy"] = say("price at most {percent:g} % above the order", percent=100 * tolerance)
    return [replace(d, window=said.get(d.name, d.window)) for d in SUPPLIER_DEFINITIONS]


def _purchases(
    data: Dataset, period: Period, delivery: DeliveryRule, tolerance: float, suppliers: pd.DataFrame
) -> Findings:
    if not data.has("purchase_order_lines"):
        return Findings(notes=(say("The data have no purchase order lines: nothing bought is measured."),))
    spend = spend_findings(data, period, "supplier_id", suppliers.index)
    return Findings.joined(
        [
            spend,
            _dependence(spend, suppliers, period),
            _sole_sources(data, period, suppliers.index),
            promise_findings(data, period, delivery, "supplier_id"),
            lead_time_findings(data, period, "supplier_id"),
            reject_findings(data, period, "supplier_id"),
            price_findings(data, period, "supplier_id"),
            _invoices(data, period, tolerance),
            _contracts(data, period, spend),
        ]
    )


def _dependence(spend: Findings, suppliers: pd.DataFrame, period: Period) -> Findings:
    sales = suppliers["annual_sales"]
    a_year = spend.figures["spend"]["value"] / period.years
    return Findings({"dependence_on_us": amount(a_year / sales.where(sales > 0))})


def _sole_sources(data: Dataset, period: Period, everyone: pd.Index) -> Findings:
    if not data.has("item_sources"):
        return Findings()
    listed = source_list(data, period)
    found = data.collect(sole_source_items_by_supplier(data, period, listed.sources)).set_index("supplier_id")
    return Findings({"sole_source_items": amount(or_nothing(found["items"], everyone))}, listed.notes)


def _invoices(data: Dataset, period: Period, tolerance: float) -> Findings:
    if not (data.has("invoices") and data.has("receipts", "receipt_date")):
        return Findings()
    found = data.collect(accuracy_by_supplier(data, period, tolerance)).set_index("supplier_id")
    return Findings({"invoice_accuracy": rate(found["right"], found["invoices"])})


def _answers(data: Dataset, period: Period) -> Findings:
    if not data.has("tickets"):
        return Findings()
    found = data.collect(answers_by_party(data, period, "supplier")).set_index("party_id")
    waiting = int(found["waiting"].sum())
    figures = {"response_days": mean(found["days"], found["days_sd"], found["tickets"])}
    return Findings(figures, _waiting_note(waiting, int(found["tickets"].sum()), period))


def _waiting_note(waiting: int, tickets: int, period: Period) -> tuple[str, ...]:
    if not waiting:
        return ()
    return (
        say("{count:,} of {tickets:,} tickets of suppliers were not answered by {day}; their wait so far is counted, "
            "so response days are a lower bound there.", count=waiting, tickets=tickets, day=day(period.end)),
    )


def _contracts(data: Dataset, period: Period, spend: Findings) -> Findings:
    if not data.has("contracts"):
        return Findings()
    total: Column = spend.figures["spend"]["value"]
    covered = data.collect(covered_spend_by_supplier(data, period)).set_index("supplier_id")["value"]
    cover = or_nothing(covered, total.index) / total.where(total > 0)
    return Findings({"contract_cover": amount(cover.clip(upper=1.0), n=spend.figures["spend"]["n"])})


def _certificates(data: Dataset, period: Period, everyone: pd.Index) -> Findings:
    if not data.has("certificates"):
        return Findings()
    found = data.collect(valid_certificates_by_supplier(data, period)).set_index("supplier_id")
    return Findings({"certificates_valid": amount(or_nothing(found["certificates"], everyone))})


def _flags(suppliers: pd.DataFrame) -> Findings:
    flags = suppliers[["active", "preferred"]].astype("Float64").astype(float)
    return Findings({str(name): amount(flags[name]) for name in flags})
