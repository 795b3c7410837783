"""Where the sample company, the scorecards and the notebooks lie, in a checkout or an installed package."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def data_folder() -> Path:
    """The folder with the sample company, scorecards, strategy cards and column maps.

    >>> data_folder().is_dir()
    True
    """
    return _shipped("data")


def notebooks_folder() -> Path:
    """The folder with one notebook a study.

    >>> notebooks_folder().name in {"notebooks", "_notebooks"}
    True
    """
    return _shipped("notebooks")


def _shipped(name: str) -> Path:
    # a wheel carries the folder inside the package; a checkout keeps it where people look for it
    inside = PACKAGE / f"_{name}"
    return inside if inside.is_dir() else PACKAGE.parent / name
