"""The portfolio matrix: where everything lies, how large it is, and where it may lie as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import isnan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.charts.chart import Chart, Drawing, nothing_to_show, shortened, wrapped
from srmkit.charts.labels import SIZE, Box, room_for_names
from srmkit.charts.palette import INK, LINES, SOFT, Look, looks
from srmkit.charts.svg import HEADING_LETTERS, HEADING_LINE, WIDTH, Svg, attributes, dots, marker
from srmkit.language import bracketed, enumerated, joined, marked, number, say, say_many, stopped
from srmkit.segmentation import Matrix

Floats = NDArray[np.float64]

HEIGHT = 620.0
LEFT, RIGHT, BOTTOM = 56.0, 216.0, 58.0  # room for ticks and their label, for the legend, and below
LARGEST, SMALLEST = 1200.0, 18.0  # areas in square pixels
LOW, HIGH = -3.0, 103.0  # a little more than the scale, so that no bubble is cut
TICKS = (0, 20, 40, 60, 80, 100)
FEW = 150  # candidates up to which every rim tells how sure the class is, and no name hides a bubble
MOST = 1_000  # bubbles that one can point at; what lies beneath them are dots: nobody tells apart more
THIN = 4.0  # least variance of an outline, square pixels: a cloud along one axis stays visible
CLOUD = 0.80  # share of the draws inside an outline, if they are spread normally
AMOUNT = marked("amount")
DASHES = {"solid": "none", "dashed": "5 3", "dotted": "1.5 2.5"}


def portfolio_matrix(
    positions: pd.DataFrame,
    matrix: Matrix,
    *,
    clouds: Mapping[str, Floats] | None = None,
    title: str = "",
    label_top: int = 25,
    size_label: str = AMOUNT,
) -> Chart:
    """Bubbles on the classes of a matrix; pointing at one names it.

    `positions` has one row a candidate (index its name) with x, y (0 to 100), segment, size (area of the
    bubble, of `size_label`; a gap is a dot, and so are all but the MOST largest) and, where known, certainty
    (firm, likely, contested: solid, dashed, dotted rim) and whether selected (named first, in bold).
    `clouds` has points (n x 2) by name; an outline holds about 80 % of them. The `label_top` largest are named
    where there is room.
    """
    heading = say(title) or say_many("{matrix}: {count:,} candidate", "{matrix}: {count:,} candidates",
                                     len(positions), matrix=say(matrix.name))
    if positions.empty:
        return nothing_to_show(heading, say("no candidate has a place on both axes."))
    alt = _alt(positions, matrix, heading)
    picture = Svg(HEIGHT, alt)
    lines = wrapped(heading, HEADING_LETTERS).split("\n")
    picture.heading(lines)
    plane = Plane(Box(LEFT, HEADING_LINE * len(lines) + 18, WIDTH - RIGHT, HEIGHT - BOTTOM))
    styles = looks(matrix.names)
    _classes(picture, plane, matrix, styles)
    drawn = {name: points for name, points in (clouds or {}).items() if name in positions.index}
    for name, segment in positions["segment"].reindex(list(drawn)).items():
        _outline(picture, plane.pixels(drawn[str(name)]), styles[segment])
    table = _bubbles(positions, plane, drawn)
    _draw(picture, table.head(MOST), styles, size_label)
    _dots(picture, table.iloc[MOST:], styles)
    _legend(picture, plane, table, styles, size_label)
    _names(picture, plane, table, label_top)
    return Drawing(heading, alt, positions, picture.markup())


class Plane:
    """The square of points from 0 to 100, somewhere in the picture."""

    def __init__(self, box: Box) -> None:
        self.box = box

    def pixels(self, points: Floats) -> Floats:
        """Where points (n x 2, x to the right and y up, 0 to 100) lie in the picture."""
        start = np.array([self.box.left, self.box.bottom])
        reach = np.array([self.box.right - self.box.left, self.box.top - self.box.bottom])
        return np.asarray(start + (np.asarray(points, dtype=float) - LOW) / (HIGH - LOW) * reach)

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """The same for one point."""
        ((across, down),) = self.pixels(np.array([[x, y]]))
        return float(across), float(down)


def _bubbles(positions: pd.DataFrame, plane: Plane, clouds: Mapping[str, Floats]) -> pd.DataFrame:
    """Place, radius and rim of each bubble, the largest first so that no small one is hidden."""
    sizes = positions["size"].astype(float).clip(lower=0.0).fillna(0.0)
    largest = float(sizes.max())
    areas = SMALLEST + (LARGEST - SMALLEST) * (sizes / largest if largest > 0 else sizes)
    pixels = plane.pixels(positions[["x", "y"]].to_numpy(dtype=float))
    sure = positions.get("certainty", pd.Series("", index=positions.index))
    table = positions.assign(
        across=pixels[:, 0], down=pixels[:, 1], radius=np.sqrt(areas / np.pi), sure=sure, rim=sure
    ).sort_values("radius", ascending=False, kind="stable")
    if len(table) > FEW:
        # among hundreds only those with a cloud show how sure they are: a thousand dotted rims say nothing
        table["rim"] = table["rim"].where(table.index.isin(list(clouds)), "")
    return table


def _draw(picture: Svg, table: pd.DataFrame, styles: Mapping[str, Look], size_label: str) -> None:
    """One marker a candidate, with its name, class, certainty, place and amount for who points at it."""
    amount, rims = say(size_label), {rim: _rim(rim) for rim in table["rim"].unique()}
    fills = {name: attributes({"fill": look.colour, "fill-opacity": "0.6"}) for name, look in styles.items()}
    edges = {name: attributes({"stroke": look.colour, "stroke-width": "0.6"}) for name, look in styles.items()}
    standings = {pair: enumerated([say(word) for word in pair if word])
                 for pair in set(zip(table["segment"], table["sure"], strict=True))}
    columns = [table[name].tolist() for name in
               ("segment", "sure", "rim", "across", "down", "radius", "x", "y", "size")]
    for name, segment, sure, rim, across, down, radius, x, y, size in zip(table.index, *columns, strict=True):
        words = say("{who}\n{standing}\n{x:.1f} across, {y:.1f} up{amount}", who=name,
                    standing=standings[segment, sure], x=x, y=y,
                    amount="" if isnan(size) else f"\n{amount} {number(size)}")
        looks = f'{fills[segment]}{attributes({"data-candidate": str(name)})}{rims[rim] or edges[segment]}'
        picture.add(marker(styles[segment].marker, across, down, radius), looks, words)


def _rim(rim: str) -> str:
    """How the rim tells how sure a class is; empty where it does not."""
    if rim not in LINES:
        return ""
    return attributes({"stroke": INK, "stroke-width": "1.4", "stroke-dasharray": DASHES[LINES[rim]]})


def _dots(picture: Svg, table: pd.DataFrame, styles: Mapping[str, Look]) -> None:
    """The smallest, where they are too many for bubbles of their own: one shape a class, as wide as the least."""
    there = set(table["segment"])
    for name, look in styles.items():
        if name in there:
            mine = table[table["segment"] == name]
            words = say("{count:,} smaller ones: {segment}", count=len(mine), segment=say(name))
            picture.add(dots(mine["across"].tolist(), mine["down"].tolist()), attributes({
                "stroke": look.colour, "stroke-opacity": "0.6",
                "stroke-width": f"{2 * np.sqrt(SMALLEST / np.pi):.1f}"}), words)


def _classes(picture: Svg, plane: Plane, matrix: Matrix, styles: Mapping[str, Look]) -> None:
    columns, rows = (LOW, *matrix.x_cuts, HIGH), (LOW, *matrix.y_cuts, HIGH)
    for row, (low, high) in enumerate(pairwise(rows)):
        for column, (left, right) in enumerate(pairwise(columns)):
            name = matrix.classes[row][column]
            (x0, y1), (x1, y0) = plane.pixel(left, low), plane.pixel(right, high)
            picture.rectangle(Box(x0, y0, x1, y1), styles[name].colour, 0.06)
            picture.text(
                x0 + 8 if column == 0 else x1 - 8, y0 + 20 if row else y1 - 9, say(name), size=17, bold=True,
                colour=styles[name].ink, anchor="start" if column == 0 else "end",
            )
    box = plane.box
    for cut in matrix.x_cuts:
        picture.line(plane.pixel(cut, LOW), plane.pixel(cut, HIGH))
    for cut in matrix.y_cuts:
        picture.line(plane.pixel(LOW, cut), plane.pixel(HIGH, cut))
    for tick in TICKS:
        picture.text(plane.pixel(tick, 0)[0], box.bottom + 18, str(tick), colour=SOFT, anchor="middle")
        picture.text(box.left - 8, plane.pixel(0, tick)[1] + 5, str(tick), colour=SOFT, anchor="end")
    middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    picture.text(middle[0], HEIGHT - 12, _axis(matrix.x_axis), size=15, colour=SOFT, anchor="middle")
    picture.text(18, middle[1], _axis(matrix.y_axis), size=15, colour=SOFT, anchor="middle", turned=True)


def _outline(picture: Svg, pixels: Floats, look: Look) -> None:
    """The ellipse of the points' covariance that holds the share CLOUD of a normal cloud."""
    values, vectors = np.linalg.eigh(np.cov(pixels.T))
    radii = np.sqrt(-2 * np.log(1 - CLOUD) * np.maximum(values, THIN))
    angle = float(np.degrees(np.arctan2(vectors[1, 0], vectors[0, 0])))
    picture.ellipse(pixels.mean(axis=0), radii, angle, look.colour, 0.13)


def _names(picture: Svg, plane: Plane, table: pd.DataFrame, most: int) -> None:
    """The selected, then the largest; bold letters are a little smaller, so that they take the same room."""
    if "selected" in table:
        table = table.sort_values("selected", ascending=False, kind="stable")
    top = table.head(FEW)
    names = [shortened(name, 28) for name in top.index[:most]]
    points = list(zip(top["across"].astype(float), top["down"].astype(float), strict=True))
    for place, box in room_for_names(names, points, top["radius"].tolist(), plane.box).items():
        bold = "selected" in top and bool(top["selected"].iloc[place])
        picture.text(box.left, box.bottom - 3, names[place], size=SIZE - 1.5 * bold, bold=bold, halo=True)


def _legend(picture: Svg, plane: Plane, table: pd.DataFrame, styles: Mapping[str, Look], size_label: str) -> None:
    left, down = plane.box.right + 22, _downward(plane.box.top + 16)
    for words in (say("area: {amount}", amount=say(size_label)), say("shade: 80 % of the draws")):
        picture.text(left - 10, next(down), words)
    counts = table["segment"].value_counts()
    for name, look in styles.items():
        at = next(down)
        picture.add(marker(look.marker, left, at - 5, 6), attributes({"fill": look.colour, "stroke": INK}))
        picture.text(left + 18, at, bracketed(say(name), number(counts.get(name, 0))))
    for word, style in LINES.items() if (table["sure"] != "").any() else ():
        at = next(down)
        picture.line((left - 10, at - 5), (left + 10, at - 5), INK, DASHES[style])
        picture.text(left + 18, at, say("{certainty} class", certainty=say(word)))
    if "selected" in table:
        picture.text(left - 10, next(down), say("in bold: selected"), bold=True)


def _downward(start: float) -> Iterator[float]:
    """The lines of the legend from the top down."""
    while True:
        yield start
        start += 24


def _words(name: str) -> str:
    return say(name.replace("_", " "))


def _axis(name: str) -> str:
    return say("{axis} (points)", axis=_words(name))


def _alt(positions: pd.DataFrame, matrix: Matrix, heading: str) -> str:
    counts = positions["segment"].value_counts()
    parts = [f"{say(name)} {number(counts.get(name, 0))}" for name in matrix.names]
    largest = positions.sort_values("size", ascending=False, kind="stable").head(3)
    where = [
        say("{who} ({segment}, {x:.0f} across and {y:.0f} up)", who=name, segment=say(row["segment"]), x=row["x"],
            y=row["y"]) for name, row in largest.iterrows()
    ]
    return joined(
        stopped(heading),
        say("Matrix of {x_axis} across and {y_axis} up: {classes}. Largest: {largest}.", x_axis=_words(matrix.x_axis),
            y_axis=_words(matrix.y_axis), classes=enumerated(parts), largest=say("; ").join(where)),
    )
