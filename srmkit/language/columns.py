"""Which columns hold words of ours: they stay English in tables, where code compares them, and are said where shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from srmkit.language.catalogue import STATE, UNIT
from srmkit.language.speaking import spoken
from srmkit.language.words import column, word

if TYPE_CHECKING:
    import pandas as pd

NAMES = frozenset({
    # classes, grades, relationships and what becomes of them
    "segment", "runner_up", "becomes", "before", "after", "flips_to", "grade", "served_as", "class", "potential",
    "preferencing", "kraljic", "indicated", "current", "gap", "change", "direction", "certainty", "segment_certainty",
    "certainty_before", "certainty_after", "most_doubt_from", "reason_tag", "tag",
    # axes, criteria and what stands in scorecards
    "axis", "flips_on", "criterion", "label", "unit", "rationale", "definition", "source", "scale", "gate",
    # definitions of figures, settings, accounts of the data
    "meaning", "level", "method", "date_basis", "window", "population", "gaps", "better", "kind", "group", "service",
    # how far raters agree with themselves, states of certificates, and sheets of the workbook
    "consistency", "state", "following", "sheet",
    # pairs that may be one firm, and figures that departments state differently
    "side", "decision", "conflict",
    # what an interval of weights keeps
    "holds",
})
# of columns whose words mean something else elsewhere
CONTEXTS: Mapping[str, str] = {"state": STATE, "following": STATE, "unit": UNIT}


def said_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with headings and words of ours in the spoken language; in English as it is."""
    if spoken() == "en":
        return frame
    texts = {name: frame[name].map(lambda value, name=name: said_value(value, name)) for name in frame.columns
             if name in NAMES and frame[name].dtype.kind in "OT"}
    return frame.assign(**texts).rename(columns={name: column(str(name)) for name in frame.columns})


def said_value(value: object, name: str) -> object:
    """A value of the column of this name as a reader sees it."""
    return word(value, CONTEXTS.get(name, "")) if isinstance(value, str) else value
