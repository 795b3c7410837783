"""Several tables may come from one file; it is read only once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TypeAlias

from srmkit.tables.map_settings import FileRule
from srmkit.tables.parts import parts_of, stacked
from srmkit.tables.raw import RawTable
from srmkit.tables.sources import Source

Written: TypeAlias = Callable[[str, str | None], FileRule]


class ReadOnce:
    """A source that remembers what it has read, for as long as one dataset is put together.

    `written` says how a file (or a sheet of it) is written.
    """

    def __init__(self, source: Source, written: Written | None = None) -> None:
        self._source = source
        self._written = written or (lambda file, sheet: FileRule())
        self._read: dict[tuple[str, str | None], RawTable] = {}

    @property
    def label(self) -> str:
        """What the source is called."""
        return self._source.label

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What can be read from it."""
        return self._source.names

    def sheets(self, name: str) -> tuple[str | None, ...]:
        """The parts of one of them."""
        return self._source.sheets(name)

    def top(self, name: str, sheet: str | None = None, rule: FileRule | None = None) -> list[list[str]]:
        """The first rows of one of them."""
        return self._source.top(name, sheet, rule or self._written(name, sheet))

    def read(self, name: str, sheet: str | None = None, rule: FileRule | None = None) -> RawTable:
        """One raw table, from memory the second time; several names or sheets, or a pattern, are one in parts."""
        if (name, sheet) not in self._read:
            parts = [self._source.read(file, part, rule or self._written(file, part))
                     for file, part in self.parts(name, sheet)]  # fmt: skip
            self._read[name, sheet] = stacked(name if sheet is None else f"{name}, {sheet}", parts)
        return self._read[name, sheet]

    def parts(self, name: str, sheet: str | None = None) -> list[tuple[str, str | None]]:
        """The files, and the sheet in each, that a name in a column map means."""
        return [(file, part) for file in parts_of(name, self.names)
                for part in (parts_of(sheet, map(str, self.sheets(file))) if sheet else (None,))]  # fmt: skip
