"""The lights: bars, chances and tipping points, by hand and for any counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from srmkit.health.needs import Decision, Need
from srmkit.health.readiness import CARE, LIGHTS, NOT_READY, READY, readiness

MUST, MAY = "must", "may"


def decision(bar: float | None = None) -> tuple[Decision, ...]:
    return (Decision("one", "one", (
        Need(MUST, lambda _: (0, 0), "Do it."),
        Need(MAY, lambda _: (0, 0), "Do that.", essential=False, bar=bar),
    )),)


def light(must: tuple[int, int], may: tuple[int, int], **options: float) -> dict[str, object]:
    counts = {("one", MUST): must, ("one", MAY): may}
    bars = {"essential": 0.8, "helpful": 0.5, **options}
    return dict(readiness(counts, decisions=decision(), **bars).lights.loc["one"])  # type: ignore[arg-type]


@pytest.mark.parametrize(("must", "may", "expected"), [
    ((80, 100), (50, 100), READY), ((79, 100), (50, 100), NOT_READY), ((80, 100), (49, 100), CARE),
    ((0, 0), (50, 100), NOT_READY), ((80, 100), (0, 0), CARE), ((1, 1), (1, 1), READY),
])
def test_a_share_on_the_bar_is_enough(must: tuple[int, int], may: tuple[int, int], expected: str) -> None:
    assert light(must, may)["light"] == expected


def test_the_chance_is_that_of_jeffreys_posterior() -> None:
    """Share behind k of n: Beta(k + 1/2, n - k + 1/2), Jeffreys' prior for a proportion."""
    found = light((90, 100), (70, 100))
    must, may = beta(90.5, 10.5).sf(0.8), beta(70.5, 30.5).sf(0.5)
    assert found[READY] == pytest.approx(must * may)
    assert found[CARE] == pytest.approx(must * (1 - may))
    assert found[NOT_READY] == pytest.approx(1 - must)


def test_more_rows_make_it_surer() -> None:
    assert light((9, 10), (9, 10))["certainty"] != "firm"
    assert light((900, 1000), (900, 1000))["certainty"] == "firm"


@given(st.tuples(*[st.integers(0, 60)] * 4), st.floats(0.05, 0.99))
def test_chances_add_up_and_what_would_change_it_does(counts: tuple[int, int, int, int], bar: float) -> None:
    must, may = (min(counts[0], counts[1]), counts[1]), (min(counts[2], counts[3]), counts[3])
    found = light(must, may, essential=bar)
    assert sum(float(str(found[name])) for name in LIGHTS) == pytest.approx(1.0)
    needs = readiness({("one", MUST): must, ("one", MAY): may}, essential=bar, helpful=0.5,
                      decisions=decision()).needs.set_index("need")
    room = int(needs.loc[MUST, "room"])
    if must[1] and room < 0:  # that many more, and the need is met
        assert light((must[0] - room, must[1]), may, essential=bar)["light"] != NOT_READY
        assert light((must[0] - room - 1, must[1]), may, essential=bar)["light"] == NOT_READY
    if room >= 0 and needs.loc[MUST, "met"]:  # one more than the room gone, and it is not
        assert light((must[0] - room - 1, must[1]), may, essential=bar)["light"] == NOT_READY


def test_the_words_say_what_lacks_and_what_to_do() -> None:
    found = light((60, 100), (10, 100))
    assert found["because"] == "must: 60 of 100 (60 %), 80 % wanted; may: 10 of 100 (10 %), 50 % wanted"
    assert found["changes_if"] == "must: 20 more. Do it."
    assert light((90, 100), (10, 100))["changes_if"] == "may: 40 more. Do that."
    assert light((90, 100), (90, 100))["changes_if"] == "must: 11 fewer, and it is no longer met."


@pytest.mark.parametrize(("counted", "said"), [
    ((351, 360), "351 of 360 (97.5 %), 98 % wanted"), ((9799, 10_000), "9,799 of 10,000 (97.99 %), 98 % wanted"),
    ((69, 100), "69 of 100 (69 %), 98 % wanted"),
])
def test_a_share_below_its_bar_never_looks_as_if_it_reached_it(counted: tuple[int, int], said: str) -> None:
    assert said in str(light(counted, (1, 1), essential=0.98)["because"])
