"""How sure a grade is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta

from srmkit.bands import THEMES, Bands
from srmkit.errors import SrmkitError
from srmkit.robustness import Doubt, grade_acceptability, grade_shares
from srmkit.scoring import Scores

MEDALS = Bands(THEMES["medals"], (60, 40))


def test_doubt_about_two_weights_has_the_chance_of_the_beta_distribution(scored: Callable[..., Scores]) -> None:
    """(1, 0) under a weight of Beta(30, 30) has a total of that weight."""
    scores = scored(pd.DataFrame({"a": [1.0], "b": [0.0]}, index=["Alba"]), axes={"x": {"a": 1, "b": 1}})
    sure = grade_acceptability(scores, MEDALS, Doubt(data=False, cut_band=0, seed=7))

    gold, silver = beta.sf(0.6, 30, 30), beta.cdf(0.6, 30, 30) - beta.cdf(0.4, 30, 30)
    assert sure.probabilities.loc["Alba"].tolist() == pytest.approx([gold, silver, gold], abs=2 / 64)
    assert sure.base["Alba"] == "silver"
    assert sure.certainty["Alba"] == pytest.approx(silver, abs=2 / 64)


def test_each_cut_moves_by_itself(scored: Callable[..., Scores]) -> None:
    """61 loses its gold to a cut between 61 and 65, four of ten; 39.5 its bronze to one between 35 and 39.5."""
    scores = scored(pd.DataFrame({"a": [0.61, 0.395]}, index=["Alba", "Dahl"]), axes={"x": {"a": 1}})
    found = grade_acceptability(scores, MEDALS, Doubt(concentration=None, data=False, cut_band=5, seed=7))

    assert found.by_doubt.loc["Alba", "all"] == pytest.approx(0.4, abs=0.03)
    assert found.by_doubt.loc["Dahl", "all"] == pytest.approx(0.45, abs=0.03)
    moved = (found.codes != [0, 2]).mean(axis=0)
    both = (found.codes != [0, 2]).all(axis=1).mean()
    assert both == pytest.approx(moved.prod(), abs=0.03)


def test_without_doubt_grades_are_those_of_the_scores(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    scores = scored(table)
    sure = grade_acceptability(scores, MEDALS, Doubt(concentration=None, data=False, cut_band=0, seed=7))
    assert sure.base.tolist() == scores.grades(MEDALS).tolist()
    assert (sure.certainty == 1).all()


def test_a_score_on_a_cut_has_the_better_grade(scored: Callable[..., Scores]) -> None:
    scores = scored(pd.DataFrame({"a": [0.6], "b": [0.6]}), axes={"x": {"a": 1, "b": 2}})
    assert grade_acceptability(scores, MEDALS, Doubt(data=False, cut_band=0, seed=7)).certainty[0] == 1


def test_who_fails_a_gate_or_has_no_total_has_no_grade_to_be_sure_of(
    scored: Callable[..., Scores], table: pd.DataFrame
) -> None:
    table.loc["Drill", ["spend", "margin"]] = np.nan
    scores = scored(table.assign(willing=[1, 0, 1, 1]), gate="willing", missing="reweight")
    sure = grade_acceptability(scores, MEDALS, Doubt(seed=7))

    assert sure.base.isna().tolist() == [False, True, False, True]
    assert sure.certainty.isna().tolist() == [False, True, False, True]
    assert sure.label[["Bearing", "Drill"]].tolist() == ["unknown", "unknown"]
    assert sure.probabilities.loc[["Bearing", "Drill"]].isna().all(axis=None)


def test_a_scheme_of_too_many_grades_is_refused(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    eighteen = Bands(tuple("ABCDEFGHIJKLMNOPQR"), tuple(range(90, 5, -5)))
    with pytest.raises(SrmkitError) as told:
        grade_acceptability(scored(table), eighteen, Doubt(seed=7))
    assert str(told.value).splitlines() == [
        "doubt about the cuts: 1 problem",
        "  - the model may have at most 16 cuts; found 17. Use fewer classes.",
    ]


def test_shares_alone_are_the_same_shares(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    gated = scored(table.assign(willing=[0, 1, 1, 1]), gate="willing")
    bands, doubt = Bands(("gold", "silver", "bronze"), (52, 48)), Doubt(concentration=10, cut_band=5, seed=7)
    assert np.allclose(grade_shares(gated, bands, doubt),
                       grade_acceptability(gated, bands, doubt).probabilities, equal_nan=True)
