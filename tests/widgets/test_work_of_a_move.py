"""A move does again only what it changes: stages are counted here, seconds stand in the benchmarks."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from srmkit.robustness import Between
from srmkit.robustness.axis_draws import Engine
from srmkit.robustness.figures import Figures
from srmkit.scoring import scoring
from srmkit.studies import criteria_weights, params_of, run_of
from srmkit.tables import Dataset
from srmkit.weighting import panel
from srmkit.widgets import Explorer, first_look, resting
from srmkit.widgets.explorer import WHY

CUTS = {"supplier_segmentation": ("impact_cut", (61.0, 62.0)), "account_selection": ("strength_cut", (41.0, 42.0)),
        "criteria_weights": ("up_cut", (61.0, 62.0))}


@pytest.fixture(params=CUTS)
def explorer(request: pytest.FixtureRequest) -> Explorer:
    return opened(request.param, draws=128)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each stage was worked through since."""
    found: Counter[str] = Counter()

    def watched(where: object, name: str, stage: str) -> None:
        work = getattr(where, name)

        def spy(*given: Any, **options: Any) -> Any:
            found[stage] += 1
            return work(*given, **options)

        monkeypatch.setattr(where, name, spy)

    watched(scoring, "score", "scored")
    watched(Engine, "_block", "drawn")
    watched(Figures, "levels", "figures drawn")
    watched(panel, "judged", "judged")
    watched(criteria_weights, "read_judgements", "judgements read")
    watched(Dataset, "collect", "asked of the data")
    return found


def opened(study: str, **settings: Any) -> Explorer:
    return Explorer(run_of(study)(params_of(study)(**settings)))


def move(explorer: Explorer, place: int) -> None:
    name, values = CUTS[explorer.study.params.study]
    explorer.form.controls[name].value = values[place]


def test_a_cut_scores_draws_and_reads_nothing_again(explorer: Explorer, counted: Counter[str]) -> None:
    chart = explorer.chart.value
    move(explorer, 0)
    move(explorer, 1)
    assert explorer.chart.value != chart
    assert counted == Counter()


def test_a_weight_draws_weights_again_but_no_figure(explorer: Explorer, counted: Counter[str]) -> None:
    slider = next(iter(explorer.weights.sliders.values()))
    slider.value += 7
    assert counted["scored"] == 1
    assert counted["drawn"] >= 1
    assert {"figures drawn", "judged", "judgements read", "asked of the data"}.isdisjoint(counted)
    slider.value += 7
    assert counted["scored"] == 2


def test_a_taken_back_move_is_known(explorer: Explorer, counted: Counter[str]) -> None:
    slider = next(iter(explorer.weights.sliders.values()))
    slider.value += 7
    counted.clear()
    explorer.undo.click()
    assert "scored" not in counted


def test_who_is_pointed_at_is_explained_once_and_a_folded_sheet_never(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    kind = type(explorer.study)
    reasons: Callable[..., Any] = kind.reasons
    monkeypatch.setattr(kind, "reasons", lambda *given, **options: (asked.append(given[1]),
                                                                    reasons(*given, **options))[1])
    first, second = list(explorer.study.candidate_ids())[:2]
    explorer.chart.chosen = first
    assert len(asked) == 1
    explorer.table.chosen = second
    assert len(asked) == 2
    explorer.more.selected_index = None
    move(explorer, 0)
    explorer.candidate.value = first
    assert len(asked) == 2
    explorer.more.selected_index = WHY
    assert len(asked) == 3


def test_judgements_that_have_changed_are_read_again(tmp_path: Any) -> None:
    file = tmp_path / "ours.csv"
    lines = ["rater,method,criterion,value", "Ada,points,profit_impact,60", "Ada,points,supply_risk,40"]
    file.write_text("\n".join(lines))
    explorer = opened("criteria_weights", draws=64, judgements=str(file))
    assert explorer.study.agreed.axis_weights["profit_impact"] == pytest.approx(0.6)
    file.write_text("\n".join([*lines[:1], "Ada,points,profit_impact,30", "Ada,points,supply_risk,70"]))
    explorer.form.controls["up_cut"].value = 61.0
    assert explorer.study.agreed.axis_weights["profit_impact"] == pytest.approx(0.3)


def test_the_raters_range_is_that_of_a_run_without_controls() -> None:
    explorer = opened("criteria_weights", draws=64)
    for name, value in (("own_doubt", False), ("priority", "geometric_mean"), ("own_doubt", True)):
        explorer.form.controls[name].value = value
    settings = explorer.study.params
    for cache in ("_read", "_panels", "_signed", "_by_rater", "_between"):
        getattr(criteria_weights, cache).cache_clear()
    ranges: tuple[Between, ...] = run_of("criteria_weights")(settings).doubt.weights
    assert explorer.study.doubt.weights == ranges


def test_a_bar_of_the_data_check_asks_nothing_of_the_data(counted: Counter[str]) -> None:
    explorer = opened("data_health", duplicates=False)
    counted.clear()
    shown = explorer.table.value
    explorer.form.controls["essential"].value = 99.0
    assert explorer.table.value != shown
    assert counted == Counter()


def test_the_first_look_is_ready_before_the_first_move(
    monkeypatch: pytest.MonkeyPatch, counted: Counter[str]
) -> None:
    monkeypatch.setattr(first_look, "AT_ONCE", 1)  # as with very many candidates
    monkeypatch.setattr(resting, "REST", 0.0)

    async def moved() -> None:
        explorer = opened("account_selection", draws=256)
        await explorer.at_rest()
        counted.clear()
        explorer.form.controls["strength_cut"].value = 41.0
        assert explorer.shown.params.draws == 64
        assert counted == Counter()
        await explorer.at_rest()
        assert explorer.shown is explorer.study

    with ThreadPoolExecutor(max_workers=1) as thread:  # in this one the browser tests may have left a loop running
        thread.submit(asyncio.run, moved()).result()
