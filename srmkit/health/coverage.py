"""What is there: rows by table and month, gaps by column, values by where they come from."""

from __future__ import annotations

from typing import Any

import pandas as pd

from srmkit.metrics import Period
from srmkit.tables import CATALOGUE, Dataset
from srmkit.tables.engine import row

SOURCES = ("measured", "audited", "judged", "imputed")
# tables in which something happens in every month of a company that is alive; ratings and contracts need not
EVENTS = ("purchase_order_lines", "receipts", "invoices", "tickets", "sales_order_lines", "service_costs",
          "sales_invoices", "opportunities")


def table_coverage(data: Dataset, period: Period) -> pd.DataFrame:
    """One row a table of the catalogue, by name: rows, rows in the period, first and last day, empty months.

    Tables without a date basis have no days; a table that is not there has 0 rows. `empty_months` counts the months
    of the period in which nothing happened, for tables of events.
    """
    months = by_month(data, period)
    rows = [_of_table(data, name, months, period) for name in CATALOGUE]
    return pd.DataFrame(rows).set_index("table")


def _of_table(data: Dataset, name: str, months: pd.DataFrame, period: Period) -> dict[str, Any]:
    table = CATALOGUE[name]
    found: dict[str, Any] = {"table": name, "about": table.meaning.rstrip("."), "rows": 0, "rows_in_period": 0,
                             "first": pd.NaT, "last": pd.NaT, "empty_months": 0}
    if not data.has(name):
        return found
    expression: Any = data[name]
    found["rows"] = int(data.collect(expression.agg(rows=expression.count()))["rows"].iloc[0])
    found["rows_in_period"] = found["rows"]
    if table.date_basis:
        day = expression[table.date_basis]
        ends = data.collect(expression.agg(first=day.min(), last=day.max())).iloc[0]
        found |= {"first": pd.Timestamp(ends["first"]), "last": pd.Timestamp(ends["last"])}
        inside = data.collect(expression.filter(period.holds(day)).agg(rows=row.count()))
        found |= {"rows_in_period": int(inside["rows"].iloc[0]),
                  "empty_months": int(months.eq(0).sum(axis=1).get(name, 0))}
    return found


def months_of(period: Period) -> pd.DatetimeIndex:
    """First days of the months of a period: those of which the middle lies in it, or all where that is none.

    >>> import datetime as dt
    >>> months_of(Period(dt.date(2025, 6, 30), dt.date(2025, 8, 29))).strftime("%Y-%m").tolist()
    ['2025-07', '2025-08']
    """
    first, last = pd.Timestamp(period.start), pd.Timestamp(period.end)
    months = pd.date_range(first.replace(day=1), last, freq="MS")
    middles = months + pd.Timedelta(days=14)
    kept = months[(middles >= first) & (middles <= last)]
    return kept if len(kept) else months


def by_month(data: Dataset, period: Period) -> pd.DataFrame:
    """Rows of each table of events in each month of the period: table x month (first days of months)."""
    months = months_of(period)
    counts: dict[str, pd.Series] = {}
    for name in EVENTS:
        basis = CATALOGUE[name].date_basis
        if not data.has(name, basis):
            continue
        expression: Any = data[name]
        inside = expression.filter(period.holds(expression[basis]))
        keys = {"year": inside[basis].year(), "month": inside[basis].month()}
        grouped = data.collect(inside.group_by(**keys).agg(rows=inside.count()))
        when = pd.to_datetime(grouped[["year", "month"]].astype("int64").assign(day=1))
        counts[name] = pd.Series(grouped["rows"].to_numpy(), index=when).reindex(months, fill_value=0)
    return pd.DataFrame(counts, index=months).T.astype("int64").rename_axis("table")


def column_gaps(data: Dataset) -> pd.DataFrame:
    """One row a column of each table that is there: gaps, share of gaps (0 to 1), whether the source has the column."""
    columns = data.health.columns
    rows = columns["table"].map(data.health.tables["rows_used"]).astype("int64")
    found = columns[["table", "column", "source", "gaps", "imputed"]].assign(
        rows=rows, share_of_gaps=columns["gaps"] / rows.where(rows > 0), there=columns["taken_from"].ne(""),
    )
    return found[rows > 0].reset_index(drop=True)


def by_source(data: Dataset) -> pd.DataFrame:
    """One row a table and source tag: columns, values there, values that could be there, and the share.

    `imputed` values stand in for others and count under that tag, whatever their column says.
    """
    gaps = column_gaps(data)
    gaps = gaps[gaps["there"]]
    own = gaps.assign(values=gaps["rows"] - gaps["gaps"] - gaps["imputed"])
    own["source"] = own["source"].where(own["source"].ne("imputed") | own["imputed"].eq(0), "measured")
    stood = gaps[gaps["imputed"] > 0].assign(source="imputed", values=gaps["imputed"])
    both = pd.concat([own, stood])
    found = both.groupby(["table", "source"], sort=False).agg(
        columns=("column", "nunique"), values=("values", "sum"), possible=("rows", "sum"))
    found["share"] = found["values"] / found["possible"]
    found = found.astype({"values": "int64", "possible": "int64"})
    order = {name: place for place, name in enumerate([*CATALOGUE])}
    found = found.reset_index()
    found = found.assign(_table=found["table"].map(order), _source=found["source"].map(SOURCES.index))
    return found.sort_values(["_table", "_source"], ignore_index=True).drop(columns=["_table", "_source"])
