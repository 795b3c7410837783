"""Words made of numbers: the same phrase for the same fact wherever it is said."""

from __future__ import annotations

from srmkit.language import chance as said_chance
from srmkit.language import counted, listed

__all__ = ["chance", "counted", "listed"]


def chance(probability: float, draws: int | None = None) -> str:
    """A probability as a report says it, never 0 % or 100 %; a share of `draws` with its standard error.

    >>> chance(0.934, 1024), chance(0.9999, 1024), chance(0.0004, 1024)
    ('93 % ± 0.8', 'over 99 %', 'under 1 %')
    """
    return said_chance(probability, error=(probability * (1 - probability) / draws) ** 0.5 if draws else 0.0)
