"""Preference over the others, quickly and by definition."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.crosscheck import Preference, promethee
from srmkit.errors import SrmkitError

STEP = 0.25  # values and thresholds on one grid, so that leads meet thresholds and each other
SIX = [
    Preference("usual"), Preference("u-shape", q=STEP), Preference("v-shape", p=3 * STEP),
    Preference("level", q=STEP, p=2 * STEP), Preference("linear", q=STEP, p=3 * STEP), Preference("gaussian", s=STEP),
]
COLUMNS = list("abcdef")


def by_definition(values: pd.DataFrame, weights: dict[str, float], function: Preference) -> np.ndarray:
    """Leaving and entering flow from every pair, in plain loops (a column each)."""
    shares = np.array(list(weights.values())) / sum(weights.values())
    rows = values.to_numpy()
    preferred = np.array([[shares @ function.of(one - other) for other in rows] for one in rows])
    others = max(1, len(rows) - 1)
    return np.column_stack([preferred.sum(axis=1), preferred.sum(axis=0)]) / others


def test_the_projects_of_the_paper_with_all_six_functions() -> None:
    """Brans, Vincke & Mareschal (1986): hydro-electric stations; flows worked out again over all pairs.

    Two programs besides give these flows to nine digits (thresholds as known: p = 500, and 60).
    """
    rows = [(80, 90, 600, 54, 8, 5), (65, 58, 200, 97, 1, 1), (83, 60, 400, 72, 4, 7), (40, 80, 1000, 75, 7, 10),
            (52, 72, 600, 20, 3, 8), (94, 96, 700, 36, 5, 6)]
    values = pd.DataFrame(rows, columns=COLUMNS, dtype=float) * [-1, 1, -1, -1, -1, 1]
    functions = (Preference("u-shape", q=10), Preference("v-shape", p=30), Preference("linear", q=50, p=500),
                 Preference("level", q=10, p=60), Preference("usual"), Preference("gaussian", s=5))

    found = promethee(values, dict.fromkeys(COLUMNS, 1), dict(zip(COLUMNS, functions, strict=True))).table
    published = {
        "leaving": [0.2198691062, 0.3962962963, 0.2466273871, 0.3292567238, 0.4547219742, 0.3000719852],
        "entering": [0.365533174, 0.3791341639, 0.3361510372, 0.3492592593, 0.1618220477, 0.3549437907],
        "net": [-0.1456640678, 0.0171621324, -0.0895236501, -0.0200025355, 0.2928999265, -0.0548718055],
    }
    for flow, expected in published.items():
        assert found[flow].tolist() == pytest.approx(expected, abs=1e-9)
    assert found["rank"].tolist() == [6, 2, 5, 3, 1, 4]  # a5 > a2 > a4 > a6 > a3 > a1


def test_the_sites_of_the_textbook(sites: tuple[pd.DataFrame, dict[str, float]]) -> None:
    """Papathanasiou & Ploskas (2018), linear with q = 1, p = 2: -.26, -.52, -.22, .36, .70, -.06."""
    found = promethee(*sites, Preference("linear", q=1, p=2))
    assert found.table["net"].tolist() == pytest.approx([-0.26, -0.52, -0.22, 0.36, 0.70, -0.06])


@settings(deadline=None)
@given(
    rows=st.lists(st.tuples(*[st.integers(-8, 8)] * 2), min_size=1, max_size=12), a=st.integers(0, 3),
    b=st.integers(1, 3), nudge=st.sampled_from([0.0, 0.1]), function=st.sampled_from(SIX),
)
def test_one_sort_gives_what_all_pairs_give(
    rows: list[tuple[int, int]], a: int, b: int, nudge: float, function: Preference
) -> None:
    values = pd.DataFrame(rows, columns=["a", "b"], dtype=float) * (STEP + nudge)
    found = promethee(values, {"a": a, "b": b}, function).table[["leaving", "entering"]]
    assert found.to_numpy() == pytest.approx(by_definition(values, {"a": a, "b": b}, function), abs=1e-12)


@pytest.mark.parametrize("function", SIX, ids=lambda function: function.kind)
def test_the_same_for_figures_in_millions_that_share_no_grid(function: Preference) -> None:
    rng = np.random.default_rng(11)
    large = pd.DataFrame({"a": 1e6 + 1e3 * rng.random(150)})
    in_thousands = {name: 1e3 * number for name in "qps" if (number := getattr(function, name)) is not None}
    wide = Preference(function.kind, **in_thousands)
    found = promethee(large, {"a": 1}, wide).table[["leaving", "entering"]]
    assert found.to_numpy() == pytest.approx(by_definition(large, {"a": 1}, wide), abs=1e-9)


def test_an_even_rise_over_the_whole_scale_is_the_weighted_sum_again() -> None:
    """Leads that all count in proportion add up to m / (m - 1) times the distance from the mean."""
    values = pd.DataFrame(np.random.default_rng(5).random((9, 3)), columns=list("abc"))
    net = promethee(values, {"a": 1, "b": 2, "c": 3}, Preference("v-shape", p=1)).table["net"]
    total = values @ [1 / 6, 2 / 6, 3 / 6]
    assert net.tolist() == pytest.approx((9 / 8 * (total - total.mean())).tolist())


def test_flows_by_criterion_need_no_new_comparison_when_weights_change(
    sites: tuple[pd.DataFrame, dict[str, float]]
) -> None:
    values, weights = sites
    other = {"a": 0.1, "b": 0.2, "c": 0.3, "d": 0.4}
    found = promethee(values, weights, Preference("linear", q=1, p=2)).by_criterion @ pd.Series(other)
    again = promethee(values, other, Preference("linear", q=1, p=2)).table["net"]
    assert found.tolist() == pytest.approx(again.tolist())


def test_a_rise_of_no_width_is_a_step() -> None:
    values = pd.DataFrame({"a": [0.0, 0.5, 1.5]})
    steep = promethee(values, {"a": 1}, Preference("linear", q=1, p=1)).table
    step = promethee(values, {"a": 1}, Preference("u-shape", q=1)).table
    assert steep.equals(step)
    assert step["net"].tolist() == [-0.5, 0, 0.5]


def test_a_lead_that_only_rounding_lifts_over_the_threshold_does_not_count() -> None:
    values = pd.DataFrame({"a": [0.3, 0.2, 0.1 + 0.2]})
    assert values["a"][2] - values["a"][1] > 0.1
    found = promethee(values, {"a": 1}, Preference("u-shape", q=0.1))
    assert found.table["net"].tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ({"kind": "sigmoid"}, "the kind is not known. Kinds are: usual, u-shape, v-shape, level, linear, gaussian."),
        ({"kind": "linear", "q": 1}, "p is missing. Give it in the unit of the criterion's values."),
        ({"kind": "usual", "p": 1}, "p has no meaning here; found 1. Leave it out."),
        ({"kind": "v-shape", "p": 0}, "p must be above 0; found 0."),
        ({"kind": "u-shape", "q": -1}, "q must be 0 or more; found -1."),
        ({"kind": "level", "q": 2, "p": 1}, "q must not exceed p; found q 2, p 1."),
    ],
)
def test_thresholds_that_make_no_sense_are_told(given_: dict[str, object], words: str) -> None:
    with pytest.raises(SrmkitError) as told:
        Preference(**given_)  # type: ignore[arg-type]
    assert str(told.value).splitlines()[1] == f"  - {words}"


def test_every_criterion_needs_its_function(sites: tuple[pd.DataFrame, dict[str, float]]) -> None:
    with pytest.raises(SrmkitError) as told:
        promethee(*sites, {"a": Preference("usual"), "b": Preference("usual"), "c": Preference("usual"),
                           "e": Preference("usual")})
    assert str(told.value).splitlines() == [
        "PROMETHEE II: 2 problems",
        "  - the preference function of 'd' is missing. Give every criterion one.",
        "  - the preference function of 'e' belongs to no criterion.",
    ]
