"""A picture with its words and its numbers: drawn without pyplot, the same bytes for the same input."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from html import escape
from io import BytesIO
from typing import Any
from unicodedata import east_asian_width

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from srmkit.charts.hatching import hatch_in_lines
from srmkit.charts.palette import INK, LINE, SOFT
from srmkit.charts.tables import ReadableTable, table
from srmkit.charts.vector import in_every_script, picture
from srmkit.language import joined, say, speaks, spoken
from srmkit.language import percent as per_cent

DPI = 100
WHOLE = re.compile(r"[!-\u2e7f]+|.", re.DOTALL)  # what no line parts: a Latin word, or one Chinese letter
WIDTH, HEIGHT = 10.0, 6.0  # inches: a slide


@speaks
@dataclass(frozen=True, eq=False)
class Chart:
    """One chart: `title` is the finding, `alt` says it for who cannot see it, `data` is what is drawn."""

    title: str
    alt: str
    data: pd.DataFrame

    def __post_init__(self) -> None:
        object.__setattr__(self, "language", spoken())

    def svg(self) -> str:
        """The picture as SVG text: sharp at any zoom, and it names what one points at."""
        raise NotImplementedError

    def html(self) -> str:
        """The picture as one element of a page, with its alternative text."""
        return self.svg()

    def numbers(self) -> ReadableTable:
        """What is drawn, as a table."""
        index = None if isinstance(self.data.index, pd.RangeIndex) else str(self.data.index.name or "name")
        return table(self.data, say("The numbers behind: {title}", title=self.title), index=index)

    def figure_html(self) -> str:
        """The picture with its numbers one click away."""
        numbers = "" if self.data.empty else (
            f"<details><summary>{escape(say('The numbers behind this chart'))}</summary>"
            f"{self.numbers()._repr_html_()}</details>")
        return (f'<figure class="srm-picture"><div class="srm-scroll" tabindex="0" role="region" '
                f'aria-label="{escape(self.title)}">{self.html()}</div>{numbers}</figure>')

    def __repr__(self) -> str:
        return f"{self.title}\n{self.alt}"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        # html and not image/svg: only html carries alternative text and numbers into reports
        return {"text/html": self.figure_html(), "text/plain": repr(self)}


@dataclass(frozen=True, eq=False, repr=False)
class Drawing(Chart):
    """A chart drawn by ourselves in a few milliseconds, for controls."""

    markup: str

    def svg(self) -> str:
        """The picture as SVG text: sharp at any zoom, and it names what one points at."""
        return self.markup


@dataclass(frozen=True, eq=False, repr=False)
class Plot(Chart):
    """A chart on a matplotlib figure of its own: the same in a kernel, a widget callback and a batch."""

    figure: Figure

    def png(self, scale: float = 2.0) -> bytes:
        """The picture as PNG, for a slide; `scale` 2 is sharp on a good screen, 1 is quick."""
        stream = BytesIO()
        hatch_in_lines(self.figure)
        with in_every_script(self.figure):
            self.figure.savefig(stream, format="png", dpi=DPI * scale, metadata={"Software": None})
        return stream.getvalue()

    def svg(self) -> str:
        """The picture as SVG text: sharp at any zoom, and it names what one points at."""
        return self._picture

    @cached_property
    def _picture(self) -> str:
        # once: saving a figure again may move its parts by a hair
        return picture(self.figure, self.alt)


def new_figure(title: str, *, width: float = WIDTH, height: float = HEIGHT) -> tuple[Figure, Axes]:
    """An empty picture with its title at the top left, wrapped to its width."""
    figure = Figure(figsize=(width, height), layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    words = wrapped(title, round(width * 8.4))
    figure.suptitle(words, x=0.01, ha="left", fontsize=14, fontweight="bold", color=INK, parse_math=False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(LINE)
    axes.tick_params(labelsize=10, colors=SOFT, length=0)
    return figure, axes


def nothing_to_show(title: str, why: str) -> Chart:
    """A picture that says why there is none."""
    figure, axes = new_figure(title, height=2.0)
    axes.set_axis_off()
    nothing = say("Nothing to show: {why}", why=why)
    axes.text(0.0, 0.5, nothing, fontsize=12, color=SOFT, transform=axes.transAxes, parse_math=False)
    return Plot(title, joined(title, nothing), pd.DataFrame(), figure)


def shortened(text: object, most: int) -> str:
    """The text, cut with an ellipsis where it is longer than `most` letters.

    >>> shortened("Velmau Foundry GmbH", 10)
    'Velmau Fo…'
    """
    words = str(text)
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def wrapped(text: str, width: int) -> str:
    """The text in lines of at most this many letters; one of Chinese takes the room of two."""
    import textwrap

    if text.isascii() or not any(east_asian_width(letter) in "WF" for letter in text):
        return "\n".join(textwrap.wrap(text, width)) or text
    lines, room = [""], width
    for part in WHOLE.findall(text):
        wide = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in part)
        if wide > room and part not in "，。；：、）”":  # no line begins with these
            lines, room = [*lines, ""], width
        lines[-1] += part
        room -= wide
    return "\n".join(line.strip() for line in lines)


def percent(share: float) -> str:
    """A share in whole per cent, never 0 or 100 for what is neither.

    >>> percent(0.934), percent(0.999), percent(1.0), percent(0.001)
    ('93 %', '>99 %', '100 %', '<1 %')
    """
    if 0.995 <= share < 1:
        return f">{per_cent(0.99)}"
    return f"<{per_cent(0.01)}" if 0 < share < 0.005 else per_cent(share)
