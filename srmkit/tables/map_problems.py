"""What pydantic found wrong with a column map, in words an analyst can act on."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from srmkit.errors import Problem


def in_words(error: ValidationError) -> Iterator[Problem]:
    """One problem for each place that is wrong."""
    told = set()
    for part in error.errors(include_url=False):
        place = ".".join(str(step) for step in part["loc"] if not str(step).startswith("function-"))
        if (place, part["type"]) not in told:
            told.add((place, part["type"]))
            yield _problem(place or "the map", part["type"], part["msg"], part["input"])


def _problem(place: str, kind: str, message: str, found: object) -> Problem:
    shown = repr(found) if isinstance(found, str | bool | int | float) else ""
    if kind == "extra_forbidden":
        return Problem(
            place, "is not a setting that a column map knows", shown, "Remove it or correct its name."
        )
    if kind == "missing":
        return Problem(place, "is missing", "", "Add it.")
    if kind == "value_error":
        return Problem(place, message.removeprefix("Value error, "), shown, "Correct it.")
    if place == "currency":
        return Problem(
            place, "is not an ISO 4217 code of three capital letters", shown, 'Write "EUR" or the like.'
        )
    return Problem(place, f"is not right: {message[0].lower()}{message[1:]}", shown, "Correct it.")
