"""The rank reversal test as every study reports it: one line, passed or failed."""

from __future__ import annotations

import pandas as pd

from srmkit.language import say
from srmkit.robustness import rank_reversal_test
from srmkit.scoring import Scores

LEFT_OUT = 25  # the best candidates, left out one at a time


def reversal_sentence(scores: Scores, names: pd.Series) -> str:
    """Whether leaving one of the best out turns the order of two others, and the first case where it does."""
    best = list(scores.total.nlargest(LEFT_OUT).index)
    turned = rank_reversal_test(scores, leave_out=best)
    if turned.empty:
        return say("Rank reversal test passed: with any one of the best {count} left out, all others keep their order.",
                   count=len(best))
    first = turned.iloc[0]
    left_out, ahead, behind = (names.get(first[part], first[part]) for part in ("left_out", "is_ahead", "was_ahead"))
    return say("Rank reversal test failed for {failed} of the best {count}: without {left_out}, {ahead} comes before "
               "{behind}. A scale depends on who is in the table.",
               failed=len(turned), count=len(best), left_out=left_out, ahead=ahead, behind=behind)
