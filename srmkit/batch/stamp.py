"""What a run hangs on: its settings, the files it reads, and the code; all equal, and it need not run again."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from srmkit.batch.cases import Case
from srmkit.decisions.result import PACKAGES
from srmkit.places import PACKAGE, data_folder
from srmkit.studies import files_of, params_of
from srmkit.tables.fingerprint import file_fingerprint, path_fingerprint

UNKNOWN = ""  # inputs that may change without a trace, such as a database on a server


@dataclass(frozen=True)
class Stamp:
    """SHA-256 of the settings, of the inputs (empty where they cannot be known) and of the code."""

    settings: str
    inputs: str
    code: str


class Stamps:
    """Stamps of the cases of one batch: each file is read once, however many cases read it."""

    def __init__(self) -> None:
        self._of_path = cache(path_fingerprint)
        self._code = cache(_code)

    def of(self, case: Case) -> Stamp:
        """The stamp of a case as files and code stand now."""
        params = params_of(case.study).check(case.settings)
        settings = json.dumps(params.answer_settings(), sort_keys=True)
        texts = [getattr(params, name) for name in params.of_group("Data", "Model")]
        return Stamp(_digest([case.study, settings]), self._inputs(texts), self._code(case.study))

    def _inputs(self, values: Iterable[object]) -> str:
        """Every file or folder that a setting names; what comes with the package counts as code."""
        marks = []
        for text in (value for value in values if isinstance(value, str) and value):
            address = "://" in text
            path = Path(text.split("://", 1)[1][1:] if address else text)
            if path.exists():
                marks.append(f"{text} {self._of_path(path)}")
            elif address:
                return UNKNOWN
        return _digest(marks)


def package_stamp() -> str:
    """SHA-256 of the package, what comes with it, and the versions of what computes."""
    files = [*PACKAGE.rglob("*.py"), *(file for file in data_folder().rglob("*") if file.is_file())]
    versions = [platform.python_version(), *(f"{name} {version(name)}" for name in PACKAGES)]
    return _digest([*versions, *(f"{file.name} {file_fingerprint(file)}" for file in sorted(files))])


def _code(study: str) -> str:
    return _digest([package_stamp(), *map(file_fingerprint, files_of(study))])


def _digest(marks: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()
