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
INK, SOFT, LINE = "#1b1f24", "#57606a", "#d0d7de"  # words, lesser words, frames


@dataclass(frozen=True)
class Look:
    """How one class is drawn: never by colour alone."""

    colour: str
    marker: str
    hatch: str

    @property
    def ink(self) -> str:
        """The colour dark enough for words: at least 4.5 to 1 on white and on its own tint.

        >>> looks(["strategic"])["strategic"].ink
        '#005585'
        """
        red, green, blue = (int(self.colour[at : at + 2], 16) for at in (1, 3, 5))
        return f"#{red * 3 // 4:02x}{green * 3 // 4:02x}{blue * 3 // 4:02x}"


def looks(names: Iterable[str]) -> dict[str, Look]:
    """A look for each name, in order; names beyond the palette start over.

    >>> looks(["strategic", "bottleneck"])["bottleneck"].marker
    '^'
    """
    return {
        name: Look(COLOURS[place % len(COLOURS)], MARKERS[place % len(MARKERS)], HATCHES[place % len(HATCHES)])
        for place, name in enumerate(names)
    }
