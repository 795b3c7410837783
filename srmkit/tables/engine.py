"""The engines that metrics run on: expressions in, small frames out, nothing else within reach.

Expressions are written with Ibis and run on embedded DuckDB (`Engine`) or where the tables lie (`OutsideEngine`:
PostgreSQL, Spark, any other connection of Ibis). This is the only module that knows either library: expressions
name a table, not a connection, until `collect` compiles and runs them.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import duckdb
import ibis
import pandas as pd
import pyarrow as pa
from ibis.expr.types import Table as _IbisTable

from srmkit.errors import Problem, SrmkitError
from srmkit.tables.cells import TEXT
from srmkit.tables.limits import check_bytes

if TYPE_CHECKING:
    from srmkit.tables.catalogue import Column, Kind

Table: TypeAlias = _IbisTable

row: Any = ibis._
literal: Any = ibis.literal
cases: Any = ibis.cases
coalesce: Any = ibis.coalesce
greatest: Any = ibis.greatest
least: Any = ibis.least

LEAST_MEMORY = 1_000_000_000  # bytes: less is hardly saved, and more goes to disk and back

_DAY = pa.timestamp("us")
_TYPES: Mapping[Kind, str] = {
    "id": "string",
    "text": "string",
    "number": "float64",
    "money": "float64",
    "whole": "float64",
    "date": "date",
    "flag": "boolean",
}
# the order matters: once the configuration is locked nothing can be set, so that comes last
_LOCKS = ("enable_progress_bar = false",  # in a kernel DuckDB draws one into the terminal that the kernel came from
          "enable_external_access = false", "python_enable_replacements = false", "lock_configuration = true")

_SHUT: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_ALONE: dict[str, str | bool | int | float | list[str]] = {
    **_SHUT,
    "enable_external_access": False,
    "python_enable_replacements": False,
    "lock_configuration": True,
}


# DuckDB 2 parts a file by its statistics by itself, and reads what is asked of one part again for every other part
_UNHELPFUL = "partitioned_execution"
_AT_ONCE = 8_192  # rows
SECONDS = 600  # how long a file of somebody else's may take over one question: a view in it may have no end
# read only, and no question without an end; whoever set a limit in the address keeps it
POSTGRES_LIMITS = (
    "SET default_transaction_read_only = on",
    f"SELECT set_config('statement_timeout', '{SECONDS}s', false) WHERE current_setting('statement_timeout') = '0'",
)


def so_far(column: Any, *, by: Sequence[str], along: str | Sequence[str]) -> Any:
    """Running sum of a column within `by`, in the order of `along`; equals come in any order."""
    return column.sum().over(ibis.cumulative_window(group_by=list(by), order_by=along))


def exchanged(column: Any, others: Mapping[str, str]) -> Any:
    """The column with some of its words exchanged for others."""
    return column.cases(*others.items(), else_=column)


def first_of_each(table: Table, by: Sequence[str], along: Sequence[Any]) -> Table:
    """One row for each value of `by`: the first in the order of `along`."""
    place = ibis.row_number().over(ibis.window(group_by=list(by), order_by=list(along)))
    found: Table = table.mutate(_place=place).filter(row._place == 0).drop("_place")
    return found


def union(one: Table, other: Table) -> Table:
    """The rows of both."""
    return ibis.union(one, other)


def literal_day(day: dt.date) -> Any:
    """A calendar day inside an expression."""
    return ibis.literal(day, type="date")


class Engine:
    """Holds checked tables in memory and answers expressions over them.

    After `lock` it can read no file, see no Python variable and change no setting. Several threads may ask it; one
    waits for the other.

    >>> engine = Engine()
    >>> engine.add("orders", pd.DataFrame({"supplier_id": ["S1", "S1"], "spend": [2.0, 3.0]}))
    >>> orders = engine.lock().table("orders")
    >>> engine.collect(orders.group_by("supplier_id").agg(spend=row.spend.sum()))
      supplier_id  spend
    0          S1    5.0
    """

    def __init__(self) -> None:
        # sums of floats depend on their order; one thread keeps every run equal to the last digit
        self._connection = duckdb.connect(":memory:", config={**_SHUT, "threads": 1})
        self._taken = threading.Lock()  # a connection answers one question at a time, whoever asks
        self._schemas: dict[str, Any] = {}
        self._with_more: Callable[[], duckdb.DuckDBPyConnection] | None = None
        self._seconds: float | None = None  # tables of our own end by themselves
        self._label = ""

    @classmethod
    def over_files(
        cls, files: Mapping[str, Sequence[Path]], *, within: Path, threads: int = 0, memory: str = ""
    ) -> Engine:
        """Parquet files left where they are, each table one or several of them; nothing outside `within` is read.

        `threads` 0 takes all cores. `memory` such as "4GB" is the most that DuckDB may hold; by default as many bytes
        as the files have, but at least 1 GB and at most half of the machine, and that half where a figure cannot do
        with less. What does not fit goes to a temporary folder on disk.
        """

        def views(connection: duckdb.DuckDBPyConnection) -> None:
            for name, paths in files.items():
                listed = ", ".join(_text(str(path)) for path in paths)
                connection.execute(f"CREATE VIEW {_quoted(name)} AS SELECT * FROM read_parquet([{listed}])")

        size = sum(path.stat().st_size for paths in files.values() for path in paths)
        engine = cls()
        engine._spilling(lambda: duckdb.connect(":memory:", config=_SHUT), views, size, threads, memory, str(within))
        for name in files:
            engine._know(name)
        return engine

    @classmethod
    def over_duckdb_file(cls, path: Path, *, threads: int = 0, memory: str = "") -> Engine:
        """The tables and views of a DuckDB file, read-only, where nothing else can be reached; as `over_files`.

        A question that takes longer than ten minutes is stopped: SrmkitError.
        """

        def opened() -> duckdb.DuckDBPyConnection:
            return duckdb.connect(str(path), read_only=True, config=_SHUT)

        engine = cls()
        engine._spilling(opened, lambda connection: None, path.stat().st_size, threads, memory)
        engine._seconds, engine._label = SECONDS, path.name
        for name in _names_in(engine._connection):
            engine._know(name)
        return engine

    def _spilling(
        self,
        connect: Callable[[], duckdb.DuckDBPyConnection],
        prepare: Callable[[duckdb.DuckDBPyConnection], None],
        size: int,
        threads: int,
        memory: str,
        *within: str,
    ) -> None:
        """Put on disk what does not fit into memory, in a folder that goes with the engine; then lock."""
        spill = tempfile.mkdtemp(prefix="srmkit-")
        weakref.finalize(self, shutil.rmtree, spill, ignore_errors=True)

        def opened(most: str) -> duckdb.DuckDBPyConnection:
            connection = connect()
            connection.execute("SET temp_directory = ?", [spill])
            connection.execute("SET allowed_directories = ?", [[*within, spill]])
            connection.execute("SET memory_limit = ?", [most])
            connection.execute("SET preserve_insertion_order = false")
            if connection.execute("SELECT 1 FROM duckdb_optimizers() WHERE name = ?", [_UNHELPFUL]).fetchone():
                connection.execute(f"SET disabled_optimizers = {_text(_UNHELPFUL)}")
            connection.execute(f"SET threads = {threads:d}" if threads else "RESET threads")
            prepare(connection)
            return _locked(connection)

        half = max(LEAST_MEMORY, _machine() // 2)
        self._connection = opened(memory or f"{max(LEAST_MEMORY, min(size, half))}B")
        self._with_more = None if memory else lambda: opened(f"{half}B")

    def _know(self, name: str) -> None:
        nothing = self._run(f"SELECT * FROM {_quoted(name)} LIMIT 0")
        self._schemas[name] = ibis.Schema.from_pyarrow(nothing.schema)

    def add(self, name: str, frame: pd.DataFrame, *, columns: tuple[Column, ...] = ()) -> None:
        """Put a frame into the database; with `columns` every column gets the type of its kind."""
        kinds = {column.name: column.kind for column in columns}
        data = _to_arrow(frame, kinds)
        self._connection.register("arriving", data)
        self._connection.execute(f"CREATE TABLE {_quoted(name)} AS SELECT * FROM arriving")
        self._connection.unregister("arriving")
        self._schemas[name] = ibis.Schema.from_pyarrow(data.schema)

    def lock(self) -> Engine:
        """Close every way out of the tables that were added, for good."""
        _locked(self._connection)
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The tables it holds."""
        return tuple(self._schemas)

    def table(self, name: str) -> Table:
        """The table as an expression to build on; KeyError where there is none of that name."""
        return ibis.table(self._schemas[name], name=name)

    def sql(self, expression: Any) -> str:
        """The SQL that would run for the expression."""
        return str(ibis.duckdb.compile(expression, pretty=True))

    def collect(self, expression: Table) -> pd.DataFrame:
        """Run an expression that gives a table and bring its rows into a frame.

        Text becomes str, dates datetime64, flags boolean, numbers float64 or int64; a gap stays a gap.
        """
        found = self._run(self.sql(expression))
        return _to_pandas(found.cast(expression.schema().to_pyarrow()))

    def _run(self, text: str) -> pa.Table:
        with self._taken:
            return self._answer(text)

    def _answer(self, text: str) -> pa.Table:
        try:
            with stopped_after(self._seconds, self._connection.interrupt, self._label):
                return self._connection.sql(text).to_arrow_table()
        except duckdb.OutOfMemoryException as error:
            if self._with_more is not None:
                self._connection.close()
                self._connection, self._with_more = self._with_more(), None
                return self._answer(text)
            todo = 'Allow more of it, such as memory="8GB", or take fewer threads.'
            problem = Problem("memory", "is too small for one of the figures", str(error).splitlines()[0], todo)
            raise SrmkitError("data measured where they lie", [problem]) from None


class OutsideEngine:
    """Runs expressions where the tables lie: a connection of Ibis to PostgreSQL, Spark, Snowflake and the like.

    Only the rows of an answer come here. `label` is what the place is called in messages, without a password.
    """

    def __init__(self, connection: Any, label: str, fetch: Callable[[str], pa.Table] | None = None) -> None:
        self._connection = connection
        self._fetch = fetch
        self.label = label

    @classmethod
    def postgres(cls, url: str, label: str) -> OutsideEngine:
        """A PostgreSQL server by its URL, for reading only."""
        import psycopg

        link = psycopg.connect(url, autocommit=True)
        for setting in POSTGRES_LIMITS:
            link.execute(setting.encode())

        def fetch(query: str) -> pa.Table:
            with link.cursor() as cursor:
                try:
                    cursor.execute(query.encode())
                except psycopg.errors.QueryCanceled as error:
                    todo = f"Say a longer limit in the address: options=-cstatement_timeout%3D{2 * SECONDS}s"
                    problem = Problem("a question", "took longer than the server may", str(error).splitlines()[0], todo)
                    raise SrmkitError(f"database {label}", [problem]) from None
                names = [part[0] for part in cursor.description or ()]
                columns = list(zip(*cursor.fetchall(), strict=True)) or [()] * len(names)
            return pa.table({name: pa.array(column) for name, column in zip(names, columns, strict=True)})

        engine = cls(ibis.postgres.from_connection(link), label, fetch)
        weakref.finalize(engine, link.close)
        return engine

    @classmethod
    def spark(cls, session: Any) -> OutsideEngine:
        """The tables and temporary views of a running Spark session, whose time zone becomes UTC."""
        return cls(ibis.pyspark.connect(session), "Spark", lambda query: session.sql(query).toArrow())

    @property
    def names(self) -> tuple[str, ...]:
        """The tables and views it can see."""
        return tuple(self._connection.list_tables())

    def table(self, name: str) -> Table:
        """The table as an expression; `name` may hold a schema, or a catalogue and a schema, parted by dots."""
        *place, last = name.split(".")
        found: Table = self._connection.table(last, database=tuple(place) or None)
        return found

    def sql(self, expression: Any) -> str:
        """The SQL that would run for the expression."""
        return str(self._connection.compile(expression))

    def collect(self, expression: Table) -> pd.DataFrame:
        """As `Engine.collect`."""
        fetched = self._fetch(self.sql(expression)) if self._fetch else self._connection.to_pyarrow(expression)
        found: pa.Table = fetched
        return _to_pandas(found.cast(expression.schema().to_pyarrow()))


class Runs(Protocol):
    """What every engine can do."""

    @property
    def names(self) -> tuple[str, ...]:
        """The tables it holds."""

    def table(self, name: str) -> Table:
        """A table as an expression to build on."""

    def sql(self, expression: Any) -> str:
        """The SQL that would run for the expression."""

    def collect(self, expression: Table) -> pd.DataFrame:
        """The rows of an expression."""


def is_connection(source: object) -> bool:
    """Whether it is a connection of Ibis."""
    return isinstance(source, ibis.BaseBackend)


def nothing_of(kind: Kind) -> Any:
    """A column of gaps of that kind."""
    return ibis.null(_TYPES[kind])


def in_kind(column: Any, kind: Kind) -> Any:
    """A column as values of that kind; None where its type cannot become one without guessing.

    Whole numbers may be ids; numbers of any width are numbers; a time is its day, unless it has a time zone: then
    its day depends on where one asks. Text is no number and no day.
    """
    type_ = column.type()
    wanted = ibis.dtype(_TYPES[kind])
    if type_.is_null():
        return column.cast(wanted)
    fits = {
        "id": type_.is_string() or type_.is_integer(),
        "text": type_.is_string(),
        "date": type_.is_date() or (type_.is_timestamp() and type_.timezone is None),
        "flag": type_.is_boolean(),
    }.get(kind, type_.is_numeric())
    if not fits:
        return None
    return column if type_.copy(nullable=True) == wanted else column.cast(wanted)


@contextlib.contextmanager
def stopped_after(seconds: float | None, stop: Callable[[], None], label: str) -> Iterator[None]:
    """Call `stop` when what is inside takes longer; SrmkitError says so where that ended it. None: no limit."""
    if seconds is None:
        yield
        return
    over = threading.Event()

    def end() -> None:
        over.set()
        stop()

    clock = threading.Timer(seconds, end)
    clock.daemon = True
    clock.start()
    try:
        yield
    except Exception:
        if over.is_set():
            todo = "Keep its rows in a table; a view may have no end."
            wrong = f"takes longer than the {seconds:g} seconds that are waited"
            raise SrmkitError(f"database {label}", [Problem("a table or view", wrong, "", todo)]) from None
        raise
    finally:
        clock.cancel()


def read_duckdb_file(path: Path, *, most_rows: int, seconds: float = SECONDS) -> dict[str, Callable[[], pd.DataFrame]]:
    """The tables and views of a DuckDB file: name to a function that reads its first rows, read-only.

    A view is code of whoever made the file, so it runs where it can reach nothing but the file, and not for longer
    than `seconds`.
    """

    def query(text: str) -> pd.DataFrame:
        with (
            duckdb.connect(str(path), read_only=True, config=_ALONE) as connection,
            stopped_after(seconds, connection.interrupt, path.name),
        ):
            return _to_pandas(_counted(connection.sql(text).to_arrow_reader(_AT_ONCE), path.name))

    with duckdb.connect(str(path), read_only=True, config=_ALONE) as connection:
        names = _names_in(connection)
    return {name: partial(query, f"SELECT * FROM {_quoted(name)} LIMIT {most_rows}") for name in names}


def _counted(reader: pa.RecordBatchReader, name: str) -> pa.Table:
    batches, size = [], 0
    for batch in reader:
        batches.append(batch)
        size += batch.nbytes
        check_bytes(name, size)
    return pa.Table.from_batches(batches, schema=reader.schema)


def _names_in(connection: duckdb.DuckDBPyConnection) -> list[str]:
    asked = "SELECT table_name FROM information_schema.tables ORDER BY table_name"
    return [str(name) for (name,) in connection.execute(asked).fetchall()]


def _locked(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    for setting in _LOCKS:
        connection.execute(f"SET {setting}")
    return connection


def _machine() -> int:
    """Bytes of memory that the machine has; 8 GB where it does not say."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 8 * LEAST_MEMORY


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _to_arrow(frame: pd.DataFrame, kinds: Mapping[str, Kind]) -> pa.Table:
    types = {name: ibis.dtype(_TYPES[kind]).to_pyarrow() for name, kind in kinds.items()}
    columns = {
        str(name): pa.Array.from_pandas(_plain(frame[name]), type=types.get(str(name)), safe=False)
        for name in frame.columns
    }
    return pa.table(columns)


def _plain(column: pd.Series[Any]) -> pd.Series[Any]:
    if isinstance(column.dtype, pd.StringDtype):
        return column.astype(object).where(column.notna(), None)
    return column


def _to_pandas(data: pa.Table) -> pd.DataFrame:
    types = {pa.string(): TEXT, pa.large_string(): TEXT, pa.bool_(): pd.BooleanDtype()}
    schema = pa.schema([field.with_type(_DAY) if _is_day(field.type) else field for field in data.schema])
    frame: pd.DataFrame = data.cast(schema, safe=False).to_pandas(types_mapper=types.get)
    return frame


def _is_day(type_: pa.DataType) -> bool:
    return pa.types.is_date(type_) or (pa.types.is_timestamp(type_) and type_.tz is None)
