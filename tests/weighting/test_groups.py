"""Several raters: one set of weights, how far they agree, and who does not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.weighting import combined_weights, criterion_spreads, kendall_w, rater_distances

RATERS = pd.DataFrame(
    {"price": [0.6, 0.5, 0.1], "quality": [0.3, 0.3, 0.3], "service": [0.1, 0.2, 0.6]}, index=["Ada", "Ben", "Cleo"])


def test_kendalls_w_of_three_orders() -> None:
    """Domain case O9; identical raters agree wholly."""
    orders = pd.DataFrame([[1, 2, 3, 4], [1, 3, 2, 4], [2, 1, 3, 4]])
    found = kendall_w(orders)
    assert found.w == pytest.approx(7 / 9)
    assert (found.chi_squared, found.degrees, found.raters) == (pytest.approx(7), 3, 3)
    # Friedman's tables for 4 items and 3 raters (Siegel 1956, table N): 7.0 -> .054, 9.0 -> .0017
    assert (found.test, found.p_value) == ("exact", pytest.approx(0.054, abs=5e-4))
    same = kendall_w(pd.DataFrame([[1, 2, 3, 4]] * 3))
    assert (same.chi_squared, same.p_value) == (pytest.approx(9), pytest.approx(1 / 576))
    assert kendall_w(pd.DataFrame([[1, 2, 3], [1, 2, 3]])).w == 1
    assert kendall_w(pd.DataFrame([[1, 2, 3], [3, 2, 1]])).w == 0
    assert kendall_w(pd.DataFrame([[1, 1, 1], [1, 1, 1]])).w == 0


def test_the_test_of_many_criteria() -> None:
    """Kendall & Babington Smith 1939: with W = 1/m the raters agree as much as chance has them, so p is large."""
    alike = pd.DataFrame([list(range(7))] * 4)
    assert (kendall_w(alike).test, kendall_w(alike).p_value) == ("F", 0)
    rng = np.random.default_rng(5)
    chances = [kendall_w(pd.DataFrame([rng.permutation(6) for _ in range(4)])).p_value for _ in range(400)]
    for bar in (0.05, 0.2, 0.5):  # at random p is below any bar as often as the bar says
        assert np.mean(np.array(chances) <= bar) == pytest.approx(bar, abs=4 * (bar * (1 - bar) / 400) ** 0.5)


def test_ties_are_corrected() -> None:
    """Two raters with the same ties agree wholly: without the correction it would be 0.9."""
    assert kendall_w(pd.DataFrame([[1, 2, 2, 4], [10, 20, 20, 40]])).w == pytest.approx(1)


@settings(deadline=None)
@given(st.lists(st.permutations(range(5)), min_size=2, max_size=6))
def test_w_is_a_share_and_goes_with_the_mean_correlation(orders: list[list[int]]) -> None:
    table = pd.DataFrame(orders)
    found = kendall_w(table)
    raters = len(orders)
    correlations = table.T.corr(method="spearman").to_numpy()
    mean = (correlations.sum() - raters) / (raters * (raters - 1))
    assert -1e-12 <= found.w <= 1 + 1e-12
    assert mean == pytest.approx((raters * found.w - 1) / (raters - 1))  # Kendall 1948


def test_the_two_means() -> None:
    arithmetic = combined_weights(RATERS, "arithmetic")
    assert arithmetic.to_dict() == pytest.approx({"price": 0.4, "quality": 0.3, "service": 0.3})
    roots = {"price": 0.03 ** (1 / 3), "quality": 0.027 ** (1 / 3), "service": 0.012 ** (1 / 3)}
    whole = sum(roots.values())
    assert combined_weights(RATERS).to_dict() == pytest.approx({name: root / whole for name, root in roots.items()})
    # who uses larger numbers does not speak louder
    louder = RATERS.mul([100, 1, 7], axis=0)
    assert combined_weights(louder).to_dict() == pytest.approx(combined_weights(RATERS).to_dict())


def test_who_disagrees_on_what() -> None:
    group = combined_weights(RATERS, "arithmetic")
    table = rater_distances(RATERS, group)
    assert table.index[0] == "Cleo"
    assert table.loc["Cleo", "distance"] == pytest.approx(0.3)
    assert table.loc["Cleo", ["most_on", "more"]].tolist() == ["price", pytest.approx(-0.3)]
    assert table.loc["Cleo", "rank_correlation"] == pytest.approx(-1)
    spreads = criterion_spreads(RATERS, group)
    assert spreads.loc["service", ["lowest_by", "highest_by"]].tolist() == ["Ada", "Cleo"]
    assert spreads.loc["quality", "spread"] == pytest.approx(0)


def test_one_rater_is_a_group() -> None:
    alone = RATERS.loc[["Ada"]]
    group = combined_weights(alone)
    assert group.to_dict() == pytest.approx(alone.loc["Ada"].to_dict())
    assert rater_distances(alone, group)["distance"].tolist() == pytest.approx([0])
    assert criterion_spreads(alone, group)["spread"].tolist() == [0, 0, 0]


def test_impossible_groups_are_refused() -> None:
    with pytest.raises(SrmkitError) as caught:
        combined_weights(pd.DataFrame({"a": [-1.0, 0.0], "b": [float("nan"), 0.0]}, index=["Ada", "Ben"]))
    assert "2 problems" in str(caught.value)
    assert "rater 'Ada' must have a weight of 0 or more for each criterion; found a -1, b nan" in str(caught.value)
    assert "rater 'Ben' has no weight above 0" in str(caught.value)
    with pytest.raises(SrmkitError, match='every criterion has the weight 0 for somebody. Take mean="arithmetic"'):
        combined_weights(pd.DataFrame({"a": [1.0, 0.0], "b": [0.0, 1.0]}))
    with pytest.raises(SrmkitError, match="raters are missing"):
        combined_weights(pd.DataFrame(columns=["a", "b"]))
    with pytest.raises(SrmkitError, match="must be two or more each; found 1 and 3"):
        kendall_w(RATERS.loc[["Ada"]])
    with pytest.raises(SrmkitError, match="ranks are missing; found for Ada"):
        kendall_w(RATERS.mask(RATERS == 0.6).loc[["Ada", "Ben"]])


tables = st.lists(st.lists(st.floats(0.01, 1), min_size=4, max_size=4), min_size=2, max_size=5)


@settings(deadline=None)
@given(tables, st.permutations(range(4)), st.sampled_from(["geometric", "arithmetic"]))
def test_who_comes_first_in_the_table_does_not_matter(rows: list[list[float]], order: list[int], mean: str) -> None:
    raters = pd.DataFrame(rows, columns=list("abcd"))
    turned = raters.iloc[::-1, order]
    one, other = (combined_weights(table, mean) for table in (raters, turned))  # type: ignore[arg-type]
    assert other[list("abcd")].to_dict() == pytest.approx(one.to_dict())
    assert one.sum() == pytest.approx(1)
    shares = raters.div(raters.sum(axis=1), axis=0)
    for name in "abcd":  # unanimity: the group's ratio of two weights lies between the raters' ratios
        for base in "abcd":
            if mean == "geometric":
                ratios = shares[name] / shares[base]
                assert ratios.min() - 1e-9 <= one[name] / one[base] <= ratios.max() + 1e-9
    assert kendall_w(raters).w == pytest.approx(kendall_w(turned).w)
    assert 0 <= kendall_w(raters).p_value <= 1


@settings(deadline=None)
@given(tables)
def test_distances_are_shares_and_the_twin_of_the_group_has_none(rows: list[list[float]]) -> None:
    raters = pd.DataFrame(rows, columns=list("abcd"))
    group = combined_weights(raters)
    table = rater_distances(pd.concat([raters, group.to_frame().T.set_axis(["twin"])]), group)
    assert table["distance"].between(0, 1).all()
    assert table.loc["twin", "distance"] == pytest.approx(0, abs=1e-12)
    assert table["distance"].is_monotonic_decreasing
