"""All that this folder shows, in the language of one study."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import Any

from srmkit.language import Language, speaking


class Charts:
    """The charts, tables and words of `srmkit.charts` in one language; titles of ours are translated, too.

    >>> Charts("en").words("Alba leads.")
    Alba leads.
    """

    def __init__(self, language: Language = "en") -> None:
        self.language = language

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        draw: Callable[..., Any] = getattr(import_module("srmkit.charts"), name)

        @wraps(draw)
        def drawn(*args: Any, **options: Any) -> Any:
            with speaking(self.language):
                return draw(*args, **options)

        return drawn
