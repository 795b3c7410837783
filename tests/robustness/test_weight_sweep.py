"""One weight from nothing to everything."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.robustness import weight_sweep
from srmkit.scoring import Scores
from srmkit.segmentation import kraljic


def test_at_the_ends_one_criterion_is_nothing_or_everything(
    scored: Callable[..., Scores], table: pd.DataFrame
) -> None:
    swept = weight_sweep(scored(table), "sources", steps=3).pivot_table("axis_score", "candidate", "weight")
    assert swept[0.0].tolist() == pytest.approx((100 * table["lead_time"]).tolist())
    assert swept[0.5].tolist() == pytest.approx((50 * (table["sources"] + table["lead_time"])).tolist())
    assert swept[1.0].tolist() == pytest.approx((100 * table["sources"]).tolist())


def test_each_step_is_the_scorecard_with_that_weight(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    table.loc["Carton", "lead_time"] = np.nan
    scores = scored(table, missing="reweight", points={"supply_risk": 30.0, "profit_impact": 70.0})
    swept = weight_sweep(scores, "sources", steps=6, matrix=kraljic())

    assert len(swept) == 6 * len(table)
    for weight, step in swept[swept["weight"].between(0.1, 0.9)].groupby("weight"):
        card = scores.scorecard.reweighted(sources=weight, lead_time=1 - weight)
        again = card.score(table, missing="reweight")
        assert step["candidate"].tolist() == list(table.index)
        assert step["axis_score"].tolist() == pytest.approx(again.axes["supply_risk"].tolist())
        assert step["total"].tolist() == pytest.approx(again.total.tolist())
        assert step["rank"].tolist() == again.rank.tolist()
        assert step["segment"].tolist() == kraljic().assign(again.axes).segment.tolist()


def test_who_fails_a_gate_has_a_total_and_no_rank(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    swept = weight_sweep(scored(table.assign(willing=[0, 1, 1, 1]), gate="willing"), "spend", steps=2)
    assert swept.query("candidate == 'Alloy'")["rank"].isna().all()
    assert swept.query("candidate == 'Alloy'")["total"].notna().all()
    assert swept.query("weight == 0")["rank"].dropna().sum() == 6


def test_a_sweep_that_cannot_be_is_refused(scored: Callable[..., Scores], table: pd.DataFrame) -> None:
    with pytest.raises(SrmkitError) as told:
        weight_sweep(scored(table), "trust", steps=1)
    assert str(told.value).splitlines() == [
        "weight sweep over 'trust': 2 problems",
        "  - steps must be 2 or more; found 1. 101 gives one step a point.",
        "  - the criterion is not in scorecard 'study'; found 'trust'. "
        "Choose one of: sources, lead_time, spend, margin.",
    ]
    alone = scored(table, axes={"supply_risk": {"sources": 1}, "profit_impact": {"spend": 1}})
    with pytest.raises(SrmkitError) as told:
        weight_sweep(alone, "sources")
    assert "the criterion alone carries the axis 'supply_risk'; found a share of 1." in str(told.value)
