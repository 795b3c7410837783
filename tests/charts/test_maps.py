"""The maps of data health say their finding, draw what is there, and stand nothing being there."""

from __future__ import annotations

import pandas as pd

from srmkit import charts

GAPS = pd.DataFrame({
    "table": ["suppliers", "suppliers", "items"], "column": ["name", "tax_id", "unit<b>"],
    "share_of_gaps": [0.0, 0.25, 1.0], "gaps": [0, 1, 2], "rows": [4, 4, 2], "there": [True, True, False],
})
MONTHS = pd.DataFrame([[3, 0], [1, 2]], index=pd.Index(["receipts", "invoices"], name="table"),
                      columns=pd.to_datetime(["2026-01-01", "2026-02-01"]))
PAIRS = pd.DataFrame({"bits": [-2.0, 3.0, 41.0], "decision": ["open", "different", "same"]})
STATES = pd.DataFrame({"state": ["apply", "risk"], "entered": [5, 3], "now": [2, 3]})


def test_each_says_its_finding() -> None:
    assert charts.missing_map(GAPS).title == "1 of 2 columns have gaps; 1 are not in the source"
    assert charts.month_map(MONTHS).title == "1 of 4 months of a table are empty"
    assert charts.score_histogram(PAIRS).title == "1 of 3 pairs wait for a decision"
    assert charts.funnel(STATES).title == "2 suppliers are on their way, 3 are looked after"


def test_no_pair_falls_between_two_bars() -> None:
    counts = charts.score_histogram(PAIRS, bar=10.0).data
    assert counts.to_numpy().sum() == len(PAIRS)
    assert counts.index[0] <= -2 < 41 < counts.index[-1] + 5


def test_nothing_to_draw_is_said() -> None:
    for chart in (charts.missing_map(GAPS.iloc[:0]), charts.month_map(MONTHS.iloc[:0]),
                  charts.score_histogram(PAIRS.iloc[:0]), charts.funnel(STATES.assign(entered=0, now=0))):
        assert len(chart.alt) > 20
        assert "<svg" in chart.html() or "<p" in chart.html()


def test_names_from_data_stay_text() -> None:
    assert "unit<b>" not in charts.missing_map(GAPS).html()
