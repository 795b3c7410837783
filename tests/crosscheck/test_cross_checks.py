"""Other methods beside the scorecard: the same values, other questions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from srmkit.bands import Bands
from srmkit.crosscheck import AsScored, Preference, cross_checks, promethee, topsis, vikor
from srmkit.errors import SrmkitError
from srmkit.scoring import Scores

ONE_AXIS = {"x": {"a": 1.0, "b": 1.0}}
TWO_AXES = {"x": {"a": 3.0, "b": 1.0}, "y": {"c": 2.0, "d": 1.0, "e": 0.0}}
MEDALS = Bands(("gold", "silver", "bronze"), (60, 40))


@pytest.fixture
def split(scored: Callable[..., Scores]) -> Scores:
    """Three good or middling at everything, one excellent at one thing and hopeless at the other."""
    table = pd.DataFrame({"a": [0.9, 0.6, 1.0, 0.1], "b": [0.8, 0.55, 0.2, 0.1]},
                         index=["Alba", "Dahl", "Eck", "Fink"])
    return scored(table, ONE_AXIS)


def test_who_takes_whom_for_whom(split: Scores) -> None:
    """Eck has 60 points, Dahl 57.5.

    VIKOR: Eck's largest regret is .8 of a criterion, Dahl's .45. TOPSIS: Eck is sqrt(1.04) from the worst and .8
    from the best, so at .560; Dahl sqrt(.6625) and sqrt(.3625), so at .575.
    """
    found = cross_checks(split, capacity=2)

    assert found.ranks["scorecard"].to_dict() == {"Alba": 1, "Eck": 2, "Dahl": 3, "Fink": 4}
    assert found.ranks["TOPSIS"].to_dict() == {"Alba": 1, "Eck": 3, "Dahl": 2, "Fink": 4}
    assert found.ranks["VIKOR"].to_dict() == {"Alba": 1, "Eck": 3, "Dahl": 2, "Fink": 4}
    assert found.methods.loc["VIKOR", ["kept", "enters", "leaves"]].tolist() == [1, ("Dahl",), ("Eck",)]
    assert found.methods.loc["VIKOR", "tau_b"] == pytest.approx(4 / 6)  # five pairs alike, one turned
    assert found.sentences[0] == (
        "1 of 3 methods chooses the same 2 candidates; TOPSIS would take Dahl for Eck; VIKOR would take Dahl for Eck.")
    assert found.text.startswith(found.sentences[0])


def test_where_all_agree_it_is_said(split: Scores) -> None:
    found = cross_checks(split, capacity=3)
    assert found.sentences[0] == "All 3 methods choose the same 3 candidates."
    assert cross_checks(split, capacity=1).sentences[0] == "All 3 methods choose the same candidate."


def test_equals_on_the_line_are_all_chosen(scored: Callable[..., Scores]) -> None:
    """40 points each, the sum of unlike parts: the scorecard has both level, the others prefer the even one."""
    table = pd.DataFrame({"a": [0.4, 0.8], "b": [0.4, 0.0]}, index=["even", "odd"])
    level = scored(table, ONE_AXIS)
    assert cross_checks(level, capacity=1).sentences[0] == (
        "1 of 3 methods chooses the same 2 candidates; TOPSIS would leave out even; VIKOR would leave out odd.")


def test_one_who_enters_where_nobody_leaves(scored: Callable[..., Scores]) -> None:
    """Leads of .04 are below the indifference: PROMETHEE has all level, and there is no order to agree with."""
    level = scored(pd.DataFrame({"a": [0.54, 0.5], "b": [0.54, 0.5]}, index=["Alba", "Dahl"]), ONE_AXIS)
    found = cross_checks(level, capacity=1)
    assert found.sentences == (
        "2 of 3 methods choose the same candidate; PROMETHEE II would also take Dahl.",
        "Kendall's tau-b with the scorecard's order (1 is the same order): least 1.00 (TOPSIS), most 1.00 (VIKOR).",
    )
    assert np.isnan(found.methods.loc["PROMETHEE II", "tau_b"])


def test_grades_by_majority_let_nothing_be_bought(split: Scores) -> None:
    """Half of Eck's weight is at 20 of 100: no majority for anything above bronze, though 60 points are gold."""
    found = cross_checks(split, grades=MEDALS, majority=0.75)

    assert found.grades["scorecard"].to_dict() == {"Alba": "gold", "Eck": "gold", "Dahl": "silver", "Fink": "bronze"}
    assert found.grades["MR-Sort"].to_dict() == {"Alba": "gold", "Eck": "bronze", "Dahl": "silver", "Fink": "bronze"}
    assert found.grading.loc["MR-Sort"].to_dict() == {"same": 3, "higher": 0, "lower": 1}
    assert "MR-Sort gives 3 of 4 the same grade, 0 a higher and 1 a lower one." in found.sentences
    # Dahl is .05 below gold on one criterion, which is no difference
    assert found.grades["ELECTRE TRI-B, pessimistic"]["Dahl"] == "gold"


def test_grades_without_a_place_are_given_to_nobody(split: Scores) -> None:
    nobody = Bands.by_capacity(split.eligible, ("gold", "silver"), (0,))
    found = cross_checks(split, grades=nobody)
    assert set(found.grades.astype(str).to_numpy().ravel()) == {"silver"}


def test_the_table_is_what_the_methods_give(scored: Callable[..., Scores]) -> None:
    table = pd.DataFrame(np.random.default_rng(3).random((30, 5)), columns=list("abcde"))
    scores = scored(table, TWO_AXES)
    found = cross_checks(scores, capacity=5, indifference=0.1, preference=0.2)
    values, weights = table[list("abcd")], {"a": 9, "b": 3, "c": 8, "d": 4}

    ranks = {"TOPSIS": topsis(values, weights)["rank"], "VIKOR": vikor(values, weights).table["rank"],
             "PROMETHEE II": promethee(values, weights, Preference("linear", q=0.1, p=0.2)).table["rank"]}
    assert found.ranks.index.tolist() == scores.rank.sort_values().index.tolist()
    for method, rank in ranks.items():
        assert found.ranks[method].to_dict() == rank.to_dict()
        assert found.methods.loc[method, "tau_b"] == pytest.approx(kendalltau(rank, scores.rank).statistic)
        assert found.methods.loc[method, "kept"] == len({*rank.nsmallest(5).index} & {*scores.rank.nsmallest(5).index})


def test_who_fails_a_gate_takes_no_part(scored: Callable[..., Scores]) -> None:
    table = pd.DataFrame({"a": [0.9, 0.5, 0.4], "b": [0.9, 0.4, 0.5], "willing": [0, 1, 1]},
                         index=["Alba", "Dahl", "Eck"])
    found = cross_checks(scored(table, ONE_AXIS), capacity=1, grades=MEDALS)
    assert set(found.ranks.index) == set(found.grades.index) == {"Dahl", "Eck"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(*[st.one_of(st.none(), st.integers(0, 10).map(lambda step: step / 10))] * 5), min_size=1,
                  max_size=8),
    missing=st.sampled_from(["reweight", "worst"]),
)
def test_the_methods_judge_what_the_scorecard_judged(
    scored: Callable[..., Scores], rows: list[tuple[float | None, ...]], missing: str
) -> None:
    """Values times weights are the total again, gap or no gap; known values are untouched."""
    table = pd.DataFrame([(0.5,) * 5, *rows], columns=list("abcde"), dtype=float)
    scores = scored(table, TWO_AXES, missing=missing)
    judged = AsScored.of(scores)

    assert judged.weights.to_dict() == pytest.approx({"a": 3 / 8, "b": 1 / 8, "c": 2 / 6, "d": 1 / 6})
    assert (100 * judged.values @ judged.weights).tolist() == pytest.approx(scores.eligible.tolist())
    known = table.loc[judged.values.index, list("abcd")]
    assert judged.values.where(known.notna()).equals(known)


def test_settings_out_of_bounds_and_empty_fields_are_told(scored: Callable[..., Scores], split: Scores) -> None:
    with pytest.raises(SrmkitError, match="capacity must be 1 or more; found 0. Give the number you can serve."):
        cross_checks(split, capacity=0)
    with pytest.raises(SrmkitError, match="q must not exceed p"):
        cross_checks(split, indifference=0.5)
    gated = scored(pd.DataFrame({"a": [0.9], "b": [0.9], "willing": [0]}), ONE_AXIS)
    with pytest.raises(SrmkitError, match="the scores have no candidate with a rank. Look at the gates"):
        cross_checks(gated)
