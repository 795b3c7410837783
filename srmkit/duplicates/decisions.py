"""What people decided about pairs: kept in a file, and replayed on the next run."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from srmkit.duplicates.found import DIFFERENT, OPEN, SAME
from srmkit.errors import Problems
from srmkit.language import say
from srmkit.toml_files import read_document, toml_value


@dataclass(frozen=True)
class Decision:
    """Two parties are one, or they are not: who said so, when, why, and what they were called then."""

    left: str
    right: str
    same: bool
    by: str = ""
    on: str = ""
    note: str = ""
    left_name: str = ""
    right_name: str = ""
    bits: float | None = None

    @property
    def pair(self) -> frozenset[str]:
        """The two ids, in no order."""
        return frozenset((self.left, self.right))


@dataclass(frozen=True)
class Decisions:
    """All decisions about one list, at most one a pair; a change gives new decisions.

    >>> said = Decisions().saying("S1", "S2", same=True).saying("S2", "S3", same=False)
    >>> said.groups(), len(said.saying("S2", "S1", same=False).all)
    ((('S1', 'S2'),), 2)
    """

    all: tuple[Decision, ...] = ()

    @classmethod
    def read(cls, path: str | Path) -> Decisions:
        """The decisions in a TOML file; none where there is no such file yet.

        SrmkitError names every entry that is wrong, and every pair that the rest contradicts.
        """
        file = Path(path)
        if not file.is_file():
            return cls()
        document = read_document(file, "decisions about duplicates")
        found = cls(tuple(_read(document, f"decisions about duplicates {file.name}")))
        found.refuse_contradictions(file.name)
        return found

    def write(self, path: str | Path) -> Path:
        """Write them as TOML, one table a decision, in the order in which they were made; the file is returned."""
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        draft.write_text("".join(_lines(self.all)), encoding="utf-8")
        draft.replace(file)  # whole or not at all: a crash leaves the old file
        return file

    def saying(
        self, left: str, right: str, *, same: bool, by: str = "", on: str = "", note: str = "",
        names: tuple[str, str] = ("", ""), bits: float | None = None,
    ) -> Decisions:
        """These decisions and one more; an earlier one about the same pair makes way."""
        one = Decision(str(left), str(right), same, by, on or str(dt.date.today()), note, *names, bits)
        return Decisions((*(old for old in self.all if old.pair != one.pair), one))

    def without(self, left: str, right: str) -> Decisions:
        """These decisions but the one about this pair: it is open again."""
        pair = frozenset((left, right))
        return Decisions(tuple(old for old in self.all if old.pair != pair))

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Parties that are one, by the pairs accepted: each group in order, the groups by their first party."""
        leader: dict[str, str] = {}
        for one in self.all:
            if one.same:
                first, second = _lead(leader, one.left), _lead(leader, one.right)
                if first != second:
                    leader[max(first, second)] = min(first, second)
        members: dict[str, list[str]] = {}
        for party in sorted({name for one in self.all if one.same for name in one.pair}):
            members.setdefault(_lead(leader, party), []).append(party)
        return tuple(tuple(group) for _, group in sorted(members.items()))

    def refuse_contradictions(self, where: str = "") -> None:
        """SrmkitError for every pair said to be different although other pairs make it one."""
        group_of = {party: group for group in self.groups() for party in group}
        problems = Problems(f"decisions about duplicates {where}".rstrip())
        for one in self.all:
            if not one.same and one.left in group_of and one.right in group_of[one.left]:
                others = ", ".join(name for name in group_of[one.left] if name not in one.pair) or "other entries"
                problems.add(f"{one.left} and {one.right}", "are said to be different, and to be one",
                             found=f"they are one by way of {others}",
                             todo="Change one of these decisions.")
        problems.raise_if_any()

    def applied(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """The pairs with what was decided about each; pairs not decided are open."""
        known = {one.pair: SAME if one.same else DIFFERENT for one in self.all}
        said = [known.get(frozenset(pair), OPEN) for pair in zip(pairs["left"], pairs["right"], strict=True)]
        return pairs.assign(decision=said)

    def stale(self, parties: pd.DataFrame) -> tuple[str, ...]:
        """Decisions that need another look: a party is gone, or has another name than when it was decided."""
        names = parties["name"] if "name" in parties else pd.Series(dtype=str)
        return tuple(sentence for one in self.all for sentence in _stale(one, parties.index, names))

    def table(self) -> pd.DataFrame:
        """One row a decision."""
        columns = list(Decision.__dataclass_fields__)
        return pd.DataFrame([asdict(one) for one in self.all], columns=columns)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    left: str = Field(min_length=1)
    right: str = Field(min_length=1)
    same: bool
    by: str = ""
    on: str = ""
    note: str = ""
    left_name: str = ""
    right_name: str = ""
    bits: float | None = None


def _read(document: Mapping[str, object], subject: str) -> Iterator[Decision]:
    problems = Problems(subject)
    entries = document.get("decision", [])
    for name in document:
        if name != "decision":
            problems.add(f"'{name}'", "is not known here", todo="Every decision is a table [[decision]].")
    seen: dict[frozenset[str], int] = {}
    found: list[Decision] = []
    for place, entry in enumerate(entries if isinstance(entries, list) else [entries], start=1):
        try:
            one = Decision(**_Entry.model_validate(entry).model_dump())
        except ValidationError as error:
            for item in error.errors():
                where = ".".join(map(str, item["loc"])) or "the table"
                problems.add(f"decision {place}: {where}", str(item["msg"]).lower(), found=repr(item["input"])[:80])
            continue
        if one.left == one.right:
            problems.add(f"decision {place}", "compares a party with itself", found=one.left, todo="Delete it.")
        if one.pair in seen:
            problems.add(f"decision {place}", f"is about the same pair as decision {seen[one.pair]}",
                         found=f"{one.left} and {one.right}", todo="Keep one of them.")
        seen[one.pair] = place
        found.append(one)
    problems.raise_if_any()
    yield from found


def _lines(decisions: tuple[Decision, ...]) -> Iterator[str]:
    yield "# Which parties are one. Written by the review; may be edited by hand. Nothing is merged that is not here.\n"
    for one in decisions:
        yield "\n[[decision]]\n"
        for name, value in asdict(one).items():
            if value not in ("", None):
                yield f"{name} = {toml_value(round(value, 2) if isinstance(value, float) else value)}\n"


def _lead(leader: dict[str, str], party: str) -> str:
    while party in leader:
        party = leader[party]
    return party


def _stale(one: Decision, index: pd.Index, names: pd.Series) -> Iterator[str]:
    for party, name in ((one.left, one.left_name), (one.right, one.right_name)):
        if party not in index:
            yield say("The decision about {left} and {right} no longer fits: {party} is not in the list.",
                      left=one.left, right=one.right, party=party)
        elif name and party in names.index and name != names[party]:
            yield say("The decision about {left} and {right} should be looked at again: {party} was called "
                      "{old} then and is called {new} now.",
                      left=one.left, right=one.right, party=party, old=name, new=names[party])
