"""Missing figures are decisions: refused in words, or covered by one the result remembers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.scoring import Criterion, Gate, Group, Linear, Scorecard, Steps


def test_a_gap_is_refused_and_the_message_says_who_lacks_what(scorecard, metrics):
    metrics.loc[["Alba", "Dahl"], "growth_rate"] = np.nan
    metrics.loc["Eck", "response_days"] = np.nan
    with pytest.raises(SrmkitError) as error:
        scorecard.score(metrics)
    assert str(error.value) == (
        "scoring with 'suppliers': 2 problems\n"
        "  - 'growth_rate' is missing for Alba, Dahl. Complete it, or score with missing=\"worst\".\n"
        "  - 'response_days' is missing for Eck. Complete it, or score with missing=\"worst\"."
    )


def test_many_who_lack_a_figure_are_counted(scorecard, metrics):
    table = pd.concat([metrics.set_axis(metrics.index + str(copy)) for copy in range(300)])
    table["growth_rate"] = np.nan
    with pytest.raises(SrmkitError, match="is missing for Alba0, Dahl0, Eck0, Fink0, Gold0 and 1,495 more"):
        scorecard.score(table)


def test_a_metric_that_is_not_there_is_refused_with_the_nearest_name(scorecard, metrics):
    with pytest.raises(SrmkitError) as error:
        scorecard.score(metrics.rename(columns={"growth_rate": "growth_rates", "response_days": "x"}))
    assert [str(problem) for problem in error.value.problems] == [
        "'growth_rate' is not among the metrics; found price_index, on_time_rate, growth_rates, x, "
        "certificates_valid. Did you mean 'growth_rates'?",
        "'response_days' is not among the metrics; found price_index, on_time_rate, growth_rates, x, "
        "certificates_valid. Measure it, score with .without('answers'), or with missing=\"reweight\".",
    ]


def test_reweighting_gives_the_weight_to_the_others_of_the_axis(scorecard, metrics):
    metrics.loc["Alba", "price_index"] = np.nan
    scores = scorecard.score(metrics, missing="reweight")
    assert scores.weights.loc["Alba", ["price_index", "on_time_rate"]].to_list() == [0, 1]
    assert scores.axes.loc["Alba", "performance"] == pytest.approx(75)
    assert scores.coverage["Alba"] == pytest.approx(1 - 0.6 * 0.25)
    assert np.isnan(scores.values.loc["Alba", "price_index"])
    assert scores.missing == "reweight"
    assert scores.notes == (
        "A missing figure gives its weight to the other criteria of its axis: 'Price index' for 1 of 5.",
    )


def test_a_composite_with_a_gap_equals_the_reweighted_others(scorecard, metrics):
    gap = metrics.assign(growth_rate=np.nan)
    reweighted = scorecard.score(gap, missing="reweight")
    assert reweighted.total.equals(scorecard.without("growth_rate").score(metrics).total)
    assert (reweighted.coverage < 1).all()


def test_a_criterion_that_nobody_has_is_reported(scorecard, metrics):
    scores = scorecard.score(metrics.drop(columns="growth_rate"), missing="reweight")
    assert scores.notes == (
        "'Growth rate' (30 % of potential) has no figure for any candidate and gives its weight to the other "
        "criteria of its axis.",
    )
    assert scores.weights["answers"].eq(1).all()


def test_worst_counts_a_gap_as_nothing_and_says_so(scorecard, metrics):
    metrics.loc["Alba", "price_index"] = np.nan
    scores = scorecard.score(metrics, missing="worst")
    assert scores.axes.loc["Alba", "performance"] == pytest.approx(75 * 0.75)
    assert scores.contributions.loc["Alba", "price_index"] == 0
    assert np.isnan(scores.values.loc["Alba", "price_index"])
    assert scores.coverage["Alba"] == pytest.approx(0.85)
    assert scores.notes == ("A missing figure counts as worst: 'Price index' for 1 of 5.",)


def test_no_figure_on_an_axis_means_no_total_and_no_rank(scorecard, metrics):
    metrics.loc["Alba", ["on_time_rate", "growth_rate", "response_days"]] = [0.96, np.nan, np.nan]
    scores = scorecard.score(metrics, missing="reweight")
    assert np.isnan(scores.axes.loc["Alba", "potential"])
    assert scores.axes.loc["Alba", "performance"] == pytest.approx(72.5)
    assert np.isnan(scores.total["Alba"])
    assert scores.contributions.loc["Alba"].isna().all()
    assert pd.isna(scores.rank["Alba"])
    assert scores.rank["Eck"] == 1
    assert "No figure on potential, so no total and no rank: Alba." in scores.notes
    assert scores.explain("Alba").text == (
        "Alba has no total: performance 72.5, potential unknown. "
        "Missing: growth rate, answers (60 % of the weight has a figure)."
    )


def test_an_axis_that_nobody_has_figures_on_is_refused(scorecard, metrics):
    with pytest.raises(SrmkitError) as error:
        scorecard.score(metrics.drop(columns=["growth_rate", "response_days"]), missing="reweight")
    assert str(error.value) == (
        "scoring with 'suppliers': 1 problem\n"
        "  - axis 'potential' has no figure for any candidate; found none of 'growth_rate', 'response_days'. "
        "Complete one of them, or use a scorecard without this axis."
    )


def test_another_decision_is_unknown(scorecard, metrics):
    with pytest.raises(SrmkitError, match="'missing' must be refuse, reweight, worst or interval; found 'guess'"):
        scorecard.score(metrics, missing="guess")


def test_a_gate_that_cannot_be_checked_passes_and_is_noted(scorecard, metrics):
    metrics.loc["Gold", "certificates_valid"] = np.nan
    scores = scorecard.score(metrics)
    assert scores.gated.empty
    assert scores.rank["Gold"] == 1
    assert scores.notes == (
        "Gate 'no valid certificate': 'certificates_valid' is missing for Gold; they pass.",
    )


def test_a_gate_may_fail_who_cannot_show_the_figure(metrics):
    gate = Gate("certificates_valid", "no certificate", equals=1, missing="fails")
    card = Scorecard(
        "c", axes=(Group("a", 1, (Criterion("price_index", 1, Linear(110, 90)),)),), gates=(gate,)
    )
    scores = card.score(metrics.drop(columns="certificates_valid"))
    assert scores.rank.isna().all()
    assert scores.notes == (
        "Gate 'no certificate': 'certificates_valid' is missing for all candidates; they fail.",
    )
    assert "found nothing" in scores.explain("Alba").text


@pytest.mark.parametrize(
    ("gate", "passing", "failing", "condition"),
    [
        (Gate("x", "w", at_least=0.3), 0.1 + 0.2, 0.29, "x must be at least 0.3"),
        (Gate("x", "w", at_most=0.3), 0.1 + 0.2, 0.31, "x must be at most 0.3"),
        (Gate("x", "w", equals=0.3), 0.1 + 0.2, 0.31, "x must be 0.3"),
        (Gate("x", "w", equals=0), 0.0, 1.0, "x must be 0"),
    ],
)
def test_a_figure_on_the_limit_passes(gate, passing, failing, condition):
    assert gate.fails(np.array([passing, failing, np.nan])).tolist() == [False, True, False]
    assert gate.condition == condition


def test_figures_that_cannot_be_read_are_told_at_once(metrics):
    card = Scorecard(
        "mixed",
        axes=(
            Group(
                "a",
                1,
                (
                    Criterion("price_index", 1, Linear(110, 90)),
                    Criterion("on_time_rate", 1, Linear(0, 1)),
                    Criterion("audit", 1, Steps({"none": 0, "full": 1})),
                ),
            ),
        ),
    )
    table = metrics.astype({"price_index": object}).assign(audit=["full", "Full", None, "none", "none"])
    table.loc["Dahl", "price_index"] = "n/a"
    table.loc[["Eck", "Fink"], "on_time_rate"] = np.inf
    with pytest.raises(SrmkitError) as error:
        card.score(table)
    assert str(error.value) == (
        "scoring with 'mixed': 4 problems\n"
        "  - 'price_index' is no number for Dahl; found 'n/a'. Write it as a number, or leave it empty.\n"
        "  - 'on_time_rate' is infinite for Eck, Fink. Look for a division by 0 where it was measured.\n"
        "  - 'audit' is no step of its scale for Dahl; found 'Full'. Steps are: none, full.\n"
        "  - 'audit' is missing for Eck. Complete it, or score with missing=\"worst\"."
    )


def test_a_candidate_stands_once(scorecard, metrics):
    with pytest.raises(SrmkitError, match="the candidates must each stand once; found 'Alba' more than once"):
        scorecard.score(pd.concat([metrics, metrics.loc[["Alba"]]]))


def test_a_metric_stands_once(scorecard, metrics):
    table = pd.concat([metrics, metrics[["growth_rate"]]], axis=1)
    with pytest.raises(
        SrmkitError, match="the metrics must each stand once; found 'growth_rate' more than once"
    ):
        scorecard.score(table)
