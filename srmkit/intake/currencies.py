"""In which currency amounts are, as far as the files say so."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from srmkit.intake.names import name_likeness
from srmkit.intake.proposed import ProposedTable
from srmkit.intake.raw_tables import Looked
from srmkit.tables.cells import as_text, tidy

_CODES = ("EUR", "USD", "GBP", "CHF", "CNY", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "CAD", "AUD", "INR",
          "BRL", "MXN", "KRW", "SGD", "HKD", "TWD", "ZAR", "TRY", "RUB")  # fmt: skip
_SIGNS = {"€": "EUR", "£": "GBP"}  # $ and ¥ belong to several
_WORD = re.compile(r"(?<![A-Za-z])(" + "|".join(_CODES) + r")(?![A-Za-z])")


def currencies_in(looked: Looked, files: Collection[str]) -> list[str]:
    """The codes found in currency columns, in headers such as "Freight Cost (USD)", and as signs of amounts."""
    return sorted(set(_found(looked, files)))


def codes_of(looked: Looked, tables: Iterable[ProposedTable]) -> list[str]:
    """The codes in the currency columns that the proposed tables name themselves."""
    found = set()
    for table in tables:
        own = table.column("currency")
        wanted = table.currency or (own.source if own is not None else "")
        for one in looked.tables:
            if (one.file, one.sheet) == (table.file, table.sheet) and wanted in one.cells:
                found |= set(as_text(tidy(one.cells[wanted])).dropna())
    return sorted(code for code in found if re.fullmatch("[A-Z]{3}", code))


def _found(looked: Looked, files: Collection[str]) -> Iterator[str]:
    for one in (table for table in looked.tables if table.file in files):
        for name, column in one.columns.items():
            if name_likeness(name, "purchase_order_lines", "currency") > 0.9 and column.looks in ("text", "code"):
                words = as_text(tidy(one.cells[name])).dropna().unique()
                yield from (word for word in words if re.fullmatch("[A-Z]{3}", word))
            elif column.looks == "number":
                yield from _WORD.findall(name)
                yield from (_SIGNS.get(sign, sign) for sign in column.remove if sign in _SIGNS or sign in _CODES)
