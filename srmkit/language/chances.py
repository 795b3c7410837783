"""A chance as a report says it: the one rule for sentences, cells and charts."""

from __future__ import annotations

from srmkit.language.numbers import percent
from srmkit.language.words import say

NEARLY = 0.99  # beyond it, and below what is left of 1, a chance has no figure: drawing so often proves no more


def chance(probability: float, *, error: float = 0.0, short: bool = False) -> str:
    """A chance (0 to 1) in per cent, never 0 or 100; else with its standard error, if it has one.

    `short` writes signs for words, as cells and charts have no room for them.

    >>> chance(0.934, error=0.0078), chance(1.0), chance(0.004)
    ('93 % ± 0.8', 'over 99 %', 'under 1 %')
    >>> chance(0.9901, short=True), chance(0.99, short=True), chance(0.0, short=True)
    ('>99 %', '99 %', '<1 %')
    """
    if probability > NEARLY:
        return f">{percent(NEARLY)}" if short else say("over {share}", share=percent(NEARLY))
    if probability < 1 - NEARLY - 1e-12:
        return f"<{percent(1 - NEARLY)}" if short else say("under {share}", share=percent(1 - NEARLY))
    return percent(probability, error=error)
