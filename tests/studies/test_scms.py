"""The supplier study on health-supply deliveries, through their column map alone; figures from their documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from srmkit.studies import supplier_segmentation
from srmkit.studies.supplier_segmentation import SupplierSegmentation


@pytest.fixture(scope="module")
def study(shared: Path) -> SupplierSegmentation:
    params = supplier_segmentation.Params(
        data=str(shared / "data" / "scms"), column_map="scms", months=0, draws=512
    )
    return supplier_segmentation.run(params)


def test_internal_transfers_are_left_out_and_counted(study: SupplierSegmentation) -> None:
    assert len(study.evidence.suppliers) == 72
    assert not study.evidence.names.str.contains("SCMS from RDC").any()
    reasons = study.evidence.dataset.health.reasons()
    assert (reasons["kind"] == "excluded").any()
    assert any("excluded" in line and "transfer" in line for line in study.health())


def test_on_time_is_shown_by_line_and_by_value(study: SupplierSegmentation) -> None:
    figures = study.figures().set_index("figure")["value"]
    assert figures["On time, by line"] == "94.74 %"
    assert figures["On time, by value"] == "89.58 %"


def test_words_in_columns_of_numbers_are_read_by_rule_and_counted(study: SupplierSegmentation) -> None:
    rules = study.evidence.dataset.health.conversions
    assert (rules["count_used"] > 0).any()
    assert any("were read by rule" in line for line in study.health())


def test_every_vendor_with_spend_has_a_class(study: SupplierSegmentation) -> None:
    assert study.suppliers["segment"].isin(study.matrix.names).all()
