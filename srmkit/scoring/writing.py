"""Writes scorecards into TOML files that read back as exactly the same scorecard.

Whatever a part of a scorecard holds becomes a key of its own name, so a new scale or a new key needs nothing here.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srmkit.errors import Problems, SrmkitError
from srmkit.scoring.criteria import Criterion, Gate, Group

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
            yield f"{field.name} = {_plain(value)}"


def _usual(field: Field[Any], value: object) -> bool:
    """Whether the key may be left out: the value is the default, or there is none."""
    return value is None or (field.default is not MISSING and type(value) is type(field.default)
                             and value == field.default)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return _table({_step(key): entry for key, entry in value.items()})
    if isinstance(value, list | tuple):
        return f"[{', '.join(_plain(entry) for entry in value)}]"
    # a scale: its kind, then whatever it holds
    return _table({"type": value.type, **{field.name: getattr(value, field.name) for field in fields(value)}})


def _table(entries: Mapping[str, Any]) -> str:
    named = (f"{_key(key)} = {_plain(entry)}" for key, entry in entries.items() if entry is not None)
    return f"{{ {', '.join(named)} }}"


def _key(key: str) -> str:
    return key if key.isascii() and key.replace("_", "").isalnum() else _plain(key)


def _step(key: object) -> str:
    return _number(key) if isinstance(key, int | float) else str(key)


def _number(value: float) -> str:
    number = float(value)
    return str(int(number)) if math.isfinite(number) and number == int(number) and abs(number) < 1e15 else repr(number)
