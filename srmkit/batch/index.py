"""One page that lists every run of a folder: failures first, then each result with its report."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from srmkit.batch.folders import write_whole
from srmkit.batch.ledger import Run

TEMPLATES = Path(__file__).parent / "template"


def write_index(runs: Sequence[Run], into: str | Path) -> Path:
    """Write `index.html` over these runs and return its path."""
    from jinja2 import Environment, FileSystemLoader

    place = Path(into)
    page = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True).get_template("runs.html.j2")
    ordered = sorted(runs, key=lambda run: run.state != "failed")
    style = (TEMPLATES / "report" / "report.css").read_text(encoding="utf-8")
    file = place / "index.html"
    script = (TEMPLATES / "runs.js").read_text(encoding="utf-8")
    # the one script that may run here is named by its hash, so nothing in a run's words can be another
    script_hash = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    rows = [_row(run) for run in ordered]
    write_whole(file, page.render(rows=rows, style=style, script=script, script_hash=script_hash))
    return file


def _row(run: Run) -> dict[str, Any]:
    decision = _read(run.folder / "decision.json")
    manifest = _read(run.folder / "manifest.json")
    settings = manifest.get("changed_settings", run.case.settings)
    return {
        "name": _title(run.case.name) if run.case.name == run.case.study else run.case.name,
        "study": _title(run.case.study),
        "state": run.state,
        "error": run.error,
        "folder": run.folder.name,
        "seconds": f"{run.seconds:.0f}",
        "settings": ", ".join(f"{key} {value}" for key, value in settings.items()) or "defaults",
        "question": decision.get("question", ""),
        "answer": decision.get("recommendation", []),
        "certainty": decision.get("certainty", ""),
    }


def _title(study: str) -> str:
    return study.replace("_", " ").capitalize()


def _read(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    content = json.loads(file.read_text(encoding="utf-8"))
    return content if isinstance(content, dict) else {}
