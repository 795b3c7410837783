"""A matrix of two axes: every point of the plane belongs to exactly one class, the cuts included."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from srmkit.bands import TOLERANCE
from srmkit.errors import Problems

UNCLASSIFIED = "unclassified"
COLUMNS = ("x", "y", "segment", "margin", "flips_to", "flips_on")


@dataclass(frozen=True)
class Matrix:
    """Named classes on a grid over two axes of scores.

    `x_axis`, `y_axis` name the axes; `x_cuts`, `y_cuts` part them (ascending). `classes` has one row
    a band of y, the lowest first, each with one name a band of x, the lowest first. `names` are the
    classes in the order of tables and cards; where a tie must be broken the earlier one, the more
    demanding, wins. A value on a cut belongs to the higher side, also when it misses the cut by the
    last digits of a float. A point with a missing axis is unclassified (code -1).

    Raises SrmkitError for cuts that do not ascend and a grid that does not fit them.
    """

    name: str
    x_axis: str
    y_axis: str
    x_cuts: tuple[float, ...]
    y_cuts: tuple[float, ...]
    classes: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "x_cuts", tuple(float(cut) for cut in self.x_cuts))
        object.__setattr__(self, "y_cuts", tuple(float(cut) for cut in self.y_cuts))
        problems = Problems(f"matrix '{self.name}'")
        for axis, cuts in (("x_cuts", self.x_cuts), ("y_cuts", self.y_cuts)):
            if not all(low < high for low, high in pairwise(cuts)) or not all(np.isfinite(cuts)):
                problems.add(axis, "must be finite and ascend", found=", ".join(f"{cut:g}" for cut in cuts),
                             todo="Write the lowest cut first, each only once.")
        shape = (len(self.y_cuts) + 1, len(self.x_cuts) + 1)
        if len(self.classes) != shape[0] or any(len(row) != shape[1] for row in self.classes):
            problems.add("classes", f"must be {shape[0]} rows of {shape[1]} names",
                         found=" / ".join(", ".join(row) for row in self.classes))
        used = {name for row in self.classes for name in row}
        if used != set(self.names) or len(set(self.names)) != len(self.names):
            problems.add("names", "must hold each class of the grid once", found=", ".join(self.names))
        problems.raise_if_any()

    @property
    def grid(self) -> NDArray[np.int8]:
        """Code of the class in each cell, rows from low y to high y."""
        return np.array([[self.names.index(name) for name in row] for row in self.classes], dtype=np.int8)

    def codes(
        self, x: ArrayLike, y: ArrayLike, *, x_shift: ArrayLike = 0.0, y_shift: ArrayLike = 0.0
    ) -> NDArray[np.int8]:
        """Place of each point's class among `names`; -1 where an axis is missing.

        Any shapes that broadcast. A shift moves all cuts of its axis up by so many points.
        """
        across, up = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
        column = _bands(across, self.x_cuts, np.asarray(x_shift, dtype=float))
        row = _bands(up, self.y_cuts, np.asarray(y_shift, dtype=float))
        codes = np.take(self.grid, row * len(self.classes[0]) + column)
        return np.where(np.isnan(across) | np.isnan(up), np.int8(-1), codes)

    def assign(self, axes: pd.DataFrame) -> Segments:
        """Each candidate's class, its margin to the nearest cut that changes it, and what it would become.

        `axes` has the two axes as columns; SrmkitError names what is missing.
        """
        problems = Problems(f"matrix '{self.name}'")
        for axis in (self.x_axis, self.y_axis):
            if axis not in axes.columns:
                problems.add(f"axis '{axis}'", "is not among the scores", found=", ".join(map(str, axes.columns)),
                             todo="Use the scorecard that was made for this matrix.")
        problems.raise_if_any()
        x, y = (axes[axis].to_numpy(dtype=float) for axis in (self.x_axis, self.y_axis))
        codes = self.codes(x, y)
        nearest = self._nearest(x, y, codes)
        table = pd.DataFrame({"x": x, "y": y, "segment": self.named(codes), **nearest}, index=axes.index)
        return Segments(self, table)

    def spanned(self, low: pd.DataFrame, high: pd.DataFrame) -> pd.Series:
        """Classes that lie between the lowest and the highest scores of each candidate, as a tuple of names.

        Both tables have the two axes as columns. In the order of `names`; one class where nothing is open.
        """
        grid, edges = self.grid, []
        for axis, cuts in ((self.y_axis, self.y_cuts), (self.x_axis, self.x_cuts)):
            edges += [_bands(table[axis].to_numpy(dtype=float), cuts, np.zeros(1)) for table in (low, high)]
        found = [
            tuple(self.names[code] for code in np.unique(grid[bottom : top + 1, left : right + 1]))
            for bottom, top, left, right in zip(*edges, strict=True)
        ]
        return pd.Series(found, index=low.index, dtype=object)

    def named(self, codes: NDArray[np.int8]) -> NDArray[np.object_]:
        """Names of class codes; -1 is unclassified."""
        return np.array([*self.names, UNCLASSIFIED], dtype=object)[codes]

    def _nearest(self, x: NDArray[np.float64], y: NDArray[np.float64], codes: NDArray[np.int8]) -> dict[str, Any]:
        margin = np.full(len(x), np.inf)
        becomes = np.full(len(x), -1, dtype=np.int8)
        on = np.full(len(x), "", dtype=object)
        for axis, values, cuts in ((self.x_axis, x, self.x_cuts), (self.y_axis, y, self.y_cuts)):
            for cut in cuts:
                for beyond in (cut, cut - 2 * TOLERANCE):  # on the cut is above it, just short of it below
                    other = self.codes(beyond, y) if axis == self.x_axis else self.codes(x, beyond)
                    distance = np.abs(values - cut)
                    closer = (other != codes) & (other >= 0) & (distance < margin)
                    margin = np.where(closer, distance, margin)
                    becomes = np.where(closer, other, becomes).astype(np.int8)
                    on[closer] = axis
        found = np.isfinite(margin)
        flips_to = self.named(becomes)
        flips_to[~found] = None
        on[~found] = None
        return {"margin": np.where(found, margin, np.nan), "flips_to": flips_to, "flips_on": on}


def _bands(values: NDArray[np.float64], cuts: tuple[float, ...], shift: NDArray[np.float64]) -> NDArray[np.intp]:
    band = np.zeros(np.broadcast_shapes(values.shape, shift.shape), dtype=np.intp)
    for cut in cuts:
        band += values >= cut + shift - TOLERANCE
    return band


def known_classes(classes: pd.Series) -> list[str | None]:
    """Name of each one's class; None for a gap and for the unclassified."""
    return [None if pd.isna(name) or name == UNCLASSIFIED else str(name) for name in classes]


@dataclass(frozen=True)
class Segments:
    """Candidates in their classes.

    `table` has one row a candidate: x, y (points of the axes), segment, margin (points to the
    nearest cut that changes the class), flips_to (the class beyond it) and flips_on (its axis).
    """

    matrix: Matrix
    table: pd.DataFrame

    @property
    def segment(self) -> pd.Series:
        """Class of each candidate."""
        return self.table["segment"]

    def counts(self) -> pd.Series:
        """Candidates per class, in the order of the matrix; unclassified ones last, if any."""
        counts = self.segment.value_counts()
        order = [*self.matrix.names, *([UNCLASSIFIED] if UNCLASSIFIED in counts.index else [])]
        return counts.reindex(order, fill_value=0).rename("candidates")

    def members(self, name: str) -> list[Hashable]:
        """Candidates of one class; SrmkitError where the matrix has no class of that name."""
        if name not in (*self.matrix.names, UNCLASSIFIED):
            problems = Problems(f"matrix '{self.matrix.name}'")
            problems.add(f"class '{name}'", "is unknown", todo=f"Classes are: {', '.join(self.matrix.names)}.")
            problems.raise_if_any()
        return list(self.segment.index[self.segment == name])
