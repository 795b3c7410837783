"""What takes long is done when the hand rests, beside the kernel's own loop, and given up at the next move."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Event
from typing import TypeVar

from srmkit.stopping import GivenUp, until

REST = 0.3  # seconds without a move after which a hand rests

Found = TypeVar("Found")


class Resting:
    """One piece of long work at a time, in a thread of its own; another one, or `stop`, gives it up.

    Work of one kind stands in line behind that of another where both share a thread, and gives up none of it.
    Where no loop runs (a script, a test) there is no rest to wait for: the work is done at once.
    """

    def __init__(self, *, behind: Resting | None = None) -> None:
        self._thread: ThreadPoolExecutor = (
            ThreadPoolExecutor(max_workers=1, thread_name_prefix="srmkit-at-rest") if behind is None
            else behind._thread)
        self._given_up = Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def can_wait(self) -> bool:
        """Whether there is a rest to wait for."""
        return _loop_runs()

    @property
    def busy(self) -> bool:
        """Whether anything waits or is under way."""
        return self._task is not None and not self._task.done()

    def stop(self) -> None:
        """Give up what waits or is under way."""
        self._given_up.set()
        if self._task is not None:
            self._task.cancel()

    def then(
        self, work: Callable[[], Found], show: Callable[[Found], None], fail: Callable[[Exception], None]
    ) -> None:
        """Do this work at the next rest, and show what was found where the controls are, or why nothing was."""
        self.stop()
        if _loop_runs():
            self._given_up = Event()
            self._task = asyncio.get_running_loop().create_task(self._after(self._given_up, work, show, fail))
            return
        try:
            show(work())
        except Exception as error:
            fail(error)

    def ahead(self, work: Callable[[], object]) -> None:
        """Do this at the next rest, for what it leaves ready to hand; nothing where no loop runs."""
        if _loop_runs():
            self.then(work, lambda _: None, lambda _: None)  # what fails will fail again when it is asked for

    async def over(self) -> None:
        """Return when nothing waits or is under way."""
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])

    async def _after(
        self, given_up: Event, work: Callable[[], Found], show: Callable[[Found], None],
        fail: Callable[[Exception], None],
    ) -> None:
        def stoppable() -> Found:
            with until(given_up):
                return work()

        await asyncio.sleep(REST)
        try:
            show(await asyncio.get_running_loop().run_in_executor(self._thread, copy_context().run, stoppable))
        except GivenUp:
            return
        except Exception as error:
            fail(error)


def _loop_runs() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
