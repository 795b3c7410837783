"""Folders appear whole or not at all, and a crash between two steps is mended."""

from __future__ import annotations

from pathlib import Path

from srmkit.batch.folders import mend, new_draft, publish, write_whole


def filled(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.html").write_text(text, encoding="utf-8")
    return folder


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def test_a_published_draft_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    final = filled(tmp_path / "run", "old")
    draft = new_draft(final)
    filled(draft, "new")
    assert (final / "report.html").read_text(encoding="utf-8") == "old"
    publish(draft, final)
    assert (final / "report.html").read_text(encoding="utf-8") == "new"
    assert names(tmp_path) == ["run"]


def test_a_new_draft_is_empty_though_a_crash_left_one(tmp_path: Path) -> None:
    filled(tmp_path / ".draft-run", "half")
    assert names(new_draft(tmp_path / "run")) == []


def test_a_crash_between_taking_away_and_putting_in_place_brings_the_old_one_back(tmp_path: Path) -> None:
    filled(tmp_path / ".replaced-run", "old")
    filled(tmp_path / ".draft-run", "half")
    mend(tmp_path)
    assert names(tmp_path) == ["run"]
    assert (tmp_path / "run" / "report.html").read_text(encoding="utf-8") == "old"


def test_a_crash_after_putting_in_place_keeps_the_new_one(tmp_path: Path) -> None:
    filled(tmp_path / ".replaced-run", "old")
    filled(tmp_path / "run", "new")
    mend(tmp_path)
    assert names(tmp_path) == ["run"]
    assert (tmp_path / "run" / "report.html").read_text(encoding="utf-8") == "new"


def test_a_file_is_replaced_at_once(tmp_path: Path) -> None:
    write_whole(tmp_path / "index.html", "one")
    write_whole(tmp_path / "index.html", "two")
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "two"
    assert names(tmp_path) == ["index.html"]
