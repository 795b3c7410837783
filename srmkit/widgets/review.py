"""The review of duplicates: one pair after another, side by side, with the reasons and three buttons."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as w
import pandas as pd

from srmkit import charts
from srmkit.charts import ReadableTable
from srmkit.decisions.sentences import chance
from srmkit.duplicates import Decisions, Duplicates
from srmkit.errors import SrmkitError
from srmkit.language import bracketed, marked, say, speaking, speaks
from srmkit.widgets.explorer import somebody_is_there
from srmkit.widgets.failing import alert

MOST_ROWS = 25


@speaks
class Review:
    """Controls to accept or reject pairs, in the language of the pairs; every decision is written to the file at once.

    `decisions` holds what was said so far, `found` the pairs with it. A file is asked for: what is not kept cannot be
    replayed.
    """

    def __init__(self, found: Duplicates, file: str | Path) -> None:
        self.file, self.language = Path(file), found.language
        self.decisions = Decisions.read(self.file)
        self.found = found.decided(self.decisions)
        self._build()

    def _build(self) -> None:
        self.by = w.Text(placeholder=say("your name"), description=say("decided by"))
        self.note = w.Text(placeholder=say("why, if it is not plain"), description=say("note"))
        self.pair = w.Dropdown(description=say("pair"), layout=w.Layout(width="100%", max_width="860px"))
        self.show_decided = w.Checkbox(False, description=say("also those decided"), indent=False)
        self.status, self.sheet, self.list = w.HTML(), w.HTML(), w.HTML()
        self.same = _button(say("one firm"), "check", "success", lambda: self._decide(same=True))
        self.different = _button(say("two firms"), "times", "danger", lambda: self._decide(same=False))
        self.reopen = _button(say("leave open"), "undo", "", self._reopen)
        self.pair.observe(lambda _: self._show_pair(), names="value")
        self.show_decided.observe(lambda _: self._refresh(), names="value")
        for name in ("pair", "status", "sheet", "same", "different", "reopen", "by", "note"):
            getattr(self, name).add_class(f"srm-review-{name}")
        buttons = w.HBox([self.same, self.different, self.reopen, self.show_decided])
        self.box = w.VBox([self.status, self.pair, self.sheet, w.HBox([self.by, self.note]), buttons, self.list])
        self._refresh()

    def _decide(self, *, same: bool) -> None:
        if self.pair.value is None:
            return
        left, right = self.pair.value
        row = self._row(left, right)
        said = self.decisions.saying(left, right, same=same, by=self.by.value.strip(), note=self.note.value.strip(),
                                     names=(str(row["left_name"]), str(row["right_name"])), bits=float(row["bits"]))
        self._keep(said)

    def _reopen(self) -> None:
        if self.pair.value is not None:
            self._keep(self.decisions.without(*self.pair.value))

    def _keep(self, decisions: Decisions) -> None:
        try:
            decisions.refuse_contradictions()
            decisions.write(self.file)
        except (SrmkitError, OSError) as error:
            self.status.value = alert(error)
            return
        self.decisions, self.found = decisions, self.found.decided(decisions)
        self.note.value = ""
        self._refresh()

    def _refresh(self) -> None:
        shown = self.found.pairs if self.show_decided.value else self.found.review
        before = self.pair.value
        options = [(_title(row), (row["left"], row["right"])) for row in shown.to_dict("records")]
        self.pair.options = options
        pairs = [value for _, value in options]
        self.pair.value = before if before in pairs else next(iter(pairs), None)
        counts = self.found.pairs["decision"].value_counts()
        self.status.value = "<p>{}</p>".format(escape(say(
            "Pairs to decide: {open}; {same} are one, {different} are not. Written to {file}.",
            open=int(counts.get("open", 0)), same=int(counts.get("same", 0)),
            different=int(counts.get("different", 0)), file=self.file,
        ))) + "".join(f"<p>{escape(problem)}</p>" for problem in self.found.problems)
        for button in (self.same, self.different, self.reopen):
            button.disabled = not options
        self.list.value = pairs_table(self.found)._repr_html_()
        self._show_pair()

    def _show_pair(self) -> None:
        if self.pair.value is None:
            self.sheet.value = f"<p>{escape(say('No pair is left to decide.'))}</p>"
            return
        self.sheet.value = reasons_table(self.found, *self.pair.value)._repr_html_()

    def _row(self, left: str, right: str) -> pd.Series:
        pairs = self.found.pairs
        return pairs[pairs["left"].eq(left) & pairs["right"].eq(right)].iloc[0]

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return self.box._repr_mimebundle_(**kwargs)


def review(found: Duplicates, file: str | Path = "duplicates.toml") -> Review | ReadableTable:
    """A form to decide about pairs, kept in a file; where nobody is there, a table of the pairs."""
    if somebody_is_there():
        return Review(found, file)
    return pairs_table(found.decided(Decisions.read(file)))


def pairs_table(found: Duplicates) -> ReadableTable:
    """The pairs with their worth and the reasons."""
    with speaking(found.language):
        return _pairs_table(found)


def _pairs_table(found: Duplicates) -> ReadableTable:
    shown = found.pairs[["left", "right", "left_name", "right_name", "bits", "probability", "decision", "why"]]
    shown = shown.assign(probability=[chance(value) for value in shown["probability"]])
    return charts.table(shown, marked("Pairs that may be one"), most_rows=MOST_ROWS, formats={"bits": "points"},
                        labels={"left_name": marked("one entry"), "right_name": marked("the other"),
                                "probability": marked("chance"), "left": marked("id"), "right": marked("other id")})


def reasons_table(found: Duplicates, left: str, right: str) -> ReadableTable:
    """Where the bits of one pair come from."""
    with speaking(found.language):
        return charts.table(found.reasons(left, right), f"{left} / {right}", formats={"bits": "points"}, most_rows=20,
                            labels={"left": left, "right": right})


def _title(row: dict[Any, Any]) -> str:
    mark = {"open": "", "same": "= ", "different": "≠ "}[row["decision"]]
    worth = say("{bits:+.0f} bits", bits=row["bits"])
    return bracketed(f"{mark}{row['left_name']} / {row['right_name']}", worth)


def _button(words: str, icon: str, style: str, do: Callable[[], None]) -> w.Button:
    button = w.Button(description=words, icon=icon, button_style=style, layout=w.Layout(width="130px"))
    button.on_click(lambda _: do())
    return button
