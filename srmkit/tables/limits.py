"""How much one file may hold: a small file can be made to unpack to more than the machine has room for."""

from __future__ import annotations

from pathlib import Path

from srmkit.errors import Problem, SrmkitError

MOST_BYTES = 4_000_000_000  # text of one file, unpacked
MOST_COLUMNS = 16_384  # as many as a sheet can have
MOST_ROWS = 50_000_000
MOST_CELLS = 500_000_000
_TODO = "Give it in parts, or leave out what is not needed."


def check_shape(name: str, rows: int, columns: int, *, most_cells: int = MOST_CELLS) -> None:
    """SrmkitError where a table would be larger than what is read.

    >>> check_shape("orders.parquet", rows=10**9, columns=2)
    Traceback (most recent call last):
        ...
    srmkit.errors.SrmkitError: orders.parquet: 1 problem
      - the table has more rows than the 50,000,000 that are read; found 1,000,000,000. Give it in parts, or leave out what is not needed.
    """  # noqa: E501 - the message is one line
    for thing, found, most in (
        ("columns", columns, MOST_COLUMNS),
        ("rows", rows, MOST_ROWS),
        ("cells", rows * columns, most_cells),
    ):
        if found > most:
            wrong = f"has more {thing} than the {most:,} that are read"
            raise SrmkitError(name, [Problem("the table", wrong, f"{found:,}", _TODO)])


def check_bytes(name: str, size: int) -> None:
    """SrmkitError where text that is being read has become more than what is read."""
    if size > MOST_BYTES:
        wrong = f"holds more than the {MOST_BYTES / 1e9:,.0f} GB of text that are read"
        raise SrmkitError(name, [Problem("the table", wrong, "", _TODO)])


def content_of(path: Path, name: str, *, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file; SrmkitError where it cannot be opened or is larger than what is read."""
    try:
        size = path.stat().st_size
        if size <= most:
            return path.read_bytes()
    except OSError as error:
        problem = Problem("the file", "cannot be opened", error.strerror or "", "Look at its permissions.")
        raise SrmkitError(name, [problem]) from None
    wrong = f"is larger than the {most / 1e6:,.0f} MB that are read"
    raise SrmkitError(name, [Problem("the file", wrong, f"{size / 1e6:,.0f} MB", _TODO)])
