"""One declaration of a study's settings, from which form, checks, help, cell and report footer follow."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Literal, Self, get_args, get_origin

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo

from srmkit.errors import Problem, SrmkitError, did_you_mean
from srmkit.language import Language, marked, say, speaking

_PASSWORD = re.compile(r"(://[^:/@\s]*):[^/\s]*@")  # in an address
_PLAIN_TYPE = re.compile(r"[\w\[\], ]+")
_NAMED = re.compile(r"'(\w+)'")  # settings in a sentence
WRONG = {  # what pydantic finds wrong, by its name for it; anything else stays in its words
    "greater_than_equal": marked("should be greater than or equal to {ge}"),
    "less_than_equal": marked("should be less than or equal to {le}"),
    "literal_error": marked("should be {expected}"),
    "int_parsing": marked("should be a valid integer, unable to parse string as an integer"),
    "int_from_float": marked("should be a valid integer, got a number with a fractional part"),
    "float_parsing": marked("should be a valid number, unable to parse string as a number"),
    "finite_number": marked("should be a finite number"),
    "bool_parsing": marked("should be a valid boolean, unable to interpret input"),
    "dict_type": marked("should be a valid dictionary"),
    "string_type": marked("should be a valid string"),
    "string_pattern_mismatch": marked("should match the pattern {pattern}"),
}
PLAIN = (str, int, float, bool, list, dict, type(None))
GROUPS = ("Data", "Model", "Selection", "Doubt", "Resources", "Record", "Files")


def setting(
    default: Any,
    meaning: str,
    *,
    group: str,
    label: str = "",
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    step: float | None = None,
    pattern: str | None = None,
    values_of: tuple[str, str] | None = None,
) -> Any:
    """Declare one setting: its default, what it means, and its limits (both ends allowed).

    `values_of` names the table and column of the data whose values it may take.
    """
    extra: dict[str, Any] = {"group": group, "label": label, "unit": unit, "step": step,
                             "values_of": list(values_of) if values_of else None}
    return Field(default, description=meaning, ge=low, le=high, pattern=pattern, json_schema_extra=extra)


class StudyParams(BaseModel):
    """The complete, checked settings of one study run; frozen, equal when all settings are equal.

    Subclasses declare one field a setting through `setting`. Values arrive from a notebook cell,
    from `papermill -p` (which passes numbers and flags as text) or from a batch file: all are
    checked here, and one `SrmkitError` names every problem.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, validate_default=True)

    study: ClassVar[str] = "study"
    places: ClassVar[tuple[str, ...]] = ("export_to",)  # where to write: no part of the answer

    @classmethod
    def check(cls, values: Mapping[str, object]) -> Self:
        """The settings made of these values, defaults elsewhere; SrmkitError names all problems."""
        ready = {name: _parsed(value, cls.model_fields.get(name)) for name, value in values.items()}
        problems: list[Problem] = []
        wrong: set[str] = set()
        while True:  # pydantic compares settings only once each of them is right: the others go first
            try:
                made = cls.model_validate({name: value for name, value in ready.items() if name not in wrong})
                break
            except ValidationError as error:
                items = [dict(item) for item in error.errors() if wrong.isdisjoint(cls._named(dict(item)))]
                problems += [cls._problem(item, values) for item in items]
                found = set[str]().union(*(cls._named(item) for item in items))
                if not found:
                    break
                wrong |= found
        if problems:
            raise SrmkitError(say("parameters of {study}", study=cls.study), problems)
        return made

    @classmethod
    def read(cls, namespace: Mapping[str, object]) -> Self:
        """The settings in a notebook's `globals()`: every plain value there must be a known setting.

        Names that start with an underscore, modules, functions and results are passed over, so a
        misspelt `papermill -p` name is found even though papermill itself only warns. A setting whose name something
        else took, such as an import, is told, too.
        """
        taken = [
            Problem(f"'{name}'", "is a setting, and its name was taken by something else", type(value).__name__,
                    "Give that another name, or the setting a plain value.")
            for name, value in namespace.items() if name in cls.model_fields and type(value) not in PLAIN
        ]
        ours = {
            name: value
            for name, value in namespace.items()
            if not name.startswith("_") and name not in ("In", "Out") and type(value) in PLAIN
        }
        try:
            params = cls.check(ours)
        except SrmkitError as error:
            taken += error.problems
        if taken:
            raise SrmkitError(say("parameters of {study}", study=cls.study), taken)
        return params

    @classmethod
    def settings(cls) -> dict[str, FieldInfo]:
        """Every setting by name, in the order of the groups of a form."""
        order = {group: place for place, group in enumerate(GROUPS)}
        fields = cls.model_fields.items()
        return dict(sorted(fields, key=lambda item: order.get(name_of_group(item[1]), len(order))))

    @classmethod
    def of_group(cls, *groups: str) -> tuple[str, ...]:
        """Names of the settings of these groups."""
        return tuple(name for name, field in cls.settings().items() if name_of_group(field) in groups)

    @classmethod
    def cell(cls) -> str:
        """Source of the notebook's parameters cell: one `name: type = default  # meaning` line a setting.

        `papermill --help-notebook` prints the four of them; a type that it would stumble over is left out.
        """
        lines: list[str] = []
        group = ""
        for name, field in cls.settings().items():
            if name_of_group(field) != group:
                group = name_of_group(field)
                lines += ["", f"# {group}"] if lines else [f"# {group}"]
            kind = _type_words(field)
            lines.append(f"{name}{kind and f': {kind}'} = {_literal(field.default)}  # {meaning_of(field)}")
        return "\n".join(lines)

    def changed(self) -> dict[str, Any]:
        """The settings that differ from their defaults; where files are written is left out."""
        fields = type(self).model_fields
        return {
            name: value
            for name, value in self.model_dump().items()
            if name not in self.places and value != fields[name].default
        }

    def answer_settings(self) -> dict[str, Any]:
        """All settings that can change a number of the result, by name."""
        return {name: value for name, value in self.model_dump().items() if name not in self.places}

    def paste(self) -> str:
        """Lines to paste into the parameters cell so that it repeats these settings."""
        return "\n".join(f"{name} = {_literal(value)}" for name, value in self.changed().items()) or (
            "# all settings are at their defaults"
        )

    def table(self) -> pd.DataFrame:
        """One row a setting: group, value, whether it differs from the default, unit and meaning."""
        changed = self.changed()
        with speaking(language_of(self)):
            rows = [
                (say(name_of_group(field)), name, _literal(getattr(self, name)), name in changed, say(unit_of(field)),
                 say(field.description or ""))
                for name, field in self.settings().items()
                if name not in self.places
            ]
        return pd.DataFrame(rows, columns=["group", "setting", "value", "changed", "unit", "meaning"])

    @classmethod
    def _named(cls, item: dict[str, Any]) -> set[str]:
        """The settings that one of pydantic's errors is about; those that do not fit each other stand in its words."""
        return {str(item["loc"][0])} if item["loc"] else {*_NAMED.findall(item["msg"])} & cls.model_fields.keys()

    @classmethod
    def _problem(cls, item: dict[str, Any], values: Mapping[str, object]) -> Problem:
        name = str(item["loc"][0]) if item["loc"] else cls.study
        if item["type"] == "extra_forbidden":
            hint = did_you_mean(name, cls.model_fields, say("Settings are"))
            return Problem(f"'{name}'", say("is no setting of this study"), _evidence(values.get(name)), hint)
        wrong = _wrong(item)
        field = cls.model_fields.get(name)
        if field is None:  # settings that do not fit each other, named in the words
            together = [one for one in cls.model_fields if one in cls._named(item)]
            found = ", ".join(f"{one} = {_evidence(values.get(one, cls.model_fields[one].default))}"
                              for one in together)  # fmt: skip
            return Problem(wrong.split(" ", 1)[0], wrong.split(" ", 1)[-1], found)
        found = _evidence(values.get(name, field.default))
        if field.annotation is str and isinstance(values.get(name), int | float):
            todo = say("Write it in quotes; on papermill's command line use -r {name} VALUE, which keeps it text.",
                       name=name)
            return Problem(f"'{name}'", say("must be text"), found, todo)
        return Problem(f"'{name}'", wrong, found, say("It means: {meaning}.", meaning=meaning_of(field)))


def _wrong(item: Mapping[str, Any]) -> str:
    """What is wrong with a value, in the spoken language."""
    if item["type"] in WRONG:
        return say(WRONG[item["type"]], **item.get("ctx", {}))
    return str(item["msg"]).removeprefix("Value error, ").removeprefix("Input ")


def _evidence(value: object) -> str:
    text = _PASSWORD.sub(r"\1:...@", repr(value))
    return text if len(text) <= 80 else f"{text[:77]}..."


def _parsed(value: object, field: FieldInfo | None) -> object:
    # papermill's command line passes lists and tables as JSON text
    if field is not None and isinstance(value, str) and get_origin(field.annotation) in (list, dict, tuple):
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            return value
    return value


def _type_words(field: FieldInfo) -> str:
    """The type as papermill reads it beside a parameter: no quotes, no `|`; that of its choices where it has some."""
    kind = type(choices_of(field)[0]) if choices_of(field) else field.annotation
    words = kind.__name__ if isinstance(kind, type) and get_origin(kind) is None else str(kind)
    return words if _PLAIN_TYPE.fullmatch(words) else ""


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def extra_of(field: FieldInfo) -> dict[str, Any]:
    """What `setting` noted about the field beside its type and limits."""
    extra = field.json_schema_extra
    return dict(extra) if isinstance(extra, dict) else {}


def name_of_group(field: FieldInfo) -> str:
    """Heading under which a form shows the setting."""
    return str(extra_of(field).get("group", ""))


def label_of(name: str, field: FieldInfo) -> str:
    """Words beside the control."""
    return str(extra_of(field).get("label") or name.replace("_", " "))


def name_said(name: str, field: FieldInfo) -> str:
    """What a reader knows the setting by: its label, in the spoken language."""
    return say(label_of(name, field))


def unit_of(field: FieldInfo) -> str:
    """Unit of the value, empty where it has none."""
    return str(extra_of(field).get("unit", ""))


def column_of(field: FieldInfo) -> tuple[str, str] | None:
    """Table and column of the data whose values the setting may take; None where there is none."""
    place = extra_of(field).get("values_of")
    return tuple(place) if place else None


def step_of(field: FieldInfo) -> float | None:
    """Step of a slider; None where the form may choose."""
    step = extra_of(field).get("step")
    return None if step is None else float(step)


def limits_of(field: FieldInfo) -> tuple[float | None, float | None]:
    """Lowest and highest value allowed; None where there is no limit."""
    low = next((float(m.ge) for m in field.metadata if getattr(m, "ge", None) is not None), None)
    high = next((float(m.le) for m in field.metadata if getattr(m, "le", None) is not None), None)
    return low, high


def choices_of(field: FieldInfo) -> tuple[str, ...]:
    """The words allowed, empty where the value is free."""
    return tuple(get_args(field.annotation)) if get_origin(field.annotation) is Literal else ()


def meaning_of(field: FieldInfo) -> str:
    """Meaning with limits, choices and unit, as the parameters cell prints it."""
    low, high = limits_of(field)
    parts = [say(field.description or "")]
    if choices_of(field):
        parts.append(say(" or ").join(choices_of(field)))
    if low is not None and high is not None:
        parts.append(say("{start} to {end}", start=_plain_number(low), end=_plain_number(high)))
    elif low is not None:
        parts.append(say("at least {limit:g}", limit=low))
    text = say("; ").join(part for part in parts if part)
    return f"{text} [{say(unit_of(field))}]" if unit_of(field) else text


def _plain_number(value: float) -> str:
    return f"{value:.0f}" if value.is_integer() else f"{value:g}"


def language_of(params: StudyParams) -> Language:
    """The language in which a run with these settings speaks; English where they have none."""
    language: Language = getattr(params, "language", "en")
    return language


def day(text: str) -> date | None:
    """The day written as YYYY-MM-DD; None for empty text."""
    return date.fromisoformat(text) if text else None
