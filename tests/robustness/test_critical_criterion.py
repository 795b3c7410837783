"""The critical criterion, on the published case and whatever the figures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.robustness import changes_to_swap, critical_criterion
from srmkit.scoring import Scores

WEIGHTS = dict(zip(("C1", "C2", "C3", "C4"), (0.3277, 0.3058, 0.2876, 0.0790), strict=True))
WHOLE = sum(WEIGHTS.values())  # the published weights add up to 1.0001, and changes go with their unit


@pytest.fixture
def published(scored: Callable[..., Scores]) -> Scores:
    """Triantaphyllou & Sanchez 1997, Decision Sciences 28(1), 151-194: the weighted sum example."""
    table = pd.DataFrame(
        [[0.3088, 0.2897, 0.3867, 0.1922], [0.2163, 0.3458, 0.1755, 0.6288],
         [0.4509, 0.2473, 0.1194, 0.0575], [0.0240, 0.1172, 0.3184, 0.1215]],
        columns=list(WEIGHTS), index=["A1", "A2", "A3", "A4"])
    return scored(table, axes={"x": WEIGHTS})


def test_the_published_preferences_and_changes(published: Scores) -> None:
    assert (published.total / 100 * WHOLE).tolist() == pytest.approx([0.3162, 0.2768, 0.2621, 0.1449], abs=2.1e-4)

    none = np.nan
    expected = {
        ("A1", "A2"): [none, -0.70243476, 0.18658423, -0.09025788],
        ("A1", "A3"): [-0.37942667, none, 0.20170793, none],
        ("A1", "A4"): [none, none, none, none],
        ("A2", "A3"): [-0.0618497, 0.14730904, 0.25864421, 0.02539811],
        ("A2", "A4"): [none, none, -0.92303184, none],
        ("A3", "A4"): [0.2749855, none, -0.58990608, -1.83423922],
    }
    found = changes_to_swap(published, list(expected)) * WHOLE
    assert np.allclose(found, np.array(list(expected.values())), atol=1e-6, equal_nan=True)


def test_the_four_published_critical_criteria(published: Scores) -> None:
    found = critical_criterion(published)
    table = found.table

    assert (found.percent_top, found.percent_any) == ("C3", "C1")
    assert (found.absolute_top, found.absolute_any) == ("C4", "C4")
    assert table.loc["C3", "top_percent"] == pytest.approx(64.8763, abs=1e-3)
    assert table.loc["C3", "top_pair"] == ("A1", "A2")
    assert table.loc["C1", "any_percent"] == pytest.approx(-18.8739, abs=1e-3)
    assert table.loc["C1", "any_pair"] == ("A2", "A3")
    assert table.loc["C4", "top_change"] * WHOLE == pytest.approx(-0.09025788, abs=1e-6)
    assert table["degree"].tolist() == pytest.approx([18.8739, 48.1717, 64.8763, 32.1495], abs=1e-3)
    assert table["sensitivity"].tolist() == pytest.approx([0.05298322, 0.02075908, 0.01541395, 0.03110468], abs=1e-6)


@settings(max_examples=50, deadline=None)
@given(rows=st.lists(st.tuples(*[st.integers(0, 10).map(lambda step: step / 10)] * 4), min_size=2, max_size=6),
       weights=st.tuples(*[st.integers(1, 9)] * 4))
def test_the_least_change_is_that_of_all_pairs_and_makes_the_two_level(
    scored: Callable[..., Scores], rows: list[tuple[float, ...]], weights: tuple[int, ...]
) -> None:
    table = pd.DataFrame(rows, columns=list("abcd"))
    a, b, c, d = weights
    scores = scored(table, axes={"x": {"a": a, "b": b}, "y": {"c": c, "d": d}})
    found = critical_criterion(scores).table
    order = scores.rank.sort_values(kind="stable").index
    pairs = [(one, other) for place, one in enumerate(order) for other in order[place + 1 :]]
    changes = changes_to_swap(scores, pairs)

    for name, row in found.iterrows():
        least = changes[name].abs().min()
        assert (pd.isna(least) and pd.isna(row["any_change"])) or abs(row["any_change"]) == pytest.approx(least)
        if not pd.isna(row["any_change"]):
            moved = found["weight"].where(found.index != name, row["weight"] - row["any_change"])
            one, other = row["any_pair"]
            assert table.loc[one] @ moved == pytest.approx(table.loc[other] @ moved, abs=1e-9)
    assert found["weight"].sum() == pytest.approx(1)


def test_whoever_leads_on_everything_has_no_critical_criterion(scored: Callable[..., Scores]) -> None:
    """Changes are infeasible beyond the weight itself, and growing weights only help."""
    table = pd.DataFrame({"a": [0.9, 0.5], "b": [0.8, 0.6]}, index=["Alba", "Dahl"])
    found = critical_criterion(scored(table, axes={"x": {"a": 1, "b": 1}}))
    assert found.percent_top is None
    assert found.table["sensitivity"].tolist() == [0, 0]


def test_gaps_and_single_candidates_are_refused(scored: Callable[..., Scores]) -> None:
    table = pd.DataFrame({"a": [0.9, 0.5], "b": [None, 0.6]}, index=["Alba", "Dahl"], dtype=float)
    scores = scored(table, axes={"x": {"a": 1, "b": 1}}, missing="reweight")
    with pytest.raises(SrmkitError, match=r"candidates \(1\) miss figures, so their weights are not the stated ones"):
        critical_criterion(scores)
    with pytest.raises(SrmkitError, match="'Zeta' has no rank"):
        changes_to_swap(scored(table.fillna(0.1), axes={"x": {"a": 1, "b": 1}}), [("Alba", "Zeta")])
