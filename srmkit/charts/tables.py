"""Tables that can be read: formatted by meaning, certainty marked by a sign and a word, never colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd
from great_tables import GT, loc, style

from srmkit.language import Language, column, number, percent, say, speaks, spoken

Format = Literal["text", "name", "whole", "number", "points", "money", "percent", "share", "date", "days", "flag"]

# what the columns of the studies are, whichever table shows them
USUAL: Mapping[str, Format] = {
    **dict.fromkeys(("amount", "spend", "revenue", "margin", "profit", "cost_to_serve", "firm", "likely",
                     "contested"), "money"),
    **dict.fromkeys(("probability", "place_certainty", "top_k", "segment_probability", "coverage", "weights", "data",
                     "cuts", "all"), "percent"),
    **dict.fromkeys(("spend_share", "revenue_share", "share", "weight", "weight_now", "weight_at_flip", "change", "low",
                     "high", "room", "profit_rate", "on_time_rate", "reject_rate", "dependence_on_us"), "share"),
    **dict.fromkeys(("weight_before", "weight_agreed", "lowest", "highest", "distance", "sd", "entropy", "critic"),
                    "percent"),
    **dict.fromkeys(("total", "x", "y", "margin_points", "gap", "points", "spread"), "points"),
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
    "top_k": "chance of a place",
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
}
# columns that hold words of ours and not of the data: names of classes, axes, steps
NAMES = frozenset({
    "axis", "segment", "runner_up", "becomes", "before", "after",
})

SIGNS = {"firm": "●", "likely": "◐", "contested": "○", "certain": "●"}
GAP = "–"
SHORT = 14  # letters up to which the words of a column stay in one line


@speaks
@dataclass(frozen=True)
class ReadableTable:
    """A frame with a format for each column; shows `most_rows` and says how many more there are."""

    frame: pd.DataFrame
    title: str
    formats: Mapping[str, Format]
    labels: Mapping[str, str]
    most_rows: int
    language: Language = field(default_factory=spoken)

    @property
    def rows_left_out(self) -> int:
        """How many rows are in the frame but not shown."""
        return max(0, len(self.frame) - self.most_rows)

    def _repr_html_(self) -> str:
        return self.great_table().as_raw_html()

    def __repr__(self) -> str:
        return self.plain()

    def plain(self) -> str:
        """The table as plain text."""
        return f"{say(self.title)}\n{self.shown().to_string(index=False)}"

    def shown(self) -> pd.DataFrame:
        """The rows and columns on show, every cell already as text."""
        top = self.frame.head(self.most_rows)
        cells = {
            self._label(str(name)): [
                as_text(value, self._format(str(name))) for value in top[name]
            ]
            for name in top.columns
        }
        return pd.DataFrame(cells)

    def great_table(self) -> GT:
        """The table as a great-tables object, for more styling."""
        shown = self.shown()
        table = GT(shown, id=f"t{abs(hash_of(self.title)):x}").tab_options(
            table_font_size="13px", data_row_padding="3px", column_labels_font_weight="bold",
            table_width="100%", heading_align="left", heading_title_font_size="15px",
            row_striping_include_table_body=True,
        ).opt_row_striping()
        if self.title:
            table = table.tab_header(title=say(self.title))
        numeric = [
            label for label, name in zip(shown.columns, self.frame.columns, strict=True)
            if self._format(str(name)) not in ("text", "name", "date", "flag")
        ]
        if numeric:
            table = table.cols_align("right", columns=numeric)
        for label, name in zip(shown.columns, self.frame.columns, strict=True):
            short = all(len(cell) <= SHORT for cell in shown[label])
            css = f"white-space: {'nowrap' if short else 'pre-line'}"
            bold = "; font-weight: bold" if name == "certainty" else ""
            table = table.tab_style(style.css(css + bold), loc.body(columns=[label]))
        if self.frame.empty:
            table = table.tab_source_note(say("None."))
        if self.rows_left_out:
            table = table.tab_source_note(
                say("{count:,} more rows are in the workbook.", count=self.rows_left_out)
            )
        return table

    def _label(self, name: str) -> str:
        return say(self.labels[name]) if name in self.labels else column(name, WORDS.get(name, ""))

    def _format(self, name: str) -> Format:
        if name in self.formats:
            return self.formats[name]
        column = self.frame[name]
        if name in NAMES:
            return "name"
        if name in USUAL and pd.api.types.is_numeric_dtype(column):
            return USUAL[name]
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
) -> ReadableTable:
    """Show a frame as a table; `index` names the index and shows it as the first column."""
    ready = frame.rename_axis(index).reset_index() if index is not None else frame.reset_index(drop=True)
    return ReadableTable(ready, title, dict(formats or {}), dict(labels or {}), most_rows)


def as_text(value: object, form: Format) -> str:
    """One cell as the reader sees it; a gap is a dash, a certainty word gets its sign.

    >>> as_text(0.9312, "percent"), as_text(1234567.8, "money"), as_text(float("nan"), "points")
    ('93 %', '1,234,568', '–')
    """
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return GAP
    if form == "flag":
        return say("yes") if value else say("no")
    if form == "date":
        return pd.Timestamp(str(value)).strftime("%Y-%m-%d")
    if form == "name":
        return say(str(value).replace("_", " "))
    if form == "text" or not isinstance(value, int | float | np.integer | np.floating):
        text = str(value)
        return certain(text) if text in SIGNS else text.replace(" %", "\N{NO-BREAK SPACE}%")
    figure = float(value)
    if form in ("percent", "share"):
        return percent(figure, 1 if form == "share" else 0)
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


def hash_of(text: str) -> int:
    """A number from the text that is the same in every run, for the table's identifier."""
    import zlib

    return zlib.crc32(text.encode())
