"""What is wrong with a scorecard file, in words that name the place and the next step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from srmkit.errors import Problem, SrmkitError, did_you_mean
from srmkit.scoring.file_models import (
    SCALE_MODELS,
    CriterionModel,
    GateModel,
    GroupModel,
    PointsModel,
)
from srmkit.toml_files import below

KINDS: dict[str, tuple[str, type[BaseModel]]] = {
    "axes": ("axis", GroupModel),
    "groups": ("group", GroupModel),
    "criteria": ("criterion", CriterionModel),
    "gates": ("gate", GateModel),
    "weights": ("the weight of", PointsModel),
}
WRONG = {
    "missing": "is missing",
    "extra_forbidden": "is no known key",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "string_type": "must be text",
    "string_too_short": "is empty",
    "string_pattern_mismatch": "must be lower case letters, digits and _",
    "union_tag_invalid": "is no known scale",
    "union_tag_not_found": "has no type",
    "tuple_type": "must be a list",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "too_long": "has too many entries",
    "date_type": "must be a date",
    "date_from_datetime_parsing": "must be a date",
    "date_parsing": "must be a date",
}
TODO = {
    "rationale": "Say why it weighs what it weighs.",
    "definition": "Say what is measured, and how.",
    "weight": "Give it points.",
    "scale": 'Add one, such as { type = "linear", worst = 1, best = 5 }.',
    "unit": 'Name the unit, or write unit = "".',
    "date": "Write it as 2026-01-31, without quotes.",
}


def problems_of(
    error: ValidationError, document: dict[str, Any], model: type[BaseModel]
) -> Iterator[Problem]:
    """Every problem of a file's shape, in the order of the file."""
    for item in error.errors():
        cause = item.get("ctx", {}).get("error")
        place = _place(document, model, item["loc"])
        if isinstance(cause, SrmkitError):
            for problem in cause.problems:
                yield Problem(f"{problem.thing} of {place.owner}", problem.wrong, problem.found, problem.todo)
        else:
            yield _problem(item, place)


@dataclass(frozen=True)
class _Place:
    """Where in the file: the entry, the key in question, what stands there, and the keys it may have."""

    owner: str
    key: str
    found: Any
    keys: list[str]

    @property
    def thing(self) -> str:
        return f"'{self.key}' of {self.owner}" if self.key else self.owner


def _place(document: dict[str, Any], model: type[BaseModel], loc: tuple[int | str, ...]) -> _Place:
    owner, node, path = "the file", document, list(loc)
    while len(path) > 1 and path[0] in KINDS:
        words, model = KINDS[str(path[0])]
        node = below(below(node, path.pop(0)), path[0])
        owner = f"{words} {_name(node, path.pop(0), owner)}"
    if path[:1] == ["scale"] and len(path) > 1:
        node, model = below(node, "scale"), SCALE_MODELS[str(path[1])]
        path = path[2:]  # pydantic names the kind of scale in the path, the file does not
        owner = f"the scale of {owner}" if path else owner
    key = str(path[0]) if path else ""
    for step in path:
        node = below(node, step)
    return _Place(owner, key, node, list(model.model_fields))


def _problem(item: ErrorDetails, place: _Place) -> Problem:
    kind = item["type"]
    said = item["msg"].lower().removeprefix("input should be").strip()
    wrong = WRONG.get(kind, f"must be {said}")
    if kind == "extra_forbidden":
        return Problem(place.thing, wrong, todo=did_you_mean(place.key, place.keys, "Known keys are"))
    if kind == "missing":
        return Problem(place.thing, wrong, todo=TODO.get(place.key, ""))
    if kind.startswith("union_tag"):
        tag = str(place.found.get("type", "")) if isinstance(place.found, dict) else ""
        todo = did_you_mean(tag, SCALE_MODELS, "Scales are")
        return Problem(place.thing, wrong, repr(tag) if tag else _short(place.found), todo)
    return Problem(place.thing, wrong, _short(place.found), TODO.get(place.key, ""))


def _name(node: Any, step: int | str, owner: str) -> str:
    if isinstance(step, str):
        return f"'{step}'"
    above = "" if owner == "the file" else f" of {owner}"
    name = node.get("name") or node.get("words") or node.get("metric") if isinstance(node, dict) else None
    return f"'{name}'" if name else f"no. {step + 1}{above}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
