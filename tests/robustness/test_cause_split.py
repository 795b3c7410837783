"""What changed between two runs, and because of what."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.bands import Bands
from srmkit.errors import SrmkitError
from srmkit.robustness import Run, cause_split
from srmkit.scoring import Scorecard
from srmkit.segmentation import kraljic

AXES = {"supply_risk": {"a": 50.0, "b": 50.0}, "profit_impact": {"c": 100.0}}
OTHER = {"supply_risk": {"a": 80.0, "b": 20.0}, "profit_impact": {"c": 100.0}}
GRADES = Bands(("gold", "silver"), (50,))


def figures(**rows: tuple[float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=list("abc")).T


def test_one_cause_alone_takes_all_of_it(card: Callable[..., Scorecard]) -> None:
    old = figures(Seals=(0.9, 0.0, 0.9), Bolts=(0.1, 0.1, 0.1))
    run = Run(card(AXES), old, kraljic())

    by_model = cause_split(run, Run(card(OTHER), old, kraljic()))
    assert by_model.classes.loc["Seals", ["before", "after"]].tolist() == ["leverage", "strategic"]
    assert by_model.by_cause.to_dict() == {"model": 1, "data": 0, "cuts": 0}
    assert by_model.scores.loc["Seals", ["model", "data"]].tolist() == pytest.approx([(72 - 45) / 2, 0])
    assert by_model.sentences == [
        "Seals moved from leverage to strategic because of the model; "
        "its total went from 67.5 to 81.0 points (model +13.5, data +0.0)."]

    by_data = cause_split(run, Run(card(AXES), figures(Seals=(0.9, 0.4, 0.9), Bolts=(0.1, 0.1, 0.1)), kraljic()))
    assert by_data.by_cause.to_dict() == {"model": 0, "data": 1, "cuts": 0}
    by_cuts = cause_split(run, Run(card(AXES), old, kraljic(risk_cut=40)))
    assert by_cuts.by_cause.to_dict() == {"model": 0, "data": 0, "cuts": 1}
    assert by_cuts.scores["change"].tolist() == [0, 0]


def test_two_causes_share_what_neither_does_alone(card: Callable[..., Scorecard]) -> None:
    """Risk 45 passes 50 only with new data (+ 2.5) and new cuts (- 4) together: half each."""
    before = Run(card(AXES), figures(Seals=(0.9, 0.0, 0.9)), kraljic())
    after = Run(card(AXES), figures(Seals=(0.9, 0.05, 0.9)), kraljic(risk_cut=46))
    found = cause_split(before, after)
    assert found.classes.loc["Seals", ["model", "data", "cuts"]].tolist() == [0, 0.5, 0.5]
    assert "because of the data (50 %) and the cuts (50 %)" in found.sentences[0]
    assert found.moves.loc[("leverage", "strategic")].to_dict() == {
        "candidates": 1, "model": 0, "data": 0.5, "cuts": 0.5}


def test_scores_are_shared_as_the_mean_of_both_orders(card: Callable[..., Scorecard]) -> None:
    """Total x / 2: risk .5 a + .5 b to .8 a + .2 b, a from .2 to .6 and b from 1 to .5."""
    before = Run(card(AXES), figures(Seals=(0.2, 1.0, 0.5)), GRADES)
    after = Run(card(OTHER), figures(Seals=(0.6, 0.5, 0.5)), GRADES)
    found = cause_split(before, after).scores.loc["Seals"]
    model = (((0.36 - 0.6) + (0.58 - 0.55)) / 2) * 50
    data = (((0.55 - 0.6) + (0.58 - 0.36)) / 2) * 50
    assert found[["model", "data"]].tolist() == pytest.approx([model, data])
    assert found["change"] == pytest.approx(model + data)


def test_a_cause_that_worked_against_the_move_is_named(card: Callable[..., Scorecard]) -> None:
    """Data alone lift the risk to 70; the new cut of 60 alone would have kept a risk of 55 below it."""
    before = Run(card(AXES), figures(Seals=(0.4, 0.4, 0.9)), kraljic())
    after = Run(card(OTHER), figures(Seals=(0.3, 0.98, 0.9)), kraljic(risk_cut=40))
    found = cause_split(before, after)
    row = found.classes.loc["Seals"]
    assert bool(row["moved"])
    assert row[["model", "data", "cuts"]].sum() == pytest.approx(1)
    assert row["model"] < 0
    assert ", against the model;" in found.sentences[0]


def test_who_came_and_who_went_are_named_and_not_split(card: Callable[..., Scorecard]) -> None:
    before = Run(card(AXES), figures(Seals=(0.9, 0.1, 0.9), Rivets=(0.1, 0.1, 0.1)), GRADES)
    after = Run(card(AXES), figures(Bolts=(0.2, 0.2, 0.2), Seals=(0.9, 0.1, 0.9)), GRADES)
    found = cause_split(before, after)
    assert (found.came, found.went) == (("Bolts",), ("Rivets",))
    assert found.scores.index.tolist() == ["Seals"]
    assert found.sentences == []
    assert found.moves.empty


steps = st.integers(0, 10).map(lambda step: step / 10)
tables = st.lists(st.tuples(*[steps] * 3), min_size=4, max_size=4)


@settings(max_examples=40, deadline=None)
@given(old=tables, new=tables, points=st.integers(1, 99), cut=st.integers(20, 80), graded=st.booleans())
def test_parts_sum_to_the_whole_whatever_changed(
    card: Callable[..., Scorecard], old: list[tuple[float, ...]], new: list[tuple[float, ...]],
    points: int, cut: int, graded: bool,
) -> None:
    first, second = (pd.DataFrame(rows, columns=list("abc"), index=list("WXYZ")) for rows in (old, new))
    changed = card({"supply_risk": {"a": points, "b": 100 - points}, "profit_impact": {"c": 1.0}})
    before = Run(card(AXES), first, GRADES if graded else kraljic())
    after = Run(changed, second, Bands(("gold", "silver"), (cut,)) if graded else kraljic(risk_cut=cut))
    found = cause_split(before, after)

    assert np.allclose(found.scores["model"] + found.scores["data"], found.scores["change"])
    whole = found.classes[["model", "data", "cuts"]].sum(axis=1)
    assert np.allclose(whole, found.classes["moved"].astype(float))
    assert len(found.sentences) == found.classes["moved"].sum() == pytest.approx(found.by_cause.sum())
    assert found.moves["candidates"].sum() == found.classes["moved"].sum()
    back = cause_split(after, before)
    assert np.allclose(back.scores[["model", "data"]], -found.scores[["model", "data"]])
    nothing = cause_split(before, before)
    assert not nothing.classes["moved"].any()


def test_runs_that_cannot_be_mixed_say_what_is_missing(card: Callable[..., Scorecard]) -> None:
    old = Run(card({"supply_risk": {"a": 1.0}, "profit_impact": {"c": 1.0}}), figures(S=(0.1, 0.1, 0.1))[["a", "c"]],
              kraljic())
    with pytest.raises(SrmkitError, match="'b'"):
        cause_split(old, Run(card(AXES), figures(S=(0.1, 0.1, 0.1)), kraljic()))
    with pytest.raises(SrmkitError, match="the two runs have no candidate in common"):
        cause_split(Run(card(AXES), figures(S=(0.1, 0.1, 0.1)), GRADES),
                    Run(card(AXES), figures(T=(0.1, 0.1, 0.1)), GRADES))
    with pytest.raises(SrmkitError, match="axis 'profit_impact' is not scored"):
        cause_split(Run(card({"supply_risk": {"a": 1.0}}), figures(S=(0.1, 0.1, 0.1)), GRADES),
                    Run(card(AXES), figures(S=(0.1, 0.1, 0.1)), kraljic()))
