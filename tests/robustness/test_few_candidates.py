"""Nobody, one alone, equals, and columns that are the same for all: each question answers or says why it cannot."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from srmkit.bands import Bands
from srmkit.errors import SrmkitError
from srmkit.robustness import (
    Doubt,
    axis_draws,
    class_acceptability,
    confidence_factors,
    critical_criterion,
    exact_acceptability,
    exact_classes,
    grade_acceptability,
    grade_shares,
    rank_acceptability,
    rank_reversal_test,
    rank_tipping_points,
    score_sensitivity,
    stability_intervals,
    tipping_points,
    weight_sweep,
    winning_indices,
)
from srmkit.scoring import Scores
from srmkit.segmentation import kraljic

NAMES = ["sources", "lead_time", "spend", "margin"]
TABLES = {
    "nobody": pd.DataFrame(columns=NAMES, dtype=float),
    "one": pd.DataFrame([[0.5] * 4], columns=NAMES, index=["Alloy"]),
    "equals": pd.DataFrame([[0.5] * 4] * 3, columns=NAMES, index=["Alloy", "Bearing", "Carton"]),
    "constant columns": pd.DataFrame([[0.1, 0.5, 0.2, 0.4], [0.1, 0.4, 0.2, 0.3]], columns=NAMES,
                                     index=["Alloy", "Bearing"]),
}
BANDS = Bands(("gold", "silver"), (50,))
DOUBT = Doubt(draws=64, seed=7)
SHARES = {
    "class_acceptability": lambda scores: class_acceptability(scores, kraljic(), DOUBT).probabilities,
    "grade_acceptability": lambda scores: grade_acceptability(scores, BANDS, DOUBT).probabilities,
    "grade_shares": lambda scores: grade_shares(scores, BANDS, DOUBT),
    "exact grades": lambda scores: exact_acceptability(scores).grades(BANDS),
    "exact_classes": lambda scores: exact_classes(scores, kraljic()),
}
OTHERS = {
    "axis_draws": lambda scores: axis_draws(scores, DOUBT).clouds(),
    "expected_rank": lambda scores: exact_acceptability(scores).expected_rank(),
    "score_sensitivity": lambda scores: score_sensitivity(scores, DOUBT).weights,
    "rank_reversal_test": rank_reversal_test,
    "tipping_points": lambda scores: tipping_points(scores, kraljic()),
    "weight_sweep": lambda scores: weight_sweep(scores, "spend", matrix=kraljic()),
    "rank_tipping_points": lambda scores: rank_tipping_points(scores, list(scores.total.index[:1]), 1),
    "winning_indices": lambda scores: winning_indices(scores, DOUBT, list(scores.total.index)),
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
@pytest.mark.parametrize("ask", SHARES.values(), ids=SHARES.keys())
def test_shares_add_up_for_whoever_is_there(
    scored: Callable[..., Scores], table: pd.DataFrame, ask: Callable[[Scores], pd.DataFrame]
) -> None:
    found = ask(scored(table))
    assert list(found.index) == list(table.index)
    assert np.allclose(found.sum(axis=1), 1)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
@pytest.mark.parametrize("ask", OTHERS.values(), ids=OTHERS.keys())
def test_every_other_question_answers(
    scored: Callable[..., Scores], table: pd.DataFrame, ask: Callable[[Scores], object]
) -> None:
    assert ask(scored(table)) is not None


def test_ranks_of_nobody_are_refused_and_one_alone_is_always_first(scored: Callable[..., Scores]) -> None:
    for ask in (lambda scores: rank_acceptability(scores, DOUBT, top=1), stability_intervals):
        with pytest.raises(SrmkitError, match="have no candidate with a rank"):
            ask(scored(TABLES["nobody"]))
    alone = scored(TABLES["one"])
    ranks = rank_acceptability(alone, DOUBT, top=1)
    assert ranks.ranks.to_numpy().tolist() == [[1.0]]
    assert confidence_factors(alone, ranks)["confidence"].tolist() == [1.0]
    assert stability_intervals(alone)[["low", "high"]].to_numpy().tolist() == [[0.0, 1.0]] * 12
    with pytest.raises(SrmkitError, match="fewer than two candidates"):
        critical_criterion(alone)


def test_equals_share_the_first_rank_in_every_draw(scored: Callable[..., Scores]) -> None:
    sure = rank_acceptability(scored(TABLES["equals"]), Doubt(data=False, draws=64, seed=7), top=1)
    assert sure.ranks[1].tolist() == [1.0, 1.0, 1.0]
    assert sure.expected_rank.tolist() == [1.0, 1.0, 1.0]
