"""Several tables may come from one file; it is read only once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TypeAlias

from srmkit.tables.map_settings import FileRule
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
        """One raw table, from memory the second time."""
        if (name, sheet) not in self._read:
            self._read[name, sheet] = self._source.read(name, sheet, rule or self._written(name, sheet))
        return self._read[name, sheet]
