"""One line of progress for a batch: a bar on a terminal, a line a run in a log."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self, TextIO

from tqdm import tqdm


class Progress:
    """Tells how many of `total` runs have ended, how fast, and how long the rest will take."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._total = total
        self._ended = self._unchanged = 0
        self._started = time.monotonic()
        self._bar = tqdm(total=total, unit="run", file=self._stream, disable=not self._stream.isatty(),
                         smoothing=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._bar.close()

    def tell(self, name: str, state: str, seconds: float, *, unchanged: bool = False) -> None:
        """Note the end of one run; one that is `unchanged` took no time and says nothing of the rate."""
        self._ended += 1
        if unchanged:
            self._unchanged += 1
            self._bar.initial = self._unchanged
        if self._bar.disable:
            self._stream.write(f"[{self._ended}/{self._total}] {name}: {state} in {seconds:.0f} s{self._rest()}\n")
            self._stream.flush()
        self._bar.set_postfix_str(f"{name} {state}")
        self._bar.update()

    def _rest(self) -> str:
        spent = time.monotonic() - self._started
        made = self._ended - self._unchanged
        if self._ended == self._total or made == 0 or spent == 0:
            return ""
        rate = made / spent
        left = tqdm.format_interval((self._total - self._ended) / rate)
        return f"; {60 * rate:.1f} runs a minute, about {left} left"
