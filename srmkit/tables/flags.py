"""Yes-or-no columns."""

from __future__ import annotations

import pandas as pd

from srmkit.language import say
from srmkit.tables.cells import Cells, as_text
from srmkit.tables.converted import Converted, reasons, used_rules

_YES = ("true", "yes", "y", "1")
_NO = ("false", "no", "n", "0")


def read_flags(cells: Cells) -> Converted:
    """Read true/false, yes/no, y/n and 1/0; any other word must be declared under codes.

    >>> read_flags(pd.Series(["Yes", "0", None])).cells.tolist()
    [True, False, <NA>]
    """
    if pd.api.types.is_bool_dtype(cells.dtype):
        return Converted(cells.astype("boolean"))
    words = as_text(cells).str.lower()
    yes, no = words.isin(_YES), words.isin(_NO)
    values = pd.Series(pd.NA, index=cells.index, dtype="boolean").mask(yes, True).mask(no, False)
    rules = {
        say('"{word}" read as {flag}', word=word, flag=str(word in _YES).lower()): words.eq(word)
        for word in (*_YES[1:], *_NO[1:])
    }
    reason = say('is neither yes nor no; declare its meaning in the column map, such as codes = { "A" = true }')
    return Converted(values, reasons(words.notna() & values.isna(), reason), used_rules(rules))
