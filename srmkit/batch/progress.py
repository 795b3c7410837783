"""One line of progress for a batch: a bar on a terminal, a line a run in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

from tqdm import tqdm

BAR = "{l_bar}{bar}| {n_fmt}/{total_fmt} [{elapsed}{postfix}]"


class Progress:
    """Tells how many of `total` runs have ended, how fast, and how long the rest will take.

    The runs that begin first wait for kernels and imports that the others find there. So nothing is said of the time
    left before as many have ended as run at a time; from these, how long it takes at most; and once some that began
    later have ended, from the mean of those alone, how long about. What came before the first run does not count.
    """

    def __init__(
        self, total: int, stream: TextIO | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream or sys.stderr
        self._clock = clock
        self._begun = clock()
        self._total = total
        self._ended = 0
        self._at_a_time = 1
        self._made: list[tuple[float, float]] = []  # when each began, and how long it took
        self._bar = tqdm(total=total, file=self._stream, disable=not self._stream.isatty(), bar_format=BAR)
        checking = f"checking {total} {'case' if total == 1 else 'cases'}"
        if self._bar.disable:
            self._say(f"{checking} before the first run")
        else:
            self._bar.set_postfix_str(checking)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._bar.close()

    def begin(self, at_a_time: int) -> None:
        """Note that the first runs begin now, and how many there are at a time."""
        self._at_a_time, self._begun = at_a_time, self._clock()
        self._bar.set_postfix_str("")

    def tell(self, name: str, state: str, seconds: float, *, unchanged: bool = False) -> None:
        """Note the end of one run; one that is `unchanged` took no time now: none is told, and the rate stays."""
        self._ended += 1
        if not unchanged:
            self._made.append((self._clock() - seconds, seconds))
        rest = self._rest()
        if self._bar.disable:
            took = "" if unchanged else f" in {seconds:.0f} s"
            self._say(f"[{self._ended}/{self._total}] {name}: {state}{took}{rest}")
        self._bar.set_postfix_str(f"{name} {state}{rest}", refresh=False)
        self._bar.update()

    def _say(self, line: str) -> None:
        self._stream.write(f"{line}\n")
        self._stream.flush()

    def _rest(self) -> str:
        if self._ended == self._total or len(self._made) < self._at_a_time:
            return ""
        first_end = sum(self._made[0])
        later = [seconds for start, seconds in self._made if start > (self._begun + first_end) / 2]
        known = later or [seconds for _, seconds in self._made]
        a_run = sum(known) / len(known) / self._at_a_time
        left = tqdm.format_interval(a_run * (self._total - self._ended))
        if not later:
            return f"; at most {left} left"
        return f"; {60 / max(a_run, 0.001):.1f} runs a minute, about {left} left"
