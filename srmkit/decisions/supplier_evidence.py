"""What a supplier study knows before it judges: tables, metrics and who sells what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Literal

import pandas as pd

from srmkit.decisions.pictures import shown_names
from srmkit.errors import Problem, SrmkitError, did_you_mean
from srmkit.language import counted, say
from srmkit.metrics import DeliveryRule, Metrics, Period, item_metrics, supplier_metrics, supplier_spend_by, totals
from srmkit.tables import Dataset

Level = Literal["category", "item"]
ENOUGH_NAMED = 0.9  # a matrix of categories needs nearly all of the spend in named categories


@dataclass(frozen=True)
class SupplierEvidence:
    """Everything measured or judged about suppliers and what they sell, for one period.

    `candidates` are the items or categories, `spend` is suppliers × candidates, `suppliers` and
    `items` are the master tables by id; `without_category` is spend that no category holds, 0 for items. Not
    every study asks for `metrics` of the suppliers and `totals` of the company: they are measured when one does.
    """

    dataset: Dataset
    period: Period
    level: Level
    delivery: DeliveryRule
    candidates: Metrics
    spend: pd.DataFrame
    suppliers: pd.DataFrame
    items: pd.DataFrame
    without_category: float

    @cached_property
    def metrics(self) -> Metrics:
        """Every metric of every supplier."""
        return self.dataset.measured(supplier_metrics, self.period, delivery=self.delivery)

    @cached_property
    def totals(self) -> pd.Series:
        """Figures of the whole company."""
        return self.dataset.measured(totals, self.period, delivery=self.delivery)

    @property
    def names(self) -> pd.Series:
        """Name of each supplier."""
        return self.suppliers["name"]

    @cached_property
    def candidate_names(self) -> pd.Series:
        """Name of each item; a category is its own name."""
        index = self.candidates.values.index
        if self.level == "category":
            return pd.Series(index, index=index, dtype=str)
        return self.items["name"].reindex(index)

    @cached_property
    def spend_with(self) -> pd.Series:
        """Spend with each supplier in the period, largest first."""
        return self.spend.sum(axis=1).sort_values(ascending=False, kind="stable").rename("spend")

    @cached_property
    def spend_on(self) -> pd.Series:
        """Spend on each item or category in the period."""
        return self.spend.sum()

    @cached_property
    def shown_suppliers(self) -> pd.Series:
        """Name to show for each supplier with spend, largest first."""
        return shown_names(self.names.reindex(self.spend_with.index))

    @cached_property
    def shown_candidates(self) -> pd.Series:
        """Name to show for each item or category."""
        return shown_names(self.candidate_names)

    @cached_property
    def ids(self) -> Mapping[str, Hashable]:
        """Identifier of each supplier, and of each item or category, by the name it is shown with, in order."""
        suppliers = {str(name): supplier for supplier, name in self.shown_suppliers.items()}
        candidates = {str(name): candidate for candidate, name in self.shown_candidates.items()}
        return MappingProxyType(dict(sorted((suppliers | candidates).items())))

    def within(self, category: str) -> SupplierEvidence:
        """What is bought in one category, all for none; SrmkitError when it is unknown or nothing was bought."""
        candidates, spend, period = self.candidates, self.spend, self.period
        if category:
            keep = _of_category(self.items, category, self.level)
            candidates = candidates.only(candidates.values.index.intersection(keep))
            spend = spend[spend.columns.intersection(keep)]
            spend = spend[spend.sum(axis=1) > 0]
        if spend.empty:
            raise SrmkitError(
                say("spend of {data}", data=self.dataset.name),
                [Problem("purchase_order_lines",
                         say("has no spend from {start} to {end}", start=period.start, end=period.end),
                         counted(0, "line"), say("Widen 'months', move 'as_of', or choose another category."))],
            )
        return replace(self, candidates=candidates, spend=spend)


def measure_suppliers(
    dataset: Dataset,
    *,
    as_of: dt.date | None,
    months: int,
    level: Literal["auto", "category", "item"],
    delivery: DeliveryRule,
) -> SupplierEvidence:
    """Measure everything that is bought, by category or by item: "auto" takes what the spend allows."""
    period = dataset.measured(Period.of, as_of, months)
    used = _level(dataset, period) if level == "auto" else level
    suppliers, items = (dataset.measured(Dataset.frame, name) for name in ("suppliers", "items"))
    return SupplierEvidence(
        dataset, period, used, delivery, dataset.measured(item_metrics, period, level=used),
        dataset.measured(supplier_spend_by, period, used), suppliers.set_index("supplier_id"),
        items.set_index("item_id"),
        0.0 if used == "item" else _spend(dataset, period, "item") - _spend(dataset, period, used),
    )


def _level(dataset: Dataset, period: Period) -> Level:
    if not dataset.has("items", "category"):
        return "item"
    named = _spend(dataset, period, "category")
    return "category" if named >= ENOUGH_NAMED * _spend(dataset, period, "item") else "item"


def _spend(dataset: Dataset, period: Period, level: Level) -> float:
    """All spend of the period on what has a place at that level."""
    return float(dataset.measured(supplier_spend_by, period, level).to_numpy().sum())


def _of_category(items: pd.DataFrame, category: str, level: Level) -> pd.Index:
    known = sorted(items["category"].dropna().unique())
    if category not in known:
        raise SrmkitError(
            say("parameters of {study}", study="supplier_segmentation"),
            [Problem("'category'", say("is no category of the data"), repr(category),
                     did_you_mean(category, known, say("Categories are")))],
        )
    return pd.Index([category]) if level == "category" else items.index[items["category"] == category]
