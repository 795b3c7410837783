"""Column maps: the file in which an analyst says how their columns become ours."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from srmkit.errors import Problem, Problems, did_you_mean
from srmkit.tables.catalogue import CATALOGUE, Column, Kind, Source, Table
from srmkit.tables.map_problems import in_words
from srmkit.tables.map_settings import (
    Decimal,
    FileRule,
    Formats,
    Names,
    Part,
    Rates,
    RowRules,
    Thousands,
    Unpivot,
    listed,
    one_name,
)
from srmkit.tables.parts import meets, parts_of
from srmkit.tables.patterns import groups_of, problem_of
from srmkit.tables.words import Word, fits_kind

NUMBERS: tuple[Kind, ...] = ("number", "money", "whole")


def _named(value: object) -> object:
    return {"from": value} if isinstance(value, str) else value


def _check_pattern(pattern: str) -> None:
    if wrong := problem_of(pattern):
        raise ValueError(f"has a pattern that is not a regular expression of RE2 ({wrong})")


class TextRule(Part):
    """What to do with text of one shape: a value, a gap, or an amount shared with the row it points to."""

    pattern: str
    value: Word | None = None
    gap: bool = False
    points_to: str | None = None
    share_by: str | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> TextRule:
        said = [self.value is not None, self.gap, self.points_to is not None]
        if sum(said) != 1:
            raise ValueError("needs exactly one of value, gap = true or points_to")
        if (self.points_to is None) != (self.share_by is None):
            raise ValueError("needs points_to and share_by together")
        _check_pattern(self.pattern)
        if self.points_to is not None and groups_of(self.pattern) != 1:
            raise ValueError("needs one pair of brackets in its pattern, around the key it points to")
        return self


class ColumnRule(Part):
    """How one canonical column is read from the source."""

    from_: Names = Field(default=(), alias="from")
    separator: str = "|"
    value: Word | None = None
    formats: Formats = ()
    decimal: Decimal = "."
    thousands: Thousands = ""
    remove: Names = ()
    as_number: bool = False
    codes: dict[str, Word] = {}
    text: tuple[TextRule, ...] = ()
    times: str | None = None
    divided_by: str | None = None
    fallback: str | None = None
    source: Source | None = None

    @model_validator(mode="after")
    def _has_one_origin(self) -> ColumnRule:
        if bool(self.from_) == (self.value is not None):
            raise ValueError("needs either from (a column of the source) or value (the same for every row)")
        if self.thousands == self.decimal:
            raise ValueError("has the same mark for decimals and thousands")
        return self

    @property
    def is_declared(self) -> bool:
        """Whether the map says how its numbers or days are written."""
        return bool({"formats", "decimal", "thousands"} & self.model_fields_set)

    def written_as(self, file: FileRule, kind: Kind) -> ColumnRule:
        """The rule with the writing of its file, where it says nothing of its own."""
        said: dict[str, object] = {}
        if kind == "date" and file.dates:
            said = {"formats": file.dates}
        elif kind in NUMBERS and (file.decimal or file.thousands):
            said = {"decimal": file.decimal or ".", "thousands": file.thousands}
        return self if self.is_declared or not said else self.model_copy(update=said)

    @property
    def columns(self) -> Iterator[str]:
        """Every source column it looks at."""
        yield from self.from_
        yield from filter(None, (self.times, self.divided_by, self.fallback))
        for rule in self.text:
            yield from filter(None, (rule.points_to, rule.share_by))

    @property
    def words(self) -> Iterator[Word]:
        """Every value it puts into the column."""
        given = (self.value, *self.codes.values(), *(rule.value for rule in self.text))
        yield from (word for word in given if word is not None)


class Join(Part):
    """Another file whose columns are looked up for each row, many rows to one.

    `on` are columns of the rows; `equals` those of the other file, where they have other names there.
    """

    file: str
    sheet: str | None = None
    on: Names
    equals: Names = ()

    @model_validator(mode="after")
    def _pairs_up(self) -> Join:
        if self.equals and len(self.equals) != len(self.on):
            raise ValueError("needs as many columns in equals as in on")
        return self


class Exclusion(Part):
    """Rows that are left out on purpose, and why."""

    column: str
    equals: str | None = None
    matches: str | None = None
    reason: str

    @model_validator(mode="after")
    def _says_which_rows(self) -> Exclusion:
        if (self.equals is None) == (self.matches is None):
            raise ValueError("needs either equals or matches")
        _check_pattern(self.matches or "")
        return self


class TableMap(Part):
    """Where one canonical table comes from. `file` is a file, a sheet or a database table.

    A list of them, a pattern ("orders_*.csv") or a folder is one table in parts; `sheet` likewise.
    `currency` is the source column with the ISO 4217 code of a row, for tables that have no such column of ours.
    """

    file: Annotated[str, BeforeValidator(one_name)]
    sheet: Annotated[str | None, BeforeValidator(one_name)] = None
    unpivot: Unpivot | None = None
    currency: str | None = None
    join: Annotated[tuple[Join, ...], BeforeValidator(listed)] = ()
    columns: dict[str, Annotated[ColumnRule, BeforeValidator(_named)]]
    exclude: Annotated[tuple[Exclusion, ...], BeforeValidator(listed)] = ()
    distinct: bool = False

    @property
    def source_columns(self) -> Iterator[tuple[str, str]]:
        """Every source column it looks at, with the place in the map that asks for it."""
        for name, rule in self.columns.items():
            yield from ((column, f"columns.{name}") for column in rule.columns)
        yield from ((exclusion.column, "exclude") for exclusion in self.exclude)
        if self.currency is not None:
            yield self.currency, "currency"

    def written_as(self, file: FileRule, table: Table) -> TableMap:
        """The map with the writing of its file, for columns that declare none."""
        kinds = {column.name: column.kind for column in table.columns}
        columns = {name: rule.written_as(file, kinds[name]) for name, rule in self.columns.items()}
        return self.model_copy(update={"columns": columns})


class ColumnMap(Part):
    """A whole map: whose data, in which currency, which words mean a gap, and the tables.

    `files` says how files are written, `rows` which rows are no facts, `rates` what other currencies are worth.

    >>> column_map = ColumnMap.model_validate({"name": "Mine", "currency": "EUR", "tables": {"items": {
    ...     "file": "parts.csv", "columns": {"item_id": "No.", "name": "Text"}}}})
    >>> column_map.tables["items"].columns["name"].from_
    ('Text',)
    """

    name: str
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    gaps: tuple[str, ...] = ()
    files: dict[str, FileRule] = {}
    rows: RowRules = RowRules()
    rates: Rates | None = None
    tables: dict[str, TableMap]

    def file_rule(self, file: str, sheet: str | None = None) -> FileRule:
        """How that file (or that sheet of it) is written; `[files]` may name a pattern, too."""
        asked = (f"{file}/{sheet}", file)
        fitting = (rule for one in asked for name, rule in self.files.items() if one in parts_of(name, [one]))
        return next((self.files[one] for one in asked if one in self.files), None) or next(fitting, FileRule())

    def table(self, name: str) -> TableMap:
        """How that table is read, with what its file says for all of its columns."""
        mapped = self.tables[name]
        return mapped.written_as(self.file_rule(mapped.file, mapped.sheet), CATALOGUE[name])

    def _named_files(self) -> set[str]:
        """Every file that something is taken from."""
        tables = self.tables.values()
        joined = {part.file for table in tables for part in table.join}
        return {table.file for table in tables} | joined | ({self.rates.file} if self.rates else set())

    @classmethod
    def read(cls, path: str | Path) -> ColumnMap:
        """Read a map from a TOML file; one SrmkitError lists everything that is wrong with it."""
        path = Path(path)
        problems = Problems(f"column map {path.name}")
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
            found = cls.model_validate(content)
        except OSError:
            problems.add("the file", "cannot be read", found=str(path), todo="Correct its path.")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.add("the file", "is not TOML", found=str(error), todo="Mend the line it names.")
        except ValidationError as error:
            problems.extend(in_words(error))
        else:
            problems.extend(found.problems())
        problems.raise_if_any()
        return found

    def problems(self) -> Iterator[Problem]:
        """What the catalogue has to say about the map, and files whose writing it tells and never reads."""
        named = self._named_files()
        for file in (file for file in self.files if not any(meets(file, name) for name in named)):
            todo = did_you_mean(file, sorted(named), "Files are")
            yield Problem(f"files.{file}", "is a file that no table is taken from", "", todo)
        if not self.tables:
            yield Problem("tables", "names no table", "", "Map at least one.")
        for name, table in self.tables.items():
            if name in CATALOGUE:
                yield from _table_problems(CATALOGUE[name], table)
            else:
                todo = f"Use one of {', '.join(CATALOGUE)}."
                yield Problem(f"tables.{name}", "is not a table of the catalogue", name, todo)


def _table_problems(table: Table, mapped: TableMap) -> Iterator[Problem]:
    known = {column.name: column for column in table.columns}
    for name in table.required:
        if name not in mapped.columns:
            meaning = table.column(name).meaning
            todo = f"Map it from a column of {mapped.file} or give it a value."
            yield Problem(
                f"tables.{table.name}.columns.{name}", f"({meaning}) is required and missing", "", todo
            )
    for name, rule in mapped.columns.items():
        place = f"tables.{table.name}.columns.{name}"
        if name in known:
            yield from _rule_problems(place, known[name], rule)
        else:
            yield Problem(place, "is not a column of that table", name, f"Use one of {', '.join(known)}.")


def _rule_problems(place: str, column: Column, rule: ColumnRule) -> Iterator[Problem]:
    is_number = column.kind in NUMBERS
    misplaced = {
        "formats": bool(rule.formats) and column.kind != "date",
        "as_number": rule.as_number and column.kind != "id",
        "decimal": rule.decimal != "." and not is_number,
        "thousands": bool(rule.thousands) and not is_number,
        "times": rule.times is not None and not is_number,
        "divided_by": rule.divided_by is not None and not is_number,
        "points_to": any(part.points_to for part in rule.text) and not is_number,
    }
    for setting, is_wrong in misplaced.items():
        if is_wrong:
            fits = {"formats": "dates", "as_number": "ids"}.get(setting, "numbers")
            yield Problem(
                f"{place}.{setting}", f"is for {fits}", f"a column of kind {column.kind}", "Remove it."
            )
    for word in rule.words:
        if not fits_kind(word, column.kind):
            todo = "Write dates as text year-month-day, flags as true or false, numbers without quotes."
            yield Problem(place, f"gives a value that does not fit a {column.kind} column", repr(word), todo)
    if len(rule.from_) > 1 and column.kind not in ("id", "text"):
        wrong = "joins several columns, which only an id or text can"
        yield Problem(
            place, wrong, ", ".join(rule.from_), "Name one column; use fallback for a second choice."
        )
