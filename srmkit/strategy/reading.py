"""Reads strategy cards from TOML files, and says everything that is wrong with one at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from srmkit.errors import Problem, Problems, SrmkitError
from srmkit.language import marked
from srmkit.strategy.cards import HOLD, Cards
from srmkit.strategy.file_models import CardsModel
from srmkit.toml_files import below, file_of, read_document, shipped_names

FOLDER, KIND = "strategies", marked("strategy cards")
ENTRIES = {"classes": "class", "options": "option", "kpis": "KPI", "objectives": "objective"}
WRONG = {
    "missing": "is missing",
    "extra_forbidden": "is no known key",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "greater_than_equal": "must be 0 or more",
    "string_type": "must be text",
    "string_too_short": "is empty",
    "too_short": "is empty",
    "tuple_type": "must be a list",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "date_type": "must be a date",
    "date_parsing": "must be a date",
    "date_from_datetime_parsing": "must be a date",
}
TODO = {
    "rationale": "Say why this class is treated so.",
    "source": "Name the book or article, or say that the figures are yours.",
    "hours_per_year": "Name the hours a year that one member may cost.",
    "governance": "Add [classes.governance] with reviews_per_year, owner and sponsor.",
    "options": 'Add at least one, such as { move = "hold", how = "..." }.',
    "date": "Write it as 2026-01-31, without quotes.",
}


def card_names() -> tuple[str, ...]:
    """Names of the strategy cards that come with srmkit."""
    return shipped_names(FOLDER)


def read(source: str | Path) -> Cards:
    """The cards of that name or in that file; see `read_cards`."""
    file = file_of(source, FOLDER, KIND)
    document = read_document(file, KIND)
    problems = Problems(f"{KIND} {file.name}")
    _check_classes(document, problems)
    try:
        model = CardsModel.model_validate(document)
    except ValidationError as error:
        problems.extend(_problem(item, document) for item in error.errors() if not _echo(item))
        raise SrmkitError(problems.subject, problems.found) from None
    problems.raise_if_any()
    return model.cards()


def _check_classes(document: dict[str, Any], problems: Problems) -> None:
    """What no single key shows: classes named twice, moves that lead nowhere, menus that do not match."""
    entries = list(_tables(document.get("classes")))
    names = [str(entry.get("name", "")) for entry in entries]
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.add(f"class '{name}'", "stands there more than once", todo="Keep one card a class.")
    for entry in entries:
        _check_moves(entry, names, problems)
    menu = list(dict.fromkeys(service for entry in entries for service in _services(entry)))
    for entry in entries:
        lacking = [service for service in menu if service not in _services(entry)]
        if lacking:
            name = entry.get("name", "")
            problems.add(f"class '{name}'", "does not say whether it is offered every service",
                         found=f"nothing on {', '.join(lacking)}",
                         todo='Say "included", "on request" or "not offered".')


def _check_moves(entry: dict[str, Any], names: list[str], problems: Problems) -> None:
    own = str(entry.get("name", ""))
    for option in _tables(entry.get("options")):
        move = option.get("move")
        if not isinstance(move, str) or move == HOLD:
            continue
        if move == own:
            problems.add(f"an option of class '{own}'", "leads to the class itself",
                         todo='Write move = "hold".')
        elif move not in names:
            problems.add(f"an option of class '{own}'", "leads to a class that has no card",
                         found=f"'{move}'", todo=f"Classes are: {', '.join(names)}.")


def _services(entry: dict[str, Any]) -> Iterable[str]:
    services = entry.get("services")
    return services if isinstance(services, dict) else ()


def _tables(entries: Any) -> Iterator[dict[str, Any]]:
    return (entry for entry in entries if isinstance(entry, dict)) if isinstance(entries, list) else iter(())


def _echo(item: ErrorDetails) -> bool:
    # pydantic counts only the entries without a fault, so a list of one faulty entry also counts as empty
    return item["type"] == "too_short" and bool(item["input"])


def _problem(item: ErrorDetails, document: dict[str, Any]) -> Problem:
    kind, loc = item["type"], [step for step in item["loc"] if step != "[key]"]
    key = next((str(step) for step in reversed(loc) if isinstance(step, str)), "")
    thing = _thing(loc, document)
    wrong = WRONG.get(kind, f"must be {item['msg'].lower().removeprefix('input should be').strip()}")
    if kind in {"missing", "extra_forbidden"}:
        return Problem(thing, wrong, todo=TODO.get(key, "") if kind == "missing" else "")
    return Problem(thing, wrong, repr(item["input"])[:60], TODO.get(key, ""))


def _thing(loc: list[int | str], document: dict[str, Any]) -> str:
    """The key in question and the entries around it, innermost first: 'move' of option no. 2 of class 'x'."""
    words: list[str] = []
    node: Any = document
    for step in loc:
        node = below(node, step)
        if isinstance(step, int):
            kind = ENTRIES.get(words.pop().strip("'"), "entry")
            name = node.get("name") if isinstance(node, dict) else None
            words.append(f"{kind} '{name}'" if name else f"{kind} no. {step + 1}")
        else:
            words.append(f"'{step}'")
    return " of ".join([*reversed(words), *(["the file"] if len(words) == 1 else [])])
