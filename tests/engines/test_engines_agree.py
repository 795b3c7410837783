"""Every metric is one expression: files, a server and a cluster answer what the embedded engine answers."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from srmkit.duplicates import Decisions, Replayed
from srmkit.health import oddities, units, variation
from srmkit.metrics import (
    DeliveryRule,
    Metrics,
    Period,
    account_metrics,
    item_metrics,
    supplier_metrics,
    supplier_spend_by,
    totals,
)
from srmkit.tables import Dataset, connect_dataset, read_dataset

# PySpark leaves the sockets that answers come through to the garbage collector
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
edge_cases = runpy.run_path(str(Path(__file__).with_name("edge_cases.py")))["edge_cases"]
WITHIN = {"rtol": 1e-9, "atol": 1e-12}
MEASURED: Mapping[str, Callable[[Dataset, Period], Metrics]] = {
    "suppliers": supplier_metrics,
    "suppliers, early counts": lambda data, period: supplier_metrics(
        data, period, delivery=DeliveryRule(early_days=None, late_days=2)
    ),
    "items": item_metrics,
    "categories": lambda data, period: item_metrics(data, period, level="category"),
    "accounts": account_metrics,
}


@pytest.fixture(scope="module")
def period(embedded: Dataset) -> Period:
    """The last year of the company, with a year before it."""
    return Period.ending(embedded.last_date(), 12)


def test_what_came_in_is_the_same(embedded: Dataset, elsewhere: Dataset) -> None:
    columns = ["rows_used"]
    pd.testing.assert_frame_equal(elsewhere.health.tables[columns], embedded.health.tables[columns])
    gaps = ["table", "column", "gaps"]
    pd.testing.assert_frame_equal(elsewhere.health.columns[gaps], embedded.health.columns[gaps])
    assert elsewhere.last_date() == embedded.last_date()
    assert Period.all(elsewhere) == Period.all(embedded)


@pytest.mark.parametrize("asked", MEASURED)
def test_every_metric_and_all_its_evidence_agree(
    embedded: Dataset, elsewhere: Dataset, period: Period, asked: str
) -> None:
    here, there = MEASURED[asked](embedded, period), MEASURED[asked](elsewhere, period)
    assert list(here.definitions) == list(there.definitions)
    pd.testing.assert_frame_equal(there.values, here.values, **WITHIN)
    pd.testing.assert_frame_equal(there.evidence.sort_index(), here.evidence.sort_index(), **WITHIN)
    assert there.notes == here.notes


def test_totals_and_spend_by_supplier_agree(embedded: Dataset, elsewhere: Dataset, period: Period) -> None:
    pd.testing.assert_series_equal(totals(elsewhere, period), totals(embedded, period), **WITHIN)
    pd.testing.assert_frame_equal(
        supplier_spend_by(elsewhere, period, "category"), supplier_spend_by(embedded, period, "category"), **WITHIN
    )


def test_the_edge_cases_leave_no_metric_without_a_value(embedded: Dataset, period: Period) -> None:
    measured = [*MEASURED.values()]
    empty = {
        name
        for ask in measured
        for found in [ask(embedded, period)]
        for name in found.values.columns[found.values.isna().all()]
    }
    assert not empty, "the agreement above says nothing about these"


def test_what_is_odd_is_found_alike(embedded: Dataset, elsewhere: Dataset, period: Period) -> None:
    def found(data: Dataset) -> dict[str, pd.DataFrame]:
        return {
            "differences": variation.differences(data, period),
            "outliers": oddities.outliers(data, 4),
            "units": units.unit_conflicts(data),
            "impossible orders": oddities.impossible_orders(data),
        }

    here, there = found(embedded), found(elsewhere)
    for name, table in here.items():
        pd.testing.assert_frame_equal(there[name], table, check_dtype=False, obj=name, **WITHIN)


def test_decisions_about_duplicates_are_replayed_on_a_cluster(spark: Any, tmp_path: Path) -> None:
    """A chain of three suppliers, which raters judged each: as when the books are read. Few tables, to be quick."""
    few = ("suppliers", "purchase_order_lines", "receipts", "supplier_ratings", "tickets")
    company, session = edge_cases(), spark.newSession()
    for name in few:
        company.frame(name).to_parquet(tmp_path / f"{name}.parquet", index=False, coerce_timestamps="us")
        session.read.parquet(str(tmp_path / f"{name}.parquet")).createOrReplaceTempView(name)
    judged = company.frame("supplier_ratings")["supplier_id"].drop_duplicates().tolist()
    said = Decisions()
    for left, right in ((judged[0], judged[1]), (judged[1], judged[2])):
        said = said.saying(left, right, same=True, by="A. Brandt", on="2026-06-30")
    read = read_dataset(tmp_path, one_firm=Replayed(said))
    there = connect_dataset(session, keys=False, one_firm=Replayed(said))
    period = Period.ending(company.last_date(), 12)
    here, found = supplier_metrics(read, period), supplier_metrics(there, period)
    pd.testing.assert_frame_equal(found.values, here.values, **WITHIN)
    pd.testing.assert_frame_equal(found.evidence.sort_index(), here.evidence.sort_index(), **WITHIN)
    pd.testing.assert_frame_equal(there.health.merged, read.health.merged, check_dtype=False)
    counts = ["rows_used", "rows_excluded", "rows_refused"]
    assert there.health.tables[counts].to_dict() == read.health.tables.loc[there.health.tables.index, counts].to_dict()
    assert read.health.tables["rows_excluded"]["supplier_ratings"] > 0
