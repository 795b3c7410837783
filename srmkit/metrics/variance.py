"""Why a bill changed: prices or volumes."""

from __future__ import annotations

from typing import NamedTuple


class Change(NamedTuple):
    """Parts of a change of money; above 0 costs more."""

    price: float
    volume: float


def price_and_volume(
    price_before: float, units_before: float, price: float, units: float, *, symmetric: bool = False
) -> Change:
    """Change of a bill by its prices and by its volumes; the two add up to all of it.

    The price difference counts at the new volume and the volume difference at the old price; `symmetric` shares
    what belongs to both evenly.

    >>> price_and_volume(10, 100, 11, 120)
    Change(price=120.0, volume=200.0)
    """
    dearer, more = price - price_before, units - units_before
    shared = dearer * more / 2 if symmetric else 0.0
    return Change(float(dearer * units - shared), float(more * price_before + shared))
