"""Hooks of MkDocs: pages outside of docs/ become pages of the site, and links to them lead there.

Links to anything else outside of docs/ (a notebook, a scorecard) stay words: a site has no such file.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

OUTSIDE = ("CHANGELOG.md", "CONTRIBUTING.md")
HOME = "README.md"  # the repository's front page; the site has one of its own
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the repository's top."""
    top = Path(config.docs_dir).parent
    for name in OUTSIDE:
        text = (top / name).read_text(encoding="utf-8")
        files.append(File.generated(config, name, content=_moved(text, "", top)))
    return files


def on_page_markdown(markdown: str, *, page: Any, config: MkDocsConfig, files: Files) -> str:
    """Lead links out of docs/ to where the page is on the site."""
    if page.file.src_uri in OUTSIDE:
        return markdown
    return _moved(markdown, posixpath.join("docs", posixpath.dirname(page.file.src_uri)), Path(config.docs_dir).parent)


def _moved(text: str, folder: str, top: Path) -> str:
    here = posixpath.relpath(folder, "docs") if folder else "."

    def lead(link: re.Match[str]) -> str:
        words, target = link.groups()
        name, mark, heading = target.partition("#")
        if "://" in target or not name:
            return link.group()
        place = posixpath.normpath(posixpath.join(folder, name))
        if place in OUTSIDE:
            return f"[{words}]({posixpath.relpath(place, here)}{mark}{heading})"
        if place == HOME:
            return f"[{words}]({posixpath.relpath('README.md', here)})"
        if place.startswith("docs/"):
            return f"[{words}]({posixpath.relpath(place.removeprefix('docs/'), here)}{mark}{heading})"
        if not (top / place).exists():
            return link.group()  # MkDocs says that it leads nowhere
        return f"{words} (`{place}`)" if words.strip("`") != place else f"`{place}`"

    return LINK.sub(lead, text)
