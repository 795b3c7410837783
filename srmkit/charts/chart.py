"""A picture with its words and its numbers: drawn without pyplot, the same bytes for the same input."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any, Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

DPI = 100
WIDTH, HEIGHT = 10.0, 6.0  # inches: a slide
INK, SOFT, LINE = "#1b1f24", "#57606a", "#d0d7de"


@dataclass(frozen=True, eq=False)
class Chart:
    """One chart: `title` is the finding, `alt` says it for who cannot see it, `data` is what is drawn."""

    title: str
    alt: str
    data: pd.DataFrame

    def svg(self) -> str:
        """The picture as SVG text."""
        raise NotImplementedError

    def html(self) -> str:
        """The picture as one element of a page, with its alternative text."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"{self.title}\n{self.alt}"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        # html and not image/png: only html carries the alternative text into reports
        return {"text/html": self.html(), "text/plain": repr(self)}


@dataclass(frozen=True, eq=False, repr=False)
class Drawing(Chart):
    """A chart that is sharp at any zoom and names what one points at; drawn in a few milliseconds."""

    markup: str

    def svg(self) -> str:
        """The picture as SVG text."""
        return self.markup

    def html(self) -> str:
        """The picture as one element of a page, with its alternative text."""
        return self.markup


@dataclass(frozen=True, eq=False, repr=False)
class Plot(Chart):
    """A chart on a matplotlib figure of its own: the same in a kernel, a widget callback and a batch."""

    figure: Figure

    def png(self, scale: float = 2.0) -> bytes:
        """The picture as PNG; `scale` 2 is sharp on a good screen, 1 is quick."""
        return self._saved("png", DPI * scale)

    def svg(self) -> str:
        """The picture as SVG text."""
        return self._saved("svg", DPI).decode()

    def html(self) -> str:
        """The picture as one image element with its alternative text."""
        coded = base64.b64encode(self.png()).decode()
        shape = f'width="{round(self.figure.get_figwidth() * DPI)}" style="max-width:100%"'
        return f'<img alt="{escape(self.alt)}" {shape} src="data:image/png;base64,{coded}"/>'

    def _saved(self, kind: Literal["png", "svg"], dpi: float) -> bytes:
        stream = BytesIO()
        nothing: dict[str, Any] = {"Software": None} if kind == "png" else {"Date": None, "Creator": None}
        self.figure.savefig(stream, format=kind, dpi=dpi, metadata=nothing)
        return stream.getvalue()


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
    axes.text(0.0, 0.5, f"Nothing to show: {why}", fontsize=12, color=SOFT, transform=axes.transAxes, parse_math=False)
    return Plot(title, f"{title} Nothing to show: {why}", pd.DataFrame(), figure)


def shortened(text: object, most: int) -> str:
    """The text, cut with an ellipsis where it is longer than `most` letters.

    >>> shortened("Velmau Foundry GmbH", 10)
    'Velmau Fo…'
    """
    words = str(text)
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def wrapped(text: str, width: int) -> str:
    """The text in lines of at most this many letters."""
    import textwrap

    return "\n".join(textwrap.wrap(text, width)) or text


def percent(share: float) -> str:
    """A share in whole per cent, never 0 or 100 for what is neither.

    >>> percent(0.934), percent(0.999), percent(1.0), percent(0.001)
    ('93 %', '>99 %', '100 %', '<1 %')
    """
    if 0.995 <= share < 1:
        return ">99 %"
    return "<1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"
