"""The ledger of a folder of reports: what was run, from what, how it ended. Only one batch writes to it at a time."""

from __future__ import annotations

import json
import sqlite3
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from srmkit.batch.cases import Case
from srmkit.batch.folders import is_report, written_files
from srmkit.batch.stamp import UNKNOWN, Stamp
from srmkit.errors import Problem, SrmkitError
from srmkit.tables.fingerprint import file_fingerprint

State = Literal["done", "failed"]
FILE = "ledger.sqlite"
CUT_SHORT = "stopped before it was done; run again with --resume"

TABLE = """
CREATE TABLE IF NOT EXISTS runs (
    folder   TEXT PRIMARY KEY,
    study    TEXT NOT NULL,
    name     TEXT NOT NULL,
    settings TEXT NOT NULL,     -- JSON
    settings_hash TEXT NOT NULL,
    inputs_hash   TEXT NOT NULL, -- empty where the inputs cannot be known
    code_hash     TEXT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    attempts INTEGER NOT NULL,
    seconds  REAL NOT NULL,
    error    TEXT NOT NULL,
    at       TEXT NOT NULL,     -- UTC
    files    TEXT NOT NULL DEFAULT '{}', -- JSON: of each file that the run left its fingerprint and size and time
    report_at TEXT NOT NULL DEFAULT '' -- when the report that lies in the folder was done, UTC; empty where none is
)
"""
ADDED = {  # to a ledger of before such a column was there
    "report_at": ("ALTER TABLE runs ADD COLUMN report_at TEXT NOT NULL DEFAULT ''",
                  "UPDATE runs SET report_at = at WHERE state = 'done'"),
    "files": ("ALTER TABLE runs ADD COLUMN files TEXT NOT NULL DEFAULT '{}'",),
}


@dataclass(frozen=True)
class Run:
    """How one case ended: its folder, how long it took, and the error where it failed.

    `unchanged` says that it was done before, and neither what it hangs on nor its files have changed since.
    `stale` says of one that failed that a report in its folder is not its own but an earlier run's, `report_at` when
    that was done (UTC).
    """

    case: Case
    state: State
    folder: Path
    seconds: float
    error: str = ""
    unchanged: bool = False
    stale: bool = False
    report_at: str = ""


class Ledger:
    """The runs of one folder of reports, kept in an SQLite file beside them and held while a batch runs."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._lock = threading.Lock()
        try:
            self._base = sqlite3.connect(place / FILE, check_same_thread=False, isolation_level=None, timeout=1)
        except sqlite3.OperationalError as error:
            raise SrmkitError(f"ledger {place / FILE}", [_why(error, place)]) from None
        try:
            # held until this process ends, however it ends: no second batch can write here meanwhile
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            # each line is on the disk before the next step: whatever dies, the ledger never runs ahead of the reports
            self._base.execute("PRAGMA synchronous = FULL")
            self._base.execute("BEGIN EXCLUSIVE")
            self._base.execute(TABLE)
            there = {row[1] for row in self._base.execute("PRAGMA table_info (runs)")}
            for change in (change for column, changes in ADDED.items() if column not in there for change in changes):
                self._base.execute(change)
            self._base.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            self._base.close()
            raise SrmkitError(f"ledger {place / FILE}", [_why(error, place)]) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._base.close()

    def begin(self, case: Case, stamp: Stamp) -> None:
        """Note that a case is running; another attempt where the same failed before, or was begun and never ended."""
        with self._lock:
            self._base.execute(
                "INSERT INTO runs (folder, study, name, settings, settings_hash, inputs_hash, code_hash, state, "
                "attempts, seconds, error, at) VALUES (?, ?, ?, ?, ?, ?, ?, 'running', 1, 0, '', ?) "
                "ON CONFLICT (folder) DO UPDATE SET "
                "study = excluded.study, name = excluded.name, settings = excluded.settings, "
                "attempts = CASE WHEN state != 'done' AND settings_hash = excluded.settings_hash "
                "AND inputs_hash = excluded.inputs_hash AND code_hash = excluded.code_hash "
                "THEN attempts + 1 ELSE 1 END, "
                "settings_hash = excluded.settings_hash, inputs_hash = excluded.inputs_hash, "
                "code_hash = excluded.code_hash, state = 'running', seconds = 0, error = '', at = excluded.at",
                (case.folder, case.study, case.name, json.dumps(dict(case.settings)),
                 stamp.settings, stamp.inputs, stamp.code, _now()),
            )

    def end(self, run: Run) -> None:
        """Note how a case ended, and which files it left."""
        now = _now()
        whole = run.state == "done" or (is_report(run.folder) and not run.stale)
        with self._lock:
            self._base.execute(
                "UPDATE runs SET state = ?, seconds = ?, error = ?, at = ?, files = ?, "
                "report_at = CASE WHEN ? THEN ? ELSE report_at END WHERE folder = ?",
                (run.state, run.seconds, run.error, now, _files(run), whole, now, run.case.folder),
            )

    def printed(self, run: Run) -> None:
        """Note the files of a run that was done and has been given a PDF since."""
        with self._lock:
            self._base.execute("UPDATE runs SET files = ? WHERE folder = ?", (_files(run), run.case.folder))

    def due(self, case: Case, stamp: Stamp) -> str:
        """Why a case has to be run; empty where it is done, and nothing that it hangs on has changed since."""
        row = self._base.execute(
            "SELECT state, files, settings_hash, inputs_hash, code_hash FROM runs WHERE folder = ?", (case.folder,)
        ).fetchone()
        if row is None:
            return "new"
        state, files, *before = row
        if state != "done":
            return "failed before" if state == "failed" else "was stopped before it was done"
        now = (stamp.settings, stamp.inputs, stamp.code)
        changed = [what for what, was, one in zip(("settings", "data", "code"), before, now, strict=True) if was != one]
        if changed:
            return f"other {' and '.join(changed)}"
        if stamp.inputs == UNKNOWN:
            return "data that may have changed"
        return "its files are not known" if files == "{}" else ""  # a ledger of before they were noted

    def unchanged(self, case: Case) -> Run:
        """The run of a case that is done and need not run again."""
        (seconds,) = self._base.execute("SELECT seconds FROM runs WHERE folder = ?", (case.folder,)).fetchone()
        return Run(case, "done", self._place / case.folder, seconds, unchanged=True)

    def lost(self, case: Case) -> set[str]:
        """Which files of a run are gone, or are no longer as it left them.

        One of the same size and time is taken for the same, unread: a thousand runs are many GB on a disk.
        """
        (left,) = self._base.execute("SELECT files FROM runs WHERE folder = ?", (case.folder,)).fetchone()
        folder = self._place / case.folder
        return {name for name, (mark, *seen) in json.loads(left).items() for now in [_seen(folder / name)]
                if now != seen and not (now and file_fingerprint(folder / name) == mark)}

    def runs(self) -> list[Run]:
        """Every run of the folder in the order of first mention; one that was cut short counts as failed."""
        rows = self._base.execute(
            "SELECT study, name, settings, state, seconds, error, at, report_at FROM runs ORDER BY rowid")
        found = []
        for study, name, settings, state, seconds, error, at, report_at in rows:
            case = Case(study, name, json.loads(settings))
            ended: State = "done" if state == "done" else "failed"
            found.append(Run(case, ended, self._place / case.folder, seconds,
                             CUT_SHORT if state == "running" else error,
                             stale=state == "running" or (state == "failed" and report_at != at), report_at=report_at))
        return found


def _files(run: Run) -> str:
    return json.dumps({name: [mark, *_seen(run.folder / name)] for name, mark in written_files(run.folder).items()})


def _seen(file: Path) -> list[int]:
    """Size and time of a file; nothing where there is none."""
    if not file.is_file():
        return []
    seen = file.stat()
    return [seen.st_size, seen.st_mtime_ns]


def _why(error: sqlite3.DatabaseError, place: Path) -> Problem:
    if "locked" in str(error):
        return Problem(f"folder '{place}'", "is being written by another batch",
                       todo="Wait until it is done, or write into another folder.")
    if "unable to open" in str(error) or "readonly" in str(error):
        return Problem(f"folder '{place}'", "cannot be written into", str(error), "Name another one with --into.")
    return Problem(f"file '{place / FILE}'", "is no ledger of reports", str(error),
                   "Move it away: the next batch begins a new one and runs every case.")


def _now() -> str:
    return datetime.now(UTC).isoformat()
