"""A refused move is told beside its control and leaves everything on show; a good one puts each part up once."""

from __future__ import annotations

from typing import Any

import pytest

from srmkit.errors import Problem, SrmkitError
from srmkit.studies import STUDIES, params_of, run_of
from srmkit.widgets import Explorer

CUTS = {"supplier_segmentation": ("impact_cut", 75.0), "account_selection": ("capacity", 12),
        "criteria_weights": ("up_cut", 65.0), "data_health": ("essential", 99.0)}
SHOWN = ("chart", "table", "paste", "reasons", "moves")


@pytest.fixture(scope="module", params=STUDIES)
def study(request: pytest.FixtureRequest) -> Any:
    few = {"draws": 64} if "draws" in params_of(request.param).model_fields else {"duplicates": False}
    return run_of(request.param)(params_of(request.param)(**few))


@pytest.fixture
def explorer(study: Any) -> Explorer:
    return Explorer(study)


def on_show(explorer: Explorer) -> dict[str, str]:
    return {part: getattr(explorer, part).value for part in SHOWN}


@pytest.mark.parametrize(("name", "value"), [("as_of", "30.06.2026"), ("firm", 0.5)])
def test_a_refused_setting_is_told_at_its_control_and_the_picture_stays(
    explorer: Explorer, name: str, value: object
) -> None:
    explorer.chart.chosen = next(iter(explorer.study.candidate_ids()))
    before, good, shown = on_show(explorer), explorer.form.controls[name].value, explorer.shown
    explorer.form.controls[name].value = value  # 'firm' below 'likely' is wrong of both together
    assert 'role="alert"' in explorer.form.wrong[name].value
    assert [one for one, place in explorer.form.wrong.items() if place.value] == [name]
    assert 'role="alert"' in explorer.status.value
    assert explorer.shown is shown
    assert on_show(explorer) == before
    assert explorer.pin.disabled
    assert explorer.save.disabled  # what would be kept is not what the controls say
    explorer.form.controls[name].value = good
    assert not explorer.save.disabled
    assert "alert" not in explorer.status.value
    assert not any(place.value for place in explorer.form.wrong.values())


def test_an_error_of_the_study_is_told_at_the_control_that_was_moved(explorer: Explorer) -> None:
    before = on_show(explorer)
    explorer.form.controls["as_of"].value = "1999-01-01"  # long before the first order: a good day without data
    if "alert" not in explorer.status.value:
        pytest.skip("this study can answer without any order")
    assert 'role="alert"' in explorer.form.wrong["as_of"].value
    assert on_show(explorer) == before
    explorer.undo.click()
    assert "alert" not in explorer.status.value


def test_an_error_that_names_no_control_stays_at_the_one_whose_move_brought_it(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(params: Any) -> Any:
        raise SrmkitError("the answer", [Problem("nobody", "is left" if params.reviewer != "Dahl" else "was there")])

    def told() -> list[str]:
        return [name for name, place in explorer.form.wrong.items() if place.value]

    monkeypatch.setattr(explorer, "_at", refuse)
    explorer.form.controls["as_of"].value = "2026-06-29"
    assert told() == ["as_of"]
    explorer.form.controls["reviewer"].value = "Alba"
    assert told() == ["as_of"]
    explorer.form.controls["reviewer"].value = "Dahl"
    assert told() == ["reviewer"], "another error, brought by another move"


def test_weights_that_cannot_be_are_told_where_weights_are_dragged(explorer: Explorer) -> None:
    if explorer.weights is None:
        pytest.skip("this study has no weights")
    before = on_show(explorer)
    explorer.form.controls["weights"].value = '{"nobody": 3}'
    assert "nobody" in explorer.form.wrong["weights"].value
    assert on_show(explorer) == before
    panel = next(part for part in explorer.box.children[0].children if getattr(part, "titles", ()) == ("Weights",))
    assert explorer.form.wrong["weights"] in panel.children[0].children


def test_each_part_is_put_up_once_a_move_and_never_empty(explorer: Explorer) -> None:
    explorer.chart.chosen = next(iter(explorer.study.candidate_ids()))
    seen: list[tuple[str, str]] = []
    for part in ("chart", "table", "status", "reasons"):
        getattr(explorer, part).observe(lambda change, part=part: seen.append((part, change["new"])), names="value")
    name, value = CUTS[explorer.study.params.study]
    explorer.form.controls[name].value = value
    parts = [part for part, _ in seen]
    sheets = [value for part, value in seen if part == "reasons"]
    # that it follows, then the sheet: at once, unless a loop is left running in this thread
    assert [value.startswith("<p><em>") for value in sheets] in ([], [True], [True, False])
    assert len(parts) - len(sheets) == len(set(parts) - {"reasons"})
    assert "chart" in parts
    assert all(text for _, text in seen)
