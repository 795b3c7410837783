"""Which settings two runs differ in, in the words of the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from srmkit.decisions.params import StudyParams, choices_of, name_said, unit_of
from srmkit.language import choice, enumerated, number, say, word


def differing(before: StudyParams, after: StudyParams) -> tuple[str, ...]:
    """Names of the settings that differ and can change a number."""
    then, now = before.answer_settings(), after.answer_settings()
    return tuple(name for name in now if then[name] != now[name])


def changes_said(before: StudyParams, after: StudyParams) -> list[str]:
    """Each setting that differs, with both values: 'impact cut 50 -> 62 points'. Of weights, those that differ."""
    return [_change(name, before, after) for name in differing(before, after)]


def _change(name: str, before: StudyParams, after: StudyParams) -> str:
    field = type(after).model_fields[name]
    then, now = getattr(before, name), getattr(after, name)
    if isinstance(now, dict):
        then, now = ({part: value for part, value in one.items() if part not in other or other[part] != value}
                     for one, other in ((then, now), (now, then)))  # fmt: skip
    old, new = (_value(one, one_of=bool(choices_of(field))) for one in (then, now))
    words = [name_said(name, field), old, "\N{RIGHTWARDS ARROW}", new, say(unit_of(field))]
    return " ".join(filter(None, words))


def _value(value: Any, *, one_of: bool) -> str:
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, int | float):
        return number(value) if float(value).is_integer() else f"{value:g}"
    if isinstance(value, Mapping):
        return enumerated(f"{word(part)} {_value(one, one_of=False)}" for part, one in value.items()) or say("none")
    return (choice(value) if one_of else str(value)) or say("none")
