"""What an account study knows before it judges: tables and metrics of the customers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

import pandas as pd

from srmkit.decisions.pictures import shown_names
from srmkit.errors import Problem, SrmkitError, did_you_mean
from srmkit.language import counted, say
from srmkit.metrics import Metrics, Period, account_metrics
from srmkit.tables import Dataset


@dataclass(frozen=True)
class AccountEvidence:
    """Everything measured or judged about customers in one period; `customers` is the master table by id."""

    dataset: Dataset
    period: Period
    metrics: Metrics
    customers: pd.DataFrame

    @property
    def names(self) -> pd.Series:
        """Name of each customer."""
        return self.customers["name"]

    @cached_property
    def revenue(self) -> pd.Series:
        """Revenue of each account in the period, largest first; accounts without orders have 0."""
        revenue = self.metrics.values["revenue"].fillna(0.0)
        return revenue.sort_values(ascending=False, kind="stable").rename("revenue")

    @cached_property
    def shown_accounts(self) -> pd.Series:
        """Name to show for each account, largest first."""
        return shown_names(self.names.reindex(self.revenue.index))

    @cached_property
    def ids(self) -> Mapping[str, Hashable]:
        """Identifier of each account by the name it is shown with, in alphabetical order."""
        names = self.shown_accounts.sort_values()
        return MappingProxyType({name: account for account, name in names.items()})

    def within(self, segment: str) -> AccountEvidence:
        """The customers of one market segment, all for none; SrmkitError when it is unknown or nothing was sold."""
        metrics, period = self.metrics, self.period
        if segment:
            metrics = metrics.only(metrics.values.index.intersection(_of_segment(self.customers, segment)))
        if not (metrics.values["revenue"].fillna(0.0) != 0).any():
            raise SrmkitError(
                say("sales of {data}", data=self.dataset.name),
                [Problem("sales_order_lines",
                         say("has no revenue from {start} to {end}", start=period.start, end=period.end),
                         counted(0, "line"), say("Widen 'months', move 'as_of', or choose another segment."))],
            )
        return replace(self, metrics=metrics)


def measure_accounts(dataset: Dataset, *, as_of: dt.date | None, months: int) -> AccountEvidence:
    """Measure every customer."""
    period = dataset.measured(Period.of, as_of, months)
    customers = dataset.measured(Dataset.frame, "customers").set_index("customer_id")
    return AccountEvidence(dataset, period, dataset.measured(account_metrics, period), customers)


def _of_segment(customers: pd.DataFrame, segment: str) -> pd.Index:
    known = sorted(customers["segment"].dropna().unique())
    if segment not in known:
        raise SrmkitError(
            say("parameters of {study}", study="account_selection"),
            [Problem("'segment'", say("is no market segment of the data"), repr(segment),
                     did_you_mean(segment, known, say("Segments are")))],
        )
    return customers.index[customers["segment"] == segment]
