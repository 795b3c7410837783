"""Which criterion makes a total or a class uncertain."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.robustness import (
    Between,
    Doubt,
    Ordered,
    axis_draws,
    class_acceptability,
    class_sensitivity,
    score_sensitivity,
    sobol_shares,
)
from srmkit.scoring import Scorecard, Scores
from srmkit.segmentation import kraljic


def test_the_function_of_ishigami_and_homma() -> None:
    """sin x1 + 7 sin^2 x2 + .1 x3^4 sin x1 on (-pi, pi): indices in closed form (Saltelli et al. 2008)."""
    found = sobol_shares(
        lambda x: np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0]),
        {name: (lambda p: (2 * p - 1) * np.pi) for name in ("x1", "x2", "x3")}, draws=16384, seed=7,
    )
    assert found["first"].tolist() == pytest.approx([0.313905, 0.442411, 0.0], abs=0.02)
    assert found["total"].tolist() == pytest.approx([0.557589, 0.442411, 0.243684], abs=0.02)
    exact = {"first": [0.313905, 0.442411, 0.0], "total": [0.557589, 0.442411, 0.243684]}
    for order, values in exact.items():
        assert ((found[order] - values).abs() < 5 * found[f"{order}_error"] + 1e-3).all()


@pytest.fixture
def gaps(scored: Callable[..., Scores]) -> Scores:
    """One candidate without any figure: each value lies evenly from 0 to 1."""
    table = pd.DataFrame(np.full((1, 3), np.nan), columns=list("abc"), index=["Alba"])
    return scored(table, axes={"x": {"a": 50, "b": 30, "c": 20}}, missing="worst")


def test_an_additive_score_of_even_values(gaps: Scores) -> None:
    """Weights .5, .3, .2: 25/38, 9/38, 4/38 in closed form, and the same by sampling."""
    found = score_sensitivity(gaps, Doubt(seed=7))
    assert found.data.loc["Alba"].tolist() == pytest.approx([25 / 38, 9 / 38, 4 / 38], abs=1e-3)
    assert found.sd.loc["Alba", "data"] == pytest.approx(100 * (0.38 / 12) ** 0.5, rel=1e-3)

    sampled = sobol_shares(lambda x: np.array([0.5, 0.3, 0.2]) @ x, {name: (lambda p: p) for name in "abc"},
                           draws=16384, seed=7)
    assert sampled["first"].tolist() == pytest.approx([25 / 38, 9 / 38, 4 / 38], abs=0.01)
    assert sampled["total"].tolist() == pytest.approx([25 / 38, 9 / 38, 4 / 38], abs=0.01)


@pytest.mark.parametrize("concentration", [10, 60])
def test_weights_by_the_variance_of_a_dirichlet_distribution(
    scored: Callable[..., Scores], concentration: float
) -> None:
    """w (v - total)^2 / (c + 1), summed: weights .5, .3, .2 on values .9, .5, .1."""
    table = pd.DataFrame([[0.9, 0.5, 0.1]], columns=list("abc"), index=["Alba"])
    found = score_sensitivity(scored(table, axes={"x": {"a": 50, "b": 30, "c": 20}}),
                              Doubt(concentration=concentration, data=False, seed=7))
    weights, off = np.array([0.5, 0.3, 0.2]), np.array([0.9, 0.5, 0.1]) - 0.62
    parts = weights * off**2
    assert found.weights.loc["Alba"].tolist() == pytest.approx((parts / parts.sum()).tolist())
    assert found.sd.loc["Alba", "weights"] == pytest.approx(100 * (parts.sum() / (concentration + 1)) ** 0.5)
    assert found.data.isna().all(axis=None)


@pytest.mark.parametrize("settings", [
    {"concentration": 20}, {"concentration": "uniform"},
    {"weights": (Ordered(("lead_time", "sources")), Between("supply_risk", 0.3, 0.6))},
], ids=["about", "any", "statements"])
def test_exact_spreads_are_what_draws_come_near(
    scored: Callable[..., Scores], table: pd.DataFrame, settings: dict[str, object]
) -> None:
    scores, doubt = scored(table), Doubt(data=False, draws=16384, seed=7, **settings)
    found, drawn = score_sensitivity(scores, doubt), axis_draws(scores, doubt)
    weights = drawn.weights.to_numpy()
    assert found.sd["weights"].tolist() == pytest.approx(drawn.total.std(axis=0).tolist(), rel=0.03)
    points = 100 * scores.values.to_numpy()
    for place, name in enumerate(scores.values.index):
        parts = weights * (points[place] - drawn.total[:, place].mean())
        shares = [np.cov(part, drawn.total[:, place])[0, 1] / drawn.total[:, place].var(ddof=1) for part in parts.T]
        assert found.weights.loc[name].tolist() == pytest.approx(shares, abs=0.03)


values = st.integers(0, 10).map(lambda step: step / 10)


@settings(max_examples=30, deadline=None)
@given(rows=st.lists(st.tuples(*[st.one_of(st.none(), values)] * 4), min_size=1, max_size=4),
       concentration=st.sampled_from([5, 60, "uniform"]))
def test_shares_add_up_and_a_dirichlet_distribution_never_gives_one_below_0_on_one_axis(
    scored: Callable[..., Scores], rows: list[tuple[float | None, ...]], concentration: object
) -> None:
    table = pd.DataFrame(rows, columns=list("abcd"), dtype=float).fillna({"a": 0.5})
    scores = scored(table, axes={"x": dict(zip("abcd", (4, 3, 2, 1), strict=True))}, missing="reweight")
    found = score_sensitivity(scores, Doubt(concentration=concentration, seed=7))
    for shares in (found.weights, found.data):
        known = shares.dropna()
        assert np.allclose(known.sum(axis=1), 1)
        assert (known >= -1e-9).all(axis=None)
    assert (found.data.isna().all(axis=1) == table.notna().all(axis=1)).all()


def test_a_class_that_one_figure_decides_is_all_its_own(
    scored: Callable[..., Scores], card: Callable[..., Scorecard]
) -> None:
    """Only `sources` is unknown and in doubt: it takes all of the variance, first order and total."""
    table = pd.DataFrame({"sources": [np.nan], "lead_time": [0.5], "spend": [0.9], "margin": [0.8]}, index=["Resin"])
    scores = scored(table, missing="reweight")
    doubt = Doubt(concentration=None, cut_band=0, draws=4096, seed=7)
    found = class_sensitivity(scores, kraljic(), "Resin", doubt)
    assert found.index.tolist() == [("data", "sources")]
    assert found.loc[("data", "sources"), "total"] == pytest.approx(1, abs=0.02)
    assert found.loc[("data", "sources"), "first"] == pytest.approx(1, abs=0.02)


def test_the_gamma_form_of_the_weights_gives_the_same_class_probability(
    scored: Callable[..., Scores], table: pd.DataFrame
) -> None:
    """A weight of two on which a class hangs: both gammas matter alike, and what does not matter has nothing."""
    doubt = Doubt(concentration=60, data=False, cut_band=0, draws=16384, seed=7)
    scores = scored(table)
    level = float(scores.axes.loc["Alloy", "supply_risk"])
    matrix = kraljic(risk_cut=level - 0.5)
    found = class_sensitivity(scores, matrix, "Alloy", doubt)["total"]
    share = class_acceptability(scores, matrix, doubt).certainty["Alloy"]

    assert 0.2 < share < 0.8
    assert found["weights", "sources"] > 0.3
    assert found["weights", "lead_time"] > 0.3
    assert abs(found["weights", "spend"]) < 0.02


def test_a_class_that_never_changes_has_nothing_to_share(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    found = class_sensitivity(scored(table), kraljic(), "Carton", Doubt(concentration=500, seed=7))
    assert found["total"].isna().all()
    still = class_sensitivity(scored(table), kraljic(), "Carton", Doubt(concentration=None, cut_band=0, seed=7))
    assert still.empty


def test_what_cannot_be_asked_is_named(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    with pytest.raises(SrmkitError) as told:
        class_sensitivity(scored(table), kraljic(), "Eyelet",
                          Doubt(weights=Ordered(("sources", "lead_time")), seed=7))
    assert str(told.value).splitlines() == [
        "sensitivity of a class: 2 problems",
        "  - 'Eyelet' is not among the candidates. Take the name from the scores.",
        "  - weights under statements do not vary independently. "
        "Ask with a concentration, or see score_sensitivity.",
    ]
