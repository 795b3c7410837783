"""Exceptions to discuss: not selected by number, but wanted for another reason."""

from __future__ import annotations

from typing import Any

import pandas as pd

from srmkit.errors import Problems
from srmkit.language import say
from srmkit.strategy.selection import Selection
from srmkit.strategy.standing import named

COLUMNS = ["tag", "rank", "total", "gap", "gate", "reason", "needed"]


def with_reason_tags(selection: Selection, tags: pd.Series[Any]) -> pd.DataFrame:
    """Candidates that are not selected but carry a tag (door opener, reference, inspiration), by rank.

    One row a candidate: tag, rank, total, gap (points behind the last selected), gate, reason, needed.
    The list is for discussion and selects nobody. `tags` is by candidate; a gap or an empty text is no
    tag, and of several tags of one candidate all are named. SrmkitError names unknown candidates.
    """
    words = tags.dropna().astype(str).str.strip()
    words = words[words != ""]
    unknown = words.index[~words.index.isin(selection.table.index)].unique()
    if len(unknown):
        problems = Problems("reason tags")
        problems.add("tags", "belong to candidates that were not scored", found=named(unknown),
                     todo="Use the ids of the candidates, or take the rows out.")
        problems.raise_if_any()
    joined = words.groupby(level=0, sort=False).agg(lambda each: say("; ").join(dict.fromkeys(each)))
    out = selection.why_not[selection.why_not.index.isin(joined.index)]
    reasons = selection.table["reason"].reindex(out.index)
    return out.assign(tag=joined.reindex(out.index), reason=reasons)[COLUMNS]
