"""Bars of certainty: how probable each class is for each candidate, one row a candidate, words at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from srmkit.charts.chart import Chart, Drawing, nothing_to_show, wrapped
from srmkit.charts.labels import Box, fitted, width_of
from srmkit.charts.palette import GREY, SOFT, looks
from srmkit.charts.svg import HEADING_LETTERS, HEADING_LINE, WIDTH, Svg, attributes, rectangle
from srmkit.charts.tables import certain
from srmkit.language import chance, joined, labelled, say, say_many, stopped
from srmkit.language import percent as share

ROW, BAR, LINE = 29.0, 21.0, 24.0  # pixels: from row to row, height of a bar, from line to line of the legend
MARGIN, GAP = 10.0, 8.0  # pixels: at the edges of the picture, and between words and what they belong to
NAMES = 290.0  # pixels that the longest name may take
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
SWATCH, APART = 26.0, 22.0  # pixels: width of a part of the legend, and from its words to the next


def acceptability_bars(
    probabilities: pd.DataFrame, *, certainty: pd.DataFrame | None = None, title: str = "", most: int = 20
) -> Chart:
    """How probable each class is for each candidate: stacked bars, 0 to 100 %; pointing at a part names it.

    `probabilities` is candidate x class (rows sum to 1; a gap is left out); the first `most` are drawn, in their
    order. `certainty` has for each its probability of the class it has now (with or without probability_error), and
    certainty, the word for it; all are written at the end of its bar.
    """
    known = probabilities.dropna(how="all")
    heading = say(title) or say("How probable each class is")
    if certainty is not None and not title:
        contested = int((certainty.loc[known.index, "certainty"] == "contested").sum())
        heading = say_many("{count:,} of {all:,} classes is contested", "{count:,} of {all:,} classes are contested",
                           contested, all=len(known))
    shown = known.head(most)
    if shown.empty:
        return nothing_to_show(heading, say("no candidate has a class."))
    ends = [""] * len(shown) if certainty is None else _ends(certainty.loc[shown.index])
    rest = len(known) - len(shown)
    told = say("; ").join(labelled(str(name), f"{say(str(odds.idxmax()))} {chance(float(odds.max()), short=True)}")
                          for name, odds in shown.head(8).iterrows())
    more = say_many("{count:,} more is not drawn.", "{count:,} more are not drawn.", rest) if rest else ""
    alt = joined(stopped(heading), stopped(told), more)
    return Drawing(heading, alt, shown, _picture(heading, alt, shown, ends))


def _ends(certainty: pd.DataFrame) -> list[str]:
    """How sure each class is, in words and per cent."""
    errors = certainty.get("probability_error", certainty["probability"] * 0)
    return [f"{certain(word)} {chance(probability, error=error, short=True)}" for probability, error, word
            in zip(certainty["probability"], errors, certainty["certainty"], strict=True)]


def _picture(heading: str, alt: str, shown: pd.DataFrame, ends: Sequence[str]) -> str:
    lines = wrapped(heading, HEADING_LETTERS).split("\n")
    names = [fitted(name, NAMES) for name in shown.index]
    top = HEADING_LINE * len(lines) + 14
    box = Box(MARGIN + max(map(width_of, names)) + GAP, top,
              WIDTH - MARGIN - max(GAP + max(map(width_of, ends)), width_of(share(1)) / 2), top + ROW * len(shown))
    styles = looks(map(str, shown.columns))
    legend = list(_legend(list(styles), box))
    picture = Svg(legend[-1][1].bottom + MARGIN, alt)
    picture.heading(lines)
    _scale(picture, box)
    parts: dict[str, list[Box]] = {name: [swatch] for name, swatch in legend}
    for place, (who, row) in enumerate(shown.iterrows()):
        middle = box.top + ROW * (place + 0.5)
        with picture.group(attributes({"data-candidate": str(who)})):
            picture.text(box.left - GAP, middle + 5, names[place], anchor="end")
            for name, (part, left, right) in _stacked(row.set_axis(list(styles)), box).items():
                bar = Box(left, middle - BAR / 2, right, middle + BAR / 2)
                parts[name].append(bar)
                picture.add(rectangle(bar), attributes({"fill": styles[name].colour, "stroke": "#ffffff"}),
                            f"{who}\n{say(name)} {chance(part, short=True)}")
            picture.text(box.right + GAP, middle + 5, ends[place])
    for name, swatch in legend:
        picture.rectangle(swatch, styles[name].colour, 1)
        picture.text(swatch.right + GAP, swatch.bottom - 1, say(name))
    for name, look in styles.items():
        picture.hatch(parts[name], look.hatch)
    return picture.markup()


def _stacked(row: pd.Series, box: Box) -> dict[str, tuple[float, float, float]]:
    """Each class that is possible: its probability, and where its part of the bar begins and ends."""
    found, start, reach = {}, 0.0, box.right - box.left
    for name, part in row[row > 0].items():
        found[str(name)] = part, box.left + start * reach, box.left + (start + part) * reach
        start += part
    return found


def _scale(picture: Svg, box: Box) -> None:
    """Per cent below the bars, and thin lines behind them."""
    for tick in TICKS:
        across = box.left + tick * (box.right - box.left)
        picture.rectangle(Box(across - 0.4, box.top, across + 0.4, box.bottom), GREY, 0.3)
        picture.text(across, box.bottom + 16, share(tick), colour=SOFT, anchor="middle")


def _legend(names: Sequence[str], box: Box) -> Iterator[tuple[str, Box]]:
    """Where the part of each class stands in the legend, from the left of the bars, in as many lines as it takes."""
    left, top = box.left, box.bottom + 34
    for name in names:
        wide = SWATCH + GAP + width_of(say(name))
        if left > box.left and left + wide > WIDTH - MARGIN:
            left, top = box.left, top + LINE
        yield name, Box(left, top, left + SWATCH, top + 12)
        left += wide + APART
