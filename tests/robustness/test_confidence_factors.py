"""How sure the winner is at the weights that favour it most."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from srmkit.robustness import Doubt, confidence_factors, rank_acceptability
from srmkit.scoring import Scorecard, Scores


def test_with_certain_figures_a_winner_wins_at_its_central_weights(scored: Callable[..., Scores]) -> None:
    """The weights that favour one are a convex set, so their mean favours it, too; the beaten one has none."""
    table = pd.DataFrame({"a": [1, 0, 0.6, 0.1], "b": [0, 1, 0.6, 0.1]}, index=list("ABCD"), dtype=float)
    scores = scored(table, axes={"x": {"a": 1, "b": 1}})
    ranks = rank_acceptability(scores, Doubt(concentration="uniform", data=False, seed=7), top=1)
    found = confidence_factors(scores, ranks)["confidence"]
    assert found[["A", "B", "C"]].tolist() == [1, 1, 1]
    assert np.isnan(found["D"])


def test_gaps_give_their_weight_away_at_the_central_weights_too(scored: Callable[..., Scores]) -> None:
    table = pd.DataFrame({"a": [0.9, np.nan], "b": [0.2, 0.5]}, index=["Alba", "Dahl"])
    scores = scored(table, axes={"x": {"a": 1, "b": 1}}, missing="reweight")
    ranks = rank_acceptability(scores, Doubt(concentration="uniform", data=False, seed=7), top=1)
    assert confidence_factors(scores, ranks)["confidence"].tolist() == [1, 1]


def test_with_figures_in_doubt_it_is_their_chance_alone(
    card: Callable[..., Scorecard], measured: Callable[..., object]
) -> None:
    """One criterion: .52 with an error of .03 against .5 is ahead with the normal chance of .02/.03."""
    table = pd.DataFrame({"a": [0.52, 0.5]}, index=["Alba", "Dahl"])
    known = {"candidate": "Alba", "metric": "a", "value": 0.52, "sd": 0.03, "source": "measured"}
    scores = card({"x": {"a": 1}}).score(measured(table, [known]))
    ranks = rank_acceptability(scores, Doubt(draws=16384, seed=7), top=1)
    found = confidence_factors(scores, ranks)
    chance = norm.cdf(0.02 / 0.03)

    assert found.loc["Alba", "confidence"] == pytest.approx(chance, abs=4 * (chance * (1 - chance) / 16384) ** 0.5)
    assert found.loc["Alba", "confidence"] == ranks.ranks.loc["Alba", 1]  # the same draws
    assert found.loc["Dahl", "confidence"] == ranks.ranks.loc["Dahl", 1]
    assert found.loc["Alba", "standard_error"] == pytest.approx((chance * (1 - chance) / 16384) ** 0.5, rel=0.05)
