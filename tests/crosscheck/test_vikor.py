"""Little regret overall and no great regret anywhere."""

from __future__ import annotations

import pandas as pd
import pytest

from srmkit.crosscheck import vikor
from srmkit.errors import SrmkitError


def test_the_route_that_the_paper_proposes(routes: pd.DataFrame) -> None:
    """Opricovic & Tzeng (2004): S .5, .375, .5; R .5, .25, .5; Q 1, 0, 1; A2 is the compromise."""
    found = vikor(routes, {"risk": 1, "height": 1}, normalisation="min-max")

    assert found.table["S"].tolist() == pytest.approx([0.5, 0.375, 0.5])
    assert found.table["R"].tolist() == pytest.approx([0.5, 0.25, 0.5])
    assert found.table["Q"].tolist() == pytest.approx([1, 0, 1])
    assert found.acceptable_advantage
    assert found.acceptable_stability
    assert found.sentence() == "VIKOR proposes A2."


def test_the_sites_of_the_textbook(sites: tuple[pd.DataFrame, dict[str, float]]) -> None:
    """Papathanasiou & Ploskas (2018), v = .625: .640, 1.000, .693, .271, 0, .694."""
    values, weights = sites
    found = vikor(values, weights, normalisation="min-max", utility_weight=0.625)
    assert found.table["Q"].tolist() == pytest.approx([0.640, 1.000, 0.693, 0.271, 0, 0.694], abs=0.0006)
    assert found.table["rank"].tolist() == [3, 6, 4, 2, 1, 5]


def test_without_an_advantage_all_who_are_close_are_proposed() -> None:
    """Three of five lie within 1/4 of Q: S runs from .1 to .9 in one criterion, and R is S."""
    values = pd.DataFrame({"price": [0.9, 0.85, 0.72, 0.6, 0.1]}, index=list("ABCDE"))
    found = vikor(values, {"price": 1})

    assert found.table["Q"].tolist() == pytest.approx([0, 1 / 16, 9 / 40, 3 / 8, 1])
    assert not found.acceptable_advantage
    assert found.acceptable_stability
    assert found.sentence() == "VIKOR proposes A, B, C alike: the first is not ahead by enough."


def test_who_is_first_by_neither_measure_shares_the_proposal_with_the_second() -> None:
    """Regrets in thirds: S 1.2, 1.9, 1.1, 1.9, 1.8, 2.0 (C is first), R .8, .7, 1, .8, .9, 1 (B is first).

    So Q is 1/18 + 1/6, 8/18, 9/18, ...: A leads B by 2/9, which is more than 1/5.
    """
    rows = [(0.9, 0.7, 0.2), (0.3, 0.4, 0.4), (0.9, 0.0, 1.0), (0.2, 0.2, 0.7), (0.1, 0.6, 0.5), (0.5, 0.5, 0.0)]
    found = vikor(pd.DataFrame(rows, columns=list("xyz"), index=list("ABCDEF")), {"x": 1, "y": 1, "z": 1})

    assert found.table["Q"].tolist() == pytest.approx([4 / 18, 8 / 18, 9 / 18, 11 / 18, 13 / 18, 1])
    assert found.acceptable_advantage
    assert not found.acceptable_stability
    assert found.sentence() == "VIKOR proposes A, B alike: the first is first neither by S nor by R."


def test_who_stands_alone_is_proposed() -> None:
    found = vikor(pd.DataFrame({"x": [0.2]}, index=["Alba"]), {"x": 1})
    assert found.sentence() == "VIKOR proposes Alba."
    assert found.table["Q"].tolist() == [0]


def test_settings_out_of_bounds_are_told(routes: pd.DataFrame) -> None:
    with pytest.raises(SrmkitError) as told:
        vikor(routes, {"risk": 1, "height": 1}, normalisation="vector", utility_weight=1.5)  # type: ignore[arg-type]
    assert str(told.value).splitlines() == [
        "VIKOR: 2 problems",
        "  - normalisation must be agreed or min-max; found 'vector'.",
        "  - utility_weight must lie between 0 and 1; found 1.5.",
    ]
