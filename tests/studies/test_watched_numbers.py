"""A number that changes in a watched table does not go unseen: nbval fails on a copy in which one digit is another."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
NEEDED = ("parameters", "run", "classes")


def copy(into: Path, *, was: str, now: str) -> Path:
    """A notebook of the few cells that make one watched table, with a digit of its kept output replaced."""
    content = json.loads((REPOSITORY / "notebooks" / "account_selection.ipynb").read_text(encoding="utf-8"))
    content["cells"] = [cell for cell in content["cells"] if cell["id"] in NEEDED]
    watched = next(cell for cell in content["cells"] if cell["id"] == "classes")
    kept = json.dumps(watched["outputs"])
    assert was in kept
    watched["outputs"] = json.loads(kept.replace(was, now))
    file = into / "watched.ipynb"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def nbval(file: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", str(REPOSITORY / "pyproject.toml")]
    return subprocess.run([*command, str(file)], capture_output=True, text=True, cwd=file.parent, check=False)


def test_one_other_digit_is_seen_and_none_is_not(tmp_path: Path) -> None:
    content = json.loads((REPOSITORY / "notebooks" / "account_selection.ipynb").read_text(encoding="utf-8"))
    outputs = next(cell["outputs"] for cell in content["cells"] if cell["id"] == "classes")
    cell = "".join(outputs[0]["data"]["text/html"]).rsplit("</td>", 1)[0].rsplit(">", 1)[1]
    digit = cell[-1]
    other = cell[:-1] + str((int(digit) + 1) % 10)

    same = nbval(copy(tmp_path, was=cell, now=cell))
    assert same.returncode == 0, same.stdout[-2000:]
    assert "3 passed" in same.stdout
    changed = nbval(copy(tmp_path, was=cell, now=other))
    assert changed.returncode == 1, changed.stdout[-2000:]
    assert "1 failed, 2 passed" in changed.stdout
