"""Who fails which gate, and which gate could not be checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.language import column, marked, say
from srmkit.scoring.measured import numbers_of, who

if TYPE_CHECKING:
    from srmkit.scoring.criteria import Gate

COLUMNS = ["candidate", "gate", "condition", "found"]
NAMED = 5  # unknown ones up to whom a sentence names, more are counted


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
                      who=_whom(table.index, unknown))


def _whom(candidates: pd.Index, unknown: NDArray[np.bool_]) -> str:
    if unknown.all():
        return say("all candidates")
    if unknown.sum() <= NAMED:
        return who(candidates, unknown)
    return say("{count:,} of {all:,} candidates", count=int(unknown.sum()), all=len(unknown))
