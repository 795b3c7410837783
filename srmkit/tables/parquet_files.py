"""Parquet files, with cells in the types that were written."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet

from srmkit.errors import Problem, SrmkitError
from srmkit.tables.fingerprint import file_fingerprint
from srmkit.tables.headers import check_header
from srmkit.tables.limits import check_shape
from srmkit.tables.raw import RawTable, numbered


def read_parquet(path: Path, name: str) -> RawTable:
    """Read a Parquet file; its size is looked up before anything is unpacked."""
    try:
        shape = pyarrow.parquet.read_metadata(path)
        check_shape(name, shape.num_rows, len(shape.schema.to_arrow_schema()))
        frame = pyarrow.parquet.read_table(path).to_pandas()
    except SrmkitError:
        raise
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError, OverflowError) as error:
        found = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise SrmkitError(
            name, [Problem("the file", "cannot be read as Parquet", found, "Write it again.")]
        ) from None
    frame.columns = [str(column) for column in frame.columns]
    check_header(list(frame.columns), name)
    return RawTable(name, numbered(frame, first=1), fingerprints={name: file_fingerprint(path)})
