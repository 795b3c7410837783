"""The batches that come along are right: every case of theirs could start."""

from __future__ import annotations

from pathlib import Path

import pytest

from srmkit.batch import read_cases
from srmkit.places import data_folder

FILES = sorted((data_folder() / "batches").glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_case_names_its_study_and_settings_that_exist(file: Path) -> None:
    cases = read_cases(file, "supplier_segmentation")
    assert len({case.folder for case in cases}) == len(cases) >= 3
