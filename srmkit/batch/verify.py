"""Does a report still hold? The study is run again from its manifest and every number compared."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from srmkit.batch.changes import differing
from srmkit.errors import Problem, SrmkitError
from srmkit.studies import STUDIES, params_of, run_of
from srmkit.tables.fingerprint import file_fingerprint

PARTS = ("inputs", "scorecards", "packages", "results")
SEALED = ("report.html", "tables.xlsx", "decision.json", "definitions.json")


@dataclass(frozen=True)
class Verdict:
    """What differs between a manifest and a run of today, by part; nothing at all when `same`."""

    differs: dict[str, tuple[str, ...]]

    @property
    def same(self) -> bool:
        """Whether every number of every table is the same, and the files still say what was written."""
        return not self.differs.get("results") and not self.differs.get("files")

    @property
    def sentences(self) -> tuple[str, ...]:
        """The verdict in words, first whether the numbers hold, then what else changed."""
        numbers = self.differs.get("results")
        first = f"Numbers differ in: {', '.join(numbers)}." if numbers else "Every number is the same."
        words = {"files": "Files that were changed since they were written, do not trust their numbers",
                 "inputs": "Inputs that changed", "scorecards": "Scorecards that changed",
                 "packages": "Packages of another version"}
        return first, *(f"{words[part]}: {', '.join(self.differs[part])}." for part in words if part in self.differs)


def verify(report: str | Path) -> Verdict:
    """Run a report's study again with the settings of its manifest and compare: tables to the last digit.

    `report` is the folder of a run, its report.html or its manifest.json. Its files are compared with what was
    written, too, so a number that someone changed by hand is seen. SrmkitError where there is no manifest, where it
    is not one, or where the study refuses its settings or data.
    """
    manifest = read_manifest(report)
    folder = _folder(report)
    params = params_of(manifest["study"]).check(manifest["settings"])
    again = run_of(manifest["study"])(params).manifest()
    differs = {part: tuple(differing(manifest[part], again[part])) for part in PARTS}
    differs["files"] = tuple(differing(manifest.get("files", {}), _files(folder, manifest.get("files", {}))))
    return Verdict({part: names for part, names in differs.items() if names})


def seal(folder: Path) -> None:
    """Note in the manifest what each file of a report is, so that a later change is seen."""
    file = folder / "manifest.json"
    if file.exists():
        manifest = json.loads(file.read_text(encoding="utf-8"))
        manifest["files"] = _files(folder, SEALED)
        file.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _folder(report: str | Path) -> Path:
    place = Path(report)
    return place if place.is_dir() else place.parent


def _files(folder: Path, names: Iterable[str]) -> dict[str, str]:
    return {name: file_fingerprint(folder / name) for name in names if (folder / name).exists()}


def read_manifest(report: str | Path) -> dict[str, Any]:
    """The manifest of a run: of its folder, or of the one in which this file lies. SrmkitError where there is none."""
    file = _folder(report) / "manifest.json"
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problem = Problem(f"file '{file}'", "is not there", todo="Name the folder of a run, or its manifest.json.")
        raise SrmkitError("verify", [problem]) from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise SrmkitError("verify", [Problem(f"file '{file}'", "is not JSON", str(error))]) from None
    if not isinstance(content, dict) or content.get("study") not in STUDIES or not content.keys() >= {
        "settings", *PARTS
    }:
        raise SrmkitError("verify", [Problem(f"file '{file}'", "is no manifest of a study",
                                             todo="Name the manifest.json that a run wrote.")])
    return content
