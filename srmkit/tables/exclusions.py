"""Rows the analyst leaves out on purpose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from srmkit.tables.cells import TEXT, Cells, Mask, as_text, tidy
from srmkit.tables.column_map import Exclusion
from srmkit.tables.patterns import matching


def excluded_rows(cells: pd.DataFrame, exclusions: Iterable[Exclusion]) -> Iterator[tuple[str, Cells, Cells]]:
    """For each rule the source column, the reason by row, and what was found there."""
    for exclusion in exclusions:
        words = as_text(tidy(cells[exclusion.column]))
        rows = words.index[_hits(words, exclusion)]
        yield exclusion.column, pd.Series(exclusion.reason, index=rows, dtype=TEXT), words[rows]


def _hits(words: Cells, exclusion: Exclusion) -> Mask:
    if exclusion.equals is not None:
        return words.eq(exclusion.equals.strip()).fillna(False).astype(bool)
    return matching(words, str(exclusion.matches))
