"""Tables of a database, read whole and read-only: DuckDB and SQLite files, PostgreSQL servers."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pandas as pd

from srmkit.errors import Problem, SrmkitError
from srmkit.tables.engine import POSTGRES_LIMITS, SECONDS, read_duckdb_file, stopped_after
from srmkit.tables.fingerprint import frame_fingerprint
from srmkit.tables.limits import MOST_ROWS, check_bytes, check_shape
from srmkit.tables.raw import RawTable, numbered, without_nested

_SQLITE_TABLES = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name"
_POSTGRES_TABLES = (
    "SELECT table_name FROM information_schema.tables "
    "WHERE table_schema = ANY (current_schemas(false)) ORDER BY table_name"
)
_FETCHED = MOST_ROWS + 1  # one more than is read, so that too many are seen; a view may have no end
_AT_ONCE = 1_000
_LONGEST = 100_000_000  # bytes of one cell of SQLite; a view may make one of any size
KINDS = ("duckdb", "sqlite", "postgres", "postgresql")


@dataclass(frozen=True)
class Database:
    """A database to read from; `label` names it without user or password."""

    label: str
    names: tuple[str, ...]
    fetch: Callable[[str], pd.DataFrame]

    def read(self, name: str) -> RawTable:
        """One table, rows numbered from 1 in the order the database gives them."""
        found = self.fetch(name)
        check_shape(name, len(found), len(found.columns))
        frame, notes = without_nested(found, name)
        return RawTable(name, numbered(frame, first=1), (), notes, {name: frame_fingerprint(found)})


def is_database(source: str) -> bool:
    """Whether the text is a database URL of a kind we read."""
    return source.split("://", 1)[0] in KINDS and "://" in source


def open_database(url: str) -> Database:
    """Open `duckdb:///file`, `sqlite:///file` or `postgresql://user@host/name` for reading."""
    parts = urlsplit(url)
    if parts.scheme in ("postgres", "postgresql"):
        return _postgres(url, parts.path.strip("/") or "postgres")
    # three slashes lead to a relative path, four to an absolute one
    path = Path(unquote(parts.netloc + parts.path.removeprefix("/")))
    if not path.is_file():
        todo = f"Write {parts.scheme}:///folder/file, with four slashes for an absolute path."
        raise SrmkitError(f"database {path.name}", [Problem("the file", "is not there", str(path), todo)])
    return _duckdb(path) if parts.scheme == "duckdb" else _sqlite(path)


def _duckdb(path: Path) -> Database:
    with _read_errors(path.name):
        tables = read_duckdb_file(path, most_rows=_FETCHED, seconds=SECONDS)

    def fetch(name: str) -> pd.DataFrame:
        with _read_errors(path.name):
            return tables[name]()

    return Database(path.name, tuple(tables), fetch)


def _sqlite(path: Path) -> Database:
    def query(text: str) -> pd.DataFrame:
        with (
            _read_errors(path.name),
            contextlib.closing(_sqlite_connection(path)) as connection,
            stopped_after(SECONDS, connection.interrupt, path.name),
        ):
            return _rows(connection, text, path.name)

    names = tuple(query(_SQLITE_TABLES)["name"])
    return Database(path.name, names, lambda name: query(_all_of(name)))


def _sqlite_connection(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA trusted_schema = OFF")  # a view is code of whoever made the file
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    return connection


def _postgres(url: str, label: str) -> Database:
    try:
        import psycopg
    except ImportError:
        problem = Problem("PostgreSQL", "needs the package psycopg", "", 'Run: pip install "psycopg[binary]"')
        raise SrmkitError(f"database {label}", [problem]) from None

    def query(text: str) -> pd.DataFrame:
        with _read_errors(label), psycopg.connect(url, autocommit=True) as link:
            for setting in POSTGRES_LIMITS:
                link.execute(setting.encode())
            return _rows(link, text, label)

    names = tuple(query(_POSTGRES_TABLES)["table_name"])
    return Database(label, names, lambda name: query(_all_of(name)))


def _rows(connection: Any, text: str, label: str) -> pd.DataFrame:
    with contextlib.closing(connection.cursor()) as cursor:
        cursor.execute(text)
        names = [part[0] for part in cursor.description]
        rows: list[tuple[Any, ...]] = []
        letters = 0
        while some := cursor.fetchmany(_AT_ONCE):
            letters += sum(len(cell) for row in some for cell in row if isinstance(cell, str | bytes))
            check_bytes(label, letters)
            rows += some
        return pd.DataFrame(rows, columns=names).infer_objects()


def _all_of(name: str) -> str:
    return f"SELECT * FROM {_quoted(name)} LIMIT {_FETCHED}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextlib.contextmanager
def _read_errors(label: str) -> Iterator[None]:
    try:
        yield
    except SrmkitError:
        raise
    except Exception as error:  # each driver has its own family of errors
        found = str(error).splitlines()[0] if str(error) else type(error).__name__
        todo = "Check the address and that you may read it."
        raise SrmkitError(
            f"database {label}", [Problem("the database", "cannot be read", found, todo)]
        ) from None
