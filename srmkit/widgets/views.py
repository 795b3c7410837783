"""What the explorer shows of each study: one chart, one table, one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from srmkit import charts
from srmkit.charts import Chart, ReadableTable


@dataclass(frozen=True)
class View:
    """A glance at a study's result."""

    chart: Chart
    table: ReadableTable
    sentence: str


def view_of(study: Any) -> View:
    """The glance that belongs to this study."""
    chart = charts.portfolio_matrix(study.positions(), study.matrix, clouds=study.clouds(), size_label=study.amount,
                                    title=study.headline())
    return View(chart, charts.table(study.glance(), most_rows=15), study.headline())
