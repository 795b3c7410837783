"""Does a report still hold? The study is run again from its manifest and every number compared."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from srmkit.batch.changes import differing
from srmkit.batch.folders import ERROR, FAILED, write_whole, written_files
from srmkit.errors import Problem, SrmkitError
from srmkit.studies import STUDIES, add_study, files_of, is_study, params_of, run_of
from srmkit.tables.fingerprint import file_fingerprint

PARTS = ("inputs", "scorecards", "packages", "results")
WORDS = {
    "files": "Files that were changed since they were written, do not trust their numbers",
    "missing": "Files that the run wrote and that are no longer there",
    "added": "Files that the run did not write, not compared with anything",
    "inputs": "Inputs that changed",
    "scorecards": "Scorecards that changed",
    "code": "Files of the study that changed",
    "later": "A later run of this case failed, and this is still the report of the earlier one",
    "packages": "Packages of another version",
}


@dataclass(frozen=True)
class Verdict:
    """What differs between a manifest and a run of today, by part; nothing at all when `same`."""

    differs: dict[str, tuple[str, ...]]

    @property
    def same(self) -> bool:
        """Whether every number of every table is the same, and all files are there and say what was written."""
        return not any(self.differs.get(part) for part in ("results", "files", "missing"))

    @property
    def sentences(self) -> tuple[str, ...]:
        """The verdict in words, first whether the numbers hold, then what else changed."""
        numbers = self.differs.get("results")
        first = f"Numbers differ in: {', '.join(numbers)}." if numbers else "Every number is the same."
        return first, *(f"{WORDS[part]}: {', '.join(self.differs[part])}." for part in WORDS if part in self.differs)


def verify(report: str | Path, *, notebook: str | Path | None = None) -> Verdict:
    """Run a report's study again with the settings of its manifest and compare: tables to the last digit.

    `report` is the folder of a run, its report.html or its manifest.json. Its files are compared with what was
    written, too, so a number that someone changed by hand is seen, and a file that someone removed or put there.
    A study of one's own is found where `srmkit run` found it, from the same working folder; `notebook` names it from
    elsewhere. Its module is imported, so verify what you would run. SrmkitError where there is no manifest, where it is
    not one, where its study is not found, or where that refuses its settings or data.
    """
    manifest = read_manifest(report, notebook=notebook)
    folder = _folder(report)
    params = params_of(manifest["study"]).check(manifest["settings"])
    again = run_of(manifest["study"])(params).manifest()
    differs = {part: tuple(differing(manifest[part], again[part])) for part in PARTS}
    today = {file.name: file_fingerprint(file) for file in files_of(manifest["study"])}
    differs["code"] = tuple(name for name, mark in manifest.get("code", {}).items()
                            if today.get(PurePosixPath(name).name) != mark)
    failure = folder / FAILED / ERROR
    if failure.exists():
        differs["later"] = (failure.read_text(encoding="utf-8").strip(),)
    if "files" in manifest:
        written, found = manifest["files"], _files(folder)
        differs["files"] = tuple(name for name in differing(written, found) if name in written and name in found)
        differs["missing"] = tuple(name for name in written if name not in found)
        differs["added"] = tuple(name for name in found if name not in written)
    return Verdict({part: names for part, names in differs.items() if names})


def sign(folder: Path, study: str) -> None:
    """Note in the manifest which files a study of one's own is made of, as seen from the working folder."""
    file = folder / "manifest.json"
    if study not in STUDIES and file.exists():
        manifest = json.loads(file.read_text(encoding="utf-8"))
        manifest["code"] = {_from_here(one): file_fingerprint(one) for one in files_of(study)}
        write_whole(file, json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


def _from_here(file: Path) -> str:
    try:
        return Path(os.path.relpath(file)).as_posix()
    except ValueError:  # on another drive
        return file.as_posix()


def seal(folder: Path, *names: str) -> None:
    """Note in the manifest what each file of a report is, so that a later change is seen; or of these files alone."""
    file = folder / "manifest.json"
    if file.exists():
        manifest = json.loads(file.read_text(encoding="utf-8"))
        known, found = manifest.get("files", {}), _files(folder)
        manifest["files"] = {**known, **{name: found[name] for name in names}} if names else found
        write_whole(file, json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


def _folder(report: str | Path) -> Path:
    place = Path(report)
    return place if place.is_dir() else place.parent


def _files(folder: Path) -> dict[str, str]:
    """What the manifest notes of the files of a run: all but itself."""
    return {name: mark for name, mark in written_files(folder).items() if name != "manifest.json"}


def read_manifest(report: str | Path, *, notebook: str | Path | None = None) -> dict[str, Any]:
    """The manifest of a run: of its folder, or of the one in which this file lies; its study can be run.

    SrmkitError where there is none, or where its study is not found: that of the `notebook`, one of ours or of Python's
    path, or the one that the manifest names from this working folder.
    """
    file = _folder(report) / "manifest.json"
    todo = "Name the folder of a run, or its manifest.json."
    if not Path(report).exists():
        raise SrmkitError("verify", [Problem(f"'{report}'", "is not there", todo=todo)])
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SrmkitError("verify", [Problem(f"file '{file}'", "is not there", todo=todo)]) from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise SrmkitError("verify", [Problem(f"file '{file}'", "is not JSON", str(error))]) from None
    if not isinstance(content, dict) or not content.keys() >= {"study", "settings", *PARTS}:
        raise SrmkitError("verify", [Problem(f"file '{file}'", "is no manifest of a study",
                                             todo="Name the manifest.json that a run wrote.")])
    _find_study(content, file, notebook)
    return content


def _find_study(manifest: Mapping[str, Any], file: Path, notebook: str | Path | None) -> None:
    study = str(manifest["study"])
    code = manifest.get("code", {})
    named = next((name for name in code if PurePosixPath(name).name == f"{study}.ipynb"), "")
    if notebook is None and not is_study(study) and _is_ours_to_run(named, file):
        notebook = named
    if notebook is not None and add_study(notebook) != study:
        todo = f"Name {study}.ipynb with --notebook."
        raise SrmkitError("verify", [Problem(f"file '{file}'", "is of another study", repr(study), todo)])
    if not is_study(study):
        where = f"Call it where `srmkit run {named}` was called, or name" if named else "Name"
        raise SrmkitError("verify", [Problem(f"file '{file}'", "is of a study that is not found", repr(study),
                                             f"{where} its notebook: --notebook FOLDER/{study}.ipynb")])


def _is_ours_to_run(named: str, manifest: Path) -> bool:
    """Whether a notebook lies below the working folder and did not come with the report: it is code that will run."""
    here, place = Path.cwd().resolve(), Path(named).resolve()
    return (bool(named) and place.is_file() and place.is_relative_to(here)
            and not place.is_relative_to(manifest.resolve().parents[1]))
