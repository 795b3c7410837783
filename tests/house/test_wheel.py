"""The package as others install it: complete, and at home in any folder."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def unpacked(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the wheel, as an installer lays them down."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "hatchling",
            "build",
            "--target",
            "wheel",
            "--directory",
            str(folder / "dist"),
        ],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def _files(folder: Path) -> set[str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix() for file in files if not _left_out(file)}


def _left_out(file: Path) -> bool:
    return "__pycache__" in file.parts or ".ipynb_checkpoints" in file.parts


@pytest.mark.parametrize(("inside", "outside"), [("_data", "data"), ("_notebooks", "notebooks")])
def test_data_and_notebooks_travel_with_the_package(
    unpacked: Path, repository: Path, inside: str, outside: str
) -> None:
    assert _files(unpacked / "srmkit" / inside) == _files(repository / outside)


def test_every_module_and_template_travels(unpacked: Path, repository: Path) -> None:
    assert _files(repository / "srmkit") <= _files(unpacked / "srmkit")


def test_it_works_from_another_folder(unpacked: Path, tmp_path: Path) -> None:
    program = (
        "import srmkit\n"
        "from srmkit import Scorecard, scorecard_names\n"
        "from srmkit.places import data_folder, notebooks_folder\n"
        "print(srmkit.__file__)\n"
        "print(Scorecard.read('kraljic').name, len(scorecard_names()) > 5)\n"
        "print(data_folder().name, notebooks_folder().name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(unpacked), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    where, scorecard, folders = done.stdout.splitlines()
    assert Path(where).is_relative_to(unpacked)
    assert (scorecard, folders) == ("kraljic True", "_data _notebooks")
