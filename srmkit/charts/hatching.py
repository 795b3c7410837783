"""Hatches drawn line by line: browsers print SVG patterns as pictures of dots, which are large and blur."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil, floor, sqrt
from typing import Any

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.patheffects import AbstractPathEffect
from matplotlib.transforms import IdentityTransform, Transform
from numpy.typing import NDArray

Points = NDArray[np.float64]
CLOSE = 12.0  # points between the lines of a hatch of one letter; two letters halve it
THIN, DOT = 1.0, 1.7  # points: width of a line, and of a dot
HALF = sqrt(0.5)
DIRECTIONS: Mapping[str, tuple[tuple[float, float], ...]] = {
    "/": ((HALF, HALF),), "x": ((HALF, HALF), (HALF, -HALF)), "-": ((1.0, 0.0),), "+": ((1.0, 0.0), (0.0, 1.0)),
    ".": ((1.0, 0.0),),
}


def hatch_in_lines(figure: Figure) -> None:
    """Have all hatches of the figure drawn as lines that end where their shape does."""
    for part in figure.findobj(lambda part: bool(getattr(part, "get_hatch", str)())):
        part.set_path_effects([Hatching()])


class Hatching(AbstractPathEffect):
    """Draws a shape, and its hatch upon it as one path."""

    def draw_path(
        self, renderer: RendererBase, gc: GraphicsContextBase, tpath: Path, affine: Transform,
        rgbFace: Any = None,  # noqa: N803 - as matplotlib calls it
    ) -> None:
        """The shape without its hatch, then the lines."""
        hatch, plain = gc.get_hatch(), renderer.new_gc()
        plain.copy_properties(gc)
        plain.set_hatch(None)
        renderer.draw_path(plain, tpath, affine, rgbFace)
        if hatch:
            outlines = [np.asarray(outline, dtype=np.float64) for outline in tpath.to_polygons(affine)]
            point = np.asarray(renderer.points_to_pixels(1.0), dtype=np.float64).item()
            lines = lines_within(outlines, hatch, point)
            plain.set_foreground(gc.get_hatch_color())
            plain.set_linewidth(DOT if hatch[0] == "." else THIN)
            plain.set_snap(False)  # else lines as short as a dot vanish
            plain.set_capstyle("round" if hatch[0] == "." else "butt")
            if len(lines):
                codes = np.tile([Path.MOVETO, Path.LINETO], len(lines))
                renderer.draw_path(plain, Path(lines.reshape(-1, 2), codes), IdentityTransform())
        plain.restore()


def lines_within(outlines: Iterable[Points], hatch: str, point: float = 1.0) -> Points:
    """The lines of a hatch inside of these outlines: line x end x (across, up), in pixels of `point` a point.

    >>> square = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]])
    >>> lines_within([square], "--").tolist()
    [[[0.0, 0.0], [10.0, 0.0]], [[0.0, 6.0], [10.0, 6.0]]]
    """
    edges = np.concatenate([np.stack([outline[:-1], outline[1:]], axis=1) for outline in outlines])
    step = CLOSE / len(hatch) * point
    found = [_along(edges, np.array(way), step * (HALF if all(way) else 1.0)) for way in DIRECTIONS[hatch[0]]]
    return _dots(found[0], step, point) if hatch[0] == "." else np.concatenate(found)


def _along(edges: Points, way: Points, step: float) -> Points:
    """Parts inside of all lines that run this way, `step` apart, counted from the picture's corner."""
    across = np.array([-way[1], way[0]])
    height = edges @ across  # edge x end
    lines = np.arange(ceil(height.min() / step), floor(height.max() / step) + 1) * step
    low, high = np.minimum(*height.T), np.maximum(*height.T)
    line, edge = np.nonzero((low <= lines[:, None]) & (lines[:, None] < high))  # a corner counts once
    share = (lines[line] - height[edge, 0]) / (height[edge, 1] - height[edge, 0])
    place = (1 - share) * (edges[edge, 0] @ way) + share * (edges[edge, 1] @ way)
    order = np.lexsort((place, line))  # in and out take turns along a line
    ends: Points = place[order, None] * way + lines[line[order], None] * across
    return ends.reshape(-1, 2, 2)


def _dots(lines: Points, step: float, point: float) -> Points:
    """Dots along level lines, each as a line as short as a dot, none of them over the rim."""
    rim = DOT * point / 2
    found = []
    for (left, height), (right, _) in lines:
        first, last = (left + rim) / step, (right - rim) / step
        shift = 0.5 * (round(height / step) % 2)  # as on a die
        places = (np.arange(ceil(first - shift), floor(last - shift) + 1) + shift) * step
        found += [((place, height), (place + 0.01 * point, height)) for place in places]
    return np.array(found, dtype=np.float64).reshape(-1, 2, 2)
