"""Folders that are there whole or not at all, whatever dies in between."""

from __future__ import annotations

import os
import shutil
import uuid
from pathlib import Path

from srmkit.tables.fingerprint import file_fingerprint

DRAFT, REPLACED = ".draft-", ".replaced-"
REPORT, ERROR = "report.html", "error.txt"
FAILED = "failed"  # beside the files of a report: what a later run that failed has left
PREVIOUS = "previous.json"  # beside them, too: what the run before decided, which none can write again


def new_draft(final: Path) -> Path:
    """An empty folder beside the final place, to be filled and then published; no other call gets the same."""
    draft = final.with_name(f"{DRAFT}{uuid.uuid4().hex}-{final.name}")
    draft.mkdir(parents=True)
    return draft


def publish(draft: Path, final: Path) -> None:
    """Put the draft in its final place; what was there stays until the draft is safely on the disk."""
    for part in [*draft.rglob("*"), draft]:  # folders too: a file is lost if its name is
        to_disk(part)
    replaced = final.with_name(f"{REPLACED}{final.name}")
    shutil.rmtree(replaced, ignore_errors=True)
    if final.exists():
        final.rename(replaced)
    draft.rename(final)
    to_disk(final.parent)
    shutil.rmtree(replaced, ignore_errors=True)


def is_report(folder: Path) -> bool:
    """Whether a whole report lies in this folder: not what a run that failed has left."""
    return (folder / REPORT).exists() and not (folder / ERROR).exists()


def written_files(folder: Path) -> dict[str, str]:
    """Fingerprint of every file that a run wrote, by its path within the folder."""
    files = {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()}
    return {name: file_fingerprint(file) for name, file in files.items()
            if name != PREVIOUS and not name.startswith(f"{FAILED}/")}


def nearest(place: Path) -> Path:
    """The folder itself, or the one above it in which it would be made."""
    return next(folder for folder in (place, *place.parents) if folder.exists())


def mend(place: Path) -> None:
    """After a crash: drop half-made drafts, and put back what was about to be replaced but was not."""
    for replaced in [*place.glob(f"{REPLACED}*"), *place.glob(f"*/{REPLACED}{FAILED}")]:
        final = replaced.with_name(replaced.name.removeprefix(REPLACED))
        if final.exists():
            shutil.rmtree(replaced)
        else:
            replaced.rename(final)
    sweep(place)


def sweep(place: Path) -> None:
    """Drop the drafts that nobody will publish."""
    for draft in place.glob(f"{DRAFT}*"):
        shutil.rmtree(draft, ignore_errors=True)  # a worker that was given up may still write into it


def write_whole(file: Path, text: str) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part."""
    draft = file.with_name(f"{DRAFT}{file.name}")
    draft.write_text(text, encoding="utf-8")
    put_in_place(draft, file)


def put_in_place(draft: Path, file: Path) -> None:
    """Give a file that is whole its name; what was there stays until it is safely on the disk."""
    to_disk(draft)
    draft.replace(file)
    to_disk(file.parent)


def to_disk(path: Path) -> None:
    """Return when the content of a file, or the names in a folder, would outlive a loss of power."""
    if path.is_dir() and os.name == "nt":
        return  # Windows does not open folders
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
