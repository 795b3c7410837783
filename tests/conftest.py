"""Fixtures that every test folder may use.

A test that asks for `shared` (real data sets beside the repository) or `chromium` (a browser) is marked
`real_data` or `browser` by itself, and skips with a reason where the machine has none. With
SRMKIT_REQUIRE_ALL=1 it fails instead, so that a complete run cannot pass by leaving things out.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from srmkit.tables import Dataset

REPOSITORY = Path(__file__).resolve().parents[1]
MARKERS = {"shared": "real_data", "chromium": "browser"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# the same examples everywhere, and no deadline: a busy machine is not a wrong answer
settings.register_profile("ci", derandomize=True, deadline=None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        wanted = getattr(item, "fixturenames", ())
        for fixture, marker in MARKERS.items():
            if fixture in wanted:
                item.add_marker(marker)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of this checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def parts_of() -> Callable[[Any], Iterator[Any]]:
    """A widget and everything in it."""

    def parts(widget: Any) -> Iterator[Any]:
        yield widget
        for child in getattr(widget, "children", ()):
            yield from parts(child)

    return parts


@pytest.fixture(scope="session")
def said_by(parts_of: Callable[[Any], Iterator[Any]]) -> Callable[..., list[str]]:
    """All that a widget and everything in it say, as HTML or plain; no tooltips of those in `quoting`."""
    from ipywidgets import HTML

    from srmkit.widgets.pointing import Pointing

    def said(widget: Any, quoting: Collection[Any] = ()) -> list[str]:
        words: list[str] = []
        for part in parts_of(widget):
            told = ["description", "placeholder", *([] if part in quoting else ["tooltip"])]
            words += [str(getattr(part, name, None) or "") for name in told]
            for names in ("titles", "_options_labels", "words"):
                words += map(str, getattr(part, names, ()))
            if isinstance(part, HTML | Pointing):
                words.append(part.value)
        return words

    return said


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data sets beside the repository; tests that need it skip where it is missing."""
    folder = REPOSITORY.parent / "shared"
    if not (folder / "data").is_dir():
        _not_here("needs the real data sets in ../shared, which are not part of the repository")
    return folder


@pytest.fixture(scope="session")
def adventureworks(shared: Path) -> Dataset:
    """The bicycle maker, read through its column map."""
    return _mapped(shared, "adventureworks")


@pytest.fixture(scope="session")
def scms(shared: Path) -> Dataset:
    """The health-goods deliveries, read through their column map."""
    return _mapped(shared, "scms")


def _mapped(shared: Path, name: str) -> Dataset:
    from srmkit.tables import read_dataset  # here, so that collecting tests loads nothing heavy

    return read_dataset(shared / "data" / name, column_map=name)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's program; tests that need it skip where there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        _not_here(f"needs a browser ({', '.join(BROWSERS)}), on Debian: apt-get install chromium")
    return Path(found)


@pytest.fixture(scope="session")
def require() -> Callable[[bool, str], None]:
    """Skip with a reason where something is not on this machine; with SRMKIT_REQUIRE_ALL=1 that is a failure."""

    def check(there: bool, reason: str) -> None:
        if not there:
            _not_here(reason)

    return check


def _not_here(reason: str) -> NoReturn:
    if os.environ.get("SRMKIT_REQUIRE_ALL") == "1":
        pytest.fail(f"{reason}; SRMKIT_REQUIRE_ALL=1 allows no gap", pytrace=False)
    pytest.skip(reason)
