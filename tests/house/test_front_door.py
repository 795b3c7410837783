"""`from srmkit import ...` gives the names an analyst needs, and each of them explains itself."""

from __future__ import annotations

import ast
import inspect
import pkgutil
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import srmkit

PACKAGES = sorted(
    module.name
    for module in pkgutil.walk_packages(srmkit.__path__, "srmkit.")
    if module.ispkg and not module.name.rpartition(".")[2].startswith("_")
)


def _names_for_type_checkers() -> set[tuple[str, str]]:
    """(module, name) of each import that only type checkers read."""
    tree = ast.parse(Path(srmkit.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    return {
        (".".join((statement.module or "").split(".")[:2]), name.name)  # the folder, whichever file of it is named
        for statement in block.body
        if isinstance(statement, ast.ImportFrom)
        for name in statement.names
    }


def test_editors_see_the_names_that_python_gives() -> None:
    given = {(f"srmkit.{home}", name) for name, home in srmkit._HOME_OF.items()}
    assert _names_for_type_checkers() == given


@pytest.mark.parametrize("name", srmkit.__all__)
def test_every_name_of_the_front_door_opens(name: str) -> None:
    assert getattr(srmkit, name) is not None
    assert name in dir(srmkit)


def test_a_name_that_is_not_there_is_told_as_python_does() -> None:
    with pytest.raises(AttributeError, match="module 'srmkit' has no attribute 'Scorecrad'"):
        srmkit.Scorecrad  # noqa: B018 - looking is what is tested


@pytest.mark.parametrize("package", PACKAGES)
def test_every_folder_says_what_it_answers_in_one_line(package: str) -> None:
    words = import_module(package).__doc__
    assert words is not None
    assert len(words.splitlines()) == 1


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_name_explains_itself(package: str) -> None:
    silent = [name for name, thing in _public(package).items() if _explainable(thing) and not _explained(thing)]
    assert silent == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_part_of_a_public_class_explains_itself(package: str) -> None:
    module = import_module(package)
    classes = [thing for name in getattr(module, "__all__", ()) if inspect.isclass(thing := getattr(module, name))]
    silent = [
        f"{kind.__name__}.{name}"
        for kind in classes
        for name, part in vars(kind).items()
        if not name.startswith("_") and _explainable(part) and not inspect.getdoc(part)
    ]
    assert silent == []


def _public(package: str) -> dict[str, Any]:
    module = import_module(package)
    return {name: getattr(module, name) for name in getattr(module, "__all__", ())}


def _explainable(thing: object) -> bool:
    kinds = (classmethod, staticmethod, property, cached_property)
    return inspect.isclass(thing) or inspect.isfunction(thing) or isinstance(thing, kinds)


def _explained(thing: Any) -> bool:
    words = (thing.__doc__ or "").strip()
    # a dataclass without a docstring gets its own signature for one
    return bool(words) and not words.startswith(f"{getattr(thing, '__name__', None)}(")
