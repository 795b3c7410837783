"""Reads scorecards from TOML files, and says everything that is wrong with one at once."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from srmkit.errors import Problems, SrmkitError, did_you_mean
from srmkit.language import marked
from srmkit.scoring.file_models import PresetModel, ScorecardModel
from srmkit.scoring.scorecard import Scorecard
from srmkit.scoring.tree import Node, check_tree, nodes_of, with_weights
from srmkit.scoring.wording import problems_of
from srmkit.toml_files import file_of, read_document, shipped_names

FOLDER, KIND = "scorecards", marked("scorecard")
HEAD = ("name", "title", "version", "date", "owner")

_Model = TypeVar("_Model", bound=BaseModel)


def scorecard_names() -> tuple[str, ...]:
    """Names of the scorecards that come with srmkit."""
    return shipped_names(FOLDER)


def read_scorecard(source: str | Path) -> Scorecard:
    """The scorecard of that name or in that file; see `Scorecard.read`.

    Files that say what they said before are not worked through again.
    """
    file = file_of(source, FOLDER, KIND)
    said = file.read_bytes()
    return _read(file, said, _said_by_base(file, said))


@lru_cache(maxsize=64)
def _read(file: Path, said: bytes, said_by_base: bytes) -> Scorecard:
    document = read_document(file, KIND)
    return _preset(file, document) if "extends" in document else _whole(file, document)


@lru_cache(maxsize=64)
def _extends(file: Path, said: bytes) -> str | None:
    name = read_document(file, KIND).get("extends")
    return name if isinstance(name, str) else None


def _said_by_base(file: Path, said: bytes) -> bytes:
    name = _extends(file, said)
    try:
        return b"" if name is None else _base_file(file, name).read_bytes()
    except SrmkitError:  # told with all that is wrong when the base is asked for
        return b""


def _whole(file: Path, document: dict[str, Any]) -> Scorecard:
    problems = Problems(f"scorecard {file.name}")
    if "axes" in document:
        check_tree(_nodes(document["axes"], "axis"), problems)
    model = _checked(document, ScorecardModel, problems)
    axes = tuple(axis.group() for axis in model.axes)
    gates = tuple(gate.gate() for gate in model.gates)
    try:
        return Scorecard(**model.model_dump(include={*HEAD, "aggregation", "interaction"}), axes=axes, gates=gates)
    except SrmkitError as error:
        raise SrmkitError(problems.subject, error.problems) from None


def _preset(file: Path, document: dict[str, Any]) -> Scorecard:
    """Another scorecard with other weights, each with its own reason."""
    problems = Problems(f"scorecard {file.name}")
    model = _checked(document, PresetModel, problems)
    base = _base(file, model.extends, problems)
    known = [part.name for axis in base.axes for part in axis.walk()]
    for name in model.weights:
        if name not in known:
            todo = did_you_mean(name, known, "Names are")
            problems.add(f"weight of '{name}'", f"has no place in '{base.name}'", todo=todo)
    changes = {name: (entry.points, entry.rationale) for name, entry in model.weights.items()}
    axes = tuple(with_weights(axis, changes) for axis in base.axes)
    check_tree(nodes_of(axes), problems)
    problems.raise_if_any()
    return replace(base, **model.model_dump(include=set(HEAD)), axes=axes)


def _base(file: Path, name: str, problems: Problems) -> Scorecard:
    base = _base_file(file, name)
    document = read_document(base, KIND)
    if "extends" in document:
        problems.add("'extends'", "must name a scorecard that extends no other", found=f"'{name}'",
                     todo=f"Extend '{document['extends']}' directly.")
        problems.raise_if_any()
    return _whole(base, document)


def _base_file(file: Path, name: str) -> Path:
    beside = file.with_name(f"{name}.toml")
    return file_of(beside if beside.is_file() else name, FOLDER, KIND)


def _checked(document: dict[str, Any], model: type[_Model], problems: Problems) -> _Model:
    """The document in the shape of the model; raises with these problems and those noted before."""
    try:
        checked = model.model_validate(document)
    except ValidationError as error:
        problems.extend(problems_of(error, document, model))
        raise SrmkitError(problems.subject, problems.found) from None
    problems.raise_if_any()
    return checked


def _nodes(entries: Any, kind: str) -> tuple[Node, ...]:
    """The tree as far as it can be read; what cannot is told by the check of the shape."""
    entries = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return tuple(
        Node(kind, str(entry.get("name", "")), _points(entry.get("weight")),
             _nodes(entry.get("criteria"), "criterion") + _nodes(entry.get("groups"), "group"))
        for entry in entries
    )


def _points(weight: Any) -> float | None:
    return float(weight) if isinstance(weight, int | float) and not isinstance(weight, bool) else None
