"""Counting where the data lie: rows with a value, rows by value, and medians that are alike on every engine."""

from __future__ import annotations

from typing import Any

from srmkit.tables.engine import Table, row, so_far


def known(rows: Table, *columns: str) -> Table:
    """Rows with a value in each of these columns."""
    return rows.filter(*(row[name].notnull() for name in columns)) if columns else rows


def by_value(rows: Table, value: Any) -> Table:
    """How often (`rows`) each `value` is there; gaps are none."""
    return known(rows.select(value=value), "value").group_by("value").agg(rows=row.count())


def medians(counted: Table, by: str, value: str) -> Table:
    """The median of `value` within each `by`, as its two middle values, `low` and `high`, and `rows` of them all.

    `counted` has one row a group and value, with the number of `rows` that have it. Engines compute medians in
    different ways or not at all; a running sum of counts they have in common.
    """
    running = counted.mutate(up_to=so_far(row.rows, by=[by], along=value))
    placed = running.join(counted.group_by(by).agg(all=row.rows.sum()), by)
    return placed.group_by(by).agg(
        low=_first(2 * row.up_to >= row["all"], value), high=_first(2 * row.up_to > row["all"], value),
        rows=row["all"].max(),
    )


def _first(reached: Any, value: str) -> Any:
    return reached.ifelse(row[value], None).min()
