"""Words made of numbers: the same phrase for the same fact wherever it is said."""

from __future__ import annotations

from collections.abc import Sequence


def listed(names: Sequence[str], *, most: int = 5) -> str:
    """Names in a sentence: 'Alba, Dahl and Eck', or the first few and how many more.

    >>> listed(["Alba", "Dahl", "Eck"])
    'Alba, Dahl and Eck'
    >>> listed(list("abcdefgh"), most=3)
    'a, b, c and 5 more'
    """
    names = [str(name) for name in names]
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def chance(probability: float) -> str:
    """A probability as a report says it, never 0 % or 100 % for what was only sampled.

    >>> chance(0.934), chance(0.9999), chance(0.0004)
    ('93 %', 'over 99 %', 'under 1 %')
    """
    if probability > 0.99:
        return "over 99 %"
    return "under 1 %" if probability < 0.01 else f"{100 * probability:.0f} %"


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun in the right number.

    >>> counted(1, "supplier"), counted(1200, "supplier"), counted(2, "category", "categories")
    ('1 supplier', '1,200 suppliers', '2 categories')
    """
    return f"{count:,} {one if count == 1 else (many or one + 's')}"
