"""Words made of numbers: the same phrase for the same fact wherever it is said."""

from __future__ import annotations

from srmkit.language import counted, listed, percent, say

__all__ = ["chance", "counted", "listed"]


def chance(probability: float) -> str:
    """A probability as a report says it, never 0 % or 100 % for what was only sampled.

    >>> chance(0.934), chance(0.9999), chance(0.0004)
    ('93 %', 'over 99 %', 'under 1 %')
    """
    if probability > 0.99:
        return say("over {share}", share=percent(0.99))
    return say("under {share}", share=percent(0.01)) if probability < 0.01 else percent(probability)
