"""Cases of a batch: one named set of settings for one study, checked before the first run starts."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from srmkit.errors import Problems, SrmkitError
from srmkit.studies import STUDIES, params_of

CASE_KEYS = ("name", "study")
DEVICE_NAMES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


@dataclass(frozen=True)
class Case:
    """One run to make: which study, under which name, with which settings beside the defaults."""

    study: str
    name: str
    settings: Mapping[str, Any]

    @property
    def folder(self) -> str:
        """Folder of the run's files, the same every time for the same study and name."""
        return self.study if self.name == self.study else f"{self.study}-{slug(self.name)}"


def slug(name: str) -> str:
    """A file name made of the name: readable, safe on every system, different for different names.

    >>> slug("Packaging")
    'packaging'
    >>> slug("Müller & Söhne").startswith("muller-sohne-")
    True
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    short = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:40]
    if short and short == name.lower() and not DEVICE_NAMES.match(short):
        return short
    return f"{short or 'case'}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def read_cases(path: str | Path, study: str) -> list[Case]:
    """Cases from a TOML file: shared `[defaults]`, then one `[[case]]` a run with a `name`.

    SrmkitError names every problem of every case; nothing runs until all are right.
    """
    file = Path(path)
    problems = Problems(str(path))
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.add(f"file '{path}'", "is not there", todo="Check the path of --cases.")
        problems.raise_if_any()
    except tomllib.TOMLDecodeError as error:
        problems.add(f"file '{path}'", "is not valid TOML", found=str(error), todo="Mend the line it names.")
        problems.raise_if_any()
    for key in content.keys() - {"defaults", "case", "study"}:
        problems.add(f"'{key}'", "is not known here", todo="Use [defaults] and [[case]].")
    defaults = content.get("defaults", {})
    entries = content.get("case", [])
    if not isinstance(defaults, dict) or not isinstance(entries, list) or not entries:
        problems.add("the file", "has no [[case]]", todo='Write at least one [[case]] with a name = "...".')
        problems.raise_if_any()
    cases = [
        Case(
            str(entry.get("study", content.get("study", study))),
            str(entry.get("name", f"case {number}")),
            defaults | {key: value for key, value in entry.items() if key not in CASE_KEYS},
        )
        for number, entry in enumerate(entries, start=1)
    ]
    check_cases(cases, problems)
    problems.raise_if_any()
    return cases


def check_cases(cases: Iterable[Case], problems: Problems) -> None:
    """Note what is wrong with any case: unknown study, settings that do not fit, names used twice."""
    seen: dict[str, str] = {}
    for case in cases:
        if case.study not in STUDIES:
            problems.add(f"case '{case.name}'", "asks for an unknown study", found=repr(case.study),
                         todo=f"Studies are: {', '.join(STUDIES)}.")
            continue
        if case.folder in seen:
            problems.add(f"case '{case.name}'", "has the name of another case", found=seen[case.folder],
                         todo="Give each case a name of its own.")
        seen[case.folder] = case.name
        try:
            params_of(case.study).check(case.settings)
        except SrmkitError as error:
            for problem in error.problems:
                problems.add(f"case '{case.name}', {problem.thing}", problem.wrong, found=problem.found,
                             todo=problem.todo)


def settings_hash(case: Case) -> str:
    """Eight characters that differ when the study or any setting differs."""
    content = json.dumps([case.study, dict(case.settings)], sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()[:8]
