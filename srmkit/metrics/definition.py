"""What a figure means: so that two screens never show two on-time rates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from srmkit.language import marked

Kind = Literal["rate", "amount", "mean", "count", "judged"]
Better = Literal["higher", "lower", ""]
Source = Literal["measured", "audited", "judged"]


# what a definition says beside unit and meaning, and what that is called where people read it
FACTS: Mapping[str, str] = {
    "level": marked("counted by"), "date_basis": marked("day"), "window": marked("window"),
    "population": marked("rows"), "treatment": marked("treatment"), "gaps": marked("gaps"),
}  # fmt: skip


@dataclass(frozen=True)
class Definition:
    """One metric in words.

    - `unit`: what one of it is; `level`: what is counted or added up (line, order, invoice, unit ...).
    - `date_basis`: the day that puts a row into the period; `window`: days of grace or look-back.
    - `population`: which rows are in; `treatment`: what becomes of too much, of cancelled lines, of what is open.
    - `gaps`: when the figure is missing, and when it is a true 0.
    - `better`: whether more is better, less is better, or neither ("").
    """

    name: str
    label: str
    unit: str
    level: str
    date_basis: str
    window: str
    population: str
    gaps: str
    meaning: str
    source: Source = "measured"
    better: Better = ""
    kind: Kind = "amount"
    treatment: str = ""
