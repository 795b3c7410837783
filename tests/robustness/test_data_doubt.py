"""What the figures leave open: counted rates, means with an error, judgements, gaps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad
from scipy.stats import beta, norm, truncnorm

from srmkit.bands import Bands
from srmkit.robustness import Doubt, axis_draws, class_acceptability, grade_shares, winning_indices
from srmkit.scoring import Criterion, Group, Linear, Scorecard, Steps
from srmkit.segmentation import kraljic

DATA = Doubt(concentration=None, cut_band=0, draws=16384, seed=7)
ERROR = 2 / 16384**0.5  # four standard errors of a share of draws, at their largest


def two(risk: Criterion, impact: Criterion) -> Scorecard:
    return Scorecard("two", axes=(Group("supply_risk", 1, (risk,)), Group("profit_impact", 1, (impact,))))


RATES = two(Criterion("late_rate", 1, Linear(worst=0, best=0.2)), Criterion("spend_share", 1, Linear(worst=0, best=1)))
SCORED = two(Criterion("risk", 1, Linear(worst=0, best=1)), Criterion("impact", 1, Linear(worst=0, best=1)))


@pytest.mark.parametrize(("events", "n"), [(1, 20), (93, 1000), (0, 12), (3, 3)])
def test_a_counted_rate_is_as_unsure_as_its_counts(measured: Callable[..., object], events: int, n: int) -> None:
    """Jeffreys: Beta(events + 1/2, others + 1/2); Brown, Cai & DasGupta 2001, Statistical Science 16(2), 101-133."""
    table = pd.DataFrame({"late_rate": [events / n], "spend_share": [1.0]}, index=["Alloy"])
    known = measured(table, [{"candidate": "Alloy", "metric": "late_rate", "value": events / n,
                              "events": events, "n": n, "source": "measured"}])
    sure = class_acceptability(RATES.score(known), kraljic(), DATA)

    high = beta.sf(0.1, events + 0.5, n - events + 0.5)  # half of the way to a rate of .2
    assert sure.probabilities.loc["Alloy", "strategic"] == pytest.approx(high, abs=ERROR)


def test_nineteen_of_twenty_against_930_of_a_thousand(measured: Callable[..., object]) -> None:
    """Few good deliveries lead many good ones in 587 of 1,000 cases: the integral of both beta densities (Jeffreys)."""
    card = Scorecard("one", axes=(Group("on_time", 1, (Criterion("on_time_rate", 1, Linear(worst=0, best=1)),)),))
    table = pd.DataFrame({"on_time_rate": [0.95, 0.93]}, index=["Alloy", "Dahl"])
    known = measured(table, [
        {"candidate": name, "metric": "on_time_rate", "value": events / n, "events": events, "n": n}
        for name, events, n in (("Alloy", 19, 20), ("Dahl", 930, 1000))
    ])
    scores = card.score(known)
    few, many = beta(19.5, 1.5), beta(930.5, 70.5)
    ahead, _ = quad(lambda rate: few.sf(rate) * many.pdf(rate), 0.85, 0.99, points=[0.93])
    row = winning_indices(scores, DATA, ["Alloy", "Dahl"]).iloc[0]
    good = grade_shares(scores, Bands(("good", "poor"), (95,)), DATA)["good"]

    assert ahead == pytest.approx(0.587, abs=1e-3)
    assert row["ahead"] == pytest.approx(ahead, abs=ERROR)
    assert few.sf(0.95) == pytest.approx(0.43, abs=5e-3)
    assert many.sf(0.95) == pytest.approx(0.003, abs=5e-4)
    assert good.tolist() == pytest.approx([few.sf(0.95), many.sf(0.95)], abs=ERROR)


def test_means_with_an_error_follow_a_normal_distribution(measured: Callable[..., object]) -> None:
    """.58 (error .06) and .55 (error .08) are both .5 or more with .90879 x .73401 = .66706."""
    table = pd.DataFrame({"risk": [0.58], "impact": [0.55]}, index=["Alloy"])
    known = measured(table, [
        {"candidate": "Alloy", "metric": "risk", "value": 0.58, "sd": 0.06, "source": "measured"},
        {"candidate": "Alloy", "metric": "impact", "value": 0.55, "sd": 0.08, "source": "measured"},
    ])
    sure = class_acceptability(SCORED.score(known), kraljic(), DATA)

    assert norm.cdf(0.08 / 0.06) * norm.cdf(0.05 / 0.08) == pytest.approx(0.66706, abs=1e-5)
    assert sure.probabilities.loc["Alloy", "strategic"] == pytest.approx(0.66706, abs=ERROR)
    assert sure.by_doubt.loc["Alloy", ["weights", "cuts"]].tolist() == [0, 0]
    assert sure.matters_most["Alloy"] == "data"


def test_raters_cannot_go_beyond_the_ends_of_their_scale(measured: Callable[..., object]) -> None:
    """A judged mean of .55 with an error of .4 on a scale from 0 to 1: a normal distribution cut off at both ends."""
    table = pd.DataFrame({"risk": [0.55], "impact": [1.0]}, index=["Alloy"])
    known = measured(table, [{"candidate": "Alloy", "metric": "risk", "value": 0.55, "sd": 0.4, "source": "judged"}])
    sure = class_acceptability(SCORED.score(known), kraljic(), DATA)

    high = truncnorm.sf(0.5, -0.55 / 0.4, 0.45 / 0.4, loc=0.55, scale=0.4)
    assert sure.probabilities.loc["Alloy", "strategic"] == pytest.approx(high, abs=ERROR)


def test_a_missing_figure_may_lie_anywhere_on_its_scale(card: Callable[..., Scorecard]) -> None:
    """Known half at .8, missing half even from 0 to 1: the score is .5 or more from .2 on, in four cases of five."""
    table = pd.DataFrame({"sources": [0.8], "lead_time": [np.nan], "spend": [1.0], "margin": [1.0]})
    even = card({"supply_risk": {"sources": 1, "lead_time": 1}, "profit_impact": {"spend": 1, "margin": 1}})
    sure = class_acceptability(even.score(table, missing="reweight"), kraljic(), DATA)

    assert sure.probabilities.loc[0, "strategic"] == pytest.approx(0.8, abs=ERROR)


def test_amounts_without_evidence_are_certain(card: Callable[..., Scorecard], table: pd.DataFrame) -> None:
    assert (class_acceptability(card().score(table), kraljic(), DATA).certainty == 1).all()


def test_a_rate_by_value_goes_by_its_error_and_not_by_its_counts(measured: Callable[..., object]) -> None:
    """Half of the value late in 1 of 20 lines is no rate of 1 in 20; without an error it is taken as it is."""
    table = pd.DataFrame({"late_rate": [0.5], "spend_share": [1.0]}, index=["Alloy"])
    known = measured(table, [{"candidate": "Alloy", "metric": "late_rate", "value": 0.5, "events": 1, "n": 20,
                              "source": "measured"}])
    assert class_acceptability(RATES.score(known), kraljic(), DATA).certainty["Alloy"] == 1


def test_one_metric_behind_two_criteria_carries_its_evidence_to_both(measured: Callable[..., object]) -> None:
    twice = two(Criterion("late", 1, Linear(worst=0, best=1), metric="late_rate"),
                Criterion("slack", 1, Linear(worst=1, best=0), metric="late_rate"))
    known = measured(pd.DataFrame({"late_rate": [0.5]}, index=["Alloy"]),
                     [{"candidate": "Alloy", "metric": "late_rate", "value": 0.5, "events": 5, "n": 10,
                       "source": "measured"}])
    draws = axis_draws(twice.score(known), DATA)
    variance = 1e4 * beta.var(5.5, 5.5)
    for drawn in draws.axes.values():
        assert drawn.mean() == pytest.approx(50, abs=4 * (variance / 16384) ** 0.5)
        assert drawn.var() == pytest.approx(variance, rel=0.05)


def test_words_have_no_error_but_gaps_have(measured: Callable[..., object]) -> None:
    words = two(Criterion("risk", 1, Steps({"none": 0, "some": 0.6, "full": 1})),
                Criterion("impact", 1, Linear(worst=0, best=1)))
    table = pd.DataFrame({"risk": ["some", None], "impact": [1.0, 1.0]}, index=["Alloy", "Bearing"])
    known = measured(table, [{"candidate": "Alloy", "metric": "risk", "sd": 3.0, "source": "judged"}])
    draws = axis_draws(words.score(known, missing="worst"), DATA).axes["supply_risk"]

    assert draws[:, 0] == pytest.approx(60)
    assert draws[:, 1].mean() == pytest.approx(50, abs=4 * 100 / 12**0.5 / 128)


def test_the_same_seed_draws_the_same_figures_and_another_one_others(card: Callable[..., Scorecard]) -> None:
    table = pd.DataFrame({"sources": [np.nan], "lead_time": [0.5], "spend": [1.0], "margin": [1.0]})
    first, again, other = (
        axis_draws(card().score(table, missing="worst"), Doubt(concentration=None, seed=seed)).axes["supply_risk"]
        for seed in (0, 0, 1)
    )
    assert (first == again).all()
    assert (first != other).mean() > 0.99
