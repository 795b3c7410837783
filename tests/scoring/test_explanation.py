"""Why a candidate scores what it scores, in a table and in sentences made of its numbers."""

from __future__ import annotations

import numpy as np
import pytest

from srmkit.errors import SrmkitError
from srmkit.language import speaking
from srmkit.rounding import said_in


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


@pytest.mark.parametrize(("unit", "english", "chinese"), [
    ("share of lines", "97.1 % of lines", "97.1%（按行）"),
    ("share of last period", "97.1 % of last period", "97.1%（相对上期）"),
    ("share", "97.1 %", "97.1%"),
    ("share of our own making", "97.1 % of our own making", "97.1%of our own making"),
])
def test_shares_are_said_as_per_cent(unit: str, english: str, chinese: str) -> None:
    for language, said in (("en", english), ("zh", chinese)):
        with speaking(language):
            times, after = said_in(unit)
        assert f"{times * 0.971:.1f}{after}" == said


@pytest.mark.parametrize("unit", ["shares", "shareholders", "days"])
def test_other_units_stand_behind_the_figure_as_it_is(unit: str) -> None:
    assert said_in(unit) == (1.0, f" {unit}")
