"""What the explorer shows of each study: one chart, one table, one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from srmkit import charts
from srmkit.charts import Chart, ReadableTable
from srmkit.decisions.reasons import ReasonSheet
from srmkit.language import marked, say

MOST_ROWS, MOST_MOVERS = 15, 30
BY_NAME = (marked("{count:,} more is not shown; below, under \"Why?\", it can be chosen by its name."),
           "{count:,} more are not shown; below, under \"Why?\", each can be chosen by its name.")
MORE_MOVE = ("{count:,} more move.",) * 2


@dataclass(frozen=True)
class View:
    """A glance at a study's result."""

    chart: Chart
    table: ReadableTable
    sentence: str


def view_of(study: Any) -> View:
    """The glance that belongs to this study."""
    if getattr(study, "matrix", None) is None:
        return _of_lights(study)
    chart = charts.portfolio_matrix(study.positions(), study.matrix, clouds=study.clouds(), size_label=study.amount)
    return View(chart, charts.table(study.glance(), most_rows=MOST_ROWS, more=BY_NAME), study.headline())


def _of_lights(study: Any) -> View:
    chart = charts.acceptability_bars(study.light_chances(), certainty=study.light_certainty(),
                                      title=marked("Chance of each light"))
    table = charts.table(study.glance(), most_rows=MOST_ROWS, labels={"segment": marked("light")}, more=BY_NAME)
    return View(chart, table, study.headline())


def reasons_html(sheet: ReasonSheet) -> str:
    """One candidate's reason sheet: sentences, points by criterion, chance of each class."""
    counted = "there" in sheet.points  # needs of a decision, not criteria of a scorecard
    points = charts.table(
        sheet.points.infer_objects(), sheet.title, most_rows=40,
        formats={"figure": "figure", "share": "percent", "wanted": "share", "worth": "points", "lost": "points"},
        labels={"worth": say("worth of 100")},
    )
    classes = charts.table(
        sheet.classes, say("Chance of each light") if counted else say("Chance of each class"),
        labels={"segment": marked("light")} if counted else {},
    )
    return charts.words(sheet.sentences)._repr_html_() + points._repr_html_() + classes._repr_html_()


def moves_html(moves: pd.DataFrame, sentence: str) -> str:
    """Who moves between two settings, under the sentence that says how many and why."""
    shown = charts.table(moves, say("Who moves"), most_rows=MOST_MOVERS, more=MORE_MOVE, labels={
        "certainty_before": say("certainty before"), "certainty_after": say("certainty after"),
        "because": say("because of")})
    return charts.words(sentence)._repr_html_() + shown._repr_html_()
