"""Sentences as a notebook shows them: paragraphs or a list, with everything from data escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from srmkit.language import say


@dataclass(frozen=True)
class Words:
    """Sentences to read; `listed` puts each behind a bullet, `strong` makes them bold.

    >>> print(Words(("Alba <b> is strategic.",))._repr_html_())
    <p>Alba &lt;b&gt; is strategic.</p>
    """

    sentences: tuple[str, ...]
    listed: bool = False
    strong: bool = False

    def __str__(self) -> str:
        return "\n".join(f"- {line}" if self.listed else line for line in self.sentences)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        if self.listed:
            items = "".join(f"<li>{escape(line)}</li>" for line in self.sentences)
            return f"<ul>{items}</ul>"
        tag = ("<strong>", "</strong>") if self.strong else ("", "")
        return "".join(f"<p>{tag[0]}{escape(line)}{tag[1]}</p>" for line in self.sentences)


def words(sentences: str | Sequence[str], *, listed: bool = False, strong: bool = False) -> Words:
    """Show sentences: a text as one paragraph, several as paragraphs or as a bulleted list; `strong` is bold."""
    said = (sentences,) if isinstance(sentences, str) else tuple(sentences)
    return Words(tuple(say(one) for one in said), listed=listed, strong=strong)
