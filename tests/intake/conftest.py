"""Messy exports of the sample company, one folder a level, with the map that is the truth about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from srmkit.intake import Proposal, propose
from srmkit.sample import make_company, write_messy

LEVELS = (1, 3)  # the faults of level 2 are in level 3


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[Path, Path]]:
    """By level: the folder as a stranger gets it, and the true map, which lies elsewhere."""
    company, found = make_company(), {}
    for level in LEVELS:
        folder = write_messy(company, tmp_path_factory.mktemp(f"mess{level}"), level)
        (folder / "truth.json").unlink()
        truth = folder.with_name(f"{folder.name}_map.toml")
        (folder / "column_map.toml").rename(truth)
        found[level] = folder, truth
    return found


@pytest.fixture(scope="session")
def proposals(exports: dict[int, tuple[Path, Path]]) -> dict[int, Proposal]:
    """What is proposed for each of them, without a word from anybody."""
    return {level: propose(folder) for level, (folder, _) in exports.items()}
