"""The portfolio matrix: where everything lies, how large it is, and where it may lie as well."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse
from numpy.typing import NDArray

from srmkit.charts.chart import INK, SOFT, Chart, Margins, new_figure, nothing_to_show, shortened
from srmkit.charts.labels import name_points
from srmkit.charts.palette import LINES, Look, looks
from srmkit.segmentation import Matrix

LARGEST, SMALLEST = 1000.0, 14.0  # areas in square points
AROUND = Margins(left=0.6, right=2.3, bottom=0.55)
FEW = 150  # candidates up to which every rim tells how sure the class is
THIN = 0.1  # least variance of an outline, square points: a cloud along one axis stays visible
CLOUD = 0.80  # share of the draws inside an outline, if they are spread normally


def portfolio_matrix(
    positions: pd.DataFrame,
    matrix: Matrix,
    *,
    clouds: Mapping[str, NDArray[np.float64]] | None = None,
    title: str = "",
    label_top: int = 20,
    size_label: str = "amount",
) -> Chart:
    """Bubbles on the classes of a matrix.

    `positions` has one row a candidate (index its name) with x, y (0 to 100), segment, size (area of the
    bubble, of `size_label`; a gap is a dot) and, where known, certainty (firm, likely, contested: solid, dashed,
    dotted rim).
    `clouds` has points (n x 2) by name; an outline holds about 80 % of them. The `label_top` largest are named
    where there is room.
    """
    heading = title or f"{matrix.name}: {len(positions):,} candidates"
    if positions.empty:
        return nothing_to_show(heading, "no candidate has a place on both axes.")
    figure, axes = new_figure(heading, height=7.0, margins=AROUND)  # drawn once, for a control waits for it
    styles = looks(matrix.names)
    _classes(axes, matrix, styles)
    known = {name: points for name, points in (clouds or {}).items() if name in positions.index}
    classes = dict(zip(positions.index, positions["segment"], strict=True))
    for name, points in known.items():
        axes.add_patch(_outline(points, styles[classes[name]]))
    table = positions.assign(area=_areas(positions["size"]))
    # among hundreds only those with a cloud show how sure they are: a thousand dotted rims say nothing
    table["rim"] = table.get("certainty", "firm")
    if len(table) > FEW:
        table["rim"] = table["rim"].where(table.index.isin(list(known)), "none")
    _bubbles(axes, table, styles)
    axes.set(xlim=(-3, 103), ylim=(-3, 103))
    axes.set_xlabel(f"{_words(matrix.x_axis)} (points)", fontsize=11, color=SOFT)
    axes.set_ylabel(f"{_words(matrix.y_axis)} (points)", fontsize=11, color=SOFT)
    _legend(axes, table, styles, size_label)
    top = table.sort_values("area", ascending=False, kind="stable").head(label_top)
    name_points(
        axes, [shortened(name, 28) for name in top.index], list(zip(top["x"], top["y"], strict=True)),
        list(np.sqrt(top["area"]) / 2),
    )
    return Chart(figure, heading, _alt(positions, matrix, heading), positions)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _areas(sizes: pd.Series) -> pd.Series:
    known = sizes.astype(float).clip(lower=0.0).fillna(0.0)
    largest = float(known.max())
    return SMALLEST + (LARGEST - SMALLEST) * (known / largest if largest > 0 else known)


def _classes(axes: Axes, matrix: Matrix, styles: Mapping[str, Look]) -> None:
    columns, rows = (-3.0, *matrix.x_cuts, 103.0), (-3.0, *matrix.y_cuts, 103.0)
    for row, (low, high) in enumerate(pairwise(rows)):
        for column, (left, right) in enumerate(pairwise(columns)):
            name = matrix.classes[row][column]
            axes.fill_between([left, right], low, high, color=styles[name].colour, alpha=0.06, linewidth=0, zorder=0)
            axes.text(
                left + 1 if column == 0 else right - 1, high - 1 if row else low + 1, name, fontsize=12,
                fontweight="bold", color=styles[name].colour, ha="left" if column == 0 else "right",
                va="top" if row else "bottom",
                parse_math=False, zorder=5,
            )
    for cut in matrix.x_cuts:
        axes.axvline(cut, color=SOFT, linewidth=1, zorder=1)
    for cut in matrix.y_cuts:
        axes.axhline(cut, color=SOFT, linewidth=1, zorder=1)


def _outline(points: NDArray[np.float64], look: Look) -> Ellipse:
    """The ellipse of the points' covariance that holds the share CLOUD of a normal cloud."""
    spread = np.cov(points.T)
    values, vectors = np.linalg.eigh(spread)
    width, height = 2 * np.sqrt(-2 * np.log(1 - CLOUD) * np.maximum(values, THIN))
    angle = float(np.degrees(np.arctan2(vectors[1, 0], vectors[0, 0])))
    return Ellipse(
        tuple(points.mean(axis=0)), width, height, angle=angle, facecolor=look.colour, alpha=0.13, linewidth=0, zorder=2
    )


def _bubbles(axes: Axes, table: pd.DataFrame, styles: Mapping[str, Look]) -> None:
    for (segment, word), members in table.groupby(["segment", "rim"], sort=True):
        look, plain = styles[str(segment)], word not in LINES
        axes.scatter(
            members["x"], members["y"], s=members["area"], marker=look.marker, facecolor=f"{look.colour}99",
            edgecolor=look.colour if plain else INK, linewidth=0.4 if plain else 1.2,
            linestyle=LINES.get(str(word), "solid"), zorder=3 if plain else 4,
        )


def _legend(axes: Axes, table: pd.DataFrame, styles: Mapping[str, Look], size_label: str) -> None:
    counts = table["segment"].value_counts()
    classes = [
        Line2D([], [], linestyle="", marker=look.marker, markersize=9, markerfacecolor=look.colour, markeredgecolor=INK,
               label=f"{name} ({counts.get(name, 0):,})")
        for name, look in styles.items()
    ]
    rims = [
        Line2D([], [], color=INK, linestyle=style, linewidth=1.4, label=f"{word} class")
        for word, style in LINES.items() if "certainty" in table
    ]
    axes.legend(
        handles=[*classes, *rims], loc="upper left", bbox_to_anchor=(1.01, 1.0), frameon=False, fontsize=10,
        labelcolor=INK, title=f"area: {size_label}\nshade: 80 % of the draws", title_fontsize=10, alignment="left",
    )


def _alt(positions: pd.DataFrame, matrix: Matrix, heading: str) -> str:
    counts = positions["segment"].value_counts()
    parts = [f"{name} {counts.get(name, 0):,}" for name in matrix.names]
    largest = positions.sort_values("size", ascending=False, kind="stable").head(3)
    where = [
        f"{name} ({row['segment']}, {row['x']:.0f} across and {row['y']:.0f} up)" for name, row in largest.iterrows()
    ]
    return (
        f"{heading}. Matrix of {_words(matrix.x_axis)} across and {_words(matrix.y_axis)} up: {', '.join(parts)}. "
        f"Largest: {'; '.join(where)}."
    )
