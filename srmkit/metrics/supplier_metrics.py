"""What is measured and judged of suppliers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from srmkit.language import say
from srmkit.metrics.agreements import covered_spend_by_supplier, valid_certificates_by_supplier
from srmkit.metrics.answer_findings import answer_findings
from srmkit.metrics.bought import bought
from srmkit.metrics.definition import Definition
from srmkit.metrics.delivery_findings import delivery_findings
from srmkit.metrics.delivery_rule import DeliveryRule
from srmkit.metrics.findings import Column, Findings, amount, or_nothing, rate, weighted_rate
from srmkit.metrics.invoice_checks import accuracy_by_supplier
from srmkit.metrics.match_rule import MatchRule
from srmkit.metrics.order_lines import Key
from srmkit.metrics.period import Period
from srmkit.metrics.purchase_findings import dependence_on, price_findings, reject_findings, spend_findings
from srmkit.metrics.ratings import judged
from srmkit.metrics.result import Metrics
from srmkit.metrics.source_list import source_list
from srmkit.metrics.sources import only_sources
from srmkit.metrics.supplier_definitions import MATCHED, PROMISED, SUPPLIER_DEFINITIONS

if TYPE_CHECKING:
    from srmkit.tables import Dataset


def supplier_metrics(
    data: Dataset,
    period: Period,
    *,
    delivery: DeliveryRule = DeliveryRule(),  # noqa: B008 - frozen, so one for all calls is safe
    match: MatchRule = MatchRule(),  # noqa: B008 - as above
) -> Metrics:
    """Every metric of every supplier in the data, for one period; index supplier_id.

    What each figure means, and when it is missing, stands in `definitions`. Each criterion of the supplier
    ratings is a metric of its own. `match` says when an invoice is right. SrmkitError where the data have no
    suppliers.
    """
    suppliers = data.frame("suppliers").set_index("supplier_id").sort_index()
    definitions = _definitions(delivery, match)
    measured = frozenset(definition.name for definition in definitions)
    judgements, ratings = judged(data, period, "supplier", taken=measured)
    found = Findings.joined(
        [
            _purchases(data, period, delivery, match, suppliers),
            answer_findings(data, period, "supplier"),
            _certificates(data, period, suppliers.index),
            _flags(suppliers),
            ratings,
        ]
    )
    return Metrics.of("supplier", suppliers.index, [*definitions, *judgements], found, data.currency)


def _definitions(delivery: DeliveryRule, match: MatchRule) -> list[Definition]:
    said = {**dict.fromkeys(PROMISED, str(delivery)), **dict.fromkeys(MATCHED, str(match))}
    return [replace(d, window=said.get(d.name, d.window)) for d in SUPPLIER_DEFINITIONS]


def _purchases(
    data: Dataset, period: Period, delivery: DeliveryRule, match: MatchRule, suppliers: pd.DataFrame
) -> Findings:
    if not data.has("purchase_order_lines"):
        return Findings(notes=(say("The data have no purchase order lines: nothing bought is measured."),))
    pairs = data.measured(bought, period)
    spend = spend_findings(pairs, "supplier_id", suppliers.index)
    return Findings.joined(
        [
            spend,
            _dependence(spend, pairs, suppliers, period),
            _sole_sources(data, period, pairs, suppliers.index),
            delivery_findings(data, period, delivery, "supplier_id", pairs),
            reject_findings(data, period, "supplier_id"),
            price_findings(data, period, "supplier_id", pairs),
            _invoices(data, period, match),
            _contracts(data, period, spend),
        ]
    )


def _dependence(spend: Findings, pairs: pd.DataFrame, suppliers: pd.DataFrame, period: Period) -> Findings:
    sales = suppliers["annual_sales"]
    a_year = spend.figures["spend"]["value"] / period.years
    within: Key = "category" if pairs["category"].notna().any() else "item_id"
    return Findings(
        {
            "dependence_on_us": amount(a_year / sales.where(sales > 0)),
            "dependence_on_them": amount(dependence_on(pairs, within)),
        }
    )


def _sole_sources(data: Dataset, period: Period, pairs: pd.DataFrame, everyone: pd.Index) -> Findings:
    if not data.has("item_sources"):
        return Findings()
    listed = source_list(data, period)
    alone = pairs.merge(data.collect(only_sources(listed.sources)), on=["item_id", "supplier_id"])
    count = or_nothing(alone.groupby("supplier_id").size(), everyone)
    return Findings({"sole_source_items": amount(count)}, listed.notes)


def _invoices(data: Dataset, period: Period, match: MatchRule) -> Findings:
    if not (data.has("invoices") and data.has("receipts", "receipt_date")):
        return Findings()
    checked = data.collect_sums(lambda part: accuracy_by_supplier(part, period, match), "supplier_id")
    found = checked.set_index("supplier_id")
    return Findings(
        {
            "invoice_accuracy": rate(found["right"], found["invoices"]),
            "invoice_accuracy_by_value": weighted_rate(found["right_value"], found["value"], found["value_squares"]),
        }
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
