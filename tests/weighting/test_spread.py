"""Spread of the figures against published cases, and criteria that count the same thing twice."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.weighting import double_counting, spread_weights

# Elsayed, Dawood & Karthikeyan 2017, Int. J. Eng. Trends Technol. 46(2), 60-66
ELSAYED = [
    [7, 312, 1891, 6613, 163], [72, 88, 728, 941804, 1078], [10, 252, 2594, 3466, 117471], [10, 145, 980, 2371, 86329],
    [65, 54, 350, 501, 29897], [29, 48, 380, 912, 34051], [7, 476, 3300, 78470, 2212], [70, 87, 650, 733, 819000],
    [4, 86, 591, 3015, 103], [12, 79, 579, 3240, 96098], [21, 45, 261, 1253, 453], [1, 72, 530, 4333, 0.1048],
]
# Tus & Aytac Adali 2019, Opsearch 56(2), 528-538
TUS = [[5000, 3, 3, 4, 3, 2], [680, 5, 3, 2, 2, 1], [2000, 3, 2, 3, 4, 3], [600, 4, 3, 1, 2, 2], [800, 2, 4, 3, 3, 4]]
# Satman, Yildirim & Kuruca 2021, JOSS: CRITIC with a cost criterion (the third)
COST = [[12.9918, 0.7264, -1.1009, 1.598139592], [4.1201, 5.8824, 3.4483, 1.021563567],
        [4.1039, 0.0, -0.5076, 0.984469444]]


def test_entropy_as_published() -> None:
    assert spread_weights(pd.DataFrame(ELSAYED), "entropy").tolist() == pytest.approx(
        [0.104991, 0.069124, 0.071373, 0.449937, 0.304575], abs=1e-6)
    rows = pd.DataFrame([[30, 30, 38, 29], [19, 54, 86, 29], [19, 15, 85, 28.9], [68, 70, 60, 29]])
    assert spread_weights(rows, "entropy").tolist() == pytest.approx([0.4630, 0.3992, 0.1378, 0.0], abs=6e-5)


def test_critic_as_published() -> None:
    assert spread_weights(pd.DataFrame(TUS), "critic").tolist() == pytest.approx(
        [0.157, 0.249, 0.168, 0.121, 0.154, 0.151], abs=6e-4)
    assert spread_weights(pd.DataFrame(COST) * [1, 1, -1, 1], "critic").tolist() == pytest.approx(
        [0.16883925, 0.418444976, 0.249124763, 0.163591012], abs=3e-6)


def test_the_standard_deviation_after_min_max() -> None:
    table = pd.DataFrame({"two": [0, 1.0, 0, 1], "ramp": [0, 1.0, 2, 3], "same": [5.0] * 4})
    two, ramp = np.std([0, 1, 0, 1], ddof=1), np.std([0, 1 / 3, 2 / 3, 1], ddof=1)
    assert spread_weights(table, "sd").tolist() == pytest.approx([two / (two + ramp), ramp / (two + ramp), 0])


@pytest.mark.parametrize("method", ["entropy", "critic", "sd"])
def test_a_constant_criterion_has_no_spread(method: str) -> None:
    table = pd.DataFrame({"a": [0.1, 0.5, 0.9], "b": [0.4, 0.4, 0.4], "c": [0.0, 1.0, 0.2]})
    assert spread_weights(table, method)["b"] == pytest.approx(0, abs=1e-12)  # type: ignore[arg-type]


def test_twins_opposites_and_constants_are_named() -> None:
    rng = np.random.default_rng(3)
    base = rng.uniform(0, 1, 40)
    values = pd.DataFrame({
        "spend": base, "revenue": 0.5 * base + 0.2, "risk": 1 - base, "free": rng.uniform(0, 1, 40),
        "flat": np.full(40, 0.5), "uncounted": base,
    })
    weights = pd.Series({"spend": 0.3, "revenue": 0.2, "risk": 0.2, "free": 0.2, "flat": 0.1, "uncounted": 0.0})
    found = double_counting(values, weights)
    assert [tuple(row) for row in found[["finding", "criterion", "other"]].to_numpy()] == [
        ("alike", "spend", "revenue"), ("opposed", "revenue", "risk"), ("opposed", "spend", "risk"),
        ("near constant", "flat", "")] or set(found["finding"]) == {"alike", "opposed", "near constant"}
    assert set(map(tuple, found[["criterion", "other"]].to_numpy())) == {
        ("spend", "revenue"), ("revenue", "risk"), ("spend", "risk"), ("flat", "")}
    assert found.set_index(["criterion", "other"]).loc[("spend", "revenue"), "weight"] == pytest.approx(0.5)
    assert double_counting(values[["spend", "free"]], weights).empty


def test_impossible_figures_are_refused() -> None:
    table = pd.DataFrame({"a": [0.1, np.nan], "b": [0.5, 0.2]})
    with pytest.raises(SrmkitError, match="figures are missing; found in a"):
        spread_weights(table, "sd")
    with pytest.raises(SrmkitError, match="figures must be 0 or more for the entropy; found below 0 in b"):
        spread_weights(pd.DataFrame({"a": [1.0, 2], "b": [-1.0, 2]}), "entropy")
    with pytest.raises(SrmkitError, match="candidates must be two or more; found 1"):
        spread_weights(table.head(1), "critic")
    with pytest.raises(SrmkitError, match="the candidates are all alike"):
        spread_weights(pd.DataFrame({"a": [1.0, 1], "b": [2.0, 2]}), "critic")
    with pytest.raises(SrmkitError, match="'method' must be entropy, critic, sd; found 'gini'"):
        spread_weights(table, "gini")  # type: ignore[arg-type]
