"""Does a report still hold? The study is run again from its manifest and every number compared."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from srmkit.batch.changes import differing
from srmkit.errors import Problem, SrmkitError
from srmkit.studies import STUDIES, params_of, run_of

PARTS = ("inputs", "scorecards", "packages", "results")


@dataclass(frozen=True)
class Verdict:
    """What differs between a manifest and a run of today, by part; nothing at all when `same`."""

    differs: dict[str, tuple[str, ...]]

    @property
    def same(self) -> bool:
        """Whether every number of every table is the same."""
        return not self.differs.get("results")

    @property
    def sentences(self) -> tuple[str, ...]:
        """The verdict in words, first whether the numbers hold, then what else changed."""
        first = "Every number is the same." if self.same else (
            f"Numbers differ in: {', '.join(self.differs['results'])}.")
        words = {"inputs": "Inputs that changed", "scorecards": "Scorecards that changed",
                 "packages": "Packages of another version"}
        return first, *(f"{words[part]}: {', '.join(self.differs[part])}." for part in words if part in self.differs)


def verify(report: str | Path) -> Verdict:
    """Run a report's study again with the settings of its manifest and compare: tables to the last digit.

    `report` is the folder of a run, its report.html or its manifest.json. SrmkitError where there is no
    manifest, where it is not one, or where the study refuses its settings or data.
    """
    manifest = read_manifest(report)
    params = params_of(manifest["study"]).check(manifest["settings"])
    again = run_of(manifest["study"])(params).manifest()
    return Verdict({part: names for part in PARTS if (names := tuple(differing(manifest[part], again[part])))})


def read_manifest(report: str | Path) -> dict[str, Any]:
    """The manifest of a run: of its folder, or of the one in which this file lies. SrmkitError where there is none."""
    place = Path(report)
    file = (place if place.is_dir() else place.parent) / "manifest.json"
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
