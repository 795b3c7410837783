"""What an analyst does at the explorer: each kind of move, on companies of two sizes, with the time until it is drawn.

A move is timed from the new value of the control to the last widget's new value: the first look, or the word that
data are being measured. What follows when the hand rests is waited for, and timed apart until the first look is there.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from srmkit.sample import SampleSettings, make_company, write_company
from srmkit.studies import params_of, run_of
from srmkit.widgets import Explorer
from srmkit.widgets.explorer import WHO_MOVES, WHY
from srmkit.widgets.resting import REST

PROMISED = {1_000: 0.1, 10_000: 0.5}  # seconds of the kernel a move
BASE = SampleSettings()

LEVEL = {"supplier_segmentation": {"level": "item"}, "criteria_weights": {"level": "item"}}
CUT = {"account_selection": "strength_cut", "criteria_weights": "up_cut", "data_health": "essential",
       "supplier_segmentation": "impact_cut"}
OTHER: dict[str, tuple[str, tuple[Any, ...]]] = {
    "account_selection": ("capacity", tuple(range(12, 60))),
    "criteria_weights": ("combine", ("arithmetic", "geometric")),
    "data_health": ("tolerance", tuple(one / 2 for one in range(2, 60))),
    "supplier_segmentation": ("missing", ("worst", "reweight")),
}
WITHIN: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "account_selection": ("segment", lambda evidence: evidence.customers["segment"]),
    "supplier_segmentation": ("category", lambda evidence: evidence.items["category"]),
}
FIRST = "first move after the start"
MEASURED = "other months"
UNFORESEEN = (11, 14, 9, 15, 16, 18, 22, 23, 25, 28)  # no step is that before it once more, which is measured ahead
BEAT = 0.002  # seconds


@dataclass(frozen=True)
class Cost:
    """Seconds of the processor and of the clock that a move took, then those until its first look was there.

    `still` is the longest of the clock that the kernel's loop heard nobody meanwhile.
    """

    cpu: float
    wall: float
    look_cpu: float
    look_wall: float
    still: float


def company(candidates: int, folder: Path) -> Path:
    """A company with so many items and customers, and suppliers as the sample company has to its items."""
    size = {"suppliers": candidates * BASE.suppliers // BASE.items, "items": candidates, "customers": candidates}
    write_company(make_company(SampleSettings(**size)), folder)
    return folder


def opened(study: str, data: Path) -> Explorer:
    """The explorer as it opens at the end of a notebook, where the study has been run; call it within a loop."""
    return Explorer(run_of(study)(params_of(study)(data=str(data), **LEVEL.get(study, {}))))


def kinds(explorer: Explorer) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """By name of a kind of move what is to be done before, untimed, and the move."""
    study = explorer.study.params.study
    cuts, levels = (iter(numbers) for numbers in (_numbers(), _numbers()))
    name, values = OTHER[study]
    others = _cycled(values)

    def cut() -> None:
        explorer.form.controls[CUT[study]].value = next(cuts)

    def other() -> None:
        explorer.form.controls[name].value = next(others)

    found = {"cut": (_folded(explorer), cut)}
    if explorer.weights is not None:
        slider = next(iter(explorer.weights.sliders.values()))

        def drag() -> None:
            slider.value = next(levels)

        found |= {"weight": (_folded(explorer), drag), "undo of a weight": (drag, explorer.undo.click)}
    if "weight_doubt" in explorer.form.controls:
        doubts = iter(range(5, 60))

        def doubt() -> None:
            explorer.form.controls["weight_doubt"].value = float(next(doubts))

        found["doubt of the weights"] = (_folded(explorer), doubt)
    found[f"another setting ({name})"] = (_folded(explorer), other)
    candidates = iter(list(explorer.study.candidate_ids()) * 2)

    def choose() -> None:
        explorer.chart.chosen = next(candidates)

    found |= {"a candidate selected": (_folded(explorer), choose),
              "cut, reason sheet open": (_open(explorer, WHY), cut)}
    if explorer.weights is not None:
        found["weight, reason sheet open"] = (_open(explorer, WHY), drag)
    found["cut, compared with the pinned"] = (_open(explorer, WHO_MOVES), cut)
    months = explorer.form.controls["months"]
    unforeseen = iter(UNFORESEEN)

    def measure() -> None:
        months.value = next(unforeseen)

    def one_more() -> None:
        months.value += 1

    found |= {MEASURED: (_folded(explorer), measure), "other months, taken back": (measure, explorer.undo.click),
              "other months, one more step the same way": (one_more, one_more)}
    if study in WITHIN:
        setting, named = WITHIN[study]
        parts = _cycled(sorted(named(explorer.study.evidence).dropna().unique()))

        def within() -> None:
            explorer.form.controls[setting].value = next(parts)

        found[f"a {setting}"] = (_folded(explorer), within)
    return found


async def first(explorer: Explorer) -> Cost:
    """What the first move after the start costs, when the reader has read the first picture."""
    await asyncio.sleep(2 * REST)
    await explorer.at_rest()
    _, cut = kinds(explorer)["cut"]
    return (await _timed(explorer, [(lambda: None, cut)]))[0]


async def costs(explorer: Explorer, kind: str, times: int) -> list[Cost]:
    """What moves of one kind cost, each to another value."""
    before, move = kinds(explorer)[kind]
    return await _timed(explorer, [(before, move)] * times)


async def _timed(explorer: Explorer, moves: list[tuple[Callable[[], object], Callable[[], object]]]) -> list[Cost]:
    found = []
    for before, move in moves:
        before()
        await explorer.at_rest()
        cpu, wall = time.process_time(), time.perf_counter()
        move()
        moved = time.process_time() - cpu, time.perf_counter() - wall
        still, beat = 0.0, time.perf_counter()
        while explorer.study.params != explorer.form.params():
            await asyncio.sleep(BEAT)
            still, beat = max(still, time.perf_counter() - beat - BEAT), time.perf_counter()
        found.append(Cost(*moved, time.process_time() - cpu, time.perf_counter() - wall, still))
        if "alert" in explorer.status.value:
            raise SystemExit(f"the move was refused: {explorer.status.value}")
        await explorer.at_rest()
    return found


def _folded(explorer: Explorer) -> Callable[[], None]:
    return lambda: setattr(explorer.more, "selected_index", None)


def _open(explorer: Explorer, part: int) -> Callable[[], None]:
    return lambda: setattr(explorer.more, "selected_index", part)


def _numbers() -> Iterator[float]:
    return _cycled([40 + one * 0.5 for one in range(60)])


def _cycled(values: Any) -> Iterator[Any]:
    while True:
        yield from values
