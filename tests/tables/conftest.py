"""Data sets and small folders that the tests of tables share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Folder = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Write text files into a fresh data folder and give its path."""

    def write(files: Mapping[str, str]) -> Path:
        home = tmp_path / "company"
        home.mkdir(exist_ok=True)
        for name, text in files.items():
            (home / name).write_text(text, encoding="utf-8")
        return home

    return write
