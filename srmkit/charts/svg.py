"""Shapes and words of a picture that is sharp at any zoom and says what one points at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import sqrt
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import NDArray

from srmkit.charts.hatching import DOT, THIN, lines_within
from srmkit.charts.labels import Box
from srmkit.charts.palette import INK, SOFT

FONT = "'srmkit Sans SC', system-ui, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', 'Noto Sans CJK SC', sans-serif"
WIDTH = 860.0  # pixels of a picture
HEADING_LETTERS, HEADING_LINE = 78, 25.0  # in a line of the finding at its top, and pixels from one to the next
POINT = WIDTH / 720  # pixels a point, on a slide of ten inches
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # what XML does not allow
# corners of each marker on a circle of radius 1, stretched so that all have the area of that circle
CORNERS: Mapping[str, tuple[tuple[float, float], ...]] = {
    "^": ((0, -1), (0.866, 0.5), (-0.866, 0.5)),
    "v": ((0, 1), (-0.866, -0.5), (0.866, -0.5)),
    "s": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "D": ((0, -1), (1, 0), (0, 1), (-1, 0)),
    "P": ((-1, -3), (1, -3), (1, -1), (3, -1), (3, 1), (1, 1), (1, 3), (-1, 3), (-1, 1), (-3, 1), (-3, -1), (-1, -1)),
}
AREAS = {"^": 1.299, "v": 1.299, "s": 4.0, "D": 2.0, "P": 20.0}
Anchor = Literal["start", "middle", "end"]


class Svg:
    """A white picture of WIDTH x `height` pixels that fits the page, with its words for who cannot see it.

    It is written as text: a matrix has a thousand shapes, and is drawn again at each move of a control.
    """

    def __init__(self, height: float, alt: str) -> None:
        looks = attributes({
            "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH:g} {height:g}", "role": "img",
            "aria-label": alt, "font-family": FONT, "style": "width:100%;max-width:1000px",
        })
        self._parts = [f"<svg{looks}>"]
        self.rectangle(Box(0, 0, WIDTH, height), "#ffffff", 1)

    def markup(self) -> str:
        """The picture as text, for a page or a file."""
        return f"{''.join(self._parts)}</svg>"

    def add(self, shape: str, looks: str, words: str = "") -> None:
        """Put a shape (its kind and place: see `marker`) with its `attributes` on top; `words` show when one points
        at it."""
        if not words:
            self._parts.append(f"<{shape}{looks} />")
            return
        kind = shape[:shape.index(" ")]
        self._parts.append(f"<{shape}{looks}><title>{escape(legible(words))}</title></{kind}>")

    @contextmanager
    def group(self, looks: str) -> Iterator[None]:
        """What is drawn within belongs together, and has these `attributes` together."""
        self._parts.append(f"<g{looks}>")
        yield
        self._parts.append("</g>")

    def heading(self, lines: Iterable[str]) -> None:
        """The finding, at the top left."""
        for place, line in enumerate(lines, start=1):
            self.text(10, HEADING_LINE * place, line, size=18, bold=True)

    def text(
        self, x: float, y: float, words: str, *, size: float = 13.5, bold: bool = False, colour: str = INK,
        anchor: Anchor = "start", turned: bool = False, halo: bool = False,
    ) -> None:
        """One line of text whose base line starts, centres or ends at x, y."""
        looks = {"x": f"{x:.1f}", "y": f"{y:.1f}", "font-size": f"{size:g}", "fill": colour, "text-anchor": anchor}
        if bold:
            looks["font-weight"] = "bold"
        if turned:
            looks["transform"] = f"rotate(-90 {x:.1f} {y:.1f})"
        if halo:
            looks |= {"stroke": "#ffffff", "stroke-width": "4", "stroke-opacity": "0.8", "stroke-linejoin": "bevel",
                      "paint-order": "stroke", "pointer-events": "none"}
        self._parts.append(f"<text{attributes(looks)}>{escape(legible(words))}</text>")

    def line(
        self, start: tuple[float, float], end: tuple[float, float], colour: str = SOFT, dashes: str = "none"
    ) -> None:
        """A thin line."""
        (x1, y1), (x2, y2) = start, end
        self.add(f'line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"',
                 attributes({"stroke": colour, "stroke-width": "1.4", "stroke-dasharray": dashes}))

    def rectangle(self, box: Box, colour: str, opacity: float) -> None:
        """A filled rectangle without a rim."""
        self.add(rectangle(box), attributes({"fill": colour, "fill-opacity": f"{opacity:g}"}))

    def hatch(self, boxes: Iterable[Box], hatch: str) -> None:
        """White lines upon these rectangles, as a hatch of the palette; one points through them."""
        outlines = [np.array([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)])
                    for left, top, right, bottom in boxes]
        if not hatch or not outlines:
            return
        upward = np.array([1.0, -1.0])  # lines are counted up, pixels down
        lines = lines_within([outline * upward for outline in outlines], hatch, POINT) * upward
        dotted = hatch[0] == "."
        shape = dots(*lines[:, 0].T.tolist()) if dotted else strokes(lines)
        self.add(shape, attributes({"stroke": "#ffffff", "stroke-width": f"{(DOT if dotted else THIN) * POINT:.2f}",
                                    "pointer-events": "none"}))

    def ellipse(
        self, centre: NDArray[np.float64], radii: NDArray[np.float64], angle: float, colour: str, opacity: float
    ) -> None:
        """A filled ellipse, its first radius turned by so many degrees clockwise from the right."""
        x, y = centre
        self.add(f'ellipse rx="{radii[0]:.2f}" ry="{radii[1]:.2f}" '
                 f'transform="translate({x:.2f} {y:.2f}) rotate({angle:.2f})"',
                 attributes({"fill": colour, "fill-opacity": f"{opacity:g}", "pointer-events": "none"}))


def attributes(looks: Mapping[str, str]) -> str:
    """Attributes of a shape as they are written, each after a space."""
    return "".join(f" {name}={quoteattr(legible(value))}" for name, value in looks.items())


def marker(kind: str, x: float, y: float, radius: float) -> str:
    """The marker of a class about x, y, with the area of a circle of that radius: a shape to `add`."""
    if kind not in CORNERS:
        return f'circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.2f}"'
    stretch = radius * sqrt(np.pi / AREAS[kind])
    corners = " ".join([f"{x + stretch * across:.1f},{y + stretch * down:.1f}" for across, down in CORNERS[kind]])
    return f'polygon points="{corners}" stroke-linejoin="round"'


def rectangle(box: Box) -> str:
    """A rectangle: a shape to `add`."""
    return (f'rect x="{box.left:.1f}" y="{box.top:.1f}" width="{box.right - box.left:.1f}" '
            f'height="{box.bottom - box.top:.1f}"')


def strokes(lines: NDArray[np.float64]) -> str:
    """Lines (line x end x (across, down)), all as one shape."""
    ways = "".join([f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" for (x1, y1), (x2, y2) in lines.tolist()])
    return f'path d="{ways}"'


def dots(across: Sequence[float], down: Sequence[float]) -> str:
    """A dot at each of these points, all as one shape, as wide as its stroke."""
    points = "".join([f"M{x:.1f} {y:.1f}h0" for x, y in zip(across, down, strict=True)])
    return f'path d="{points}" stroke-linecap="round"'


def legible(text: str) -> str:
    """The text without the characters that no XML file may hold, each as a replacement mark."""
    return UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)
