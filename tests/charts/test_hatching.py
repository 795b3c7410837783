"""Hatches as lines: inside of their shape, evenly spaced, and never a pattern that a printer makes a picture of."""

from __future__ import annotations

from io import BytesIO

import matplotlib.image
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.patches import Rectangle

from srmkit.charts.chart import Plot, new_figure
from srmkit.charts.hatching import DIRECTIONS, lines_within
from srmkit.charts.palette import HATCHES

# no corner and no edge lies on a line of a hatch, where inside and outside are the same
corners = st.lists(st.tuples(*(st.integers(-200, 200).map(off.__add__) for off in (0.137, 0.291))), min_size=3,
                   max_size=7)


def closed(points: list[tuple[float, float]]) -> np.ndarray:
    return np.array([*points, points[0]], dtype=float)


@given(corners, st.sampled_from([f"{kind}{kind}" for kind in DIRECTIONS]))
def test_every_line_lies_within_its_shape_whatever_that_is(points: list[tuple[float, float]], hatch: str) -> None:
    outline = closed(points)
    lines = lines_within([outline], hatch)
    lengths = np.linalg.norm(lines[:, 1] - lines[:, 0], axis=1)
    for middle in lines[lengths > 1e-3].mean(axis=1):
        assert _crossings(outline, middle) % 2 == 1


def _crossings(outline: np.ndarray, point: np.ndarray) -> int:
    """How often a ray from the point, in a direction no edge has, leaves the outline."""
    way = np.array([np.cos(0.7312), np.sin(0.7312)])
    across = (outline - point) @ np.array([-way[1], way[0]])
    along = (outline - point) @ way
    count = 0
    for a, b, here, there in zip(across[:-1], across[1:], along[:-1], along[1:], strict=True):
        if (a <= 0) != (b <= 0):
            count += bool(here + (there - here) * a / (a - b) > 0)
    return count


@pytest.mark.parametrize(("hatch", "length"), [("//", 60 * 60 / 6 * np.sqrt(2)), ("--", 60 * 60 / 6),
                                               ("++", 2 * 60 * 60 / 6), ("////", 60 * 60 / 3 * np.sqrt(2))])
def test_lines_cover_a_square_evenly(hatch: str, length: float) -> None:
    """Length of all lines = area / distance: 6 points along the side, 6/√2 across, for two letters."""
    lines = lines_within([closed([(1, 1), (61, 1), (61, 61), (1, 61)])], hatch)
    assert np.linalg.norm(lines[:, 1] - lines[:, 0], axis=1).sum() == pytest.approx(length, rel=0.03)


@pytest.mark.parametrize("hatch", [hatch for hatch in HATCHES if hatch])
def test_a_slide_shows_the_hatch_that_the_page_shows(hatch: str) -> None:
    figure, axes = new_figure("Hatches")
    axes.set_axis_off()
    axes.add_patch(Rectangle((0, 0), 1, 1, facecolor="#0000ff", edgecolor="white", hatch=hatch))
    plot = Plot("Hatches", "One square with a hatch.", pd.DataFrame(), figure)
    assert plot.svg().count("fill: none; stroke: #ffffff") == 1
    picture = matplotlib.image.imread(BytesIO(plot.png(2)), format="png")
    inside = picture[300:900, 400:1600, :3]
    whiteness = inside[..., 0].mean()  # blue has no red, white has all of it
    assert 0.02 < whiteness < 0.5
    assert inside[..., 2].min() > 0.9
