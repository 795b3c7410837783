"""Colours that colour-blind readers tell apart (Okabe & Ito 2008), each with a marker and a hatch of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#8A6D00", "#A8437F", "#3B3B3B")
MARKERS = ("o", "^", "s", "D", "v", "P")
HATCHES = ("", "//", "..", "xx", "--", "++")
Dashes = Literal["solid", "dashed", "dotted"]
LINES: Mapping[str, Dashes] = {"firm": "solid", "likely": "dashed", "contested": "dotted"}
GREY = "#8c959f"


@dataclass(frozen=True)
class Look:
    """How one class is drawn: never by colour alone."""

    colour: str
    marker: str
    hatch: str


def looks(names: Iterable[str]) -> dict[str, Look]:
    """A look for each name, in order; names beyond the palette start over.

    >>> looks(["strategic", "bottleneck"])["bottleneck"].marker
    '^'
    """
    return {
        name: Look(COLOURS[place % len(COLOURS)], MARKERS[place % len(MARKERS)], HATCHES[place % len(HATCHES)])
        for place, name in enumerate(names)
    }
