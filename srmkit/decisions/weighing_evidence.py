"""What a study of weights knows before it judges: whom the scorecard places, with their figures."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal

import pandas as pd

from srmkit.decisions.account_evidence import measure_accounts
from srmkit.decisions.params import day
from srmkit.decisions.pictures import shown_names
from srmkit.decisions.shared_settings import SharedSettings
from srmkit.decisions.supplier_evidence import measure_suppliers
from srmkit.errors import Problems
from srmkit.metrics import DeliveryRule, Metrics, Period
from srmkit.scoring import Scorecard
from srmkit.segmentation.matrix import Matrix
from srmkit.segmentation.registry import MATRICES
from srmkit.tables import Dataset

Kind = Literal["category", "item", "supplier", "account"]


@dataclass(frozen=True)
class WeighingEvidence:
    """Candidates of a scorecard with their figures, names and amounts, for one period; `kind` is what they are."""

    dataset: Dataset
    period: Period
    kind: Kind
    metrics: Metrics
    names: pd.Series
    amounts: pd.Series

    @cached_property
    def shown_candidates(self) -> pd.Series:
        """Name to show for each candidate, the largest first."""
        order = self.amounts.reindex(self.metrics.values.index).sort_values(ascending=False, kind="stable")
        return shown_names(self.names.reindex(order.index))

    @cached_property
    def ids(self) -> Mapping[str, Hashable]:
        """Identifier of each candidate by the name it is shown with, in alphabetical order."""
        names = self.shown_candidates.sort_values()
        return MappingProxyType({name: candidate for candidate, name in names.items()})


def matrix_of(card: Scorecard) -> Callable[[float, float], Matrix]:
    """The matrix whose axes the scorecard has; SrmkitError where no matrix has them."""
    axes = {axis.name for axis in card.axes}
    for build in MATRICES.values():
        matrix = build(50.0, 50.0)
        if {matrix.x_axis, matrix.y_axis} <= axes:
            return build
    known = [build(50.0, 50.0) for build in MATRICES.values()]
    problems = Problems(f"scorecard '{card.name}'")
    problems.add("its axes", "are those of no matrix", found=", ".join(sorted(axes)),
                 todo=f"Matrices have: {'; '.join(f'{one.x_axis}, {one.y_axis}' for one in known)}.")
    problems.raise_if_any()
    raise AssertionError  # the line above raises


def gather_candidates(
    dataset: Dataset, params: SharedSettings, card: Scorecard, level: Literal["category", "item"]
) -> WeighingEvidence:
    """Measure whatever the scorecard's matrix places; `level` is what Kraljic's matrix places."""
    matrix = matrix_of(card)(50.0, 50.0)
    if matrix.x_axis == "strength":
        accounts = measure_accounts(dataset, as_of=day(params.as_of), months=params.months).within("")
        return WeighingEvidence(accounts.dataset, accounts.period, "account", accounts.metrics, accounts.names,
                                accounts.metrics.values["revenue"].fillna(0.0))
    bought = measure_suppliers(
        dataset, as_of=day(params.as_of), months=params.months, level=level,
        delivery=DeliveryRule(early_days=None, late_days=0),
    ).within("")
    if matrix.y_axis == "profit_impact":
        return WeighingEvidence(bought.dataset, bought.period, bought.level, bought.candidates, bought.candidate_names,
                                bought.spend.sum())
    metrics = bought.metrics.only(bought.spend.index)
    return WeighingEvidence(bought.dataset, bought.period, "supplier", metrics, bought.names, bought.spend.sum(axis=1))
