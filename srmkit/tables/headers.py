"""Names of columns, from one header row or from several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from srmkit.errors import Problem, SrmkitError
from srmkit.tables.limits import check_shape

PARTS = " | "


def header_names(rows: Sequence[Sequence[object]]) -> list[str]:
    """The name of each column; what stands in several rows is joined.

    >>> header_names([["", "Crude oil"], ["", "($/bbl)"]])
    ['', 'Crude oil | ($/bbl)']
    """
    width = max((len(row) for row in rows), default=0)
    columns = ([str(row[place]).strip() if place < len(row) else "" for row in rows] for place in range(width))
    return [PARTS.join(parts) if any(parts) else "" for parts in columns]


def check_header(header: Sequence[str], name: str, *, row: int = 1) -> None:
    """SrmkitError where a header is empty, endless, or names a column twice."""
    counted = Counter(header)
    twice = sorted(cell for cell in counted if cell and counted[cell] > 1)
    if not any(header):
        todo = "Put the column names into the first row." if row == 1 else "Name the row of the column names."
        raise SrmkitError(name, [Problem(f"row {row}", "holds no column names", "", todo)])
    check_shape(name, 1, len(header))
    if twice:
        problem = Problem(
            "the header", "names columns more than once", ", ".join(twice), "Rename one of each."
        )
        raise SrmkitError(name, [problem])
