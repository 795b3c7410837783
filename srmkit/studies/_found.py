"""Which studies there are: every module of this folder, and modules of your own; imported only when asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from srmkit.decisions.params import StudyParams
from srmkit.errors import Problem, SrmkitError, did_you_mean
from srmkit.places import notebooks_folder

STUDIES: tuple[str, ...] = tuple(
    sorted(file.stem for file in Path(__file__).parent.glob("*.py") if not file.stem.startswith("_"))
)


def params_of(study: str) -> type[StudyParams]:
    """The settings class of a study."""
    kind: type[StudyParams] = _module(study).Params
    return kind


def run_of(study: str) -> Callable[[Any], Any]:
    """The function that turns a study's settings into its result."""
    function: Callable[[Any], Any] = _module(study).run
    return function


def again_of(study: str) -> Callable[[Any, Any], Any]:
    """The function that repeats a study with other settings, without reading unchanged data again."""
    function: Callable[[Any, Any], Any] = _module(study).again
    return function


def stages_of(study: str) -> tuple[Callable[[Any], Any], Callable[[Any, Any], Any]]:
    """The two steps of a study: gather, which reads and measures, and decide, which judges the evidence."""
    module = _module(study)
    return module.gather, module.decide


def is_study(name: str) -> bool:
    """Whether there is such a study: one of `STUDIES`, or a module that is found and has a notebook beside it."""
    return name in STUDIES or _own(name) is not None


def files_of(study: str) -> tuple[Path, Path]:
    """Module and notebook of a study."""
    module = Path(str(_module(study).__file__))
    return module, notebooks_folder() / f"{study}.ipynb" if study in STUDIES else module.with_suffix(".ipynb")


def add_study(notebook: str | Path) -> str:
    """The name of a study of your own, which is found from now on, also by processes that are begun later.

    Its module stands beside the notebook and has the same name. SrmkitError where it does not, or where the name is
    taken.
    """
    file = Path(notebook).resolve()
    module = file.with_suffix(".py")
    problems = [Problem(f"the file '{one}'", "is not there", todo="`srmkit new` writes both.")
                for one in (file, module) if not one.is_file()]
    if not problems:
        folder = str(file.parent)
        if folder not in sys.path:
            sys.path.insert(0, folder)
            os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [folder, os.environ.get("PYTHONPATH", "")]))
        if file.stem in STUDIES or _own(file.stem) != module:
            problems = [Problem(f"the name '{file.stem}'", "is taken", todo="Give notebook and module another name.")]
    if problems:
        raise SrmkitError("own study", problems)
    return file.stem


def _own(name: str) -> Path | None:
    """The module of somebody's own study; None where there is none of this name."""
    spec = find_spec(name) if name.isidentifier() else None
    file = Path(spec.origin) if spec is not None and spec.origin else None
    return file if file is not None and file.with_suffix(".ipynb").is_file() else None


def _module(study: str) -> ModuleType:
    if study in STUDIES:
        return import_module(f"srmkit.studies.{study}")
    if _own(study) is None:
        todo = did_you_mean(study, STUDIES, "Studies are")
        raise SrmkitError("studies", [Problem(f"'{study}'", "is no study that is found", todo=todo)])
    return import_module(study)
