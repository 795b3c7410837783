"""What a run changed against the run of the same case before it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from srmkit.batch.folders import PREVIOUS
from srmkit.language import counted, listed, say

MOST_NAMED = 6
COMPARED = ("settings", "inputs", "scorecards", "packages", "results")


def keep_previous(final: Path, draft: Path) -> None:
    """Put what the run in `final` decided, and from what, into the draft that will replace it.

    A run that failed decided nothing: the one before it stays the previous one.
    """
    kept = read_json(final / PREVIOUS)
    if (final / "decision.json").exists() and (final / "manifest.json").exists():
        kept = {"decision": read_json(final / "decision.json"), "manifest": read_json(final / "manifest.json")}
    if kept:
        (draft / PREVIOUS).write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")


def changes(run: Path) -> tuple[str, ...]:
    """Sentences on what the run in this folder changed; none where it is the first of its case, or failed."""
    files = (PREVIOUS, "decision.json", "manifest.json")
    before, decision, manifest = (read_json(run / file) for file in files)
    if not before or not manifest:
        return ()
    differ = {part: differing(before["manifest"].get(part, {}), manifest.get(part, {})) for part in COMPARED}
    if not differ["results"]:
        return (say("Every number is as in the run before."),)
    said = []
    if before["decision"].get("answer") != decision.get("answer"):
        said.append(say("The run before said: {answer}", answer=before["decision"].get("answer", "")))
    else:
        said.append(say("The answer in one sentence is as in the run before."))
    gone = [line for line in before["decision"].get("recommendation", []) if line not in decision["recommendation"]]
    said += [say("No longer: {line}", line=line) for line in gone]
    words = {
        "settings": say("Settings that changed: {names}.", names=_named(differ["settings"])),
        "inputs": say("Inputs that changed: {names}.", names=_named(differ["inputs"])),
        "scorecards": say("Scorecards that changed: {names}.", names=_named(differ["scorecards"])),
        "packages": say("Packages of another version: {names}.", names=_named(differ["packages"])),
        "results": say("Tables with other numbers: {names}.", names=_named(differ["results"])),
    }
    return (*said, *(sentence for part, sentence in words.items() if differ[part]))


def differing(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Names whose values are not the same in both, or that only one has."""
    return [name for name in dict.fromkeys([*before, *now]) if before.get(name) != now.get(name)]


def _named(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    return listed([*names[:MOST_NAMED], *([counted(more, "more", "more")] if more > 0 else [])]) if names else ""


def read_json(file: Path) -> dict[str, Any]:
    """The object in a JSON file; an empty one where there is no file."""
    if not file.exists():
        return {}
    content = json.loads(file.read_text(encoding="utf-8"))
    return content if isinstance(content, dict) else {}
