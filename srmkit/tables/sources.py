"""Where raw tables come from: a folder of files, one workbook or package, a database, or frames at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

import pandas as pd

from srmkit.errors import Problem, SrmkitError
from srmkit.language import enumerated, say
from srmkit.tables.csv_files import csv_top, read_csv
from srmkit.tables.databases import Database, is_database, open_database
from srmkit.tables.fingerprint import frame_fingerprint
from srmkit.tables.map_settings import FileRule
from srmkit.tables.ocds import ocds_lists, read_ocds
from srmkit.tables.parquet_files import read_parquet
from srmkit.tables.parts import stacked
from srmkit.tables.raw import RawTable, numbered, without_nested
from srmkit.tables.workbooks import read_sheet, sheet_names, sheet_top

TEXT_ENDINGS = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".txt.gz")
WORKBOOK_ENDINGS = (".xlsx", ".xlsm")
ENDINGS = (*TEXT_ENDINGS, ".parquet", *WORKBOOK_ENDINGS)
_MOST_PARTS = 10_000  # files of one table
MOST_TOP = 60  # rows in which a header is looked for
_NOT_DATA = (".md", ".toml", ".json")  # words about the data, not data
_AS_FOUND = FileRule()


class Source(Protocol):
    """Something that holds raw tables under names."""

    @property
    def label(self) -> str:
        """What the source is called in messages and reports."""

    @property
    def names(self) -> tuple[str, ...]:
        """What can be read from it."""

    def sheets(self, name: str) -> tuple[str | None, ...]:
        """The parts of one of them that hold a table each: sheets, lists, or only itself (None)."""

    def top(self, name: str, sheet: str | None = None, rule: FileRule = _AS_FOUND) -> list[list[str]]:
        """The first rows of a text file or sheet as they stand, the header among them; nothing of other kinds."""

    def read(self, name: str, sheet: str | None = None, rule: FileRule = _AS_FOUND) -> RawTable:
        """One raw table, its file written as the rule says; SrmkitError where it cannot be had."""


@dataclass(frozen=True)
class Folder:
    """A folder of text, Parquet, xlsx and OCDS files; nothing outside the folder is ever opened.

    A folder in it that holds such files is one table in parts.
    """

    path: Path

    @property
    def label(self) -> str:
        """Name of the folder."""
        return self.path.resolve().name

    @property
    def names(self) -> tuple[str, ...]:
        """Files in the folder and folders of parts, without hidden ones and descriptions (.md, .toml, .json)."""
        there = (path for path in sorted(self.path.iterdir()) if not path.name.startswith("."))
        return tuple(path.name for path in there if self.parts(path.name) or _may_be_data(path))

    def parts(self, name: str) -> tuple[str, ...]:
        """The files that a folder in the folder holds, below it and in order; none where it is no such folder."""
        inner = next((path for path in self.path.iterdir() if path.name == name), None)
        is_folder = inner is not None and inner.is_dir() and not inner.is_symlink()
        return tuple(sorted(self._below(inner))) if inner is not None and is_folder else ()

    def _below(self, inner: Path) -> Iterator[str]:
        for path in islice(inner.rglob("*"), _MOST_PARTS):
            own = path.relative_to(self.path)
            if path.name.lower().endswith(ENDINGS) and path.is_file() and not _is_hidden(own):
                yield own.as_posix()

    def read(self, name: str, sheet: str | None = None, rule: FileRule = _AS_FOUND) -> RawTable:
        """One file of the folder (its sheet, where it is a workbook; its list, where it is an OCDS package).

        Of a folder in it, all parts.
        """
        if parts := self.parts(name):
            return stacked(name, [self.read(part, sheet, rule) for part in parts])
        path = self._inside(name)
        if not _is_read(name):
            todo = f"Use one of {', '.join(ENDINGS)}."
            raise _refused(self.label, f"file '{name}'", "is of a kind that is not read", "", todo)
        return _read_file(path, name, sheet, rule)

    def top(self, name: str, sheet: str | None = None, rule: FileRule = _AS_FOUND) -> list[list[str]]:
        """The first rows of one file, of a folder those of its first part."""
        name = next(iter(self.parts(name)), name)
        return _top_of(self._inside(name), name, sheet, rule)

    def sheets(self, name: str) -> tuple[str | None, ...]:
        """Sheets of a workbook, lists of a package; any other file is one table."""
        return (None,) if self.parts(name) else _sheets_of(self._inside(name), name)

    @property
    def packages(self) -> tuple[str, ...]:
        """JSON files in the folder, which may be packages of OCDS or words about the data."""
        files = (path for path in sorted(self.path.iterdir()) if path.is_file())
        return tuple(f.name for f in files if not f.name.startswith(".") and f.suffix.lower() == ".json")

    def _inside(self, name: str) -> Path:
        home = self.path.resolve()
        try:
            path = (home / name).resolve()
            is_file = path.is_file()
        except (OSError, ValueError):  # no name that a file can have: too long, or with a zero byte
            path, is_file = home, False
        if not path.is_relative_to(home):
            todo = "Name a file inside the data folder."
            raise _refused(self.label, f"file '{name}'", "lies outside the data folder", "", todo)
        if not is_file:
            there = ", ".join(self.names) or "an empty folder"
            raise _refused(self.label, f"file '{name}'", "is missing", there, "Add it or correct its name.")
        return path


@dataclass(frozen=True)
class OneFile:
    """One text or Parquet file that is a table."""

    path: Path

    @property
    def label(self) -> str:
        """Name of the file."""
        return self.path.name

    @property
    def names(self) -> tuple[str, ...]:
        """Its own name."""
        return (self.path.name,)

    def sheets(self, name: str) -> tuple[str | None, ...]:
        """Only itself."""
        return (None,)

    def top(self, name: str, sheet: str | None = None, rule: FileRule = _AS_FOUND) -> list[list[str]]:
        """Its first rows."""
        return _top_of(self.path, name, sheet, rule)

    def read(self, name: str, sheet: str | None = None, rule: FileRule = _AS_FOUND) -> RawTable:
        """The file."""
        if name != self.path.name:
            todo = "Correct the name, or give the folder that holds all files."
            raise _refused(self.label, f"file '{name}'", "is missing", self.path.name, todo)
        return _read_file(self.path, name, sheet, rule)


@dataclass(frozen=True)
class Workbook:
    """One workbook whose sheets are the tables."""

    path: Path

    @property
    def label(self) -> str:
        """Name of the workbook."""
        return self.path.name

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the sheets."""
        return sheet_names(self.path, self.path.name)

    def sheets(self, name: str) -> tuple[str | None, ...]:
        """Only itself: a sheet is one table."""
        return (None,)

    def top(self, name: str, sheet: str | None = None, rule: FileRule = _AS_FOUND) -> list[list[str]]:
        """The first rows of one sheet."""
        return sheet_top(self.path, self.path.name, sheet or name, MOST_TOP)

    def read(self, name: str, sheet: str | None = None, rule: FileRule = _AS_FOUND) -> RawTable:
        """One sheet."""
        return read_sheet(self.path, self.path.name, sheet or name, rule)


@dataclass(frozen=True)
class Package:
    """One release or record package of OCDS whose lists are the tables."""

    path: Path

    @property
    def label(self) -> str:
        """Name of the file."""
        return self.path.name

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the lists."""
        return ocds_lists(self.path, self.path.name)

    def sheets(self, name: str) -> tuple[str | None, ...]:
        """Only itself: a list is one table."""
        return (None,)

    def top(self, name: str, sheet: str | None = None, rule: FileRule = _AS_FOUND) -> list[list[str]]:
        """Nothing: its columns have names."""
        return []

    def read(self, name: str, sheet: str | None = None, rule: FileRule = _AS_FOUND) -> RawTable:
        """One list."""
        return read_ocds(self.path, self.path.name, sheet or name)


@dataclass(frozen=True)
class DatabaseSource:
    """The tables and views of a database."""

    database: Database

    @property
    def label(self) -> str:
        """Name of the database."""
        return self.database.label

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its tables and views."""
        return self.database.names

    def sheets(self, name: str) -> tuple[str | None, ...]:
        """Only itself."""
        return (None,)

    def top(self, name: str, sheet: str | None = None, rule: FileRule = _AS_FOUND) -> list[list[str]]:
        """Nothing: its columns have names."""
        return []

    def read(self, name: str, sheet: str | None = None, rule: FileRule = _AS_FOUND) -> RawTable:
        """One table or view."""
        if name not in self.names:
            there = ", ".join(self.names) or "no table"
            raise _refused(self.label, f"table '{name}'", "is missing", there, "Add it or correct its name.")
        return self.database.read(name)


@dataclass(frozen=True)
class Frames:
    """Tables that are already frames; rows count from 1."""

    label: str
    frames: Mapping[str, pd.DataFrame]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the frames."""
        return tuple(self.frames)

    def sheets(self, name: str) -> tuple[str | None, ...]:
        """Only itself."""
        return (None,)

    def top(self, name: str, sheet: str | None = None, rule: FileRule = _AS_FOUND) -> list[list[str]]:
        """Nothing: its columns have names."""
        return []

    def read(self, name: str, sheet: str | None = None, rule: FileRule = _AS_FOUND) -> RawTable:
        """One frame."""
        if name not in self.frames:
            raise _refused(self.label, f"table '{name}'", "is missing", ", ".join(self.names), "Add it.")
        frame, notes = without_nested(self.frames[name], name)
        return RawTable(name, numbered(frame, first=1), (), notes, {name: frame_fingerprint(self.frames[name])})


def open_source(source: str | Path) -> Source:
    """A folder, a file or a database URL, ready to be read; SrmkitError where there is nothing."""
    if isinstance(source, str) and is_database(source):
        return DatabaseSource(open_database(source))
    path = Path(source)
    if path.is_dir():
        return Folder(path)
    if path.is_file():
        if path.name.lower().endswith(WORKBOOK_ENDINGS):
            return Workbook(path)
        if path.suffix.lower() == ".json":
            return Package(path)
        if _is_read(path.name):
            return OneFile(path)
    wrong = say("is not a folder, a file of a kind that is read, or a database URL")
    todo = say("Give the folder that holds your files, one file ({endings}, .json), or duckdb:///file, "
               "sqlite:///file, postgresql://host/name.", endings=enumerated(ENDINGS))
    shown = path.name if "@" in str(source) else str(source)  # an address may hold a password
    found = say("a file") if path.is_file() else say("nothing there")
    raise SrmkitError(say("data"), [Problem(f"'{shown}'", wrong, found, todo)])


def _may_be_data(path: Path) -> bool:
    return path.is_file() and path.suffix not in _NOT_DATA


def _is_hidden(path: Path) -> bool:
    """Whether it, or a folder on the way, is one that programs keep for themselves."""
    return any(part.startswith((".", "_")) for part in path.parts)


def _is_read(name: str) -> bool:
    return name.lower().endswith((*ENDINGS, ".json"))


def _read_file(path: Path, name: str, sheet: str | None, rule: FileRule) -> RawTable:
    kind = name.lower()
    if kind.endswith(TEXT_ENDINGS):
        return read_csv(path, name, rule)
    if kind.endswith(WORKBOOK_ENDINGS):
        return read_sheet(path, name, sheet, rule)
    return read_parquet(path, name) if kind.endswith(".parquet") else read_ocds(path, name, sheet)


def _top_of(path: Path, name: str, sheet: str | None, rule: FileRule) -> list[list[str]]:
    kind = name.lower()
    if kind.endswith(TEXT_ENDINGS):
        return csv_top(path, name, rule, MOST_TOP)
    return sheet_top(path, name, sheet, MOST_TOP) if kind.endswith(WORKBOOK_ENDINGS) else []


def _sheets_of(path: Path, name: str) -> tuple[str | None, ...]:
    if name.lower().endswith(WORKBOOK_ENDINGS):
        return sheet_names(path, name)
    return ocds_lists(path, name) if name.lower().endswith(".json") else (None,)


def table_name(file: str) -> str:
    """The file's name without its ending: the table it holds when there is no column map."""
    longest_first = sorted(ENDINGS, key=len, reverse=True)
    found = next((ending for ending in longest_first if file.lower().endswith(ending)), "")
    return file[: len(file) - len(found)]


def _refused(label: str, thing: str, wrong: str, found: str, todo: str) -> SrmkitError:
    return SrmkitError(say("data of {name}", name=label), [Problem(thing, wrong, found, todo)])
