"""The same selection under several scorecards: who is chosen whatever the emphasis?"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from srmkit.errors import Problems
from srmkit.language import enumerated, say
from srmkit.strategy.selection import Selection
from srmkit.strategy.standing import named


def side_by_side(selections: Mapping[str, Selection]) -> pd.DataFrame:
    """One row a candidate, who is chosen most often first: its fate under each preset.

    Columns `<preset> selected` and `<preset> rank` (a gap for who fails a gate or has no score), then
    `presets` (how many select it) and `chosen_by`: "all", "only <preset>", the presets by name, or "none".
    SrmkitError where there are no selections, or not all are about the same candidates.
    """
    _check(selections)
    first = next(iter(selections.values())).table
    table = pd.DataFrame(index=first.index)
    for name, selection in selections.items():
        rows = selection.table.reindex(first.index)
        table[f"{name} selected"] = rows["selected"].astype(bool)
        table[f"{name} rank"] = rows["rank"]
    chosen = pd.DataFrame({name: table[f"{name} selected"] for name in selections})
    table["presets"] = chosen.sum(axis=1)
    table["chosen_by"] = [_chosen_by(row, list(selections)) for row in chosen.to_numpy(dtype=bool).tolist()]
    ranks = pd.DataFrame({name: table[f"{name} rank"].astype(float) for name in selections}).mean(axis=1)
    worst_last = ranks.fillna(float("inf"))
    keys = zip(-table["presets"], worst_last, table.index.map(str), range(len(table)), strict=True)
    return table.iloc[[key[-1] for key in sorted(keys)]]


def _chosen_by(row: list[bool], presets: list[str]) -> str:
    by = [name for name, chosen in zip(presets, row, strict=True) if chosen]
    if not by:
        return say("none")
    if len(by) == len(presets):
        return say("all")
    return say("only {preset}", preset=say(by[0])) if len(by) == 1 else enumerated(say(name) for name in by)


def _check(selections: Mapping[str, Selection]) -> None:
    problems = Problems("presets side by side")
    if not selections:
        problems.add("selections", "are none", todo="Give at least one, by the name of its preset.")
    everyone = set().union(*(selection.table.index for selection in selections.values()))
    for name, selection in selections.items():
        lacking = sorted(everyone.difference(selection.table.index), key=str)
        if lacking:
            problems.add(f"preset '{name}'", "has not scored every candidate",
                         found=f"nothing on {named(lacking)}", todo="Score the same table with every preset.")
    problems.raise_if_any()
