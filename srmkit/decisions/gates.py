"""Which gate stops how many, who is nearest to passing it, and who would pass without it."""

from __future__ import annotations

import pandas as pd

from srmkit.language import say, say_many
from srmkit.rounding import figure
from srmkit.scoring import Gate, Scores

COLUMNS = ["gate", "condition", "stopped", "stopped_alone", "nearest", "first_without"]


def gates_for_people(scores: Scores, names: pd.Series) -> pd.DataFrame:
    """One row a gate of the scorecard, the one that stops most first.

    gate and condition (words), stopped (how many fail it), stopped_alone (how many with a score fail it and no other),
    nearest (whose figure misses its limit by least, and that figure; of equals the best score),
    first_without (the best score among those it stops alone). `names` are those of the candidates.
    """
    failed = scores.gated.assign(
        failures=scores.gated.groupby("candidate")["gate"].transform("size"),
        total=scores.total.reindex(scores.gated["candidate"]).to_numpy(),
    ).sort_values("total", ascending=False, kind="stable")
    rows = []
    for gate in scores.scorecard.gates:
        mine = failed[(failed["gate"] == say(gate.words)) & (failed["condition"] == gate.condition)]
        nearest = mine.loc[_missed(gate, mine["found"]).sort_values(kind="stable").index[:1]]
        alone = mine[mine["failures"] == 1].dropna(subset="total")
        rows.append((
            say(gate.words), gate.condition, len(mine), len(alone),
            "".join(say("{who}, found {figure}", who=names.get(row["candidate"], row["candidate"]),
                        figure=say("nothing") if pd.isna(row["found"]) else figure(float(row["found"])))
                    for row in nearest.to_dict("records")),
            "".join(str(names.get(who, who)) for who in alone["candidate"].head(1)),
        ))
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values("stopped", ascending=False, kind="stable", ignore_index=True)


def stopped_by_gates(gates: pd.DataFrame, candidates: int) -> tuple[str, ...]:
    """One sentence for each gate that stops anybody: how many of all, by which condition, and who is nearest."""
    return tuple(
        say("Gate '{gate}' stops {count:,} of {all:,}: {condition}. Nearest to passing: {nearest}.", gate=row["gate"],
            count=row["stopped"], all=candidates, condition=row["condition"], nearest=row["nearest"])
        for row in gates[gates["stopped"] > 0].to_dict("records")
    )


def without_gates(gates: pd.DataFrame) -> tuple[str, ...]:
    """One sentence for each gate that stops somebody whom no other gate stops: how many would pass, and who first."""
    return tuple(
        say_many("Without the gate '{gate}' {count:,} would pass: {first}.",
                 "Without the gate '{gate}' {count:,} would pass, {first} with the best score.",
                 row["stopped_alone"], gate=row["gate"], first=row["first_without"])
        for row in gates[gates["stopped_alone"] > 0].to_dict("records")
    )


def _missed(gate: Gate, found: pd.Series) -> pd.Series:
    """How far each figure is from the gate's limit; a gap where there is no figure."""
    limit = next(value for value in (gate.at_least, gate.at_most, gate.equals) if value is not None)
    return (found.astype(float) - limit).abs()
