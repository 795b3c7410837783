"""What was measured of data is kept with them: for the same question, in the same language, and no longer than they."""

from __future__ import annotations

import gc
from dataclasses import replace
from threading import Event
from weakref import ref

import pandas as pd
import pytest

from srmkit.language import speaking
from srmkit.stopping import GivenUp, TakesLong, at_once, until
from srmkit.tables import Dataset, open_dataset, read_frames
from srmkit.tables.engine import Engine, Table


@pytest.fixture
def data() -> Dataset:
    return read_frames({"items": pd.DataFrame({"item_id": [1, 2], "name": ["bolt", "nut"]})}, name="t", currency="EUR")


def names(data: Dataset, ending: str = "", *, upper: bool = False) -> list[str]:
    found = [f"{name}{ending}" for name in data.frame("items")["name"]]
    return [name.upper() for name in found] if upper else found


def test_the_same_question_is_answered_once(data: Dataset) -> None:
    first = data.measured(names, "s")
    assert first == ["bolts", "nuts"]
    assert data.measured(names, "s") is first
    assert data.measured(names, "s", upper=True) == ["BOLTS", "NUTS"]
    assert data.measured(names) == ["bolt", "nut"]
    with speaking("zh"):
        assert data.measured(names, "s") is not first


def test_other_data_answer_for_themselves(data: Dataset) -> None:
    first = data.measured(names)
    assert replace(data, name="other").measured(names) is not first


def test_what_fails_is_asked_again(data: Dataset) -> None:
    asked: list[int] = []

    def fails(_: Dataset) -> None:
        asked.append(1)
        raise ValueError

    for _ in range(2):
        with pytest.raises(ValueError, match="^$"):
            data.measured(fails)
    assert len(asked) == 2


def test_who_cannot_wait_gets_what_is_at_hand_only(data: Dataset) -> None:
    first = data.measured(names)
    with at_once():
        assert data.measured(names) is first
        with pytest.raises(TakesLong):
            data.measured(names, "s")
        with pytest.raises(TakesLong):
            open_dataset("sample")


def test_answers_do_not_keep_the_data() -> None:
    gone = None
    gc.disable()  # nothing but counted references frees them
    try:
        data = read_frames({"items": pd.DataFrame({"item_id": [1], "name": ["bolt"]})}, name="t", currency="EUR")
        data.measured(names)
        gone = ref(data)
        del data
        assert gone() is None
    finally:
        gc.enable()


def test_what_nobody_waits_for_ends_before_its_next_question(data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody_waits, asked = Event(), []
    really = Engine.collect

    def collect(engine: Engine, expression: Table) -> pd.DataFrame:
        asked.append(expression)
        nobody_waits.set()
        return really(engine, expression)

    monkeypatch.setattr(Engine, "collect", collect)
    with until(nobody_waits), pytest.raises(GivenUp):
        data.measured(lambda found: [names(found), names(found)])
    assert len(asked) == 1
    assert names(data) == ["bolt", "nut"]
