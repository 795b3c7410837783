"""The embedded database that metrics run on: expressions in, small frames out, nothing else within reach.

Expressions are written with Ibis and run on DuckDB. This is the only module that knows either of them:
expressions stay unbound (they name a table, not a connection) until `Engine.collect` compiles and runs them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import duckdb
import ibis
import pandas as pd
import pyarrow as pa
from ibis.expr.types import Table as _IbisTable

from srmkit.tables.cells import TEXT

if TYPE_CHECKING:
    from srmkit.tables.catalogue import Column, Kind

Table: TypeAlias = _IbisTable

row: Any = ibis._
literal: Any = ibis.literal
cases: Any = ibis.cases
coalesce: Any = ibis.coalesce
greatest: Any = ibis.greatest
least: Any = ibis.least

_DAY_DTYPE = "datetime64[us]"
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
_LOCKS = ("enable_external_access = false", "python_enable_replacements = false", "lock_configuration = true")

_ALONE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,
    "python_enable_replacements": False,
    "lock_configuration": True,
}


def literal_day(day: dt.date) -> Any:
    """A calendar day inside an expression."""
    return ibis.literal(day, type="date")


class Engine:
    """Holds checked tables in memory and answers expressions over them.

    After `lock` it can read no file, see no Python variable and change no setting.

    >>> engine = Engine()
    >>> engine.add("orders", pd.DataFrame({"supplier_id": ["S1", "S1"], "spend": [2.0, 3.0]}))
    >>> orders = engine.lock().table("orders")
    >>> engine.collect(orders.group_by("supplier_id").agg(spend=row.spend.sum()))
      supplier_id  spend
    0          S1    5.0
    """

    def __init__(self) -> None:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            # sums of floats depend on their order; one thread keeps every run equal to the last digit
            "threads": 1,
        }
        self._connection = duckdb.connect(":memory:", config=settings)
        self._schemas: dict[str, Any] = {}

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
        for setting in _LOCKS:
            self._connection.execute(f"SET {setting}")
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
        return str(ibis.to_sql(expression, dialect="duckdb"))

    def collect(self, expression: Table) -> pd.DataFrame:
        """Run an expression that gives a table and bring its rows into a frame.

        Text becomes str, dates datetime64, flags boolean, numbers float64 or int64; a gap stays a gap.
        """
        found = self._connection.sql(self.sql(expression)).to_arrow_table()
        return _to_pandas(found.cast(expression.schema().to_pyarrow()))


def read_duckdb_file(path: Path, *, most_rows: int) -> dict[str, Callable[[], pd.DataFrame]]:
    """The tables and views of a DuckDB file: name to a function that reads its first rows, read-only.

    A view is code of whoever made the file, so it runs where it can reach nothing but the file.
    """

    def query(text: str) -> pd.DataFrame:
        with duckdb.connect(str(path), read_only=True, config=_ALONE) as connection:
            return _to_pandas(connection.sql(text).to_arrow_table())

    names = query("SELECT table_name FROM information_schema.tables ORDER BY table_name")["table_name"]
    return {name: partial(query, f"SELECT * FROM {_quoted(name)} LIMIT {most_rows}") for name in names}


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
    frame: pd.DataFrame = data.to_pandas(types_mapper=types.get, date_as_object=False)
    days = frame.select_dtypes("datetime").columns
    return frame.astype(dict.fromkeys(days, _DAY_DTYPE))
