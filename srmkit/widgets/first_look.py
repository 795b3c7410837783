"""What is shown while the hand moves: the same study with as many draws as take no time to notice."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from srmkit.language import marked, number, percent, say

AT_ONCE = 2**16  # candidates x draws
FEWEST = 64


def first_look(study: Any, again: Callable[[Any, Any], Any]) -> Any:
    """The study itself where its draws are few enough to answer at once, else the same with fewer draws."""
    params, candidates = study.params, len(getattr(study, "candidate_names", ()))
    most = max(FEWEST, 2 ** (AT_ONCE // max(1, candidates)).bit_length() // 2)
    if getattr(params, "draws", 0) <= most:
        return study
    return again(study, params.model_copy(update={"draws": most}))


FOLLOW = marked("First look with {draws} of {all} draws: shares are right to {error} (one standard error). The other "
                "draws follow when the hand rests.")
FAILED = marked("First look with {draws} of {all} draws: shares are right to {error} (one standard error). The other "
                "draws could not be worked out.")


def of_first_look(shown: Any, study: Any, *, failed: bool = False) -> str:
    """How sure the shares on show are for now, as a paragraph; nothing where they are the study's own."""
    if shown is study:
        return ""
    draws = shown.params.draws
    words = say(FAILED if failed else FOLLOW, draws=number(draws), all=number(study.params.draws),
                error=percent(0.5 / draws**0.5, 1))
    return f"<p>{escape(words)}</p>"
