"""How long an analyst waits after moving a control, with 1,000 customers and 1,000 items; the promise is 0.3 s.

Beside it the same answer without kept evidence, as a plain second run of the study: what a user would do instead.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from srmkit.sample import SampleSettings, make_company, write_company
from srmkit.studies import params_of, run_of
from srmkit.widgets import Explorer

CONTROLS = {
    "account_selection": {"capacity": (12, 25), "strength_cut": (45.0, 55.0), "weight_doubt": (10.0, 30.0)},
    "supplier_segmentation": {"impact_cut": (45.0, 55.0), "weight_doubt": (10.0, 30.0)},
    "criteria_weights": {"up_cut": (45.0, 55.0), "combine": ("arithmetic", "geometric")},
}
CASES = [(study, control) for study, controls in CONTROLS.items() for control in controls]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    write_company(make_company(SampleSettings(customers=1_000, items=1_000)), folder)
    return folder


@pytest.fixture(scope="module")
def explorers(large: Path) -> dict[str, Explorer]:
    level = {"supplier_segmentation": {"level": "item"}, "account_selection": {}, "criteria_weights": {"level": "item"}}
    return {study: Explorer(run_of(study)(params_of(study)(data=str(large), **level[study]))) for study in CONTROLS}


@pytest.mark.parametrize(("study", "control"), CASES)
def test_moving_a_control(benchmark: Any, explorers: dict[str, Explorer], study: str, control: str) -> None:
    explorer = explorers[study]
    assert len(explorer.study.positions()) >= 700
    values = itertools.cycle(CONTROLS[study][control])

    def move() -> None:
        explorer.form.controls[control].value = next(values)

    benchmark.group = f"{study}, 1,000 candidates"
    benchmark(move)
    assert "alert" not in explorer.status.value


@pytest.mark.parametrize("study", sorted(CONTROLS))
def test_running_the_study_again(benchmark: Any, explorers: dict[str, Explorer], study: str) -> None:
    benchmark.group = f"{study}, 1,000 candidates"
    benchmark(lambda: run_of(study)(explorers[study].study.params).overview())
