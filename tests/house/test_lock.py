"""requirements.lock holds every byte of an installation, and nothing about where it was made."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLATFORMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))


LOCKS = ("requirements.lock", "requirements-spark.lock")


@pytest.fixture(scope="module", params=LOCKS)
def any_lock(repository: Path, request: pytest.FixtureRequest) -> str:
    return (repository / request.param).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def locked(repository: Path) -> list[tuple[Requirement, int]]:
    """Each package of the main lock with the number of its hashes."""
    return entries_of((repository / "requirements.lock").read_text(encoding="utf-8"))


def entries_of(lock: str) -> list[tuple[Requirement, int]]:
    """Each locked package with the number of its hashes."""
    entries = re.split(r"\n(?=[a-zA-Z0-9])", re.sub(r"^(#.*\n)+", "", lock))
    return [(Requirement(entry.split("\\\n")[0]), entry.count("--hash=sha256:")) for entry in entries]


def test_every_package_has_one_version_and_its_hashes(any_lock: str) -> None:
    for package, hashes in entries_of(any_lock):
        assert re.fullmatch(r"==[^,*]+", str(package.specifier)), package
        assert hashes > 0, package


def test_the_lock_names_no_address(any_lock: str) -> None:
    assert re.findall(r"\w+://\S+|--index-url|--find-links|\bfile:", any_lock) == []


def test_spark_is_in_no_default_set_up(locked: list[tuple[Requirement, int]]) -> None:
    assert "pyspark" not in {canonicalize_name(package.name) for package, _ in locked}


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform[1])
def test_every_dependency_is_locked_to_a_version_that_we_allow(
    locked: list[tuple[Requirement, int]],
    project: dict[str, Any],
    python: str,
    platform: tuple[str, str, str],
) -> None:
    sys_platform, system, name = platform
    machine = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": sys_platform,
        "platform_system": system,
        "os_name": name,
    }
    versions = {
        canonicalize_name(package.name): Version(str(package.specifier).removeprefix("=="))
        for package, _ in locked
        if package.marker is None or package.marker.evaluate(machine)
    }
    declared = project["project"]
    extras = (line for extra in declared["optional-dependencies"].values() for line in extra)
    for line in (*declared["dependencies"], *extras):
        wanted = Requirement(line)
        version = versions.get(canonicalize_name(wanted.name))
        assert version is not None, f"{wanted.name} is not locked for Python {python}: make lock"
        assert version in wanted.specifier, f"{wanted} is locked to {version}: make lock"
