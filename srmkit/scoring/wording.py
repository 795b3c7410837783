"""What is wrong with a scorecard file, in words that name the place and the next step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from srmkit.errors import Problem, SrmkitError
from srmkit.scoring.file_models import (
    SCALE_MODELS,
    CriterionModel,
    GateModel,
    GroupModel,
    PointsModel,
)
from srmkit.scoring.measured import nearest

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
        place = _Place(document, model, item["loc"])
        if isinstance(cause, SrmkitError):
            for problem in cause.problems:
                yield Problem(f"{problem.thing} of {place.owner}", problem.wrong, problem.found, problem.todo)
        else:
            yield _problem(item, place)


class _Place:
    """Where in the file: the key in question, the entry it belongs to, and the keys that entry may have."""

    def __init__(self, document: dict[str, Any], model: type[BaseModel], loc: tuple[int | str, ...]) -> None:
        self.owner, self.model, self.in_scale = "the file", model, False
        self.keys: list[str] = []
        node: Any = document
        kind = ""
        for step in loc:
            node = _below(node, step)
            if not kind and step in KINDS and not self.in_scale:
                kind = str(step)
                self.keys = [str(step)]
            elif kind:
                words, self.model = KINDS[kind]
                above = "" if self.owner == "the file" else f" of {self.owner}"
                self.owner, self.keys, kind = f"{words} {_name(node, step, above)}", [], ""
            elif step == "scale":
                self.in_scale, self.keys = True, ["scale"]
            elif self.in_scale and step in SCALE_MODELS and self.keys == ["scale"]:
                self.model = SCALE_MODELS[str(step)]
            else:
                self.keys.append(str(step))
        if self.in_scale:
            self.keys = self.keys[1:] or ["scale"]
            self.owner = f"the scale of {self.owner}" if self.keys != ["scale"] else self.owner
        self.found = node

    @property
    def key(self) -> str:
        return self.keys[0] if self.keys else ""

    @property
    def thing(self) -> str:
        return f"'{self.key}' of {self.owner}" if self.key else self.owner


def _problem(item: ErrorDetails, place: _Place) -> Problem:
    kind = item["type"]
    wrong = WRONG.get(kind, item["msg"].lower().removeprefix("input should be").strip())
    wrong = wrong if kind in WRONG else f"must be {wrong}"
    found = "" if kind in ("missing", "extra_forbidden") else _short(place.found)
    todo = TODO.get(place.key, "") if kind not in ("extra_forbidden",) else ""
    if kind == "extra_forbidden":
        known = list(place.model.model_fields)
        todo = nearest(place.key, known) or f"Known keys are: {', '.join(known)}."
    elif kind == "union_tag_invalid":
        tag = str(place.found.get("type")) if isinstance(place.found, dict) else ""
        todo = nearest(tag, list(SCALE_MODELS)) or f"Scales are: {', '.join(SCALE_MODELS)}."
        found = repr(tag)
    elif kind == "union_tag_not_found":
        todo = f"Scales are: {', '.join(SCALE_MODELS)}."
    return Problem(place.thing, wrong, found, todo)


def _below(node: Any, step: int | str) -> Any:
    if isinstance(node, dict):
        # pydantic names the kind of scale in the path, the file does not
        return node.get(step, node if step in SCALE_MODELS else None)
    if isinstance(node, list) and isinstance(step, int) and step < len(node):
        return node[step]
    return None


def _name(node: Any, step: int | str, above: str) -> str:
    if isinstance(step, str):
        return f"'{step}'"
    name = node.get("name") or node.get("words") or node.get("metric") if isinstance(node, dict) else None
    return f"'{name}'" if name else f"no. {step + 1}{above}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
