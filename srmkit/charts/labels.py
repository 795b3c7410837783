"""Names beside points so that no two of them overlap; a name without room is left out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

SIZE, GAP = 14.0, 4.0  # pixels: of the letters, and between a point and its name
# direction to go from the point, and which part of the name (0 its left or upper end, 1 the other) lies there
SIDES = (
    (1.0, 0.0, 0.0, 0.5), (-1.0, 0.0, 1.0, 0.5), (0.0, -1.0, 0.5, 1.0), (0.0, 1.0, 0.5, 0.0),
    (0.8, -0.8, 0.0, 1.0), (0.8, 0.8, 0.0, 0.0), (-0.8, -0.8, 1.0, 1.0), (-0.8, 0.8, 1.0, 0.0),
)
# width of a letter in letter sizes: those of DejaVu Sans, the widest of the usual fonts
NARROW, WIDE = frozenset("fijlrtIJ .,:;'|!()[]-"), frozenset("mwMWQO@%&")


class Box(NamedTuple):
    """A rectangle in pixels; `top` is less than `bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def shared_with(self, other: Box) -> float:
        """The area that the two share."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(across, 0.0) * max(down, 0.0)

    def holds(self, other: Box) -> bool:
        """Whether the other lies wholly inside."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


def room_for_names(
    names: Sequence[str], points: Sequence[tuple[float, float]], radii: Sequence[float], inside: Box
) -> dict[int, Box]:
    """Room beside its point for each name, most important first: the place in `names` and the box it got.

    `points`, `radii` (of the bubbles about them) and `inside` are pixels; points beyond the names have none but
    are kept clear too.
    """
    bubbles = [Box(x - r, y - r, x + r, y + r) for (x, y), r in zip(points, radii, strict=True)]
    taken: dict[int, Box] = {}
    for place, name in enumerate(names):
        free = [box for box in _sides(points[place], radii[place] + GAP, width_of(name))
                if inside.holds(box) and not any(map(box.overlaps, taken.values()))]
        clear = (box for box in free if not any(map(box.overlaps, bubbles)))
        # else over as little of the bubbles as possible: the halo keeps a name readable, not what lies beneath
        best = next(clear, None) or min(free, key=lambda box: sum(map(box.shared_with, bubbles)), default=None)
        if best:
            taken[place] = best
    return taken


def width_of(text: str, size: float = SIZE) -> float:
    """About how many pixels wide a line of text is, whatever the reader's font.

    >>> round(width_of("Velmau")), round(width_of("供应商"))
    (53, 42)
    """
    return size * sum(_letter(letter) for letter in text)


def fitted(text: object, room: float, size: float = SIZE) -> str:
    """The text, cut with an ellipsis where it is wider than so many pixels.

    >>> fitted("Velmau Foundry GmbH", 80), fitted("Velmau", 80)
    ('Velmau F…', 'Velmau')
    """
    words = str(text)
    if width_of(words, size) <= room:
        return words
    while words and width_of(f"{words}…", size) > room:
        words = words[:-1]
    return f"{words.rstrip()}…"


def _letter(letter: str) -> float:
    if letter in NARROW:
        return 0.38
    if letter in WIDE:
        return 0.9
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.7 if letter.isupper() else 0.6


def _sides(point: tuple[float, float], reach: float, width: float) -> Iterator[Box]:
    """The boxes a name of this width may take around a point, the best first."""
    for across, down, part_across, part_down in SIDES:
        left = point[0] + reach * across - width * part_across
        top = point[1] + reach * down - SIZE * part_down
        yield Box(left, top, left + width, top + SIZE)
