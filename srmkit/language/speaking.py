"""Which language is spoken: that of the result that is asked, never one for the whole program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property, wraps
from typing import Any, Literal, TypeVar, get_args

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALES: dict[Language, str] = {"en": "en", "zh": "zh_Hans_CN"}

Kind = TypeVar("Kind", bound=type)

_spoken: ContextVar[Language] = ContextVar("spoken", default="en")


def spoken() -> Language:
    """The language of the words made here and now; English unless someone asked for another."""
    return _spoken.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Words made inside are in this language, whatever is spoken around it.

    >>> with speaking("zh"):
    ...     spoken()
    'zh'
    >>> spoken()
    'en'
    """
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def speaks(kind: Kind) -> Kind:
    """Class decorator: whatever the object is asked, it answers in its own language.

    That is its `language` (for what is made within a study: a field with `spoken` as its default factory) or the
    language of its `params`. Two studies in one kernel so never mix, and what is worked out late still fits.
    """
    for name, member in list(vars(kind).items()):
        if name.startswith("__"):
            continue
        if isinstance(member, cached_property):
            kept = cached_property(_in_its_language(member.func))
            kept.__set_name__(kind, name)
            setattr(kind, name, kept)
        elif isinstance(member, property) and member.fget is not None and name != "language":
            setattr(kind, name, property(_in_its_language(member.fget)))
        elif callable(member) and hasattr(member, "__code__"):
            setattr(kind, name, _in_its_language(member))
    return kind


def _in_its_language(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def answer(self: Any, *args: Any, **options: Any) -> Any:
        own: Language = self.language if hasattr(self, "language") else self.params.language
        if own == spoken():
            return method(self, *args, **options)
        with speaking(own):
            return method(self, *args, **options)

    return answer
