"""What the settings of a case name: data, maps, decisions, judgements, scorecards. Is it there, and can it be read?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from srmkit.decisions.params import StudyParams
from srmkit.duplicates import Decisions
from srmkit.errors import Problem, SrmkitError
from srmkit.scoring import Scorecard
from srmkit.tables.column_map import ColumnMap
from srmkit.tables.opening import address_of
from srmkit.tables.reading import map_file

SHIPPED = "sample"


class NamedFiles:
    """Looks once at each thing that any case of a batch names; the data themselves are read by the runs."""

    def __init__(self) -> None:
        self._wrong = cache(_wrong)

    def problems(self, params: StudyParams) -> Iterator[Problem]:
        """What is wrong with what these settings name, each problem under the name of its setting."""
        for name in LOOKS:
            value = getattr(params, name, "")
            if value:
                yield from self._wrong(name, value)


def _wrong(name: str, value: str) -> tuple[Problem, ...]:
    try:
        LOOKS[name](value)
    except SrmkitError as error:
        return tuple(replace(problem, thing=f"'{name}', {problem.thing}") for problem in error.problems)
    return ()


def _data(value: str) -> None:
    address = address_of(value)
    if address != SHIPPED and "://" not in address and not Path(address).exists():
        todo = "Correct its path: a folder, a file or a database address."
        raise SrmkitError("data", [Problem("the place", "is not there", value, todo)])


def _there(value: str) -> None:
    if value != SHIPPED and not Path(value).is_file():
        raise SrmkitError("file", [Problem("the file", "is not there", value, "Correct its path.")])


def _decisions(value: str) -> None:
    _there(value)
    Decisions.read(value)


LOOKS: Mapping[str, Callable[[str], object]] = {
    "data": _data,
    "column_map": lambda value: ColumnMap.read(map_file(value)),
    "duplicate_decisions": _decisions,
    "judgements": _there,
    "scorecard": Scorecard.read,
}
