"""A number that changes in a watched table does not go unseen: nbval fails on a copy in which one digit is another."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
NEEDED = ("parameters", "run", "classes")


def copy(into: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """A notebook of the few cells that make one watched table, with its kept output changed."""
    content = json.loads((REPOSITORY / "notebooks" / "account_selection.ipynb").read_text(encoding="utf-8"))
    content["cells"] = [cell for cell in content["cells"] if cell["id"] in NEEDED]
    watched = next(cell for cell in content["cells"] if cell["id"] == "classes")
    [output] = watched["outputs"]
    change(output["data"])
    file = into / "watched.ipynb"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def nbval(file: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", str(REPOSITORY / "pyproject.toml")]
    return subprocess.run([*command, str(file)], capture_output=True, text=True, cwd=file.parent, check=False)


def other_digit(data: dict[str, Any]) -> None:
    """The last digit of the table is another."""
    text = "".join(data["text/plain"])
    last = max(place for place, letter in enumerate(text) if letter.isdigit())
    data["text/plain"] = f"{text[:last]}{(int(text[last]) + 1) % 10}{text[last + 1:]}"


def other_style(data: dict[str, Any]) -> None:
    """What a notebook holds that was saved with an older style sheet."""
    data["text/html"] = "<style>.srm-data { color: red; }</style><table><td data-v='1'></td></table>"


def test_one_other_digit_is_seen_and_another_style_sheet_is_not(tmp_path: Path) -> None:
    same = nbval(copy(tmp_path, other_style))
    assert same.returncode == 0, same.stdout[-2000:]
    assert "3 passed" in same.stdout
    changed = nbval(copy(tmp_path, other_digit))
    assert changed.returncode == 1, changed.stdout[-2000:]
    assert "1 failed, 2 passed" in changed.stdout
