"""A picture or a table in which one can point at a candidate, by mouse or by keyboard."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets


class Pointing(anywidget.AnyWidget):
    """HTML on show in `value`; what was clicked, or chosen by Enter, is in `chosen`.

    A candidate is a bubble of the matrix, a bar with its words, or a row of a table by the name that heads it. The
    message `{"look_at": selector}` brings what this selects in the explorer into sight.
    """

    _esm = Path(__file__).with_name("pointing.js")
    _css = Path(__file__).with_name("pointing.css")
    value = traitlets.Unicode("").tag(sync=True)
    chosen = traitlets.Unicode("").tag(sync=True)


class Copying(anywidget.AnyWidget):
    """Lines of text with a button that copies them; `words` are the button's: before, and when it is done."""

    _esm = Path(__file__).with_name("copying.js")
    value = traitlets.Unicode("").tag(sync=True)
    words = traitlets.List(traitlets.Unicode(), ["copy", "copied"]).tag(sync=True)
