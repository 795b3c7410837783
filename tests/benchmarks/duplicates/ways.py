"""Three ways to find the pairs of a list: ours, ours learning from it, and what most would write with rapidfuzz."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd
from rapidfuzz import fuzz, process

from srmkit.duplicates import find_duplicates
from srmkit.duplicates.firm_names import stem

Pairs = set[frozenset[str]]
ALIKE = 90  # of 100: the usual bar for the same name


def ours(parties: pd.DataFrame) -> Pairs:
    """The agreed worth of each comparison."""
    return _pairs(find_duplicates(parties, least=0.5).pairs)


def trained(parties: pd.DataFrame) -> Pairs:
    """The worth learnt from the list."""
    return _pairs(find_duplicates(parties, least=0.5, train=True).pairs)


def rapidfuzz(parties: pd.DataFrame) -> Pairs:
    """Names without legal form, compared all with all where their first three letters are equal."""
    stems = parties["name"].map(stem)
    blocks = defaultdict(list)
    for party, name in stems.items():
        blocks[name[:3]].append((party, name))
    found: Pairs = set()
    for block in blocks.values():
        names = [name for _, name in block]
        near = process.cdist(names, names, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, workers=1)
        rows, columns = near.nonzero()
        found |= {frozenset((block[row][0], block[column][0]))
                  for row, column in zip(rows, columns, strict=True) if row < column}
    return found


def _pairs(pairs: pd.DataFrame) -> Pairs:
    return {frozenset(pair) for pair in zip(pairs["left"], pairs["right"], strict=True)}


WAYS = {"ours": ours, "trained": trained, "rapidfuzz": rapidfuzz}
