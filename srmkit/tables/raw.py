"""A table as its source shows it: nothing converted yet, every row with its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from srmkit.language import say
from srmkit.tables.cells import TEXT

_NESTED = (list, tuple, set, dict, np.ndarray)


@dataclass(frozen=True)
class BrokenRow:
    """A row that is not among the cells: one that could not be cut, or (`above`) one over the header."""

    row: int | str
    reason: str
    found: str
    above: bool = False

    @property
    def is_ruled_line(self) -> bool:
        """Whether it is drawn rather than written: no letter and no digit."""
        return not any(letter.isalnum() for letter in self.found)


@dataclass(frozen=True)
class RawTable:
    """Cells as they stand in the source.

    `cells` is indexed by the row number that a spreadsheet shows (the header is row 1); cells are text, or
    keep the type the source gave them (Parquet, workbooks, databases). Rows without any value are left out.
    """

    name: str
    cells: pd.DataFrame
    broken: tuple[BrokenRow, ...] = ()
    notes: tuple[str, ...] = ()
    fingerprints: dict[str, str] = field(default_factory=dict)


def rows_above(rows: Sequence[Sequence[object]], header: Sequence[int]) -> Iterator[BrokenRow]:
    """The rows over the header (row numbers from 1) that hold anything: titles, dates of the export and the like."""
    for number, row in enumerate(rows[: header[0] - 1], start=1):
        words = [text for cell in row if (text := str(cell).strip())]
        if words:
            yield BrokenRow(number, say("stands above the header"), " | ".join(words)[:80], above=True)


def without_nested(frame: pd.DataFrame, name: str) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The columns whose cells are single values, and a note for each of the others."""
    nested = [column for column in frame.columns if frame[column].dtype == object
              and frame[column].map(lambda cell: isinstance(cell, _NESTED)).any()]  # fmt: skip
    return frame.drop(columns=nested), tuple(nested_told(name, str(column)) for column in nested)


def nested_told(name: str, column: str) -> str:
    """The note on a column of lists, which is not read."""
    return say("{file}: column '{column}' holds lists within its cells and was not read.", file=name, column=column)


def numbered(frame: pd.DataFrame, *, first: int) -> pd.DataFrame:
    """The frame with rows numbered from `first` and rows without any value left out."""
    frame = frame.set_axis(pd.RangeIndex(first, first + len(frame)), axis="index").rename_axis("row")
    return without_blank_rows(frame)


def without_blank_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame without rows that hold no value at all."""
    blank = pd.Series(True, index=frame.index)
    for name in frame.columns:
        cells = frame[name]
        empty = cells.isna()
        if cells.dtype in (object, TEXT):
            empty |= cells.eq("").fillna(False).astype(bool)
        blank &= empty
    return frame.loc[~blank] if blank.any() else frame
