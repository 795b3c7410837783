"""How long an analyst waits after each kind of move, with 1,000 and 10,000 candidates; beside it the study run again.

`tests/benchmarks/explorer` makes the table of docs/explorer-speed.md of the same moves.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from srmkit.studies import run_of
from srmkit.widgets import Explorer

sys.path.insert(0, str(Path(__file__).parent / "explorer"))
from moves import CUT, PROMISED, company, kinds, opened  # noqa: E402 - a command's folder, put on the path above

sys.path.pop(0)

KINDS = ("cut", "weight", "undo of a weight", "doubt of the weights", "another setting", "a candidate selected",
         "cut, reason sheet open", "weight, reason sheet open", "cut, compared with the pinned", "other months",
         "other months, taken back", "other months, one more step the same way", "a category", "a segment")


@pytest.fixture(scope="module", params=PROMISED, ids=lambda size: f"{size:,}")
def data(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param != min(PROMISED) and not request.config.getoption("benchmark_enable"):
        pytest.skip("the larger company is for timing alone")
    return company(request.param, tmp_path_factory.mktemp("large"))


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    yield made
    made.close()


@pytest.fixture(scope="module", params=sorted(CUT))
def explorer(request: pytest.FixtureRequest, data: Path, loop: asyncio.AbstractEventLoop) -> Explorer:
    async def begun() -> Explorer:
        return opened(request.param, data)

    return loop.run_until_complete(begun())


@pytest.mark.parametrize("kind", KINDS)
def test_a_move(benchmark: Any, explorer: Explorer, loop: asyncio.AbstractEventLoop, kind: str) -> None:
    found = {name.split(" (")[0]: both for name, both in kinds(explorer).items()}
    if kind not in found:
        pytest.skip("this study has no such move")
    before, move = found[kind]

    async def done(work: Callable[[], object]) -> None:
        work()

    def prepared() -> None:
        loop.run_until_complete(done(before))
        loop.run_until_complete(explorer.at_rest())

    benchmark.group = f"{explorer.study.params.study}, {kind}"
    benchmark.pedantic(lambda: loop.run_until_complete(done(move)), setup=prepared, rounds=5)
    loop.run_until_complete(explorer.at_rest())
    assert "alert" not in explorer.status.value


def test_running_the_study_again(benchmark: Any, explorer: Explorer) -> None:
    benchmark.group = f"{explorer.study.params.study}, run again"
    benchmark.pedantic(lambda: run_of(explorer.study.params.study)(explorer.study.params).glance(), rounds=1)
