"""Write everything a study hands on into one folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from srmkit.decisions.glossary import footnotes_of
from srmkit.decisions.params import language_of
from srmkit.decisions.result import StudyResult
from srmkit.exports.workbook import write_workbook
from srmkit.language import speaking


def write_exports(study: StudyResult, folder: str | Path) -> pd.DataFrame:
    """Write `tables.xlsx`, `decision.json`, `manifest.json` and `definitions.json`; one row a file with its size.

    A study that hands on files of its own, by name, has them in `files()`.

    An empty folder name writes nothing and says so with an empty table, so that a notebook can
    always call this.
    """
    if not str(folder):
        return pd.DataFrame({"file": pd.Series(dtype=str), "bytes": pd.Series(dtype="int64")})
    into = Path(folder)
    into.mkdir(parents=True, exist_ok=True)
    with speaking(language_of(study.params)):
        write_workbook(study, into / "tables.xlsx")
        _write_json(into / "decision.json", study.decision().as_dict())
        _write_json(into / "manifest.json", study.manifest())
        _write_json(into / "definitions.json", footnotes_of(study).to_dict("index"))
        own: Mapping[str, str] = getattr(study, "files", dict)()
    for name, text in own.items():
        (into / name).write_text(text, encoding="utf-8")
    files = sorted(path for path in into.iterdir() if path.name in (*WRITTEN, *own))
    return pd.DataFrame({"file": [path.name for path in files], "bytes": [path.stat().st_size for path in files]})


WRITTEN = ("tables.xlsx", "decision.json", "manifest.json", "definitions.json")


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False, sort_keys=False) + "\n", encoding="utf-8")
