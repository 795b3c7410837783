"""TOML files that come with srmkit or from its user: found by name or path, and read, or told what is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from srmkit.errors import Problem, SrmkitError, did_you_mean
from srmkit.language import say
from srmkit.places import data_folder

# TOML lets them stand within text, but an editor shows a new line there
_BREAKS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}


def shipped_names(folder: str) -> tuple[str, ...]:
    """Names of the files in this folder of the data that comes along."""
    return tuple(sorted(file.stem for file in (data_folder() / folder).glob("*.toml")))


def file_of(source: str | Path, folder: str, kind: str) -> Path:
    """The file at that path, or the one of that name that comes along; SrmkitError lists the names there are."""
    file = Path(source)
    if file.suffix != ".toml" and len(file.parts) == 1:
        file = data_folder() / folder / f"{source}.toml"
    if not file.is_file():
        todo = did_you_mean(str(source), shipped_names(folder), say("Names are"))
        raise SrmkitError(f"{say(kind)} '{source}'", [
            Problem(say("the file"), say("does not exist"), say("nothing at {place}", place=file), todo)])
    return file


def read_document(file: Path, kind: str) -> dict[str, Any]:
    """What the file says; SrmkitError names the line that is no TOML."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = Problem("the file", "is no readable TOML", str(error), "Save it as UTF-8 text and mend that line.")
        raise SrmkitError(f"{kind} {file.name}", [problem]) from None


def toml_value(value: Any) -> str:
    """A value as a TOML file writes it, in one line whatever it holds: text, number, flag, day, list or table.

    >>> toml_value('a "b"'), toml_value(True), toml_value({"from": "x y", "formats": ["%d"]})
    ('"a \\\\"b\\\\""', 'true', '{from = "x y", formats = ["%d"]}')
    """
    return str(_item(value).as_string()).translate(_BREAKS)


def toml_key(name: str) -> str:
    """A key as a TOML file writes it: bare where it may be, else in quotes.

    >>> toml_key("unit_price"), toml_key("unit price")
    ('unit_price', '"unit price"')
    """
    import tomlkit

    return str(tomlkit.key(name).as_string()).translate(_BREAKS)


def _item(value: Any) -> Any:
    import tomlkit

    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        for name, entry in value.items():
            table.append(str(name), _item(entry))
        return table
    if isinstance(value, list | tuple):
        found = tomlkit.array()
        for entry in value:
            found.append(_item(entry))
        return found
    return tomlkit.item(value)


def below(node: Any, step: int | str) -> Any:
    """What a document holds under a key or at a place of a list; None where there is nothing."""
    if isinstance(node, dict):
        return node.get(step)
    if isinstance(node, list) and isinstance(step, int) and step < len(node):
        return node[step]
    return None
