"""Whether two programs say the same of every supplier."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

WITHIN = 1e-9
COUNTED = ("spend", "items", "sole_source_items")  # 0 without lines; the others have no row then


def differences(ours: Path, theirs: Path) -> list[str]:
    """Each figure of theirs that ours does not have to nine digits, gap for gap."""
    one, other = pd.read_parquet(ours), pd.read_parquet(theirs).reindex(pd.read_parquet(ours).index)
    found = []
    for name in other:
        wanted = other[name].fillna(0.0) if name in COUNTED else other[name]
        apart = (one[name] - wanted).abs() / wanted.abs().clip(lower=1e-12)
        if (one[name].isna() != wanted.isna()).any() or apart.max() > WITHIN:
            found.append(f"{name}: {apart.max():g}")
    return found
