"""Numbers, shares, money and days as the spoken language writes them: the same digits in every language."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from srmkit.language.speaking import LOCALES, Language, spoken

if TYPE_CHECKING:
    from babel import Locale

SETTLED = 4  # places beyond those that are shown, within which a figure is the same on every machine


def number(value: float, places: int = 0) -> str:
    """A number with so many places, alike on every machine: what the order of adding leaves in the last digits of a
    sum does not decide where a half goes.

    >>> number(1234567.891, 1), number(2.4999999999999996), number(2.5), number(-0.01, 1)
    ('1,234,567.9', '2', '2', '0.0')
    """
    return localised(f"{round(value, places + SETTLED):z,.{places}f}")


def percent(share: float, places: int = 0, *, error: float = 0.0) -> str:
    """A share (1 is all) as per cent; with its standard error, if it has one, in points of a hundred.

    >>> percent(0.934), percent(0.934, error=0.0078)
    ('93 %', '93 % ± 0.8')
    """
    figure = per_cent_sign(number(100 * share, places))
    return f"{figure} ± {number(100 * error, 1)}" if error > 0 else figure


def per_cent_sign(figure: str) -> str:
    """The figure with the sign for per cent as the language sets it."""
    if spoken() == "en":
        return f"{figure} %"  # with a space, as the standards for units write it
    pattern = locale_of(spoken()).percent_formats[None].pattern
    return f"{figure}{pattern[pattern.rindex('0') + 1:]}"


def money(amount: float, currency: str, places: int = 2) -> str:
    """An amount with its currency (ISO code, or empty).

    >>> money(1234.5, "EUR")
    '1,234.50 EUR'
    """
    before, after = currency_signs(currency)
    return f"{signed(before, number(amount, places))}{after and ' '}{after}"


def currency_signs(currency: str) -> tuple[str, str]:
    """What stands before an amount in this currency (ISO code, or empty), and what after it.

    >>> currency_signs("EUR")
    ('', 'EUR')
    """
    if spoken() == "en" or not currency:
        return "", currency
    from babel.numbers import get_currency_symbol

    symbol = get_currency_symbol(currency, locale_of(spoken()))
    return (symbol, "") if locale_of(spoken()).currency_formats["standard"].pattern.startswith("¤") else ("", symbol)


def signed(before: str, figure: str) -> str:
    """The figure behind the sign of a currency, its minus in front of both."""
    return f"-{before}{figure[1:]}" if before and figure.startswith("-") else f"{before}{figure}"


def day(when: date) -> str:
    """A day.

    >>> day(date(2025, 12, 31))
    '2025-12-31'
    """
    if spoken() == "en":
        return when.isoformat()[:10]
    from babel.dates import format_date

    return format_date(when, "long", locale=locale_of(spoken()))


def localised(figure: str) -> str:
    """A figure written by Python, with the separators of the language."""
    if spoken() == "en":
        return figure
    symbols = locale_of(spoken()).number_symbols["latn"]
    return figure.translate({ord(","): symbols["group"], ord("."): symbols["decimal"]})


@lru_cache
def locale_of(language: Language) -> Locale:
    """The rules of a language, as Babel knows them."""
    from babel import Locale

    return Locale.parse(LOCALES[language])
