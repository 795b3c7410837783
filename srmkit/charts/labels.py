"""Names beside points so that no two of them overlap; a name without room is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

from srmkit.charts.chart import INK

HALO = withStroke(linewidth=3, foreground="white", alpha=0.8)
# direction to go from the point, and the side of the text that touches it
SIDES = (
    (1, 0, "left", "center"), (-1, 0, "right", "center"), (0, 1, "center", "bottom"), (0, -1, "center", "top"),
    (0.8, 0.8, "left", "bottom"), (0.8, -0.8, "left", "top"), (-0.8, 0.8, "right", "bottom"),
    (-0.8, -0.8, "right", "top"),
)


def name_points(
    axes: Axes, names: Sequence[str], places: Sequence[tuple[float, float]], radii: Sequence[float]
) -> list[str]:
    """Write each name beside its point, most important first; returns the names that found room.

    `radii` are those of the points, in typographic points.
    """
    figure = cast(Figure, axes.figure)
    figure.draw_without_rendering()
    renderer = cast(FigureCanvasAgg, figure.canvas).get_renderer()  # type: ignore[no-untyped-call]
    inside = axes.get_window_extent(renderer)
    bubbles = _boxes(axes, places, radii)
    taken: list[Bbox] = []
    written = []
    for name, place, radius in zip(names, places, radii, strict=True):
        # clear of the other bubbles where that is possible, else over them: the halo keeps a name readable
        for others in (bubbles, []):
            text = _room(axes, name, place, radius, inside, [*taken, *others], renderer)
            if text is not None:
                taken.append(text)
                written.append(name)
                break
    return written


def _room(
    axes: Axes, name: str, place: tuple[float, float], radius: float, inside: Bbox, taken: Sequence[Bbox],
    renderer: object,
) -> Bbox | None:
    """Write the name on the first side that is free, and return its box."""
    for across, up, ha, va in SIDES:
        text = axes.annotate(
            name, place, xytext=(across * (radius + 3), up * (radius + 3)), textcoords="offset points", ha=ha, va=va,
            fontsize=10, color=INK, parse_math=False, zorder=6, path_effects=[HALO],
        )
        box = text.get_window_extent(renderer).padded(1.0)  # type: ignore[arg-type]
        whole = Bbox.intersection(inside, box)
        if whole is not None and np.allclose(whole.bounds, box.bounds) and not any(box.overlaps(one) for one in taken):
            return box
        text.remove()
    return None


def _boxes(axes: Axes, places: Sequence[tuple[float, float]], radii: Sequence[float]) -> list[Bbox]:
    """The squares in which the points lie, in pixels."""
    pixels = axes.transData.transform(np.asarray(places, dtype=float))
    half = np.asarray(radii)[:, None] * axes.figure.dpi / 72
    return [Bbox([low, high]) for low, high in zip(pixels - half, pixels + half, strict=True)]
