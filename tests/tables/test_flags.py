"""Yes-or-no columns."""

from __future__ import annotations

import pandas as pd

from srmkit.tables.flags import read_flags


def test_usual_words_are_read_and_unusual_ones_refused() -> None:
    read = read_flags(pd.Series(["TRUE", "no", "1", None, "A", 0.0, True], dtype=object))

    assert read.cells.tolist() == [True, False, True, pd.NA, pd.NA, False, True]
    assert read.wrong.to_dict() == {
        4: "is neither yes nor no; declare its meaning in the column map, such as codes = { \"A\" = true }"
    }  # fmt: skip
    assert read.rules['"no" read as false'].sum() == 1
