"""Pictures, tables and words for people: every chart states its finding and never relies on colour alone."""

from srmkit.charts.acceptability import acceptability_bars
from srmkit.charts.bars import hours_against_capacity, top_k_curve, tornado
from srmkit.charts.chart import Chart
from srmkit.charts.in_language import Charts
from srmkit.charts.maps import funnel, missing_map, month_map, score_histogram
from srmkit.charts.portfolio import portfolio_matrix
from srmkit.charts.shares import mosaic, pareto, whale
from srmkit.charts.slope import slope
from srmkit.charts.tables import ReadableTable, table
from srmkit.charts.weights import consistency_gauge, rater_weights, value_curves
from srmkit.charts.words import Words, words

__all__ = [
    "Chart",
    "Charts",
    "ReadableTable",
    "Words",
    "acceptability_bars",
    "consistency_gauge",
    "funnel",
    "hours_against_capacity",
    "missing_map",
    "month_map",
    "mosaic",
    "pareto",
    "portfolio_matrix",
    "rater_weights",
    "score_histogram",
    "slope",
    "table",
    "top_k_curve",
    "tornado",
    "value_curves",
    "whale",
    "words",
]
