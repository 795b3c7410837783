"""Who fails which gate, and which gate could not be checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from srmkit.errors import Problems
from srmkit.language import column, marked, say
from srmkit.scoring.measured import numbers_of, who

if TYPE_CHECKING:
    from srmkit.scoring.criteria import Gate

COLUMNS = ["candidate", "gate", "condition", "found"]


def gated(gates: tuple[Gate, ...], table: pd.DataFrame, problems: Problems) -> pd.DataFrame:
    """One row a candidate and gate that it fails: the gate's words, its condition, and the figure found."""
    parts = []
    for gate in gates:
        raw = numbers_of(gate.metric, table, problems)
        out = gate.fails(raw)
        part = pd.DataFrame({"candidate": table.index[out], "found": raw[out]})
        parts.append(part.assign(gate=say(gate.words), condition=gate.condition)[COLUMNS])
    parts = [part for part in parts if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


def notes_on_gates(gates: tuple[Gate, ...], table: pd.DataFrame) -> Iterator[str]:
    """Which gates could not be checked for whom, and what was decided."""
    for gate in gates:
        unknown = np.isnan(numbers_of(gate.metric, table, Problems("")))
        if unknown.any():
            if gate.missing == "passes":
                text = marked("Gate '{gate}': '{metric}' is missing for {who}; they pass.")
            else:
                text = marked("Gate '{gate}': '{metric}' is missing for {who}; they fail.")
            yield say(text, gate=say(gate.words), metric=column(gate.metric, gate.metric),
                      who=say("all candidates") if unknown.all() else who(table.index, unknown))
