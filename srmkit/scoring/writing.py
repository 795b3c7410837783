"""Writes scorecards into TOML files that read back as exactly the same scorecard.

Whatever a part of a scorecard holds becomes a key of its own name, so a new scale or a new key needs nothing here.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srmkit.errors import Problems, SrmkitError
from srmkit.scoring.criteria import Criterion, Gate, Group
from srmkit.toml_files import toml_value

if TYPE_CHECKING:
    from srmkit.scoring.scorecard import Scorecard

PARTS = ("axes", "gates", "members")  # tables of their own, below the keys of what holds them
SAID = ("unit",)  # written also where it is empty: a file says that there is none


def scorecard_toml(card: Scorecard) -> str:
    """The scorecard as the text of a TOML file, in the order of its own parts; defaults are left out."""
    lines = [*_keys(card)]
    for gate in card.gates:
        lines += ["", "[[gates]]", *_keys(gate)]
    for axis in card.axes:
        lines += _group(axis, "axes")
    return "\n".join(lines) + "\n"


def write_scorecard(card: Scorecard, path: str | Path) -> Path:
    """Write the scorecard and read it back: the file, which holds an equal scorecard, to the last bit.

    Raises SrmkitError, and writes nothing, where no file can hold the scorecard: a criterion without a definition, a
    part without a rationale, a group that stands before a criterion of the same parent.
    """
    from srmkit.scoring.reading import read_scorecard

    file = Path(path)
    problems = Problems(f"scorecard '{card.name}' as a file")
    if file.suffix != ".toml":
        problems.add(f"'{file.name}'", "is no name of a scorecard file", todo="End it with .toml.")
    problems.raise_if_any()
    draft = file.with_name(f".{file.stem}.draft.toml")
    draft.write_text(scorecard_toml(card), encoding="utf-8")
    try:
        if read_scorecard(draft) != card:
            problems.add("the order of its parts", "cannot be kept in a file",
                         todo="Within an axis or group name the criteria before the groups.")
    except SrmkitError as error:
        problems.extend(error.problems)
    if problems.found:
        draft.unlink()
    problems.raise_if_any()
    return draft.replace(file)


def _group(group: Group, place: str) -> list[str]:
    lines = ["", f"[[{place}]]", *_keys(group)]
    # a file names the criteria of a group before its groups
    for member in sorted(group.members, key=lambda one: isinstance(one, Group)):
        if isinstance(member, Group):
            lines += _group(member, f"{place}.groups")
        else:
            lines += ["", f"[[{place}.criteria]]", *_keys(member)]
    return lines


def _keys(part: Scorecard | Group | Criterion | Gate) -> Iterator[str]:
    for field in fields(part):
        value = getattr(part, field.name)
        if field.name not in PARTS and (field.name in SAID or not _usual(field, value)):
            yield f"{field.name} = {toml_value(_plain(value))}"


def _usual(field: Field[Any], value: object) -> bool:
    """Whether the key may be left out: the value is the default, or there is none."""
    return value is None or (field.default is not MISSING and type(value) is type(field.default)
                             and value == field.default)


def _plain(value: Any) -> Any:
    """The value as TOML knows it: whole numbers without a point, a scale as its kind and whatever it holds."""
    if isinstance(value, bool | str | dt.date):
        return value
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, Mapping):
        return {_step(name): _plain(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    held = {field.name: getattr(value, field.name) for field in fields(value)}
    return {"type": value.type, **{name: _plain(entry) for name, entry in held.items() if entry is not None}}


def _step(step: object) -> str:
    return str(_number(step)) if isinstance(step, int | float) else str(step)


def _number(value: float) -> float:
    number = float(value)
    return int(number) if math.isfinite(number) and number == int(number) and abs(number) < 1e15 else number
