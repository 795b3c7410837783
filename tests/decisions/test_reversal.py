"""The line on rank reversal: agreed scales pass; a scale that depends on who is there fails, and says where."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pytest

from srmkit.decisions import reversal
from srmkit.decisions.reversal import reversal_sentence
from srmkit.robustness import rank_reversals
from srmkit.scoring import Criterion, Group, Linear, Scorecard, Scores

NAMES = pd.Series({"A": "Alba", "B": "Dahl", "C": "Eck"})
# Belton & Gear (1983): A, B and C on three criteria of equal weight, each scaled to a sum of 1
FIGURES = pd.DataFrame({"first": [1.0, 9, 1], "second": [9.0, 1, 1], "third": [8.0, 9, 1]}, index=["A", "B", "C"])


def test_agreed_scales_pass() -> None:
    points = Linear(worst=0, best=10)
    card = Scorecard("plain", axes=(Group("all", 1, tuple(Criterion(name, 1, points) for name in FIGURES)),))
    assert reversal_sentence(card.score(FIGURES), NAMES) == (
        "Rank reversal test passed: with any one of the best 3 left out, all others keep their order."
    )


def test_a_scale_that_depends_on_who_is_there_fails_and_the_turned_pair_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Belton & Gear (1983): with a fourth candidate D, a copy of B, B falls behind A."""
    figures = pd.concat([FIGURES, FIGURES.loc[["B"]].set_axis(["D"])])

    def shares(table: pd.DataFrame) -> pd.Series:
        return (table / table.sum()).mean(axis=1)

    monkeypatch.setattr(reversal, "rank_reversal_test", lambda scores, leave_out: rank_reversals(
        figures, shares, leave_out=leave_out))
    scores = cast(Scores, cast(Any, SimpleNamespace(total=shares(figures))))
    assert shares(FIGURES).idxmax() == "B"
    assert shares(figures).idxmax() == "A"
    assert reversal_sentence(scores, NAMES) == (
        "Rank reversal test failed for 2 of the best 4: without Dahl, D comes before Alba. "
        "A scale depends on who is in the table."
    )
