"""How sure a class is: shares of draws, which doubt moves a candidate, and what it would become."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta

from srmkit.errors import SrmkitError
from srmkit.robustness import ClassAcceptability, Doubt, class_acceptability
from srmkit.scoring import Scores
from srmkit.segmentation import kraljic
from srmkit.segmentation.matrix import Matrix

WIDE = Doubt(concentration=20, cut_band=10, seed=7)


def four_errors(probability: float, draws: int = 4096) -> float:
    return 4 * (probability * (1 - probability) / draws) ** 0.5


def test_each_row_adds_up_to_1(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    sure = class_acceptability(scored(table), kraljic(), WIDE)

    assert list(sure.probabilities.columns) == ["strategic", "bottleneck", "leverage", "non-critical"]
    assert np.allclose(sure.probabilities.sum(axis=1), 1)
    assert ((sure.probabilities > 0) & (sure.probabilities < 1)).to_numpy().any()


def test_without_doubt_every_class_is_certain(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    scores = scored(table)
    sure = class_acceptability(scores, kraljic(), Doubt(concentration=None, data=False, cut_band=0, seed=7))

    assert sure.base.tolist() == kraljic().assign(scores.axes).segment.tolist()
    assert sure.probabilities.isin([0.0, 1.0]).all(axis=None)
    assert (sure.certainty == 1).all()
    assert (sure.label == "firm").all()
    assert (sure.matters_most == "none").all()
    assert (sure.split == 0).all(axis=None)
    assert sure.runner_up.isna().all()


@pytest.mark.parametrize(("sources", "lead_time"), [(1.0, 0.0), (0.9, 0.1), (0.8, 0.4), (0.2, 0.65)])
@pytest.mark.parametrize("concentration", [10, 60])
def test_doubt_about_two_weights_has_the_chance_of_the_beta_distribution(
    scored: Callable[..., Scores], sources: float, lead_time: float, concentration: float
) -> None:
    """Of two Dirichlet weights the first is Beta(c w, c (1 - w)); the score meets the cut at one weight."""
    table = pd.DataFrame({"sources": [sources], "lead_time": [lead_time], "spend": [1.0], "margin": [1.0]})
    sure = class_acceptability(scored(table), kraljic(), Doubt(concentration=concentration, data=False, cut_band=0,
                                                              seed=7))
    meets = (0.5 - lead_time) / (sources - lead_time)
    below = float(beta.cdf(meets, concentration * 0.6, concentration * 0.4))
    high = 1 - below if sources > lead_time else below

    assert sure.probabilities.loc[0, "strategic"] == pytest.approx(high, abs=max(four_errors(high), 1e-3))
    assert sure.probabilities.loc[0, "leverage"] == pytest.approx(1 - high, abs=max(four_errors(high), 1e-3))


def test_any_weights_at_all_have_an_exact_chance_too(scored: Callable[..., Scores]) -> None:
    """.8 w + .4 (1 - w) is .5 or more for w from .25 on: three quarters of all weights."""
    table = pd.DataFrame({"sources": [0.8], "lead_time": [0.4], "spend": [1.0], "margin": [1.0]})
    sure = class_acceptability(scored(table), kraljic(), Doubt(concentration="uniform", data=False, cut_band=0, seed=7))
    assert sure.probabilities.loc[0, "strategic"] == pytest.approx(0.75, abs=four_errors(0.75))


@pytest.mark.parametrize(("score", "leaves"), [(51, 1 / 3), (50, 1 / 2), (52.25, 1 / 8), (49, 1 / 3), (53.01, 0)])
def test_doubt_about_the_cuts_moves_them_evenly_within_the_band(
    scored: Callable[..., Scores], score: float, leaves: float
) -> None:
    """A cut of 50 that lies anywhere from 47 to 53 passes a score of 51 in a third of all cases."""
    table = pd.DataFrame({"sources": [score / 100], "lead_time": [score / 100], "spend": [1.0], "margin": [1.0]})
    sure = class_acceptability(scored(table), kraljic(), Doubt(concentration=None, data=False, cut_band=3, seed=7))

    assert sure.by_doubt.loc[0, "cuts"] == pytest.approx(leaves, abs=four_errors(leaves))
    assert sure.by_doubt.loc[0, "all"] == sure.by_doubt.loc[0, "cuts"]
    assert sure.certainty[0] == 1 - sure.by_doubt.loc[0, "all"]


def test_the_two_cuts_move_by_themselves(scored: Callable[..., Scores]) -> None:
    """Two axes a third of a chance each below their cuts: both above in four ninths, both below in one ninth."""
    table = pd.DataFrame({name: [0.51] for name in ("sources", "lead_time", "spend", "margin")})
    found = class_acceptability(scored(table), kraljic(), Doubt(concentration=None, data=False, seed=7)).probabilities

    exact = {"strategic": 4 / 9, "bottleneck": 2 / 9, "leverage": 2 / 9, "non-critical": 1 / 9}
    for name, share in exact.items():
        assert found.loc[0, name] == pytest.approx(share, abs=four_errors(share))


def test_each_doubt_alone_is_what_it_is_by_itself(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    gap = table.assign(spend=[0.8, 0.2, np.nan, 0.1])
    scores = scored(gap, missing="reweight")
    together = class_acceptability(scores, kraljic(), WIDE)
    for source in ("weights", "data", "cuts"):
        alone = class_acceptability(scores, kraljic(), WIDE.alone(source))
        assert together.by_doubt[source].tolist() == alone.by_doubt["all"].tolist()
        assert together.by_doubt[source].max() > 0


def test_the_doubts_alone_share_what_they_move(scored: Callable[..., Scores]) -> None:
    scores = scored(pd.DataFrame({"sources": [1.0, 0.52, 1.0], "lead_time": [0.0, 0.52, 1.0],
                                  "spend": [1.0] * 3, "margin": [1.0] * 3}, index=["Alloy", "Bearing", "Carton"]))
    sure = class_acceptability(scores, kraljic(), Doubt(data=False, seed=7))

    assert sure.matters_most.to_dict() == {"Alloy": "weights", "Bearing": "cuts", "Carton": "none"}
    assert sure.split.sum(axis=1).tolist() == pytest.approx([1, 1, 0])
    alone = sure.by_doubt.loc["Alloy", ["weights", "data", "cuts"]]
    assert sure.split.loc["Alloy"].tolist() == pytest.approx((alone / alone.sum()).tolist())


def test_the_runner_up_is_where_most_other_draws_lead(scored: Callable[..., Scores]) -> None:
    near, far = dict.fromkeys(("sources", "lead_time"), [0.51, 1.0]), dict.fromkeys(("spend", "margin"), [0.52, 1.0])
    table = pd.DataFrame({**near, **far})
    sure = class_acceptability(scored(table), kraljic(), Doubt(concentration=None, data=False, seed=7))
    assert sure.runner_up.tolist() == ["leverage", None]


@pytest.mark.parametrize(("stays", "word"), [(10, "firm"), (9, "firm"), (8, "likely"), (7, "likely"), (6, "contested")])
def test_labels_count_draws(stays: int, word: str) -> None:
    codes = np.array([0] * stays + [1] * (10 - stays), dtype=np.int8)[:, None]
    drawn = dict.fromkeys(("weights", "data", "cuts", "all"), codes)
    sure = ClassAcceptability(("high", "low"), pd.Series(["high"], ["Alloy"]), drawn, Doubt(draws=10, seed=0))

    assert sure.certainty["Alloy"] == pytest.approx(stays / 10)
    assert sure.label["Alloy"] == word
    p = stays / 10
    assert sure.standard_error.loc["Alloy"].tolist() == pytest.approx([(p * (1 - p) / 10) ** 0.5] * 2)


def test_bars_of_the_labels_can_be_moved(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    sure = class_acceptability(scored(table), kraljic(), WIDE, firm=0.0, likely=0.0)
    assert (sure.label == "firm").all()


@pytest.mark.parametrize("data", [False, True])
def test_who_has_no_score_has_no_class_to_be_sure_of(
    scored: Callable[..., Scores], table: pd.DataFrame, data: bool
) -> None:
    table.loc["Carton", ["spend", "margin"]] = np.nan
    sure = class_acceptability(scored(table, missing="reweight"), kraljic(), Doubt(data=data, seed=7))

    assert sure.base["Carton"] is None
    assert np.isnan(sure.certainty["Carton"])
    assert sure.label["Carton"] == "unknown"
    assert sure.by_doubt.loc["Carton"].isna().all()
    assert sure.matters_most["Carton"] == "none"
    assert sure.probabilities.loc["Carton"].isna().all() or data
    assert sure.table().drop(index="Carton").notna()["certainty"].all()


def test_a_gate_takes_nobody_out_of_the_matrix(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    open_ = class_acceptability(scored(table), kraljic(), WIDE)
    gated = class_acceptability(scored(table.assign(willing=0), gate="willing"), kraljic(), WIDE)
    assert gated.probabilities.equals(open_.probabilities)


def test_the_table_tells_it_all_in_one_row(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    told = class_acceptability(scored(table), kraljic(), WIDE).table()
    assert list(told) == ["segment", "certainty", "standard_error", "label", "runner_up", "matters_most"]
    p = told["certainty"]
    assert told["standard_error"].tolist() == pytest.approx(((p * (1 - p) / 4096) ** 0.5).tolist())


def test_an_axis_that_is_not_scored_is_named(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    other = Matrix("trust", "trust", "profit_impact", (50,), (50,), (("a", "b"), ("c", "d")), ("a", "b", "c", "d"))
    with pytest.raises(SrmkitError) as told:
        class_acceptability(scored(table), other, WIDE)
    assert str(told.value) == (
        "matrix 'trust' over scorecard 'study': 1 problem\n"
        "  - axis 'trust' is not scored; found supply_risk, profit_impact. "
        "Choose a scorecard with this axis, or name the matrix's axes after the scorecard's."
    )
