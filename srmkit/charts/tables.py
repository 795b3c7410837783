"""Tables that can be read: formatted by meaning, certainty marked by a sign and a word, never colour alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import zip_longest
from typing import Any, Literal

import numpy as np
import pandas as pd

from srmkit.language import (
    CONTEXTS,
    NAMES,
    Language,
    chance,
    column,
    day,
    enumerated,
    labelled,
    marked,
    number,
    percent,
    say,
    say_many,
    speaks,
    spoken,
    word,
)
from srmkit.rounding import figure as as_figure

Format = Literal["text", "name", "whole", "number", "points", "money", "percent", "share", "chance", "date", "days",
                 "flag", "figure"]

# what the columns of the studies are, whichever table shows them
USUAL: Mapping[str, Format] = {
    **dict.fromkeys(("amount", "spend", "revenue", "margin", "profit", "cost_to_serve", "firm", "likely",
                     "contested"), "money"),
    **dict.fromkeys(("probability", "place_certainty", "top_k", "segment_probability"), "chance"),
    **dict.fromkeys(("coverage", "of_a_scale", "weights", "data", "cuts", "all", "weight_part", "figure_part",
                     "doubt_part", "own_effect", "total_effect"), "percent"),
    **dict.fromkeys(("spend_share", "revenue_share", "share", "weight", "weight_now", "weight_at_flip", "change", "low",
                     "high", "room", "relative_change", "profit_rate", "on_time_rate", "reject_rate",
                     "dependence_on_us"), "share"),
    **dict.fromkeys(("weight_before", "weight_agreed", "lowest", "highest", "distance", "sd", "entropy", "critic"),
                    "percent"),
    **dict.fromkeys(("total", "score_low", "score_high", "x", "y", "margin_points", "gap", "points", "spread"),
                    "points"),
    **dict.fromkeys(("rank", "rank_by_volume", "hours", "hours_each", "members", "suppliers", "accounts",
                     "hours_per_year", "reviews_per_year", "raters", "rows_read", "rows_used", "rows_excluded",
                     "rows_refused", "row"), "whole"),
}
WORDS: Mapping[str, str] = {
    "segment": "class",
    "place_certainty": "place holds",
    "changes_if": "what would change it",
    "runner_up": "else mostly",
    "x": "across",
    "y": "up",
    "total": "score",
    "rank_by_volume": "rank by revenue",
    "of_a_scale": "of a scale",
    "may_be": "may be",
    "relative_change": "smallest change",
    "best_stays": "first rank stays",
    "large_stay": "large suppliers stay",
    "firm_stay": "firm ones stay",
    "weight_part": "by its weight",
    "figure_part": "by its figures",
    "doubt_part": "in all",
    "own_effect": "alone",
    "total_effect": "with others",
    "top_k": "chance of a place",
    "agreement": "agrees with our order",
    "kept": "places that stay",
    "enters": "would come in",
    "leaves": "would go out",
    "same": "same grade",
    "higher": "higher grade",
    "lower": "lower grade",
    "part_of": "about",
    "weight_before": "before",
    "weight_agreed": "agreed",
    "at_stake": "classes at stake",
    "distance": "weight elsewhere",
    "most_on": "most of it on",
    "sd": "spread (deviation)",
    "entropy": "spread (entropy)",
    "critic": "spread (CRITIC)",
    "alone_for": "these",
    "left_out": "without the rater",
    "left_out_for": "these without",
    "stopped_alone": "by this gate alone",
    "nearest": "nearest to passing",
    "first_without": "first to pass without it",
}
SIGNS = {"firm": "●", "likely": "◐", "contested": "○", "certain": "●"}
DRAWN = ("weights", "data", "cuts", "all")  # doubts whose columns are shares of draws where they have an error
AXES = ("axis",)  # columns of names that are written with spaces in every language
GAP = "–"
SHORT = 14  # letters up to which the words of a column stay in one line
LONG = 40  # letters from which a column needs room on a phone
BOLD = ("certainty",)
IN_WORKBOOK = marked("{count:,} more row is in the workbook."), "{count:,} more rows are in the workbook."
MOST_ROWS = 5_000  # in the page of a report; more are in the workbook
ERROR = "_error"  # ends the name of a column of standard errors; what stands before it is the column they belong to
IN_REPORT = "SRMKIT_IN_REPORT"  # set where a notebook is run to become a report

# what a notebook needs; a report has its own
STYLE = """<style>
.srm-data table { border-collapse: collapse; font-size: 13px; width: 100%; }
.srm-data .srm-scroll { overflow-x: auto; }
.srm-data caption { text-align: left; font-weight: 600; font-size: 15px; padding: 4px 0; caption-side: top; }
.srm-data th, .srm-data td { text-align: left !important; vertical-align: top !important; padding: 3px 8px !important;
  white-space: pre-line; font-weight: normal; }
.srm-data thead th, .srm-data .b { font-weight: 600; }
.srm-data .n { text-align: right !important; font-variant-numeric: tabular-nums; }
.srm-data tbody .n, .srm-data tbody .s { white-space: nowrap; }
.srm-data tr[hidden] { display: none; }
</style>
"""


@speaks
@dataclass(frozen=True)
class ReadableTable:
    """A frame with a format for each column; shows `most_rows` and says with `more` how many others there are.

    In a report the others, up to MOST_ROWS, are in the page too: its script finds, sorts and shows them.
    """

    frame: pd.DataFrame
    title: str
    formats: Mapping[str, Format]
    labels: Mapping[str, str]
    most_rows: int
    more: tuple[str, str] = IN_WORKBOOK
    language: Language = field(default_factory=spoken)

    @property
    def rows_left_out(self) -> int:
        """How many rows are in the frame but not shown."""
        return max(0, len(self.frame) - self.most_rows)

    def _repr_html_(self) -> str:
        return STYLE + self.html(whole=os.environ.get(IN_REPORT) == "1")

    def __repr__(self) -> str:
        return self.plain()

    def plain(self) -> str:
        """The table as plain text: a line for each row, or as many as its longest cell has."""
        texts = self.shown()
        rows = [[cell.split("\n") for cell in row] for row in [list(texts.columns), *texts.to_numpy().tolist()]]
        widths = [max(len(line) for cell in column for line in cell) for column in zip(*rows, strict=True)]
        numbers = [_is_number(self.frame[name]) for name in self._names]
        lines = [
            "  ".join(line.rjust(width) if number else line.ljust(width)
                      for line, width, number in zip(together, widths, numbers, strict=True)).rstrip()
            for row in rows for together in zip_longest(*row, fillvalue="")
        ]
        return "\n".join([*([say(self.title)] if self.title else []), *lines])

    def shown(self) -> pd.DataFrame:
        """The rows and columns on show, every cell already as text."""
        return self._as_text(self.most_rows)

    def html(self, *, whole: bool = False) -> str:
        """The table as one element of a page.

        With `whole`, rows that are not shown are there and hidden, and every figure is there unrounded, too.
        """
        texts = self._as_text(MOST_ROWS if whole else self.most_rows)
        head, columns = [], []
        for name, label in zip(self._names, texts.columns, strict=True):
            values = self.frame[name].head(len(texts))
            look = self._look(str(name), texts[label])
            head.append(f'<th scope="col" data-name="{escape(str(name))}"{look}>{escape(label)}</th>')
            start = f'<th scope="row"{look}' if name == self._heading else f"<td{look}"
            exacts = _exact(values) if whole else [""] * len(texts)
            columns.append([
                f"{start}{exact}>{escape(text)}</{start[1:3]}>"
                for text, exact in zip(texts[label], exacts, strict=True)
            ])
        rows = "".join(
            f"<tr{'' if place < self.most_rows else ' hidden'}>{''.join(cells)}</tr>"
            for place, cells in enumerate(zip(*columns, strict=True))
        )
        title = say(self.title) if self.title else ""
        caption = f"<caption>{escape(title)}</caption>" if title else ""
        heard = title or labelled(say("Table"), enumerated(list(texts.columns)[:3]))
        more = len(self.frame) - min(len(texts), self.most_rows)
        note = say("None.") if self.frame.empty else (
            say_many(*self.more, more) if more else "")
        return (
            f'<div class="srm-data" data-most="{self.most_rows}" data-rows="{len(self.frame)}">'
            f'<div class="srm-scroll" tabindex="0" role="region" aria-label="{escape(heard)}">'
            f"<table>{caption}<thead><tr>{''.join(head)}</tr></thead><tbody>{rows}</tbody></table></div>"
            f"{f'<p class=srm-more>{note}</p>' if note else ''}</div>"
        )

    @property
    def _names(self) -> list[object]:
        """The columns on show; a standard error stands in the cell of its figure."""
        errors = {f"{name}{ERROR}" for name in self.frame.columns}
        return [name for name in self.frame.columns if name not in errors]

    @property
    def _heading(self) -> object:
        """The column that says what a row is about."""
        return "name" if "name" in self.frame.columns else self.frame.columns[0] if len(self.frame.columns) else None

    def _as_text(self, most: int) -> pd.DataFrame:
        top = self.frame.head(most)
        return pd.DataFrame({self._label(str(name)): self._column(top, name) for name in self._names})

    def _column(self, top: pd.DataFrame, name: Any) -> list[str]:
        form, context = self._format(str(name)), CONTEXTS.get(str(name), "")
        errors = top.get(f"{name}{ERROR}", np.zeros(len(top)))
        return [as_text(value, form, error=float(error), context=context)
                for value, error in zip(top[name], errors, strict=True)]

    def _look(self, name: str, texts: pd.Series) -> str:
        """Numbers stand to the right, short words stay in one line, and a certainty is bold."""
        number = _is_number(self.frame[name])
        longest = max(map(len, texts), default=0)
        there = {"n": number, "s": not number and longest <= SHORT, "l": longest > LONG, "b": name in BOLD}
        looks = " ".join(look for look, has in there.items() if has)
        return f' class="{looks}"' if looks else ""

    def _label(self, name: str) -> str:
        return say(self.labels[name]) if name in self.labels else column(name, WORDS.get(name, ""))

    def _format(self, name: str) -> Format:
        if name in self.formats:
            return self.formats[name]
        column = self.frame[name]
        if name in NAMES and not _is_number(column):
            return "name" if name in AXES or spoken() != "en" else "text"
        if name in USUAL and pd.api.types.is_numeric_dtype(column):
            return "chance" if name in DRAWN and f"{name}{ERROR}" in self.frame else USUAL[name]
        if pd.api.types.is_bool_dtype(column):
            return "flag"
        if pd.api.types.is_datetime64_any_dtype(column):
            return "date"
        if pd.api.types.is_integer_dtype(column):
            return "whole"
        return "number" if pd.api.types.is_numeric_dtype(column) else "text"


def table(
    frame: pd.DataFrame,
    title: str = "",
    *,
    formats: Mapping[str, Format] | None = None,
    labels: Mapping[str, str] | None = None,
    most_rows: int = 20,
    index: str | None = None,
    more: tuple[str, str] = IN_WORKBOOK,
) -> ReadableTable:
    """Show a frame as a table; `index` names the index and shows it as the first column.

    `more` says, for one and for several, where the rows beyond `most_rows` are.
    """
    ready = frame.rename_axis(index).reset_index() if index is not None else frame.reset_index(drop=True)
    return ReadableTable(ready, title, dict(formats or {}), dict(labels or {}), most_rows, more)


def as_text(value: object, form: Format, *, error: float = 0.0, context: str = "") -> str:
    """One cell as the reader sees it; a gap is a dash, a certainty word gets its sign, a share its standard error.

    `context` is that of words of ours which mean something else elsewhere.

    >>> as_text(0.9312, "percent"), as_text(1234567.8, "money"), as_text(float("nan"), "points")
    ('93 %', '1,234,568', '–')
    """
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return GAP
    if form == "flag":
        return say("yes") if value else say("no")
    if form == "date":
        return day(pd.Timestamp(str(value)).date())
    if form == "name":
        return certain(value) if value in SIGNS else word(str(value), context)
    if form == "text" or not isinstance(value, int | float | np.integer | np.floating):
        text = str(value)
        return certain(text) if text in SIGNS else text.replace(" %", "\N{NO-BREAK SPACE}%")
    figure = float(value)
    if form == "figure":
        return as_figure(figure)
    if form == "chance":
        return chance(figure, error=error, short=True)
    if form in ("percent", "share"):
        return percent(figure, 1 if form == "share" else 0, error=error)
    if form in ("whole", "money"):
        return number(figure)
    if form in ("points", "days"):
        return number(figure, 1)
    return number(figure, 2)


def certain(word: str) -> str:
    """How sure something is, with the sign for it.

    >>> certain("likely")
    '◐ likely'
    """
    return f"{SIGNS[word]} {say(word)}" if word in SIGNS else word


def _exact(values: pd.Series) -> list[str]:
    """The value of each cell of a column of numbers, for a script that sorts and exports."""
    if not _is_number(values):
        return [""] * len(values)
    whole = pd.api.types.is_integer_dtype(values)  # a number that names somebody keeps every digit
    return [f' data-v="{"" if pd.isna(value) else int(value) if whole else format(float(value), ".12g")}"'
            for value in values]


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
