"""Parquet files, with cells in the types that were written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet

from srmkit.errors import Problem, SrmkitError
from srmkit.tables.fingerprint import file_fingerprint
from srmkit.tables.headers import check_header
from srmkit.tables.limits import MOST_BYTES, check_shape
from srmkit.tables.raw import RawTable, nested_told, numbered

_ROWS_AT_A_TIME = 8_192
_ASTRIDE = 2  # row groups: where more lie on both sides of a value, the rows are not in its order


def read_parquet(path: Path, name: str) -> RawTable:
    """Read a Parquet file; its size is looked up before anything is unpacked."""
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            check_shape(name, file.metadata.num_rows, len(file.schema_arrow))
            data = _unpacked(file, name)
        nested = [column.name for column in data.schema if pa.types.is_nested(column.type)]
        data = data.select([place for place, column in enumerate(data.schema) if column.name not in nested])
        # pandas' own notes in the file are ignored: they may take a column away to be an index
        frame = data.to_pandas(ignore_metadata=True)
    except SrmkitError:
        raise
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError, OverflowError) as error:
        found = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise SrmkitError(
            name, [Problem("the file", "cannot be read as Parquet", found, "Write it again.")]
        ) from None
    frame.columns = [str(column) for column in frame.columns]
    check_header(list(frame.columns), name)
    notes = tuple(nested_told(name, column) for column in nested)
    return RawTable(name, numbered(frame, first=1), (), notes, {name: file_fingerprint(path)})


def _unpacked(file: pyarrow.parquet.ParquetFile, name: str) -> pa.Table:
    """All rows, counted in bytes as they come: a word of a megabyte may be written once and meant a million times."""
    batches, size = [], 0
    for batch in file.iter_batches(batch_size=_ROWS_AT_A_TIME):
        batches.append(batch)
        size += batch.nbytes
        if size > MOST_BYTES:
            found = f"{size / 1e6:,.0f} MB after {sum(map(len, batches)):,} rows"
            wrong = f"unpacks to more than the {MOST_BYTES / 1e6:,.0f} MB that are read"
            raise SrmkitError(name, [Problem("the file", wrong, found, "Give it in parts.")])
    return pa.Table.from_batches(batches, schema=file.schema_arrow)


def cuts_of(files: Sequence[Path], column: str, rows: int) -> tuple[str, ...]:
    """Values of a column that part its rows into runs of about so many, by what the files say of their row groups.

    Rows with a value below the first, from each to the next, and from the last on lie close together in the files, so
    that each run is read alone. None where the rows do not lie in the order of the column, or where it is not text.
    """
    groups = []
    for path in files:
        about = pyarrow.parquet.read_metadata(path)
        place = about.schema.names.index(column) if column in about.schema.names else None
        for number in range(about.num_row_groups):
            ends = about.row_group(number).column(place).statistics if place is not None else None
            if ends is None or not ends.has_min_max or not isinstance(ends.min, str):
                return ()
            groups.append((ends.min, ends.max, about.row_group(number).num_rows))
    found, waiting, above = list[str](), 0, list[str]()
    for low, high, count in sorted(groups):
        above = [end for end in above if end >= low]
        if waiting >= rows and len(above) <= _ASTRIDE:
            found.append(low)
            waiting = 0
        waiting += count
        above.append(high)
    return tuple(found)
