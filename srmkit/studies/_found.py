"""Which studies there are: every module of this folder is one, imported only when asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from srmkit.decisions.shared_settings import DataSettings

STUDIES: tuple[str, ...] = tuple(
    sorted(file.stem for file in Path(__file__).parent.glob("*.py") if not file.stem.startswith("_"))
)


def params_of(study: str) -> type[DataSettings]:
    """The settings class of a study."""
    kind: type[DataSettings] = import_module(f"srmkit.studies.{study}").Params
    return kind


def run_of(study: str) -> Callable[[Any], Any]:
    """The function that turns a study's settings into its result."""
    function: Callable[[Any], Any] = import_module(f"srmkit.studies.{study}").run
    return function


def again_of(study: str) -> Callable[[Any, Any], Any]:
    """The function that repeats a study with other settings, without reading unchanged data again."""
    function: Callable[[Any, Any], Any] = import_module(f"srmkit.studies.{study}").again
    return function


def stages_of(study: str) -> tuple[Callable[[Any], Any], Callable[[Any, Any], Any]]:
    """The two steps of a study: gather, which reads and measures, and decide, which judges the evidence."""
    module = import_module(f"srmkit.studies.{study}")
    return module.gather, module.decide
