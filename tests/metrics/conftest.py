"""Small companies written down line by line, and the real data sets, for the tests of metrics."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd
import pytest

from srmkit.metrics import Period
from srmkit.tables import CATALOGUE, Dataset, read_frames

Row = Mapping[str, Any]
Company = Callable[..., Dataset]

USUAL: Mapping[str, Row] = {
    "suppliers": {"name": "a supplier"},
    "items": {"name": "an item"},
    "purchase_order_lines": {
        "po_id": "P1",
        "line_id": "1",
        "supplier_id": "S1",
        "item_id": "I1",
        "order_date": "2026-01-05",
        "promised_date": "2026-02-02",
        "ordered_quantity": 10,
        "unit_price": 10.0,
        "status": "open",
    },
    "receipts": {"po_id": "P1", "line_id": "1", "receipt_date": "2026-02-02", "received_quantity": 10},
    "inspections": {},
    "invoices": {
        "po_id": "P1",
        "line_id": "1",
        "supplier_id": "S1",
        "invoice_date": "2026-02-10",
        "quantity": 10,
        "unit_price": 10.0,
    },
    "tickets": {"role": "supplier", "party_id": "S1", "opened_date": "2026-03-01"},
    "customers": {"name": "a customer"},
    "sales_order_lines": {
        "order_id": "O1",
        "line_id": "1",
        "customer_id": "C1",
        "order_date": "2026-03-01",
        "quantity": 1,
        "revenue": 100.0,
    },
}


@pytest.fixture(scope="session")
def company() -> Company:
    """Build a company from rows; what a row leaves out takes a usual value, parents are added by themselves."""

    def build(**rows: Iterable[Row]) -> Dataset:
        frames = {name: _frame(name, list(part)) for name, part in rows.items()}
        for child, key, parent in (
            ("purchase_order_lines", "supplier_id", "suppliers"),
            ("purchase_order_lines", "item_id", "items"),
            ("sales_order_lines", "customer_id", "customers"),
        ):
            frames[parent] = _with_parents(parent, key, frames.get(parent), frames.get(child))
        kept = {name: frame for name, frame in frames.items() if frame is not None}
        return read_frames(kept, name="test company", currency="EUR")

    return build


@pytest.fixture(scope="session")
def year() -> Period:
    """The year that the small companies live in."""
    return Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def _frame(name: str, rows: list[Row]) -> pd.DataFrame:
    key = CATALOGUE[name].key[-1]
    numbered = [{key: f"{name}-{place}", **USUAL.get(name, {}), **row} for place, row in enumerate(rows)]
    columns = [column.name for column in CATALOGUE[name].columns]
    return pd.DataFrame(numbered, columns=columns)


def _with_parents(
    name: str, key: str, known: pd.DataFrame | None, child: pd.DataFrame | None
) -> pd.DataFrame | None:
    if child is None:
        return known
    there = set() if known is None else set(known[key])
    missing = _frame(name, [{key: value} for value in sorted(set(child[key]) - there)])
    if known is None:
        return missing
    return pd.DataFrame([*known.to_dict("records"), *missing.to_dict("records")], columns=known.columns, dtype=object)
