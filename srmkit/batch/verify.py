"""Does a report still hold? The study is run again from its manifest and every number compared."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from srmkit.batch.changes import differing
from srmkit.batch.folders import FAILED, write_whole
from srmkit.errors import Problem, SrmkitError
from srmkit.studies import is_study, params_of, run_of
from srmkit.tables.fingerprint import file_fingerprint

PARTS = ("inputs", "scorecards", "packages", "results")
WRITTEN_LATER = ("manifest.json", "previous.json")  # the note itself, and what is put beside it in the end
WORDS = {
    "files": "Files that were changed since they were written, do not trust their numbers",
    "missing": "Files that the run wrote and that are no longer there",
    "added": "Files that the run did not write, not compared with anything",
    "inputs": "Inputs that changed",
    "scorecards": "Scorecards that changed",
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


def verify(report: str | Path) -> Verdict:
    """Run a report's study again with the settings of its manifest and compare: tables to the last digit.

    `report` is the folder of a run, its report.html or its manifest.json. Its files are compared with what was
    written, too, so a number that someone changed by hand is seen, and a file that someone removed or put there.
    SrmkitError where there is no manifest, where it is not one, or where the study refuses its settings or data.
    """
    manifest = read_manifest(report)
    folder = _folder(report)
    params = params_of(manifest["study"]).check(manifest["settings"])
    again = run_of(manifest["study"])(params).manifest()
    differs = {part: tuple(differing(manifest[part], again[part])) for part in PARTS}
    if "files" in manifest:
        written, found = manifest["files"], _files(folder)
        differs["files"] = tuple(name for name in differing(written, found) if name in written and name in found)
        differs["missing"] = tuple(name for name in written if name not in found)
        differs["added"] = tuple(name for name in found if name not in written)
    return Verdict({part: names for part, names in differs.items() if names})


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
    """Every file of a run by its path within the folder."""
    files = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()}
    return {name: file_fingerprint(file) for name, file in files.items()
            if name not in WRITTEN_LATER and not name.startswith(f"{FAILED}/")}


def read_manifest(report: str | Path) -> dict[str, Any]:
    """The manifest of a run: of its folder, or of the one in which this file lies. SrmkitError where there is none."""
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
    if not is_study(str(content["study"])):
        wrong, todo = "is of a study that is not found", "Put the folder of its module into PYTHONPATH."
        raise SrmkitError("verify", [Problem(f"file '{file}'", wrong, repr(content["study"]), todo)])
    return content
