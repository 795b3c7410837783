"""What is measured and judged of purchased items and categories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

from srmkit.concentration import MONOPOLY, hhi_by
from srmkit.language import percent, say
from srmkit.metrics.bought import bought
from srmkit.metrics.delivery_findings import lead_time_findings
from srmkit.metrics.findings import Figure, Findings, amount, mean
from srmkit.metrics.item_definitions import ITEM_DEFINITIONS
from srmkit.metrics.period import Period
from srmkit.metrics.purchase_findings import price_findings, reject_findings, spend_findings
from srmkit.metrics.ratings import judged
from srmkit.metrics.result import Metrics
from srmkit.metrics.source_list import source_list
from srmkit.metrics.sources import promised_lead_times_by, sources_by

if TYPE_CHECKING:
    from srmkit.tables import Dataset

ItemLevel = Literal["item", "category"]
ItemKey = Literal["item_id", "category"]
KEYS: dict[ItemLevel, ItemKey] = {"item": "item_id", "category": "category"}


def item_metrics(data: Dataset, period: Period, *, level: ItemLevel = "item") -> Metrics:
    """Every metric of the items or categories on which money was spent in the period.

    Index item_id or category. A judged criterion of a category is a metric of the category; at level "item"
    each item takes the figure of its category. SrmkitError where the data have no purchase order lines or no
    items.
    """
    key = KEYS[level]
    pairs = data.measured(bought, period)
    spent = pairs[pairs["value"] > 0]
    candidates = pd.Index(sorted(spent[key].dropna().unique()), name=key, dtype="str")
    measured = frozenset(definition.name for definition in ITEM_DEFINITIONS)
    judgements, ratings = judged(data, period, "category", taken=measured)
    found = Findings.joined(
        [
            spend_findings(pairs, key, candidates),
            _concentration(spent, key),
            _sources(data, period, key),
            lead_time_findings(data, period, key),
            reject_findings(data, period, key),
            price_findings(data, period, key, pairs),
            ratings if level == "category" else _of_items(data, candidates, ratings),
            Findings(notes=_uncategorised(pairs) if level == "category" else ()),
        ]
    )
    return Metrics.of(level, candidates, [*ITEM_DEFINITIONS, *judgements], found, data.currency)


def _concentration(spent: pd.DataFrame, key: ItemKey) -> Findings:
    sold = spent.groupby([key, "supplier_id"])["value"].sum()
    index = hhi_by(sold, sold.index.get_level_values(key))
    return Findings({"hhi": amount(index), "effective_suppliers": amount(MONOPOLY / index)})


def _sources(data: Dataset, period: Period, key: ItemKey) -> Findings:
    listed = source_list(data, period)
    count = data.collect(sources_by(data, listed.sources, key)).set_index(key)["sources"]
    figures = {"qualified_sources": amount(count)}
    if data.has("item_sources", "lead_time_days"):
        lead = data.collect(promised_lead_times_by(data, listed.sources, key)).set_index(key)
        figures["promised_lead_time_days"] = mean(lead["lead"], lead["lead_sd"], lead["n"])
    return Findings(figures, listed.notes)


def _of_items(data: Dataset, bought: pd.Index, ratings: Findings) -> Findings:
    category = data.frame("items").set_index("item_id")["category"].reindex(bought)
    figures = {name: _spread(figure, category) for name, figure in ratings.figures.items()}
    return Findings(figures, ratings.notes)


def _spread(figure: Figure, category: pd.Series[str]) -> Figure:
    return figure.reindex(category).set_axis(category.index)


def _uncategorised(pairs: pd.DataFrame) -> tuple[str, ...]:
    without, spend = float(pairs.loc[pairs["category"].isna(), "value"].sum()), float(pairs["value"].sum())
    if not without:
        return ()
    return (say("{share} of the spend is on items without a category and in no figure of a category.",
                share=percent(without / spend, 1)),)
