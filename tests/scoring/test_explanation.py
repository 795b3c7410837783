"""Why a candidate scores what it scores, in a table and in sentences made of its numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.language import Language, speaking
from srmkit.rounding import said_in
from srmkit.scoring import Criterion, Group, Linear, Scorecard


@dataclass(frozen=True)
class Sold:
    """Metrics whose amounts are in a currency."""

    values: pd.DataFrame
    evidence: pd.DataFrame
    currency: str


def test_the_table_adds_up_to_the_total_and_to_what_is_lost(scorecard, metrics):
    frame = scorecard.score(metrics).explain("Dahl").frame
    assert frame.columns.to_list() == [
        "axis",
        "label",
        "raw",
        "unit",
        "value",
        "weight",
        "contribution",
        "loss",
        "behind",
    ]
    # 0.6 x (0.25 x 0.75 + 0.75 x 0.5) + 0.4 x (0.3 x 0.75 + 0.7 x 0.5)
    assert frame["contribution"].sum() == pytest.approx(56.75)
    assert frame["loss"].sum() == pytest.approx(100 - 56.75)
    assert frame["weight"].to_list() == pytest.approx([0.15, 0.45, 0.12, 0.28])
    assert frame.loc["answers", "raw"] == 5


def test_the_sentences_name_rank_gains_and_losses(scorecard, metrics):
    assert scorecard.score(metrics).explain("Dahl").sentences == (
        "Dahl scores 56.8 of 100 (rank 4 of 4): performance 56.2, potential 57.5.",
        "Most points come from on time rate (0.9): 22.5 of 45.0, answers (5): 14.0 of 28.0, "
        "price index (95 index): 11.2 of 15.0.",
        "Most are lost on on time rate (0.9): 22.5 of 45.0, answers (5): 14.0 of 28.0, "
        "price index (95 index): 3.8 of 15.0.",
    )


def test_the_best_loses_nothing_and_a_failed_gate_is_named(scorecard, metrics):
    text = scorecard.score(metrics).explain("Gold").text
    assert "Gold scores 100.0 of 100 (without a rank)" in text
    assert "lost" not in text
    assert "It fails the gate 'no valid certificate': certificates_valid must be at least 1, found 0." in text


def test_what_is_missing_is_said(scorecard, metrics):
    metrics.loc["Dahl", "growth_rate"] = np.nan
    reweighted = scorecard.score(metrics, missing="reweight").explain("Dahl")
    assert reweighted.sentences[-1] == (
        "Missing: growth rate; the other criteria of the axis carry the weight "
        "(88 % of the weight has a figure)."
    )
    assert np.isnan(reweighted.frame.loc["growth_rate", "value"])
    worst = scorecard.score(metrics, missing="worst").explain("Dahl")
    assert worst.sentences[-1] == (
        "Missing and counted as worst: growth rate (88 % of the weight has a figure)."
    )
    assert worst.frame["loss"].sum() == pytest.approx(100 - worst.frame["contribution"].sum())


def test_large_figures_are_written_as_people_write_them(scorecard, metrics):
    metrics.loc["Dahl", "response_days"] = 12345.6
    assert "answers (12,346)" in scorecard.score(metrics).explain("Dahl").text


def test_a_single_axis_is_not_repeated(scorecard, metrics):
    text = scorecard.without("potential").score(metrics).explain("Gold").text
    assert text.startswith("Gold scores 100.0 of 100 (without a rank). Most")


def test_who_was_not_scored_cannot_be_explained(scorecard, metrics):
    with pytest.raises(SrmkitError, match="'Huth' was not scored; found Alba, Dahl, Eck, Fink, Gold"):
        scorecard.score(metrics).explain("Huth")


@pytest.mark.parametrize(("figure", "unit", "english", "chinese"), [
    (0.971, "share of lines", "97.1 % of lines", "97.1%（按行）"),
    (-0.179, "share of last period", "-17.9 % against last period", "-17.9%（相对上期）"),
    (0.971, "share", "97.1 %", "97.1%"),
    (0.971, "share of our own making", "97.1 % of our own making", "97.1%of our own making"),
    (97.1, "percent of standard", "97.1 % of standard", "97.1%（占标准价）"),
    (2.3333, "points 1 to 5", "2.33 on a scale of 1 to 5", "2.33 分（量表 1 至 5）"),
    (1832, "points 0 to 10,000", "1,832 on a scale of 0 to 10,000", "1,832 分（量表 0 至 10,000）"),
    (1832, "points up to 10,000", "1,832 on a scale of 0 to 10,000", "1,832 分（量表 0 至 10,000）"),
    (98.2, "index, 100 = as agreed", "98.2, where 100 is as agreed", "98.2（100 为约定价）"),
    (1_240_000, "currency a year", "1,240,000 EUR a year", "€1,240,000/年"),
    (-1_240_000, "currency", "-1,240,000 EUR", "-€1,240,000"),
    (3, "suppliers", "3 suppliers", "3 家"),
    (1, "suppliers", "1 supplier", "1 家"),
    (0.9996, "product lines", "1 product line", "1 条"),
    (12.5, "days", "12.5 days", "12.5 天"),
    (1, "shares", "1 shares", "1 占比"),
    (1, "shareholders", "1 shareholders", "1 shareholders"),
    (7, "", "7", "7"),
])
def test_a_figure_is_said_with_its_unit(figure: float, unit: str, english: str, chinese: str) -> None:
    said = []
    for language in ("en", "zh"):
        with speaking(language):
            said.append(said_in(figure, unit, "EUR"))
    assert said == [english, chinese]


def test_amounts_in_a_currency_that_nobody_knows_name_none():
    assert said_in(14_220, "currency a year") == "14,220 a year"
    assert said_in(14_220, "currency") == "14,220"
    with speaking("zh"):
        assert said_in(14_220, "currency a year") == "14,220/年"


@pytest.mark.parametrize(("language", "explained", "moved"), [
    ("en", "revenue (1,240,000 USD a year)", "revenue from 1,240,000 to 1,600,000 USD a year"),
    ("zh", "收入 US$1,240,000/年", "收入由 US$1,240,000 到 US$1,600,000/年"),
])
def test_amounts_are_in_the_currency_of_the_metrics(language: Language, explained: str, moved: str) -> None:
    revenue = Criterion("revenue", weight=1, scale=Linear(worst=0, best=2e6), label="Revenue", unit="currency a year")
    card = Scorecard("accounts", axes=(Group("size", 1, (revenue,)),))
    sold = Sold(pd.DataFrame({"revenue": [1_240_000.0]}, index=["Alba"]), pd.DataFrame(), "USD")
    with speaking(language):
        scores = card.score(sold)
        assert explained in scores.explain("Alba").text
        assert moved in scores.path_up("Alba", points=80).sentence
