"""Classes by outranking and by majority."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from srmkit.crosscheck import electre_tri, mr_sort
from srmkit.errors import SrmkitError

CRITERIA = ["g1", "g2", "g3", "g4", "g5"]
ALTERNATIVES = [f"a{place}" for place in range(1, 8)]


def by_name(*numbers: float) -> dict[str, float]:
    return dict(zip(CRITERIA, numbers, strict=True))


@pytest.fixture
def seven() -> pd.DataFrame:
    """Seven alternatives, an example that the R packages OutrankingTools and MCDASupport share."""
    rows = [(-120, -284, 5, 3.5, 18), (-150, -269, 2, 4.5, 24), (-100, -413, 4, 5.5, 17), (-60, -596, 6, 8, 20),
            (-30, -1321, 8, 7.5, 16), (-80, -734, 5, 4, 21), (-45, -982, 7, 8.5, 13)]
    return pd.DataFrame(rows, index=ALTERNATIVES, columns=CRITERIA)


@pytest.fixture
def profiles() -> pd.DataFrame:
    return pd.DataFrame([(-50, -500, 7, 7, 20), (-100, -1000, 4, 4, 15)], index=["C3", "C2"], columns=CRITERIA)


WEIGHTS = by_name(0.25, 0.45, 0.1, 0.12, 0.08)
THRESHOLDS = {"indifference": by_name(15, 80, 1, 0.5, 1), "preference": by_name(40, 350, 3, 3.5, 5),
              "veto": by_name(100, 850, 5, 4.5, 8)}


def test_seven_alternatives_in_three_classes(seven: pd.DataFrame, profiles: pd.DataFrame) -> None:
    """Method of Yu (1992), credibilities and classes found alike by two independent programs."""
    found = electre_tri(seven, WEIGHTS, profiles, otherwise="C1", **THRESHOLDS, majority=0.75)

    assert found.pessimistic.tolist() == ["C2", "C1", "C2", "C3", "C1", "C2", "C2"]
    assert found.optimistic.tolist() == ["C2", "C3", "C2", "C3", "C2", "C2", "C2"]
    reaches = [(0.95, 0.56), (0.7, 0), (1, 0.57), (1, 0.9733), (0.5983, 0.0557), (1, 0.4433), (0.98, 0.2956)]
    reached_by = [(0.2789, 0.7733), (0, 0.6883), (0.49, 0.9883), (0.0247, 0.98), (0.53, 0.95), (0.56, 1), (0, 0.96)]
    assert found.reaches[["C2", "C3"]].to_numpy() == pytest.approx(np.array(reaches), abs=6e-5)
    assert found.reached_by[["C2", "C3"]].to_numpy() == pytest.approx(np.array(reached_by), abs=6e-5)


def test_a_great_weakness_vetoes_what_the_majority_supports() -> None:
    """Good on 80 % of the weight and 0.6 behind on the rest: (1 - d) / (1 - C) with d = (.6 - .1) / (.7 - .1)."""
    values = pd.DataFrame({"price": [0.9], "audit": [0.0]}, index=["Alba"])
    gold = pd.DataFrame({"price": [0.6], "audit": [0.6]}, index=["gold"])
    weights = {"price": 80, "audit": 20}

    open_ = electre_tri(values, weights, gold, otherwise="silver", preference=0.1)
    assert open_.reaches["gold"].tolist() == pytest.approx([0.8])
    assert open_.pessimistic.tolist() == ["gold"]
    vetoed = electre_tri(values, weights, gold, otherwise="silver", preference=0.1, veto=0.7)
    assert vetoed.reaches["gold"].tolist() == pytest.approx([0.8 * (1 - 5 / 6) / (1 - 0.8)])
    assert vetoed.pessimistic.tolist() == ["silver"]
    assert vetoed.optimistic.tolist() == ["gold"]


def test_ways_to_work_by_majority() -> None:
    """The transport example of the R package MCDA; method of Leroy, Mousseau & Pirlot (2011), by hand."""
    names = ["price", "time", "comfort"]
    rows = [(-1, -10, 1), (-4, -20, 2), (-2, -20, 0), (-6, -40, 0), (-30, -30, 3)]
    ways = pd.DataFrame(rows, index=["RER", "METRO1", "METRO2", "BUS", "TAXI"], columns=names)
    asked = pd.DataFrame([(-3, -11, 3), (-7, -25, 2)], index=["good", "medium"], columns=names)

    found = mr_sort(ways, {"price": 1, "time": 3, "comfort": 2}, asked, otherwise="bad", majority=3 / 6)
    assert found.grade.to_dict() == {"RER": "good", "METRO1": "medium", "METRO2": "medium", "BUS": "bad", "TAXI": "bad"}
    assert (6 * found.in_favour["good"]).tolist() == pytest.approx([4, 0, 1, 0, 2])
    assert (6 * found.in_favour["medium"]).tolist() == pytest.approx([4, 6, 4, 1, 2])
    assert list(found.grade.cat.categories) == ["good", "medium", "bad"]
    assert found.grade.cat.ordered


def test_a_value_on_a_profile_reaches_it_whatever_the_last_digit_says() -> None:
    values = pd.DataFrame({"a": [0.1 + 0.7]})
    assert values.loc[0, "a"] < 0.8
    asked = pd.DataFrame({"a": [0.8]}, index=["gold"])
    assert mr_sort(values, {"a": 1}, asked, otherwise="silver", majority=1).grade.tolist() == ["gold"]
    assert electre_tri(values, {"a": 1}, asked, otherwise="silver", majority=1).pessimistic.tolist() == ["gold"]


def test_profiles_and_thresholds_that_make_no_sense_are_told(seven: pd.DataFrame, profiles: pd.DataFrame) -> None:
    with pytest.raises(SrmkitError) as told:
        electre_tri(seven, WEIGHTS, profiles.iloc[::-1], otherwise="C1")
    assert str(told.value).splitlines()[:2] == [
        "ELECTRE TRI-B: 5 problems",
        "  - 'C3' asks for more of 'g1' than 'C2'. Write the best class first; each further one asks for no more.",
    ]
    with pytest.raises(SrmkitError) as told:
        electre_tri(seven, WEIGHTS, profiles, otherwise="C1", indifference=2, preference=1, majority=0.5)
    assert [problem.wrong for problem in told.value.problems] == [
        "must be above 0.5 and at most 1, a share of the weight", *["must not exceed its preference"] * 5]
    with pytest.raises(SrmkitError) as told:
        mr_sort(seven, WEIGHTS, profiles.drop(columns="g5"), otherwise="C2", majority=0)
    assert str(told.value).splitlines() == [
        "MR-Sort: 3 problems",
        "  - majority must be above 0 and at most 1, a share of the weight; found 0.",
        "  - classes must differ; found C3, C2, C2.",
        "  - profiles must have the criteria of the values; found g1, g2, g3, g4. Criteria are: g1, g2, g3, g4, g5.",
    ]
    with pytest.raises(SrmkitError, match="profiles must hold a number for each class and criterion"):
        mr_sort(seven, WEIGHTS, profiles.where(profiles > -1000), otherwise="C1", majority=1)
    with pytest.raises(SrmkitError, match="profiles are empty"):
        mr_sort(seven, WEIGHTS, profiles.iloc[:0], otherwise="C1", majority=1)
