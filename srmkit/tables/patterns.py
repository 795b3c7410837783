"""Regular expressions of a column map, run by RE2: however they are written, the time grows with the text, not faster.

Python's own engine may need longer than the universe for `(a+)+$` and forty letters; a map may come from anybody.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from srmkit.tables.cells import TEXT, Cells, Mask

LONGEST = 1_000  # letters of a pattern


def problem_of(pattern: str) -> str:
    """What is wrong with a pattern; empty where it can be used.

    >>> problem_of("^See (.+)$"), problem_of("(?=x)y")
    ('', 'invalid perl operator: (?=')
    """
    if len(pattern) > LONGEST:
        return f"it is longer than {LONGEST:,} letters"
    try:
        pc.match_substring_regex(pa.array([""]), pattern)
        re.compile(pattern)
    except pa.ArrowInvalid as error:
        return str(error).removeprefix("Invalid regular expression: ")
    except (re.error, RecursionError, OverflowError) as error:
        return str(error)
    return ""


def groups_of(pattern: str) -> int:
    """How many pairs of brackets of a sound pattern catch what stands in them."""
    return re.compile(pattern).groups


def matching(words: Cells, pattern: str) -> Mask:
    """Which texts the pattern is found in."""
    known = pa.array(words.dropna().unique(), pa.string())
    return words.isin(known.filter(pc.match_substring_regex(known, pattern)).to_pylist())


def caught(words: Cells, pattern: str) -> Cells:
    """What stands in the brackets of the pattern, for texts that it is found in; a gap where that is nothing.

    >>> caught(pd.Series(["See 17 here", np.nan], dtype=TEXT), r"(\\d+)").tolist()
    ['17', nan]
    """
    there = words.dropna()
    whole = f"(?s:^.*?)(?:{pattern})(?s:.*)$"
    parts = pc.replace_substring_regex(pa.array(there, pa.string()), whole, r"\1").to_pylist()
    return pd.Series(parts, index=there.index, dtype=TEXT).replace("", np.nan).reindex(words.index)
