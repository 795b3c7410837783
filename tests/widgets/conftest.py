"""What the tests of controls share."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def no_loop_left_running() -> Iterator[None]:
    """Playwright leaves the loop of this thread set as running, though it stands still: nothing would ever be done."""
    left = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(left)
