"""What-if for a study of one's own: from its settings and the result alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import pytest

from srmkit.decisions import DecisionRecord, StudyParams, setting
from srmkit.errors import Problem, SrmkitError
from srmkit.widgets import explore
from srmkit.widgets.trial import Trial


class Params(StudyParams):
    study = "visits"
    visits: int = setting(3, "how many can be visited", group="Model", low=1, high=9)
    source: str = setting("ours", "whose figures", group="Data")


@dataclass(frozen=True)
class Result:
    params: Params

    def tables(self) -> dict[str, pd.DataFrame]:
        return {"Suppliers": pd.DataFrame({"name": [f"<b>{place}" for place in range(self.params.visits)]})}

    def decision(self) -> DecisionRecord:
        return DecisionRecord("Whom?", f"{self.params.visits} are visited.", (), (), "", "Sure.", (), (), (), "", "")

    def definitions(self) -> pd.DataFrame:
        return pd.DataFrame()

    def manifest(self) -> dict[str, Any]:
        return {}


def run(params: Params) -> Result:
    if params.source != "ours":
        raise SrmkitError("data", [Problem("'source'", "is not there", params.source, "Name another.")])
    if params.visits == 7:
        raise KeyError("visits")
    return Result(params)


@pytest.fixture
def trial(monkeypatch: pytest.MonkeyPatch) -> Trial:
    monkeypatch.setenv("SRMKIT_MODE", "explore")
    made = explore(run(Params()), run=run)
    assert isinstance(made, Trial)
    return made


def test_a_move_runs_the_study_and_can_be_undone(trial: Trial) -> None:
    assert "3 are visited." in trial.shown.value
    trial.form.controls["visits"].value = 5
    assert "5 are visited." in trial.shown.value
    assert "&lt;b&gt;4" in trial.shown.value
    assert trial.paste.value == "visits = 5"
    trial.undo.click()
    assert "3 are visited." in trial.shown.value
    assert (trial.undo.disabled, trial.redo.disabled) == (True, False)
    trial.redo.click()
    assert trial.study.params == Params(visits=5)


def test_what_is_refused_stands_under_its_control_and_the_last_good_result_stays(trial: Trial) -> None:
    trial.form.controls["source"].value = "theirs"
    assert "is not there; found theirs." in trial.form.wrong["source"].value
    assert "is not there" in trial.status.value
    assert "3 are visited." in trial.shown.value
    trial.form.controls["source"].value = "ours"
    assert not trial.form.wrong["source"].value
    assert not trial.status.value


def test_a_fault_of_the_study_is_told_and_the_last_good_result_stays(trial: Trial) -> None:
    trial.form.controls["visits"].value = 7
    assert "could not be worked out; found KeyError: " in trial.status.value
    assert "could not be worked out" in trial.form.wrong["visits"].value
    assert "3 are visited." in trial.shown.value
    trial.undo.click()
    assert (trial.form.controls["visits"].value, trial.status.value) == (3, "")
    trial.form.controls["visits"].value = 8
    assert "8 are visited." in trial.shown.value


def test_where_nobody_is_there_the_settings_stand_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SRMKIT_MODE", "batch")
    assert "all settings are at their defaults" in repr(explore(run(Params()), run=run))
