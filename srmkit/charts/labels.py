"""Names beside points so that no two of them overlap; a name without room is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from srmkit.charts.chart import INK

Floats = NDArray[np.float64]

HALO = withStroke(linewidth=3, foreground="white", alpha=0.8)
SIZE, GAP = 10.0, 3.0  # typographic points: of the letters, and between a point and its name
# direction to go from the point, and which part of the name (0 its left or lower end, 1 the other) lies there
SIDES = (
    (1.0, 0.0, 0.0, 0.5), (-1.0, 0.0, 1.0, 0.5), (0.0, 1.0, 0.5, 0.0), (0.0, -1.0, 0.5, 1.0),
    (0.8, 0.8, 0.0, 0.0), (0.8, -0.8, 0.0, 1.0), (-0.8, 0.8, 1.0, 0.0), (-0.8, -0.8, 1.0, 1.0),
)


def name_points(
    axes: Axes, names: Sequence[str], places: Sequence[tuple[float, float]], radii: Sequence[float]
) -> list[str]:
    """Write each name beside its point, most important first; returns the names that found room.

    The place of the axes in the picture and their limits must be settled. `radii` are those of the points, in
    typographic points.
    """
    figure = cast(Figure, axes.figure)
    renderer = cast(FigureCanvasAgg, figure.canvas).get_renderer()  # type: ignore[no-untyped-call]
    pixels = figure.dpi / 72
    inside = axes.get_window_extent(renderer)
    points: Floats = axes.transData.transform(np.asarray(places, dtype=float))
    half = np.asarray(radii, dtype=float) * pixels
    bubbles = [Bbox([point - reach, point + reach]) for point, reach in zip(points, half, strict=True)]
    taken: list[Bbox] = []
    written = []
    for name, point, reach in zip(names, points, half, strict=True):
        shape = renderer.get_text_width_height_descent(name, FontProperties(size=SIZE), False)[:2]
        sides = [box for box in _sides(point, reach + GAP * pixels, np.array(shape)) if _holds(inside, box)]
        # clear of the other bubbles where that is possible, else over them: the halo keeps a name readable
        for others in (bubbles, []):
            free = [box for box in sides if not any(box.overlaps(one) for one in (*taken, *others))]
            if free:
                taken.append(free[0])
                written.append(name)
                corner = (free[0].x0 / figure.bbox.width, free[0].y0 / figure.bbox.height)
                axes.annotate(name, corner, xycoords="figure fraction", fontsize=SIZE, color=INK, va="bottom",
                              parse_math=False, zorder=6, path_effects=[HALO], annotation_clip=False)
                break
    return written


def _sides(point: Floats, reach: float, shape: Floats) -> Iterator[Bbox]:
    """The boxes a name of this shape may take around a point, in pixels, the best first."""
    for across, up, part_across, part_up in SIDES:
        corner = point + reach * np.array([across, up]) - shape * [part_across, part_up]
        yield Bbox([corner, corner + shape])


def _holds(room: Bbox, box: Bbox) -> bool:
    return bool(room.x0 <= box.x0 and box.x1 <= room.x1 and room.y0 <= box.y0 and box.y1 <= room.y1)
