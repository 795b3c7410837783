"""One raw table as it was looked at: where it stands, its cells, what its columns look like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from srmkit.intake.detection import Detected, detect
from srmkit.tables.map_settings import FileRule
from srmkit.tables.parts import BETWEEN


@dataclass(frozen=True)
class Look:
    """One raw table: where it stands, its cells, and what its columns look like."""

    file: str
    sheet: str | None
    rows: int
    cells: pd.DataFrame
    notes: tuple[str, ...]
    broken: int
    written: FileRule | None = None  # with the header that was found, where it is not the first row
    series: str = ""  # which parts were taken for one table

    @property
    def label(self) -> str:
        """What it is called in tables and messages."""
        return self.file if self.sheet is None else BETWEEN.join(f"{self.file}/{one}" for one in self.parts)

    @property
    def parts(self) -> tuple[str, ...]:
        """The sheets, else the files or patterns, that it is made of."""
        return tuple((self.sheet or self.file).split(BETWEEN))

    @cached_property
    def columns(self) -> Mapping[str, Detected]:
        """What each column looks like."""
        return {str(name): detect(self.cells[name]) for name in self.cells.columns}
