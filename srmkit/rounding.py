"""Raw figures as they stand in a sentence with their unit, and rounded so that they are still enough."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from srmkit.language import UNIT, currency_signs, joined, marked, per_cent_sign, say, signed, spoken, word

PER_CENT: Mapping[str, float] = {"share": 100.0, "percent": 1.0}
AGAINST = {"of last period": marked("against last period")}  # shares of growth, which may be below 0
SCALE = re.compile(r"points (?:up|(?P<low>\S+)) to (?P<high>\S+)")
INDEX = re.compile(r"index, (?P<base>\S+) = (?P<meaning>.+)")
COUNTED = {  # and what one of them is
    "certificates": "certificate", "contacts": "contact", "customers": "customer", "days": "day", "hours": "hour",
    "items": "item", "lines": "line", "orders": "order", "people": "person", "product lines": "product line",
    "suppliers": "supplier", "years": "year",
}


def figure(number: float) -> str:
    """A raw figure in a sentence, with three digits at least.

    >>> figure(12345.6), figure(99.96), figure(0.12345)
    ('12,346', '100', '0.123')
    """
    number = float(f"{number:.12g}")  # what the order of adding leaves does not decide where a half goes
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def said_in(number: float, unit: str, currency: str = "") -> str:
    """A raw figure in a sentence with its unit, as an analyst would write it.

    Shares (1 is all) are per cent. An amount of money is in `currency` (ISO code, or empty where nobody knows it).

    >>> said_in(0.971, "share of lines"), said_in(3, "suppliers"), said_in(1, "suppliers"), said_in(12, "")
    ('97.1 % of lines', '3 suppliers', '1 supplier', '12')
    >>> said_in(2.333, "points 1 to 5"), said_in(1_240_000, "currency a year", "EUR")
    ('2.33 on a scale of 1 to 5', '1,240,000 EUR a year')
    """
    return "".join(_figure_and_unit(number, unit, currency))


def said_before(number: float, unit: str, currency: str = "") -> str:
    """The figure as `said_in` says it, without what follows: the same unit stands behind a second figure.

    >>> said_before(0.0823, "share of revenue"), said_in(0.3, "share of revenue")
    ('8.23', '30 % of revenue')
    """
    return _figure_and_unit(number, unit, currency)[0]


def unit_in(unit: str, currency: str) -> str:
    """The unit of a column of figures, money in its currency where that is known.

    >>> unit_in("currency a year", "EUR"), unit_in("currency a year", ""), unit_in("days", "EUR")
    ('EUR a year', 'currency a year', 'days')
    """
    kind, _, of_what = unit.partition(" ")
    return joined("".join(currency_signs(currency)), word(of_what, UNIT)) if kind == "currency" and currency else unit


def _figure_and_unit(number: float, unit: str, currency: str) -> tuple[str, str]:
    kind, _, of_what = unit.partition(" ")
    if kind in PER_CENT:
        after = joined(per_cent_sign(""), say(AGAINST.get(of_what, of_what)))
        return figure(PER_CENT[kind] * number), after
    said = figure(number)
    if kind == "currency":
        before, after = currency_signs(currency)
        apart = joined(after, word(of_what, UNIT))
        return signed(before, said), f" {apart}" if spoken() == "en" and apart else apart
    if scale := SCALE.fullmatch(unit):
        return said, f" {say('on a scale of {low} to {high}', low=scale['low'] or '0', high=scale['high'])}"
    if index := INDEX.fullmatch(unit):
        return said, say(", where {base} is {meaning}", base=index["base"], meaning=say(index["meaning"]))
    if said == "1" and spoken() == "en":
        unit = COUNTED.get(unit, unit)
    return said, f" {word(unit, UNIT)}" if unit else ""


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
