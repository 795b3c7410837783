"""A finding at the controls becomes a case of a batch: its settings, under a name, in a file of cases."""

from __future__ import annotations

from pathlib import Path

import tomlkit
from tomlkit.exceptions import ParseError

from srmkit.decisions.params import StudyParams
from srmkit.errors import Problems
from srmkit.language import say


def save_case(file: str | Path, name: str, params: StudyParams) -> None:
    """Add a case to a TOML file of cases, which is made where there is none; what stands in it stays as it is.

    Only settings that differ from their defaults are written. SrmkitError for an empty name, one that the file has
    already, and a file that is no TOML.
    """
    path = Path(file)
    problems, name = Problems(say("cases {file}", file=path.name)), name.strip()
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    try:
        document = tomlkit.parse(text)
    except ParseError as error:
        problems.add(say("the file"), say("is not valid TOML"), found=str(error),
                     todo=say("Mend it, or name another file."))
        problems.raise_if_any()
    cases = document.setdefault("case", tomlkit.aot())
    if not name:
        problems.add(say("the name"), say("is empty"), todo=say("Name the case: its report is found by it."))
    elif name in [case.get("name") for case in cases]:
        problems.add(say("case '{name}'", name=name), say("is in the file already"), todo=say("Choose another name."))
    problems.raise_if_any()
    case = tomlkit.table()
    for key, value in {"name": name, "study": params.study, **params.changed()}.items():
        case.add(key, list(value) if isinstance(value, tuple) else value)
    cases.append(case)
    path.write_text(tomlkit.dumps(document), encoding="utf-8")
