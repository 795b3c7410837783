"""The same answers in pandas: only the columns that are needed, only the rows of the period, no loop over rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

LINE = ["po_id", "line_id"]
ENOUGH = 1 - 1e-9


def answer(folder: Path, start: date, end: date, memory: str) -> tuple[pd.DataFrame, dict[str, float]]:
    """Figures by supplier."""
    first, last = np.datetime64(start), np.datetime64(end)
    lines = _lines(folder)
    figures = _bought(folder, lines[lines["order_date"].between(first, last)])
    figures = figures.join(_matched(lines, start, first, last))
    receipts = _read(folder, "receipts", ["receipt_id", *LINE, "receipt_date", "received_quantity"])
    receipts = receipts[receipts["receipt_date"] <= last]
    figures = figures.join(_due(lines, receipts, first, last)).join(_lead(lines, receipts, first))
    figures = figures.join(_rejects(folder, lines, receipts, first))
    return figures.join(_invoices(folder, lines, receipts, first, last)), {}


def _read(folder: Path, name: str, columns: list[str]) -> pd.DataFrame:
    frame = pd.read_parquet(folder / f"{name}.parquet", columns=columns)
    days = [column for column in columns if column.endswith("_date")]
    return frame.astype(dict.fromkeys(days, "datetime64[s]"))


def _lines(folder: Path) -> pd.DataFrame:
    columns = ["supplier_id", "item_id", "order_date", "promised_date", "ordered_quantity", "unit_price", "status"]
    lines = _read(folder, "purchase_order_lines", [*LINE, *columns])
    lines = lines[(lines["ordered_quantity"] > 0) & lines.pop("status").ne("cancelled")]
    coded = {"supplier_id": "category", "item_id": "category"}
    return lines.astype(coded).assign(value=lines["ordered_quantity"] * lines["unit_price"])


def _bought(folder: Path, lines: pd.DataFrame) -> pd.DataFrame:
    items = pd.read_parquet(folder / "items.parquet").set_index("item_id")
    sources = pd.read_parquet(folder / "item_sources.parquet").set_index(["supplier_id", "item_id"])
    keys = ["supplier_id", "item_id"]
    pairs = lines.groupby(keys, observed=True).agg(value=("value", "sum"), q=("ordered_quantity", "sum")).reset_index()
    pairs = pairs.astype(dict.fromkeys(keys, str))
    agreed = sources["standard_price"].reindex(pd.MultiIndex.from_frame(pairs[keys])).set_axis(pairs.index)
    general = pairs["item_id"].map(items["standard_price"])
    standard = agreed.where(agreed > 0).fillna(general.where(general > 0)) * pairs["q"]
    qualified = sources[sources["qualified"].fillna(False).astype(bool)].reset_index()
    only = qualified.groupby("item_id")["supplier_id"].agg(["nunique", "min"])
    alone = pairs["item_id"].map(only["min"].where(only["nunique"] == 1)).eq(pairs["supplier_id"])
    pairs = pairs.assign(
        paid=pairs["value"].where(standard.notna()), standard=standard, alone=alone,
        category=pairs["item_id"].map(items["category"]),
    )
    grouped = pairs.groupby("supplier_id")
    sums = grouped[["value", "paid", "standard", "alone"]].sum()
    parts = pairs.groupby(["supplier_id", "category"], as_index=False)["value"].sum()
    share = parts["value"] ** 2 / parts.groupby("category")["value"].transform("sum")
    contracts = pd.read_parquet(folder / "contracts.parquet")
    return pd.DataFrame(
        {
            "spend": sums["value"], "items": grouped.size(), "sole_source_items": sums["alone"],
            "price_index": 100 * sums["paid"] / sums["standard"], "price_variance": sums["paid"] - sums["standard"],
            "dependence_on_them": share.groupby(parts["supplier_id"]).sum() / sums["value"],
            "contract_cover": _covered(contracts, lines).reindex(sums.index).fillna(0.0) / sums["value"],
        }
    )


def _covered(contracts: pd.DataFrame, lines: pd.DataFrame) -> pd.Series:
    days = lines.groupby(["supplier_id", "order_date"], observed=True)["value"].sum().reset_index()
    days = days.astype({"supplier_id": str}).merge(contracts, on="supplier_id")
    within = days[days["order_date"].between(days["start_date"], days["end_date"])]
    return within.drop_duplicates(["supplier_id", "order_date"]).groupby("supplier_id")["value"].sum()


def _matched(lines: pd.DataFrame, start: date, first: np.datetime64, last: np.datetime64) -> pd.Series:
    keys = ["supplier_id", "item_id"]
    year_before = np.datetime64(start.replace(year=start.year - 1))
    before = (lines["order_date"] >= year_before) & (lines["order_date"] < first)
    now = lines["order_date"].between(first, last)
    sums = [
        lines[part].groupby(keys, observed=True)[["value", "ordered_quantity"]].sum() for part in (now, before)
    ]
    both = sums[0].join(sums[1].add_suffix("_before"), how="inner")
    price, old = both["value"] / both["ordered_quantity"], both["value_before"] / both["ordered_quantity_before"]
    parts = pd.DataFrame(
        {"a": both["value"], "b": old * both["ordered_quantity"], "c": price * both["ordered_quantity_before"],
         "d": both["value_before"]}
    ).groupby("supplier_id", observed=True).sum()
    found = 100 * np.sqrt(parts["a"] / parts["b"] * parts["c"] / parts["d"])
    return found.rename("price_index_matched").rename(str)


def _due(lines: pd.DataFrame, receipts: pd.DataFrame, first: np.datetime64, last: np.datetime64) -> pd.DataFrame:
    due = lines[lines["promised_date"].between(first, last)].drop(columns=["item_id", "order_date", "unit_price"])
    came = due.reset_index(names="row")[[*LINE, "row", "promised_date"]].merge(receipts, on=LINE)
    after = (came["receipt_date"] - came["promised_date"]).dt.days
    units, row = came["received_quantity"], came["row"]
    sums = {
        "arrived": units.groupby(row).sum(), "in_time": units[after <= 0].groupby(row).sum(),
        "before": units[after < -3].groupby(row).sum(),
    }
    due = due.assign(**{name: part.reindex(due.index).fillna(0.0) for name, part in sums.items()})
    ordered = due["ordered_quantity"]
    complete, early = due["in_time"] >= ordered * ENOUGH, due["before"] >= ordered * ENOUGH
    counted, on_time = np.minimum(due["in_time"], ordered), complete & ~early
    table = pd.DataFrame(
        {
            "supplier_id": due["supplier_id"], "po_id": due["po_id"], "n": 1, "on_time": on_time, "early": early,
            "late": ~complete, "filled": counted / ordered, "value": due["value"],
            "on_time_value": due["value"] * on_time, "filled_value": due["value"] * counted / ordered,
            "ordered": ordered, "counted": counted, "within": counted - np.minimum(due["before"], ordered),
            "arrived": np.minimum(due["arrived"], ordered),
        }
    )
    orders = table.groupby(["supplier_id", "po_id"], observed=True)[["n", "on_time"]].sum()
    whole = (orders["n"] == orders["on_time"]).groupby("supplier_id", observed=True).mean()
    sums = table.drop(columns="po_id").groupby("supplier_id", observed=True).sum()
    return pd.DataFrame(
        {
            "on_time_rate": sums["on_time"] / sums["n"], "in_full_rate": sums["filled"] / sums["n"],
            "otif_rate": sums["on_time"] / sums["n"], "on_time_rate_by_value": sums["on_time_value"] / sums["value"],
            "in_full_rate_by_value": sums["filled_value"] / sums["value"],
            "in_full_rate_by_unit": sums["counted"] / sums["ordered"],
            "otif_rate_by_unit": sums["within"] / sums["ordered"], "otif_rate_by_order": whole,
            "fill_rate": sums["arrived"] / sums["ordered"], "early_rate": sums["early"] / sums["n"],
            "late_rate": sums["late"] / sums["n"],
        }
    ).rename(str)


def _lead(lines: pd.DataFrame, receipts: pd.DataFrame, first: np.datetime64) -> pd.DataFrame:
    ordered = receipts.sort_values("receipt_date", kind="stable")
    so_far = ordered.groupby(LINE, sort=False)["received_quantity"].cumsum()
    recent = ordered.assign(so_far=so_far)[ordered["receipt_date"] >= first]
    columns = [*LINE, "supplier_id", "order_date", "promised_date", "ordered_quantity"]
    done = recent.merge(lines[columns], on=LINE)
    wanted = done["ordered_quantity"] * ENOUGH
    done = done[(done["so_far"] >= wanted) & (done["so_far"] - done["received_quantity"] < wanted)]
    taken = pd.DataFrame(
        {
            "supplier_id": done["supplier_id"], "lead": (done["receipt_date"] - done["order_date"]).dt.days,
            "delay": (done["receipt_date"] - done["promised_date"]).dt.days,
        }
    )
    grouped = taken[taken["lead"] >= 0].groupby("supplier_id", observed=True)
    lead, delay = grouped["lead"], grouped["delay"]
    return pd.DataFrame(
        {
            "lead_time_days": lead.mean(), "lead_time_sd": lead.std(), "lead_time_p50": lead.quantile(0.5),
            "lead_time_p90": lead.quantile(0.9), "delay_days": delay.mean(), "delay_sd": delay.std(),
            "delay_p90_p50": (delay.quantile(0.9) - delay.quantile(0.5)).where(delay.count() > 1),
        }
    ).rename(str)


def _rejects(folder: Path, lines: pd.DataFrame, receipts: pd.DataFrame, first: np.datetime64) -> pd.Series:
    looked = pd.read_parquet(folder / "inspections.parquet")
    found = looked.merge(receipts[receipts["receipt_date"] >= first], on="receipt_id")
    found = found.merge(lines[[*LINE, "supplier_id"]], on=LINE)
    units = found["inspected_quantity"].where(found["inspected_quantity"] > 0, found["received_quantity"])
    rejected = np.minimum(found["rejected_quantity"], units)
    by = found["supplier_id"]
    rate = rejected.groupby(by, observed=True).sum() / units.groupby(by, observed=True).sum()
    return rate.rename("reject_rate").rename(str)


def _invoices(
    folder: Path, lines: pd.DataFrame, receipts: pd.DataFrame, first: np.datetime64, last: np.datetime64
) -> pd.DataFrame:
    columns = ["invoice_id", *LINE, "supplier_id", "invoice_date", "quantity", "unit_price"]
    charged = _read(folder, "invoices", columns)
    charged = charged[(charged["quantity"] > 0) & (charged["invoice_date"] <= last)]
    charged = charged.sort_values(["invoice_date", "invoice_id"])
    charged["so_far"] = charged.groupby(LINE, sort=False)["quantity"].cumsum()
    recent = charged[charged["invoice_date"] >= first].drop(columns=["invoice_id", "invoice_date"])
    arrived = receipts.groupby(LINE, sort=False)["received_quantity"].sum().rename("arrived").reset_index()
    ordered = lines[[*LINE, "supplier_id", "unit_price"]].set_axis([*LINE, "ordered_from", "price"], axis="columns")
    found = recent.merge(ordered, on=LINE, how="left").merge(arrived, on=LINE, how="left")
    right = (
        found["ordered_from"].astype(str).eq(found["supplier_id"])
        & (found["unit_price"] * ENOUGH <= found["price"] * 1.02)
        & (found["so_far"] * ENOUGH <= found["arrived"].fillna(0.0))
    )
    value, by = found["quantity"] * found["unit_price"], found["supplier_id"]
    return pd.DataFrame(
        {
            "invoice_accuracy": right.groupby(by).mean(),
            "invoice_accuracy_by_value": (value * right).groupby(by).sum() / value.groupby(by).sum(),
        }
    )


