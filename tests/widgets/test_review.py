"""The review writes every decision at once, and takes up where it was left."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from srmkit.duplicates import Decisions, Duplicates, find_duplicates
from srmkit.widgets.review import Review, review

FIRMS = pd.DataFrame({"name": ["Dornau Guss GmbH", "DORNAU GUSS <b>GmbH</b>", "Dornau Guss", "Velmau AG"],
                      "phone": ["+49 555 1234567", "0555 1234567", None, None]},
                     index=["S1", "S2", "S3", "S4"])


@pytest.fixture(scope="module")
def found() -> Duplicates:
    return find_duplicates(FIRMS)


def test_a_click_is_a_decision_in_the_file(found: Duplicates, tmp_path: Path) -> None:
    form = Review(found, tmp_path / "said.toml")
    assert len(form.pair.options) == len(found.pairs)
    pair = form.pair.value
    form.by.value = "A. Brandt"
    form.same.click()
    said = Decisions.read(tmp_path / "said.toml").all
    assert [(one.left, one.right, one.same, one.by) for one in said] == [(*pair, True, "A. Brandt")]
    assert pair not in [value for _, value in form.pair.options]
    assert len(Review(found, tmp_path / "said.toml").pair.options) == len(found.pairs) - 1


def test_a_decision_can_be_taken_back(found: Duplicates, tmp_path: Path) -> None:
    form = Review(found, tmp_path / "said.toml")
    pair = form.pair.value
    form.different.click()
    form.show_decided.value = True
    form.pair.value = pair
    form.reopen.click()
    assert Decisions.read(tmp_path / "said.toml") == Decisions()


def test_a_contradiction_is_refused_and_the_file_left_alone(found: Duplicates, tmp_path: Path) -> None:
    file = tmp_path / "said.toml"
    Decisions().saying("S1", "S2", same=True).saying("S2", "S3", same=True).write(file)
    before = file.read_text()
    form = Review(found, file)
    form.pair.value = ("S1", "S3")
    form.different.click()
    assert "are said to be different, and to be one" in form.status.value
    assert file.read_text() == before


def test_names_from_data_stay_text(found: Duplicates, tmp_path: Path) -> None:
    form = Review(found, tmp_path / "said.toml")
    form.pair.value = ("S1", "S2")
    assert "<b>GmbH" not in form.sheet.value + form.list.value
    assert "&lt;b&gt;GmbH" in form.sheet.value


def test_without_a_person_there_is_a_table(found: Duplicates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SRMKIT_MODE", "batch")
    assert "Pairs that may be one" in repr(review(found, tmp_path / "said.toml"))
    assert list(tmp_path.iterdir()) == []


def test_when_all_is_decided_it_says_so(found: Duplicates, tmp_path: Path) -> None:
    form = Review(found, tmp_path / "said.toml")
    while form.pair.value is not None:
        form.same.click()
    assert "No pair is left to decide." in form.sheet.value
    assert form.same.disabled
