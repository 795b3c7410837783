"""Drawn weights: about the stated ones, as far off as the concentration says, and the same for everyone."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import numpy as np
import pandas as pd
import pytest

from srmkit.robustness import Doubt, axis_draws, few_draws
from srmkit.scoring import Scorecard, Scores

STATED = np.array([0.5, 0.3, 0.2])


@pytest.fixture
def drawn(scored: Callable[..., Scores]) -> Callable[..., np.ndarray]:
    """Drawn weights of one axis of three criteria, draws x criteria."""
    one = scored(pd.DataFrame({"a": [0.5], "b": [0.5], "c": [0.5]}), axes={"x": {"a": 50, "b": 30, "c": 20}})

    def draw(**settings: object) -> np.ndarray:
        return axis_draws(one, Doubt(data=False, **{"seed": 7, **settings})).weights.to_numpy()

    return draw


@pytest.mark.parametrize("concentration", [10, 60, 240])
def test_they_scatter_about_the_stated_ones_as_a_dirichlet_distribution(
    drawn: Callable[..., np.ndarray], concentration: float
) -> None:
    """Mean w and variance w (1 - w) / (c + 1): the moments of a Dirichlet distribution with parameters c w."""
    weights = drawn(concentration=concentration)
    variance = STATED * (1 - STATED) / (concentration + 1)

    assert np.allclose(weights.sum(axis=1), 1)
    assert (np.abs(weights.mean(axis=0) - STATED) < 4 * np.sqrt(variance / 4096)).all()
    assert weights.var(axis=0) == pytest.approx(variance, rel=0.03)


@pytest.mark.parametrize("count", [3, 5, 10])
def test_weights_that_may_be_anything_fill_the_simplex_evenly(scored: Callable[..., Scores], count: int) -> None:
    """Moments of Dirichlet(1, ..., 1): mean 1/n, variance (n - 1)/(n^2 (n + 1)), covariance -1/(n^2 (n + 1)).

    In order of size they are the rank-order centroid on average (of three 11/18, 5/18, 2/18). Uniform numbers over
    their sum, the usual mistake, have a variance of .032 instead of 1/18 for three weights.
    """
    names = [f"c{place}" for place in range(count)]
    one = scored(pd.DataFrame([[0.5] * count], columns=names), axes={"x": dict.fromkeys(names, 1.0)})
    weights = axis_draws(one, Doubt(concentration="uniform", data=False, draws=16384, seed=7)).weights.to_numpy()
    error = 4 * weights.std(axis=0) / 128
    spread = 1 / (count**2 * (count + 1))
    products = (weights - 1 / count)[:, :, None] * (weights - 1 / count)[:, None, :]
    centroid = [sum(1 / place for place in range(rank, count + 1)) / count for rank in range(1, count + 1)]
    in_order = -np.sort(-weights, axis=1)

    assert (np.abs(weights.mean(axis=0) - 1 / count) <= error).all()
    moments = (np.eye(count) * count - 1) * spread
    assert (np.abs(products.mean(axis=0) - moments) <= 4 * products.std(axis=0) / 128).all()
    assert (np.abs(in_order.mean(axis=0) - centroid) <= 4 * in_order.std(axis=0) / 128).all()


def test_certain_weights_are_the_stated_ones_in_every_draw(drawn: Callable[..., np.ndarray]) -> None:
    assert (drawn(concentration=None) == STATED).all()


@pytest.mark.parametrize("concentration", [60, "uniform"])
def test_a_criterion_of_0_points_stays_without_weight(
    scored: Callable[..., Scores], concentration: float | str
) -> None:
    scores = scored(pd.DataFrame({"a": [1.0], "b": [0.5], "c": [0.2]}), axes={"x": {"a": 50, "b": 50, "c": 0}})
    weights = axis_draws(scores, Doubt(concentration=concentration, seed=7)).weights
    assert (weights["c"] == 0).all()
    assert weights["a"].std() > 0


def test_the_weights_of_the_axes_are_in_doubt_too(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    scores = scored(table, points={"supply_risk": 75.0, "profit_impact": 25.0})
    weights = axis_draws(scores, Doubt(seed=7)).weights
    share = weights["sources"] + weights["lead_time"]

    assert np.allclose(weights.sum(axis=1), 1)
    assert share.mean() == pytest.approx(0.75, abs=4 * (0.75 * 0.25 / 61 / 4096) ** 0.5)
    assert share.var() == pytest.approx(0.75 * 0.25 / 61, rel=0.03)


def test_the_same_seed_gives_the_same_weights_and_another_one_others(drawn: Callable[..., np.ndarray]) -> None:
    assert (drawn(seed=0) == drawn(seed=0)).all()
    assert (drawn(seed=0) != drawn(seed=1)).all()


def test_any_number_of_draws_will_do(drawn: Callable[..., np.ndarray]) -> None:
    assert [len(drawn(draws=draws)) for draws in (1, 100, 128)] == [1, 100, 128]


@pytest.mark.parametrize("data", [False, True])
def test_neither_order_nor_a_newcomer_changes_what_is_drawn_for_the_others(
    card: Callable[..., Scorecard], table: pd.DataFrame, data: bool
) -> None:
    with_gap = table.assign(margin=[0.3, np.nan, 0.4, 0.2])
    newcomer = pd.DataFrame([[0.5, np.nan, 0.5, 0.5]], columns=table.columns, index=["Eyelet"])
    doubt = Doubt(data=data, draws=256, seed=7)

    first = axis_draws(card().score(with_gap, missing="reweight"), doubt)
    after = axis_draws(card().score(pd.concat([newcomer, with_gap[::-1]]), missing="reweight"), doubt)

    assert first.weights.equals(after.weights)
    places = after.candidates.get_indexer(first.candidates)
    for axis, drawn in first.axes.items():
        assert after.axes[axis][:, places] == pytest.approx(drawn, abs=1e-9)
    assert after.total[:, places] == pytest.approx(first.total, abs=1e-9)


def test_clouds_lie_about_the_scores(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    """Variance of a weighted mean of two values under beta weights: (difference)^2 w (1 - w) / (c + 1)."""
    scores = scored(table)
    clouds = axis_draws(scores, Doubt(data=False, seed=7)).clouds()
    spread = 100 * (table["sources"] - table["lead_time"]).abs() * (0.6 * 0.4 / 61) ** 0.5

    assert clouds["supply_risk_mean"].tolist() == pytest.approx(scores.axes["supply_risk"].tolist(), abs=0.1)
    assert clouds["supply_risk_sd"].tolist() == pytest.approx(spread.tolist(), rel=0.03)


@pytest.mark.parametrize("block", [2, 2**19])
def test_few_draws_are_those_of_everybody(
    card: Callable[..., Scorecard], table: pd.DataFrame, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = import_module("srmkit.robustness.axis_draws")  # its name is also that of its function
    monkeypatch.setattr(module, "BLOCK_CELLS", block)
    for cells in (0, 2**22):  # drawn again at each question, or kept
        monkeypatch.setattr(module, "KEPT_VALUES", cells)
        scores, doubt = card().score(table.mask(table == table.iloc[0, 0]), missing="reweight"), Doubt(draws=64, seed=7)
        whole, some = axis_draws(scores, doubt), table.index[[2, 0]]
        few = few_draws(scores, doubt, some, most=16)
        places = whole.candidates.get_indexer(some)
        for axis, drawn in whole.axes.items():
            assert np.array_equal(few[axis], drawn[:16, places].T, equal_nan=True)


def test_the_cuts_of_the_same_draws_come_along(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    """Even from -3 to 3: mean 0, variance 3, and no cut goes with another or with a weight."""
    draws = axis_draws(scored(table), Doubt(data=False, cut_band=3, seed=7))
    shifts = draws.shifts(2)

    assert np.abs(shifts).max() <= 3
    assert shifts.mean(axis=0) == pytest.approx([0, 0], abs=0.01)
    assert shifts.var(axis=0) == pytest.approx([3, 3], rel=0.02)
    assert np.abs(np.corrcoef(np.column_stack([shifts, draws.weights["sources"]]).T) - np.eye(3)).max() < 0.05
