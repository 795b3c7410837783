"""The repository speaks of the project alone: no places of one machine, no addresses of registries."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

# put together from parts, so that this file does not find itself
PLACES = "|".join(rf"(?<![\w.~-])/{place}/" for place in ("work", "tmp", "root", "home", "opt"))
REGISTRIES = "|".join(rf"{name}\.org" for name in ("pypi", "pythonhosted"))
LONGEST_FILE = 1_500_000


def _words(file: Path) -> str:
    content = file.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8")


@pytest.mark.parametrize("wrong", [PLACES, REGISTRIES], ids=["places of one machine", "addresses of registries"])
def test_no_file_names(own_files: list[Path], repository: Path, wrong: re.Pattern[str]) -> None:
    found = [
        f"{file.relative_to(repository)}:{number}: {line.strip()[:100]}"
        for file in own_files
        for number, line in enumerate(_words(file).splitlines(), start=1)
        if re.search(wrong, line)
    ]
    assert found == []


def test_no_file_is_too_large_to_look_at(own_files: list[Path], repository: Path) -> None:
    large = [str(file.relative_to(repository)) for file in own_files if file.stat().st_size > LONGEST_FILE]
    assert large == []


def test_no_folder_is_named_for_leftovers(own_files: list[Path], repository: Path) -> None:
    leftovers = {"utils", "helpers", "common", "core", "misc"}
    parts = {part for file in own_files for part in file.relative_to(repository).with_suffix("").parts}
    assert parts & leftovers == set()
