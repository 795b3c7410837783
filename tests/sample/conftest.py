"""The sample company as it is made, and as the metrics and the scorecard see it."""

from __future__ import annotations

import datetime as dt

import pytest

from srmkit.metrics import Metrics, Period, account_metrics
from srmkit.sample import Company, make_company
from srmkit.scoring import Scorecard, Scores
from srmkit.tables import Dataset, read_frames

LAST_DAY = dt.date(2026, 6, 30)


@pytest.fixture(scope="session")
def company() -> Company:
    return make_company()


@pytest.fixture(scope="session")
def data(company: Company) -> Dataset:
    return read_frames(company.tables, name="sample", currency="EUR")


@pytest.fixture(scope="session")
def accounts(data: Dataset) -> Metrics:
    return account_metrics(data, Period.ending(LAST_DAY, 12))


@pytest.fixture(scope="session")
def scores(accounts: Metrics) -> Scores:
    return Scorecard.read("account").score(accounts, missing="reweight")
