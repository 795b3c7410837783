"""Decisions about duplicates replayed on the tables of a company: what was accepted is one, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import pandas as pd

from srmkit.duplicates.decisions import Decision, Decisions
from srmkit.duplicates.roll_up import party_roll_up
from srmkit.language import joined, listed, say, say_many
from srmkit.tables.health import MERGED
from srmkit.tables.merging import Merges

Whole: TypeAlias = Literal["firm", "group"]
_MOST = 5


@dataclass(frozen=True)
class Replayed:
    """What is one: entries that people accepted as one firm; with `whole` "group" also firms and those above them.

    A decision that no longer fits, as a party is gone or has another name than then, is told and not applied.
    """

    decisions: Decisions
    whole: Whole = "firm"

    def __call__(self, lists: Mapping[str, pd.DataFrame]) -> Merges:
        """The entries of these lists of parties (indexed by id) that are another one."""
        rows: list[dict[str, Any]] = []
        notes: list[str] = []
        for name, parties in lists.items():
            mine = [one for one in self.decisions.all if one.pair & set(parties.index)]
            rows += self._entries(name, parties, mine, notes)
        everybody = {party for parties in lists.values() for party in parties.index}
        nowhere = [one for one in self.decisions.all if lists and not one.pair & everybody]
        notes += [say("The decision about {left} and {right} fits nobody here.", left=one.left, right=one.right)
                  for one in nowhere]
        return Merges(pd.DataFrame(rows, columns=[name for name in MERGED if name != "rows"]), tuple(notes))

    def _entries(
        self, name: str, parties: pd.DataFrame, mine: list[Decision], notes: list[str]
    ) -> list[dict[str, Any]]:
        fitting = []
        for one in mine:
            if told := Decisions((one,)).stale(parties):
                notes.append(joined(*told, say("It was not applied.")))
            else:
                fitting.append(one)
        said = Decisions(tuple(fitting))
        rolled = party_roll_up(parties, said)
        if self.whole == "group":
            notes += rolled.problems
        rows = list(_rows(name, rolled.table, said, self.whole))
        notes += _told(name, rows, rolled.table["name"])
        return rows


def _rows(name: str, table: pd.DataFrame, said: Decisions, whole: Whole) -> Iterator[dict[str, Any]]:
    """One row an entry that is another: of the same firm by a decision, or below another firm of the group."""
    names = table["name"]
    for entry, firm, top in table[["firm", "ultimate"]].itertuples():
        kept = top if whole == "group" else firm
        if kept == entry:
            continue
        one = next((one for one in said.all if one.same and entry in one.pair), None) if firm != entry else None
        by, on = (one.by or say("somebody unnamed"), one.on or say("an unknown day")) if one else ("", "")
        why = say("is one with {kept} by decision of {by} on {on}", kept=firm, by=by, on=on) if one else ""
        above = say("{firm} belongs to the group of {top}", firm=firm, top=kept) if kept != firm else ""
        yield {"table": name, "entry": entry, "name": names[entry], "kept": kept, "kept_name": names[kept],
               "why": say("; ").join(filter(None, (why, above))), "by": by, "on": on, "firm": firm}


def _told(name: str, rows: list[dict[str, Any]], names: pd.Series) -> Iterator[str]:
    """One sentence for each who and when, and one for the groups."""
    sets: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        other = row["firm"] if row["by"] else row["kept"]
        pair = say("{entry} counts as {kept} ({name})", entry=row["entry"], kept=other, name=names[other])
        sets.setdefault((row["by"], row["on"]), []).append(pair)
    for (by, on), pairs in sets.items():
        count, who = len(pairs), listed(pairs, most=_MOST)
        if by and name == "suppliers":
            yield say_many("{count} supplier merged by decision of {by} on {on}: {who}.",
                           "{count} suppliers merged by decision of {by} on {on}: {who}.", count, by=by, on=on, who=who)
        elif by:
            yield say_many("{count} customer merged by decision of {by} on {on}: {who}.",
                           "{count} customers merged by decision of {by} on {on}: {who}.", count, by=by, on=on, who=who)
        elif name == "suppliers":
            yield say_many("{count} supplier counted with its group, by its parent: {who}.",
                           "{count} suppliers counted with their group, by their parent: {who}.", count, who=who)
        else:
            yield say_many("{count} customer counted with its group, by its parent: {who}.",
                           "{count} customers counted with their group, by their parent: {who}.", count, who=who)
