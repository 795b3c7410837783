"""Raw figures as they stand in a sentence with their unit, and rounded so that they are still enough."""

from __future__ import annotations

import math

from srmkit.language import joined, per_cent_sign, say


def figure(number: float) -> str:
    """A raw figure in a sentence, with three digits at least.

    >>> figure(12345.6), figure(99.96), figure(0.12345)
    ('12,346', '100', '0.123')
    """
    number = float(f"{number:.12g}")  # what the order of adding leaves does not decide where a half goes
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def said_in(unit: str) -> tuple[float, str]:
    """By what a figure is multiplied to be said, and what is said after it: its unit; shares (1 is all) are per cent.

    >>> said_in("days"), said_in("share of lines"), said_in("")
    ((1.0, ' days'), (100.0, ' % of lines'), (1.0, ''))
    """
    kind, _, of_what = unit.partition(" ")
    if kind == "share":
        return 100.0, joined(per_cent_sign(""), say(of_what) if of_what else "")
    return 1.0, f" {say(unit)}" if unit else ""


def enough_of(number: float, *, upwards: bool, whole: bool = False) -> float:
    """A figure rounded as `figure` shows it, or whole, but never to the side where it would not be enough.

    >>> enough_of(53.333, upwards=True), enough_of(53.333, upwards=False)
    (53.4, 53.3)
    """
    decimals = 0 if whole or abs(number) >= 100 or number == 0 else 2 - math.floor(math.log10(abs(number)))
    step = 10.0**-decimals
    slack = 1e-6  # steps; the figure was found by halving
    steps = math.ceil(number / step - slack) if upwards else math.floor(number / step + slack)
    return round(steps * step, max(decimals, 0))
