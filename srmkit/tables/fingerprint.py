"""Fingerprints of what was read, so that a report can be traced to its data."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd


def file_fingerprint(path: Path) -> str:
    """SHA-256 of the file's bytes (hex)."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def path_fingerprint(path: Path) -> str:
    """SHA-256 of a file, or of the names and contents of all files below a folder (hex)."""
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    marks = [f"{file.relative_to(path)} {file_fingerprint(file)}" for file in files]
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()


def frame_fingerprint(frame: pd.DataFrame) -> str:
    """SHA-256 of a table's rows as text (hex), for sources that are not files; the order of rows counts."""
    digest = hashlib.sha256()
    for name in frame.columns:
        digest.update(f"{name}\x1e".encode())
        digest.update("\x1f".join(map(str, frame[name].tolist())).encode())
    return digest.hexdigest()
