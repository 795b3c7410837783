"""Who fails which gate, and which gate could not be checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from srmkit.errors import Problems
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
        parts.append(part.assign(gate=gate.words, condition=gate.condition)[COLUMNS])
    parts = [part for part in parts if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


def notes_on_gates(gates: tuple[Gate, ...], table: pd.DataFrame) -> Iterator[str]:
    """Which gates could not be checked for whom, and what was decided."""
    for gate in gates:
        unknown = np.isnan(numbers_of(gate.metric, table, Problems("")))
        if unknown.any():
            lacking = "all candidates" if unknown.all() else who(table.index, unknown)
            fate = "pass" if gate.missing == "passes" else "fail"
            yield f"Gate '{gate.words}': '{gate.metric}' is missing for {lacking}; they {fate}."
