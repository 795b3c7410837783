"""One page that lists every run of a folder: failures first, then each decision with its report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from srmkit.batch.changes import changes, read_json
from srmkit.batch.folders import FAILED, REPORT, is_report, write_whole
from srmkit.batch.ledger import Run
from srmkit.batch.pages import render_page
from srmkit.language import LANGUAGES, Language, day, marked, say, say_many, speaking

FILES = {
    "tables.xlsx": marked("workbook"), "decision.json": marked("decision"), "manifest.json": marked("manifest"),
    "notebook.ipynb": marked("executed notebook"), "report.pdf": marked("PDF"),
}


def write_index(runs: Sequence[Run], into: str | Path) -> Path:
    """Write `index.html` over these runs and return its path."""
    place = Path(into)
    ordered = sorted(runs, key=lambda run: run.state != "failed")
    file = place / "index.html"
    with speaking(_language(ordered)):
        failed = sum(run.state == "failed" for run in ordered)
        counted = say_many("{count:,} run, {failed:,} failed.", "{count:,} runs, {failed:,} failed.", len(ordered),
                           failed=failed)
        rows = [_row(run) for run in ordered]
        write_whole(file, render_page("runs.html.j2", "runs.js", rows=rows, counted=counted))
    return file


def _language(runs: Sequence[Run]) -> Language:
    """The language of all the runs; English where they have several."""
    asked = {run.case.settings.get("language", "en") for run in runs}
    return next((one for one in LANGUAGES if asked == {one}), "en")


def _row(run: Run) -> dict[str, Any]:
    done = run.state == "done"
    decision = read_json(run.folder / "decision.json") if done else {}
    manifest = read_json(run.folder / "manifest.json") if done else {}
    settings = manifest.get("changed_settings", run.case.settings)
    return {
        "name": _title(run.case.name) if run.case.name == run.case.study else run.case.name,
        "study": _title(run.case.study),
        "state": run.state,
        "error": run.error,
        "folder": run.folder.name,
        "seconds": f"{run.seconds:.0f}",
        "settings": ", ".join(f"{key} {value}" for key, value in settings.items()) or say("defaults"),
        "question": decision.get("question", ""),
        "answer": decision.get("answer", ""),
        "todo": decision.get("recommendation", []),
        "certainty": decision.get("certainty", ""),
        "changes": changes(run.folder) if done else (),
        "files": [(file, label) for file, label in _files(run).items() if (run.folder / file).exists()],
    }


def _files(run: Run) -> dict[str, str]:
    """What may lie in the folder of a run, and what it is; beside an earlier run's report, what the later one left."""
    if run.stale and is_report(run.folder):
        return {REPORT: _earlier(run.report_at), f"{FAILED}/notebook.ipynb": say("notebook of the run that failed")}
    own = {REPORT: say("report")} if run.state == "failed" and is_report(run.folder) else {}
    return own | {file: say(label) for file, label in FILES.items()}


def _earlier(when: str) -> str:
    if not when:
        return say("report of an earlier run")
    then = datetime.fromisoformat(when)
    return say("report of an earlier run, of {day}, {time} UTC", day=day(then.date()), time=f"{then:%H:%M}")


def _title(study: str) -> str:
    return say(study.replace("_", " ").capitalize())

