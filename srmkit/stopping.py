"""Long work that may be given up: whoever waits for it says so, and the work looks now and then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event

_given_up: ContextVar[Event | None] = ContextVar("given_up", default=None)


class GivenUp(Exception):
    """Nobody waits for this work any more."""


@contextmanager
def until(given_up: Event) -> Iterator[None]:
    """Work inside stops with `GivenUp`, at its next look, once the event is set.

    >>> event = Event()
    >>> with until(event):
    ...     look()
    ...     event.set()
    ...     try:
    ...         look()
    ...     except GivenUp:
    ...         print("stopped")
    stopped
    """
    token = _given_up.set(given_up)
    try:
        yield
    finally:
        _given_up.reset(token)


def look() -> None:
    """Stop here if this work was given up; work that nobody can give up goes on."""
    given_up = _given_up.get()
    if given_up is not None and given_up.is_set():
        raise GivenUp
