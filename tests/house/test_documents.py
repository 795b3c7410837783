"""What the documents promise is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
PARTS_OF_A_DECISION = {"What we chose", "Why", "What else there was", "When to look again"}
MADE_BY = ("reports/",)  # written by the commands that the text names beside the link


def _documents(own_files: list[Path]) -> Iterator[Path]:
    return (file for file in own_files if file.suffix == ".md")


def _prose(document: Path) -> str:
    return FENCED.sub("", document.read_text(encoding="utf-8"))


def _targets(makefile: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+):", makefile, flags=re.MULTILINE))


def test_every_make_command_of_the_documents_exists(repository: Path, own_files: list[Path]) -> None:
    targets = _targets((repository / "Makefile").read_text(encoding="utf-8"))
    for document in _documents(own_files):
        code = re.findall(r"`([^`]+)`|^(make .*)$", document.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for inline, line in code:
            for target in re.findall(r"^make ([a-z0-9-]+)", inline or line):
                assert target in targets, f"{document.name}: make {target}"


def test_the_help_of_make_names_every_command(repository: Path) -> None:
    makefile = (repository / "Makefile").read_text(encoding="utf-8")
    told = set(re.findall(r"^#   make ([a-z0-9-]+)", makefile, flags=re.MULTILINE))
    told |= set(re.findall(r"also: (.*)\"", makefile)[0].split())
    assert _targets(makefile) - {"help"} == told


def test_every_link_leads_somewhere(repository: Path, own_files: list[Path]) -> None:
    for document in _documents(own_files):
        for link in LINK.findall(_prose(document)):
            if "://" in link or link.startswith(MADE_BY):
                continue
            name, _, heading = link.partition("#")
            target = (document.parent / name).resolve() if name else document
            assert target.exists(), f"{document.relative_to(repository)}: {link}"
            if heading:
                assert heading in _headings(target), f"{document.relative_to(repository)}: {link}"


def _headings(document: Path) -> set[str]:
    """Anchors of a document's headings, as they are made from the words."""
    titles = re.findall(r"^#+ (.+)$", FENCED.sub("", document.read_text(encoding="utf-8")), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def test_every_document_is_on_the_map(repository: Path, own_files: list[Path]) -> None:
    docs = repository / "docs"
    maps = [docs / "README.md", docs / "decisions" / "README.md"]
    listed = {(page.parent / link).resolve() for page in maps for link in LINK.findall(_prose(page))}
    written = {file for file in _documents(own_files) if docs in file.parents}
    assert written - listed == {maps[0]}


def test_every_decision_says_what_was_chosen_and_when_to_look_again(repository: Path) -> None:
    for page in (repository / "docs" / "decisions").glob("*.md"):
        headings = re.findall(r"^## (.+)$", _prose(page), flags=re.MULTILINE)
        if page.name != "README.md":
            assert {"What we chose", "Why", "What else there was", "When to look again"} <= set(headings), page.name
