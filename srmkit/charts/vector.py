"""A matplotlib figure as SVG for a page: sharp at any zoom, its words as text, and telling what one points at."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from io import StringIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import matplotlib
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.text import Text

from srmkit.charts.hatching import hatch_in_lines
from srmkit.charts.svg import FONT, legible
from srmkit.language.fonts.carried import FAMILY, FILE, FIRST

TOLD, NEW_LINE = "told:", "\u2028"  # an attribute of XML keeps no plain end of line
UNWANTED = ("metadata", "style")  # no reader sees the first; the second would style the whole page
FONT_OF_FIGURE = re.compile(r"font-family: [^;]+; ?")
NO_ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))
LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")


def tell(artist: Artist, words: str) -> None:
    """Say these words when one points at this part of a figure."""
    artist.set_gid(TOLD + legible(words).replace("\n", NEW_LINE))


@contextmanager
def in_every_script(figure: Figure) -> Iterator[None]:
    """While the figure is drawn its Chinese words have letters; what no font of ours has is left to the reader's."""
    for part in figure.findobj(Text):
        part.set_text(part.get_text().translate(NO_ISOLATES))  # a picture of dots would show them as boxes
    words = [part for part in figure.findobj(Text) if any(ord(letter) >= FIRST for letter in part.get_text())]
    if words:
        _know_our_font()
    for part in words:
        part.set_fontfamily(["DejaVu Sans", FAMILY])
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        yield


@cache
def _know_our_font() -> None:
    from matplotlib.font_manager import fontManager

    fontManager.addfont(FILE)
    fontManager.ttflist.append(replace(fontManager.ttflist[-1], weight=700))  # else it complains of bold words


def picture(figure: Figure, alt: str) -> str:
    """The figure as one SVG element with its words for who cannot see it; the same text for the same figure."""
    stream = StringIO()
    hatch_in_lines(figure)
    # names of the parts differ from those of any other picture of the page
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": alt}), in_every_script(figure):
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    root = ElementTree.fromstring(stream.getvalue())
    used = set(re.findall(r"#([\w-]+)", stream.getvalue()))
    for part in list(root.iter()):
        _tidy(part, used)
    root.attrib.pop("width")
    root.attrib.pop("height")
    root.attrib.update({
        "xmlns": "http://www.w3.org/2000/svg", "xmlns:xlink": "http://www.w3.org/1999/xlink", "role": "img",
        "aria-label": legible(alt), "font-family": FONT, "stroke-linejoin": "round", "stroke-linecap": "butt",
        "style": "width:100%;max-width:1000px",
    })
    return ElementTree.tostring(root, encoding="unicode")


def _tidy(part: Element, used: set[str]) -> None:
    part.tag = part.tag.rpartition("}")[2]
    for name in [name for name in part.attrib if name.startswith("{")]:
        part.set(f"xlink:{name.rpartition('}')[2]}", part.attrib.pop(name))
    for child in list(part):
        empty = child.tag.endswith("}g") and not len(child)
        if empty or child.tag.rpartition("}")[2] in UNWANTED:
            part.remove(child)
    name = part.get("id", "")
    if name.startswith(TOLD):
        part.insert(0, title := Element("title"))
        title.text = name.removeprefix(TOLD).replace(NEW_LINE, "\n")
    if name not in used:
        part.attrib.pop("id", None)
    if part.tag == "text":  # the reader's own font, as everywhere on the page
        part.set("style", FONT_OF_FIGURE.sub("", part.get("style", "")))
    else:
        part.text = part.text if part.tag == "title" else None
    if "d" in part.attrib:  # hundredths of a point are finer than any screen
        short = LONG_NUMBER.sub(lambda found: f"{float(found[0]):.2f}", part.get("d", ""))
        part.set("d", " ".join(short.split()))
    part.tail = None
