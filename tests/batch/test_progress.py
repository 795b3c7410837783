"""The time left is told when it is known, and is about what it then takes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest

from srmkit.batch.progress import Progress

START = 6.0  # seconds that the first runs wait for kernels and imports, as long as they take


class Clock:
    """Time that passes when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def side_by_side(lengths: list[float], at_a_time: int) -> Iterator[tuple[float, float]]:
    """When each run ends, and how long it took; as soon as one ends the next begins."""
    free, ends = [0.0] * at_a_time, []
    for place, length in enumerate(lengths):
        took = length + (START if place < at_a_time else 0)
        free.sort()
        free[0] += took
        ends.append((free[0], took))
    yield from sorted(ends)


@pytest.mark.parametrize("at_a_time", [1, 2, 8])
@pytest.mark.parametrize("lengths", [[6.0] * 40, [4.0, 6.0, 8.0, 5.0] * 10], ids=["alike", "unlike"])
def test_the_time_left_is_about_what_it_takes_and_the_first_runs_do_not_stretch_it(
    at_a_time: int, lengths: list[float]
) -> None:
    log, clock = io.StringIO(), Clock()
    runs = list(side_by_side(lengths, at_a_time))
    with Progress(len(runs), log, clock=clock) as progress:
        clock.now += 60  # cases are checked
        progress.begin(at_a_time)
        begun = clock.now
        for end, took in runs:
            clock.now = begun + end
            progress.tell("run", "done", took)
    first, *lines = log.getvalue().splitlines()
    assert first == "checking 40 cases before the first run"
    over = runs[-1][0]
    told_about = 0
    for place, (line, (now, _)) in enumerate(zip(lines[:-1], runs, strict=False), start=1):
        found = re.search(r"; (?:([\d.]+) runs a minute, about|at most) (\d+):(\d\d) left", line)
        if place < at_a_time:
            assert found is None, line
            continue
        assert found, line
        left = 60 * int(found[2]) + int(found[3])
        if found[1] is None:  # known from first runs alone: a bound
            assert left >= over - now - 1
        else:
            told_about += 1
            assert left == pytest.approx(over - now, abs=max(9, 0.35 * (over - now))), line  # a run more or less
            assert float(found[1]) == pytest.approx(60 * at_a_time / 6, rel=0.5)
    assert told_about >= 40 - at_a_time - 2
    assert lines[-1].endswith("s")


def test_a_log_has_a_line_a_run() -> None:
    log = io.StringIO()
    with Progress(2, log) as progress:
        progress.tell("ten", "done", 3.2)
        progress.tell("five", "failed", 2.7)
    assert log.getvalue().splitlines() == [
        "checking 2 cases before the first run",
        "[1/2] ten: done in 3 s; at most 00:03 left", "[2/2] five: failed in 3 s"]


def test_what_is_unchanged_says_nothing_of_the_time_left() -> None:
    log, clock = io.StringIO(), Clock()
    with Progress(5, log, clock=clock) as progress:
        progress.tell("one", "unchanged", 300, unchanged=True)
        progress.begin(1)
        for name, took in (("two", 20), ("three", 10)):
            clock.now += took
            progress.tell(name, "done", took)
    assert log.getvalue().splitlines() == [
        "checking 5 cases before the first run", "[1/5] one: unchanged", "[2/5] two: done in 20 s; at most 01:00 left",
        "[3/5] three: done in 10 s; 6.0 runs a minute, about 00:20 left"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_of_a_terminal_tells_the_same_time_and_no_other() -> None:
    log, clock = Terminal(), Clock()
    with Progress(4, log, clock=clock) as progress:
        progress.begin(1)
        for took in (20, 10, 10):
            clock.now += took
            progress.tell("run", "done", took)
    assert "checking 4 cases" in log.getvalue()
    assert re.findall(r"about (\S+) left", log.getvalue())[-1:] == ["00:10"]  # the last one is drawn as it is closed
    assert not re.findall(r"<\d\d:\d\d", log.getvalue())  # of tqdm's own
