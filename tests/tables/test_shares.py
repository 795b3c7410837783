"""Amounts noted once for several rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmkit.tables.shares import share_amounts

KEYS = pd.Series(["A", "B", "C", "D"])


def test_freight_of_a_shipment_is_shared_by_value() -> None:
    amounts = pd.Series([90.0, np.nan, np.nan, 5.0])
    shared = share_amounts(
        amounts, pd.Series([None, "A", "A", None]), keys=KEYS, weights=pd.Series([1.0, 2.0, 6.0, 1.0])
    )

    assert shared.cells.tolist() == [10, 20, 60, 5]
    assert shared.imputed is not None
    assert shared.imputed.tolist() == [True, True, True, False]


def test_rows_without_any_weight_share_alike() -> None:
    shared = share_amounts(
        pd.Series([90.0, np.nan, np.nan, 5.0]),
        pd.Series([None, "A", "A", None]),
        keys=KEYS,
        weights=pd.Series([0.0] * 4),
    )

    assert shared.cells.tolist() == [30, 30, 30, 5]


def test_a_gap_that_is_pointed_to_stays_a_gap() -> None:
    shared = share_amounts(
        pd.Series([np.nan, np.nan, 1.0, 5.0]),
        pd.Series([None, "A", None, None]),
        keys=KEYS,
        weights=pd.Series([1.0] * 4),
    )

    assert shared.cells.isna().tolist() == [True, True, False, False]
    assert shared.wrong.empty


def test_pointers_that_lead_nowhere_are_refused() -> None:
    shared = share_amounts(
        pd.Series([9.0, np.nan, np.nan, np.nan]),
        pd.Series([None, "Z", "D", "A"]),
        keys=KEYS,
        weights=pd.Series([1.0] * 4),
    )

    assert shared.wrong.to_dict() == {
        1: "points to a row that is not in the file",
        2: "points to a row that itself points on",
    }
    assert shared.cells[[0, 3]].tolist() == [4.5, 4.5]


@given(st.data())
def test_sharing_keeps_the_total(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 12))
    heads = data.draw(st.integers(1, size))
    amounts = data.draw(st.lists(st.floats(0, 1e6), min_size=heads, max_size=heads))
    weights = data.draw(st.lists(st.floats(0, 1e6), min_size=size, max_size=size))
    pointers = [None] * heads + [f"K{data.draw(st.integers(0, heads - 1))}" for _ in range(size - heads)]
    shared = share_amounts(
        pd.Series(amounts + [np.nan] * (size - heads)),
        pd.Series(pointers, dtype=object),
        keys=pd.Series([f"K{place}" for place in range(size)]),
        weights=pd.Series(weights),
    )

    assert shared.cells.sum() == pytest.approx(sum(amounts))
    assert shared.cells.notna().all()
