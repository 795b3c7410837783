"""Tables and columns of a proposed map, each with its confidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from srmkit.tables.catalogue import CATALOGUE
from srmkit.tables.parts import BETWEEN


@dataclass(frozen=True)
class ProposedColumn:
    """One column of ours: where it may come from (`rule`, as in a column map) and how sure that is (0 to 1).

    `accepted` columns are used; the others stand in the file as a remark, with their question.
    """

    name: str
    rule: Mapping[str, Any]
    confidence: float
    accepted: bool
    likeness: float = float("nan")
    content: float = float("nan")
    rival: str = ""
    question: str = ""

    @property
    def source(self) -> str:
        """The column or columns of the source, or the value that every row has."""
        told = self.rule.get("from", self.rule.get("value", ""))
        return ", ".join(told) if isinstance(told, list | tuple) else str(told)


@dataclass(frozen=True)
class ProposedTable:
    """One table of ours and the file (or sheet, or list) it may come from."""

    name: str
    file: str
    sheet: str | None
    confidence: float
    columns: tuple[ProposedColumn, ...]
    joins: tuple[Mapping[str, Any], ...] = ()
    distinct: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)  # columns that the source offers, with samples
    series: str = ""  # which files or sheets were taken for parts of it
    currency: str | None = None  # the source column with the currency, for tables that have none of ours

    @property
    def place(self) -> str:
        """The file or files, and the sheets, as people read them."""
        return ", ".join(name.replace(BETWEEN, ", ") for name in (self.file, self.sheet) if name)

    def column(self, name: str) -> ProposedColumn | None:
        """The proposal for one column of ours."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def missing(self) -> tuple[str, ...]:
        """Required columns that nothing was accepted for."""
        there = {column.name for column in self.columns if column.accepted}
        return tuple(name for name in CATALOGUE[self.name].required if name not in there)
