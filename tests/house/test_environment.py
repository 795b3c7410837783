"""environment.yml says what pyproject.toml says, in words that conda understands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from rattler import MatchSpec


@pytest.fixture(scope="module")
def environment(repository: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((repository / "environment.yml").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def conda_lines(environment: dict[str, Any]) -> list[str]:
    return [line for line in environment["dependencies"] if isinstance(line, str)]


def test_every_line_is_a_strict_conda_match(conda_lines: list[str]) -> None:
    for line in conda_lines:
        assert MatchSpec(line, strict=True).name is not None, line


def test_the_strict_reading_refuses_a_slip_of_the_pen() -> None:
    with pytest.raises(Exception, match="."):
        MatchSpec("pandas>>3", strict=True)


def test_conda_and_pip_users_get_the_same_versions(conda_lines: list[str], project: dict[str, Any]) -> None:
    declared = {
        canonicalize_name(wanted.name): wanted.specifier
        for wanted in map(Requirement, project["project"]["dependencies"])
    }
    declared["python"] = SpecifierSet(project["project"]["requires-python"])
    given = {canonicalize_name(line.name): line.specifier for line in map(Requirement, conda_lines)}
    given.pop("pip")  # conda asks for it by name where a pip section follows
    assert given == declared


def test_the_checkout_itself_is_installed_last(environment: dict[str, Any]) -> None:
    assert environment["dependencies"][-1] == {"pip": ["-e ."]}


def test_the_environment_has_a_name_and_one_channel(environment: dict[str, Any]) -> None:
    assert (environment["name"], environment["channels"]) == ("srmkit", ["conda-forge"])
