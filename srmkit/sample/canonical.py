"""Generated tables in the form of the catalogue."""

from __future__ import annotations

from typing import Any

import pandas as pd

from srmkit.tables.catalogue import CATALOGUE
from srmkit.tables.cells import TEXT

_TYPES: dict[str, Any] = {
    "id": TEXT,
    "text": TEXT,
    "number": "float64",
    "money": "float64",
    "whole": "float64",  # a gap needs a float
    "flag": "boolean",
    "date": "datetime64[us]",
}


def canonical(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """The catalogue's columns in its order; text as text, days as days, flags with gaps.

    >>> canonical(pd.DataFrame({"product_line": ["pumps"], "name": "CP", "product_id": "CP1"}), "products")
      product_id name product_line
    0        CP1   CP        pumps
    """
    columns = CATALOGUE[name].columns
    found = table[[column.name for column in columns]].reset_index(drop=True)
    return found.astype({column.name: _TYPES[column.kind] for column in columns})
