"""The data of a study: read, or measured where they lie when they are many."""

from __future__ import annotations

import os

from srmkit.errors import Problem, SrmkitError
from srmkit.stopping import takes_long
from srmkit.tables.dataset import Dataset
from srmkit.tables.in_place import connect_dataset, has_many_rows
from srmkit.tables.merging import OneFirm
from srmkit.tables.reading import read_dataset


def open_dataset(source: str = "sample", *, column_map: str = "", one_firm: OneFirm | None = None) -> Dataset:
    """What `read_dataset` would read; measured where it lies where a table has more than two million rows.

    That holds for a folder of Parquet files (`<table>.parquet`, or a folder `<table>` of parts), a PostgreSQL server
    and a DuckDB file; metrics are the same either way, and `connect_dataset` says what differs. A `source` such as
    "$PURCHASING" is the address in that environment variable, which may hold a password: it appears nowhere.
    SrmkitError as from either.

    >>> open_dataset("$NOBODY_SET_THIS")
    Traceback (most recent call last):
        ...
    srmkit.errors.SrmkitError: data: 1 problem
      - environment variable 'NOBODY_SET_THIS' is not set. Set it to a folder or a database address before the run.
    """
    takes_long()
    address = address_of(source)
    if stays(address, column_map=column_map):
        return connect_dataset(address, column_map=column_map or None, one_firm=one_firm)
    return read_dataset(address, column_map=column_map or None, one_firm=one_firm)


def stays(address: str, *, column_map: str = "") -> bool:
    """Whether the data at an address are measured where they lie."""
    return address != "sample" and has_many_rows(address, column_map=column_map or None)


def address_of(source: str) -> str:
    """The address itself, or what the environment variable holds that it names; SrmkitError where that is not set."""
    if not source.startswith("$"):
        return source
    name = source[1:]
    if not os.environ.get(name):
        todo = "Set it to a folder or a database address before the run."
        raise SrmkitError("data", [Problem(f"environment variable '{name}'", "is not set", "", todo)])
    return os.environ[name]
