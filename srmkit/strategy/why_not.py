"""Why not: what everyone who is not selected lacks, and what would be needed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from srmkit.language import enumerated, say
from srmkit.rounding import figure
from srmkit.strategy.points import TOLERANCE, Points
from srmkit.strategy.reasons import in_hours

COLUMNS = ["rank", "total", "gap", "gate", "loses_most_on", "needed"]


def why_not(points: Points, table: pd.DataFrame) -> pd.DataFrame:
    """One row a candidate that is not selected, by rank; see `Selection`."""
    out = table[~table["selected"]]
    last = table.loc[table["selected"], "total"].min()
    rows = points.rows(out.index)
    failed = _failed(points)
    return pd.DataFrame(
        {
            "rank": out["rank"],
            "total": out["total"],
            "gap": last - out["total"],
            "gate": out["gate"],
            "loses_most_on": [points.named_losses(row) for row in rows],
            "needed": [
                say("; ").join(_needed(points, row, entry, last, failed.get(candidate, [])))
                for row, candidate, entry in zip(rows, out.index, out.to_dict("records"), strict=True)
            ],
        },
        index=out.index,
        columns=COLUMNS,
    )


def _needed(points: Points, row: int, entry: dict[Any, Any], last: float, failed: list[str]) -> list[str]:
    needed = list(failed)
    if pd.isna(entry["total"]):
        return [*needed, say("figures for {criteria}", criteria=enumerated(points.missing(row)))]
    if not failed and "hours" in entry:
        lacking = in_hours(entry["hours"] - entry["hours_left"])
        return [say("{hours} hours more than were left at its turn", hours=lacking)]
    gap = last - entry["total"]
    if pd.isna(gap):  # nobody is selected
        return needed
    if gap > TOLERANCE:
        return [*needed, points.closing(row, gap)]
    return [*needed, say("its points would do") if failed else say("level on points: any point more, or more volume")]


def _failed(points: Points) -> dict[Any, list[str]]:
    """By candidate, each gate's condition and what was found."""
    failed: dict[Any, list[str]] = {}
    for gate in points.scores.gated.to_dict("records"):
        found = say("nothing") if pd.isna(gate["found"]) else figure(float(gate["found"]))
        failed.setdefault(gate["candidate"], []).append(
            say("{condition}, found {figure}", condition=gate["condition"], figure=found))
    return failed
