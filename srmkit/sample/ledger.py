"""The purchases of the sample company at any scale: its own lines drawn again and again, written as they are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from srmkit.sample.company import make_company
from srmkit.sample.settings import SampleSettings
from srmkit.sample.streams import stream

LINES_AN_ORDER = 2
AT_ONCE = 500_000
BESIDE = ("suppliers", "items", "item_sources", "contracts", "certificates", "supplier_ratings", "tickets")
_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class _Pattern:
    """Lines of the sample company, what followed each of them, and in which places: rows of a line stand together."""

    lines: pd.DataFrame
    receipts: pd.DataFrame
    invoices: pd.DataFrame

    def rows(self, table: pd.DataFrame, drawn: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For every row that follows from the drawn lines: the place of its line, and its own in the pattern."""
        line = table["line"].to_numpy()
        start = np.searchsorted(line, drawn, "left")
        count = np.searchsorted(line, drawn, "right") - start
        owner = np.repeat(np.arange(len(drawn)), count)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
        return owner, start[owner] + within


def write_ledger(folder: str | Path, lines: int, *, settings: SampleSettings | None = None, years: int = 2) -> Path:
    """Purchase lines, receipts, inspections and invoices by the million, as Parquet; the folder is returned.

    Every line is one of the sample company's, drawn with replacement: supplier, item, days from order to promise,
    deliveries in parts, late or never, rejects and wrong invoices with it. Its day, its quantity and its price are
    drawn anew. The lines lie in the order of their days over the last `years` years. Never more than half a million
    of them are in memory. The same settings give the same files.
    """
    into = Path(folder)
    into.mkdir(parents=True, exist_ok=True)
    chosen = settings or SampleSettings()
    company = make_company(chosen)
    for name in BESIDE:
        company.tables[name].to_parquet(into / f"{name}.parquet", index=False)
    pattern = _pattern(company.tables)
    rng = stream(chosen.seed, "ledger")
    writers: dict[str, pq.ParquetWriter] = {}
    first = np.datetime64(pd.Timestamp(chosen.last_day) + pd.Timedelta(days=1) - pd.DateOffset(years=years), "D")
    numbers = dict.fromkeys(("receipts", "invoices"), 0)
    for start in range(0, lines, AT_ONCE):
        count = min(AT_ONCE, lines - start)
        for name, table in _part(rng, pattern, start, count, lines, first, chosen.last_day, numbers):
            if name not in writers:
                writers[name] = pq.ParquetWriter(into / f"{name}.parquet", table.schema, compression="zstd")
            writers[name].write_table(table, row_group_size=AT_ONCE)
    for writer in writers.values():
        writer.close()
    return into


def _pattern(tables: Mapping[str, pd.DataFrame]) -> _Pattern:
    lines = tables["purchase_order_lines"].reset_index(drop=True)
    place = lines[["po_id", "line_id"]].assign(line=lines.index)
    receipts = tables["receipts"].merge(tables["inspections"], on="receipt_id", how="left").merge(place)
    ordered = lines.loc[receipts["line"], ["promised_date", "ordered_quantity"]].reset_index(drop=True)
    receipts = receipts.assign(
        after=(receipts["receipt_date"] - ordered["promised_date"]).dt.days,
        share=receipts["received_quantity"] / ordered["ordered_quantity"],
        inspected=receipts["inspected_quantity"] / receipts["received_quantity"],
        rejected=receipts["rejected_quantity"] / receipts["received_quantity"],
    )
    invoices = tables["invoices"].merge(place)
    charged = lines.loc[invoices["line"], ["promised_date", "ordered_quantity", "unit_price"]].reset_index(drop=True)
    invoices = invoices.assign(
        after=(invoices["invoice_date"] - charged["promised_date"]).dt.days,
        share=invoices["quantity"] / charged["ordered_quantity"],
        dearer=invoices["unit_price"] / charged["unit_price"],
    )
    return _Pattern(
        lines.assign(lead=(lines["promised_date"] - lines["order_date"]).dt.days),
        receipts.sort_values(["line", "after"], ignore_index=True),
        invoices[invoices["share"].gt(0)].sort_values(["line", "after"], ignore_index=True),
    )


def _part(
    rng: np.random.Generator,
    pattern: _Pattern,
    start: int,
    count: int,
    lines: int,
    first: Any,
    last_day: date,
    numbers: dict[str, int],
) -> Iterator[tuple[str, pa.Table]]:
    """The next lines in order of their days, and all that follows from them up to the last day."""
    last = np.datetime64(last_day, "D")
    drawn = rng.integers(0, len(pattern.lines), count)
    base = pattern.lines.iloc[drawn]
    number = np.arange(start, start + count)
    ordered = first + np.floor(number / lines * ((last - first) / _DAY + 1)).astype("timedelta64[D]")
    promised = ordered + base["lead"].to_numpy().astype("timedelta64[D]")
    units = np.ceil(base["ordered_quantity"].to_numpy() * rng.lognormal(0.0, 0.4, count))
    price = np.maximum(np.round(base["unit_price"].to_numpy() * rng.lognormal(0.0, 0.02, count), 2), 0.01)
    po = _ids("PO", number // LINES_AN_ORDER)
    line = pc.cast(pa.array(number % LINES_AN_ORDER + 1), pa.string())
    supplier = pa.array(base["supplier_id"].to_numpy(dtype=object), pa.string())
    yield "purchase_order_lines", pa.table(
        {
            "po_id": po, "line_id": line, "supplier_id": supplier,
            "item_id": pa.array(base["item_id"].to_numpy(dtype=object), pa.string()),
            "order_date": pa.array(ordered), "promised_date": pa.array(promised), "ordered_quantity": units,
            "unit_price": price, "status": pa.array(base["status"].to_numpy(dtype=object), pa.string()),
        }
    )
    owner, place = pattern.rows(pattern.receipts, drawn)
    came = promised[owner] + pattern.receipts["after"].to_numpy()[place].astype("timedelta64[D]")
    known = came <= last
    owner, place, came = owner[known], place[known], np.maximum(came[known], ordered[owner[known]])
    row = pattern.receipts.iloc[place]
    arrived = np.round(units[owner] * row["share"].to_numpy())
    receipt = _ids("R", numbers["receipts"] + np.arange(len(owner)))
    numbers["receipts"] += len(owner)
    yield "receipts", pa.table(
        {
            "receipt_id": receipt, "po_id": po.take(pa.array(owner)), "line_id": line.take(pa.array(owner)),
            "receipt_date": pa.array(came), "received_quantity": arrived,
        }
    )
    looked = np.flatnonzero(row["inspected"].notna().to_numpy())
    rejected = np.round(arrived * row["rejected"].to_numpy())
    yield "inspections", pa.table(
        {
            "receipt_id": receipt.take(pa.array(looked)),
            "inspected_quantity": np.round(arrived * row["inspected"].to_numpy())[looked],
            "rejected_quantity": rejected[looked],
        }
    )
    owner, place = pattern.rows(pattern.invoices, drawn)
    charged = promised[owner] + pattern.invoices["after"].to_numpy()[place].astype("timedelta64[D]")
    known = charged <= last
    owner, place, charged = owner[known], place[known], np.maximum(charged[known], ordered[owner[known]])
    row = pattern.invoices.iloc[place]
    numbers["invoices"] += len(owner)
    yield "invoices", pa.table(
        {
            "invoice_id": _ids("V", numbers["invoices"] - len(owner) + np.arange(len(owner))),
            "po_id": po.take(pa.array(owner)), "line_id": line.take(pa.array(owner)),
            "supplier_id": supplier.take(pa.array(owner)), "invoice_date": pa.array(charged),
            "quantity": np.round(units[owner] * row["share"].to_numpy()),
            "unit_price": np.round(price[owner] * row["dearer"].to_numpy(), 2),
        }
    )


def _ids(letters: str, numbers: NDArray[np.int64]) -> pa.Array:
    return pc.binary_join_element_wise(letters, pc.cast(pa.array(numbers + 10_000_000), pa.string()), "")
