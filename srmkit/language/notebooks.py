"""A notebook's paragraphs in another language; the code stays as it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from typing import Any

from srmkit.language.speaking import LANGUAGES, Language, speaking
from srmkit.language.words import say

PARAMETERS = ("parameters", "injected-parameters")


def paragraphs(markdown: str) -> list[str]:
    """The paragraphs of a Markdown cell, each as one line, headings without their signs.

    >>> paragraphs("# Why?\\n\\nBecause\\nof this.")
    ['Why?', 'Because of this.']
    """
    return [text for _, text in _parts(markdown)]


def translated(markdown: str) -> str:
    """The Markdown in the spoken language, paragraph by paragraph."""
    return "\n\n".join(f"{sign}{say(text)}" for sign, text in _parts(markdown))


def language_of(cells: Iterable[Any]) -> Language:
    """The language that the parameters of a notebook ask for; English where they ask for none."""
    asked: Language = "en"
    for cell in cells:
        if not set(PARAMETERS) & set(cell.get("metadata", {}).get("tags", [])):
            continue
        for line in ast.parse("".join(cell["source"])).body:
            targets = line.targets if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
            if [getattr(name, "id", "") for name in targets] == ["language"]:
                value = getattr(getattr(line, "value", None), "value", "")
                asked = next((one for one in LANGUAGES if one == value), asked)
    return asked


def translate(cells: Iterable[Any]) -> None:
    """Put the words between the cells into the language that the notebook's parameters ask for."""
    cells = list(cells)
    language = language_of(cells)
    if language == "en":
        return
    with speaking(language):
        for cell in cells:
            if cell["cell_type"] == "markdown":
                cell["source"] = translated(cell["source"])


def _parts(markdown: str) -> list[tuple[str, str]]:
    parts = []
    for block in re.split(r"\n\s*\n", markdown.strip()):
        text = " ".join(line.strip() for line in block.splitlines())
        sign = re.match(r"#+ ", text)
        parts.append((sign.group(), text[sign.end():]) if sign else ("", text))
    return parts
