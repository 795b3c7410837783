"""Long work: it may be given up, and who cannot wait for it is told before it begins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event

_given_up: ContextVar[Event | None] = ContextVar("given_up", default=None)
_nobody_can_wait: ContextVar[bool] = ContextVar("nobody_can_wait", default=False)


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


class TakesLong(Exception):
    """The answer is not at hand, and whoever asked cannot wait for it."""


@contextmanager
def at_once() -> Iterator[None]:
    """Work inside is not begun where it would take long: it raises `TakesLong`.

    >>> with at_once():
    ...     try:
    ...         takes_long()
    ...     except TakesLong:
    ...         print("not begun")
    not begun
    """
    token = _nobody_can_wait.set(True)
    try:
        yield
    finally:
        _nobody_can_wait.reset(token)


def takes_long() -> None:
    """Say that what follows takes long; work that somebody waits for goes on."""
    if _nobody_can_wait.get():
        raise TakesLong
