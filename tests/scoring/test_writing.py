"""Scorecards written to files and read back: the same to the last bit, whatever they hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.scoring import (
    Criterion,
    Exponential,
    Gate,
    Group,
    Linear,
    PiecewiseLinear,
    RelativeMinMax,
    RelativeRank,
    Scorecard,
    Steps,
    Target,
    scorecard_names,
    write_scorecard,
)
from srmkit.scoring.scales import SCALES


@pytest.mark.parametrize("name", scorecard_names())
def test_every_shipped_scorecard_reads_back_as_itself(name: str, tmp_path: Path) -> None:
    card = Scorecard.read(name)
    again = Scorecard.read(write_scorecard(card, tmp_path / f"{name}.toml"))
    assert again == card
    assert again.hash == card.hash


def own(scale: object, **more: object) -> Scorecard:
    item = Criterion("a", 1, scale, definition="d", rationale="r", **more)  # type: ignore[arg-type]
    other = Criterion("b", 1 / 3, Linear(0, 1), definition="d", rationale="r", unit="%")
    inner = Group("inner", 0.1, (other,), rationale="r")
    return Scorecard("own", title="t", version="1", date=dt.date(2026, 11, 26), owner="o",
                     axes=(Group("x", 100, (item, inner), rationale="r"),),
                     gates=(Gate("a", "too \"small\"", at_least=0.5, missing="fails"), Gate("b", "other", equals=1.0)))


EVERY = {
    "linear": Linear(30, 5), "logarithmic": SCALES["logarithmic"](1e4, 1e6), "exponential": Exponential(1, 5, 0.653),
    "piecewise": PiecewiseLinear(((0, 0), (2.5, 0.5), (10, 1))), "target": Target(worst=(0, 60), best=(10, 20)),
    "steps": Steps({"none": 0, "so, so": 0.6, "full": 1}),
    "relative_min_max": RelativeMinMax(better="lower"), "relative_rank": RelativeRank(better="higher"),
}


@pytest.mark.parametrize("scale", [*EVERY.values(), Steps({1: 0, 2.5: 0.6, 4: 1})], ids=repr)
def test_every_scale_reads_back_as_itself(scale: object, tmp_path: Path) -> None:
    card = own(scale, source="judged", metric="other_name", label="A \\ label", unit="€ a year")
    same(card, tmp_path)


def same(card: Scorecard, folder: Path) -> None:
    again = Scorecard.read(write_scorecard(card, folder / "own.toml"))
    assert again == card
    assert again.hash == card.hash


def test_every_kind_of_scale_is_among_them() -> None:
    assert set(EVERY) == set(SCALES)


ADDING = [("additive", 0.0), ("geometric", 0.0), ("multiplicative", 0.2), ("multiplicative", -1 / 3)]


@pytest.mark.parametrize(("inner", "inner_interaction"), ADDING)
@pytest.mark.parametrize(("outer", "outer_interaction"), ADDING)
def test_how_members_come_together_reads_back_at_every_level(
    inner: Any, inner_interaction: float, outer: Any, outer_interaction: float, tmp_path: Path
) -> None:
    def item(name: str) -> Criterion:
        return Criterion(name, 1, Linear(0, 1), definition="d", rationale="r")

    low = Group("low", 1, (item("c"), item("d")), rationale="r", aggregation=inner, interaction=inner_interaction)
    one = Group("one", 1, (item("a"), item("b"), low), rationale="r", aggregation=outer, interaction=outer_interaction)
    other = Group("other", 1, (item("e"),), rationale="r")
    card = Scorecard("own", title="t", version="1", date=dt.date(2026, 11, 26), owner="o", axes=(one, other),
                     aggregation=outer, interaction=outer_interaction)
    same(card, tmp_path)
    assert len({card.hash, replace(card, aggregation="additive", interaction=0.0).hash}) == 1 + (outer != "additive")


@pytest.mark.parametrize("missing", ["passes", "fails"])
@pytest.mark.parametrize("outside", ["clip", "refuse"])
def test_what_is_decided_about_gaps_and_figures_beyond_the_ends_reads_back(
    missing: Any, outside: Any, tmp_path: Path
) -> None:
    card = own(Linear(0, 1), outside=outside)
    card = replace(card, gates=(Gate("a", "w", at_most=2.5, missing=missing), *card.gates[1:]))
    same(card, tmp_path)


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=40).filter(str.strip), st.floats(0.0, 1e12, exclude_min=True))
def test_any_words_and_weights_read_back(tmp_path_factory: pytest.TempPathFactory, words: str, weight: float) -> None:
    words = words.strip()  # a file's words have no space around them
    if not words or "\ud800" <= max(words) <= "\udfff":
        return
    card = replace(own(Linear(0, 1)), title=words)
    axis = replace(card.axes[0], weight=weight, rationale=words)
    card = replace(card, axes=(axis,))
    file = tmp_path_factory.mktemp("cards") / "own.toml"
    assert Scorecard.read(write_scorecard(card, file)).hash == card.hash


def test_what_no_file_can_hold_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    bare = Criterion("a", 1, Linear(0, 1))
    card = Scorecard("own", title="t", version="1", date=dt.date(2026, 1, 1), owner="o",
                     axes=(Group("x", 1, (bare,), rationale="r"),))
    with pytest.raises(SrmkitError, match="'definition' of criterion 'a' is missing"):
        write_scorecard(card, tmp_path / "own.toml")
    first = Group("g", 1, (Criterion("b", 1, Linear(0, 1), definition="d", rationale="r"),), rationale="r")
    after = Criterion("c", 1, Linear(0, 1), definition="d", rationale="r")
    mixed = replace(card, axes=(Group("x", 1, (first, after), rationale="r"),))
    with pytest.raises(SrmkitError, match="name the criteria before the groups"):
        write_scorecard(mixed, tmp_path / "own.toml")
    with pytest.raises(SrmkitError, match="End it with .toml"):
        write_scorecard(mixed, tmp_path / "own.csv")
    assert list(tmp_path.iterdir()) == []
