"""Who belongs to whom: entries that are one firm, and firms of one group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from srmkit.duplicates.decisions import Decisions
from srmkit.language import enumerated, say


@dataclass(frozen=True)
class PartyRollUp:
    """Where each party's figures belong.

    `table`, one row a party in the order of the list: `name`, `firm` (the entry that stands for it after the accepted
    pairs), `parent` (firm it belongs to, a gap for none), `ultimate` (top of the group), `steps` (below the top),
    `path` (from the top down, in names). `problems` tells what cannot be followed: circles and unknown parents.
    """

    table: pd.DataFrame
    problems: tuple[str, ...]

    def totals(self, amounts: pd.Series) -> pd.DataFrame:
        """Amounts by group, the largest first: name, entries, firms, own (the top firm), group (all); sums are kept.

        Amounts of parties that are not in the list stand under their own id.
        """
        table = self.table
        firm = pd.Series(amounts.index, index=amounts.index).map(table["firm"]).fillna(
            pd.Series(amounts.index, index=amounts.index))
        top = firm.map(table["ultimate"]).fillna(firm)
        whole = amounts.groupby(top).sum()
        found = pd.DataFrame({
            "name": table["name"].reindex(whole.index),
            "entries": table.groupby("ultimate").size().reindex(whole.index).fillna(1).astype(int),
            "firms": table.groupby("ultimate")["firm"].nunique().reindex(whole.index).fillna(1).astype(int),
            "own": amounts[firm.eq(top)].groupby(top).sum().reindex(whole.index).fillna(0.0),
            "group": whole,
        }).rename_axis("ultimate")
        return found.sort_values("group", ascending=False, kind="stable")


def party_roll_up(parties: pd.DataFrame, decisions: Decisions | None = None) -> PartyRollUp:
    """Every party with the firm it is an entry of and the group it belongs to.

    `parties` is indexed by id, with `name` and `parent_id` where it is known. Only pairs that were accepted are one;
    the first entry of the list stands for them. A circle of parents is cut where it closes, and told.

    >>> firms = pd.DataFrame({"name": ["Alba Group", "Alba Guss", "ALBA GUSS"], "parent_id": [None, "S1", None]},
    ...                      index=["S1", "S2", "S3"])
    >>> rolled = party_roll_up(firms, Decisions().saying("S2", "S3", same=True))
    >>> rolled.table["ultimate"].tolist(), rolled.table.loc["S3", "path"]
    (['S1', 'S1', 'S1'], 'Alba Group > Alba Guss')
    """
    index = pd.Index([str(name) for name in parties.index], name="party")
    names = pd.Series(parties["name"].to_numpy(), index=index, dtype=object)
    firm = _firms(index, decisions or Decisions())
    known = parties["parent_id"] if "parent_id" in parties else pd.Series(None, index=parties.index, dtype=object)
    stated = known.set_axis(index).dropna().astype(str)
    problems: list[str] = []
    parents = _parents(stated, firm, problems)
    rows = [_row(str(party), firm, parents, names, problems) for party in index]
    return PartyRollUp(pd.DataFrame(rows, index=index), tuple(dict.fromkeys(problems)))


def _firms(index: pd.Index, decisions: Decisions) -> dict[str, str]:
    place = {str(party): number for number, party in enumerate(index)}
    firm = {party: party for party in place}
    for group in decisions.groups():
        there = sorted((party for party in group if party in place), key=place.__getitem__)
        firm |= dict.fromkeys(there, there[0]) if there else {}
    return firm


def _parents(stated: pd.Series, firm: dict[str, str], problems: list[str]) -> dict[str, str]:
    """Parent of each firm; the first entry that states one is believed, another one told."""
    parents: dict[str, str] = {}
    for party, parent in stated.items():
        mine = firm[str(party)]
        if parent not in firm:
            problems.append(say("{party} names the parent {parent}, which is not in the list.", party=party,
                                parent=parent))
            continue
        theirs = firm[parent]
        if theirs == mine:
            continue
        if parents.setdefault(mine, theirs) != theirs:
            problems.append(say("Entries of {firm} name different parents, {one} and {other}: the first is kept.",
                                firm=mine, one=parents[mine], other=theirs))
    return parents


def _row(
    party: str, firm: dict[str, str], parents: dict[str, str], names: pd.Series, problems: list[str]
) -> dict[str, Any]:
    chain = [firm[party]]
    while chain[-1] in parents:
        following = parents[chain[-1]]
        if following in chain:
            circle = sorted(chain[chain.index(following):])
            problems.append(say("{firms} own each other in a circle: each stands alone.", firms=enumerated(circle)))
            chain = chain[: chain.index(following)] or chain[:1]
            if firm[party] in circle:
                chain = [firm[party]]
            break
        chain.append(following)
    path = " > ".join(str(names[one]) for one in reversed(chain))
    return {"name": names[party], "firm": firm[party], "parent": chain[1] if len(chain) > 1 else None,
            "ultimate": chain[-1], "steps": len(chain) - 1, "path": path}
