"""What tells one firm from another: address, tax number, domain and telephone, all invented."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np
import pandas as pd

IDENTITY = ("address", "tax_id", "domain", "phone")
GAPS = {"address": 0.03, "tax_id": 0.07, "domain": 0.2, "phone": 0.12}  # assumption: what is not noted

_CALLING = {"DE": 49, "AT": 43, "CH": 41, "SE": 46, "DK": 45, "IT": 39, "FR": 33, "ES": 34, "PL": 48, "CZ": 420,
            "GB": 44, "US": 1, "NL": 31, "CN": 86, "TW": 886, "IN": 91}
_STREETS = {"DE": "Industriestraße", "AT": "Industriestraße", "CH": "Werkstrasse", "SE": "Verkstadsgatan",
            "DK": "Fabriksvej", "IT": "Via delle Officine", "FR": "Rue des Ateliers", "ES": "Calle del Taller",
            "PL": "ulica Fabryczna", "CZ": "Tovární", "GB": "Foundry Road", "US": "Mill Avenue",
            "NL": "Fabrieksweg", "CN": "Gongye Road", "TW": "Gongye Road", "IN": "Foundry Road"}
_TOWNS = ("Ahlenfurt", "Bremsdorf", "Calmar", "Dunvik", "Erlau", "Fontal", "Grenzach", "Holmby", "Isarbruck", "Kelmora",
          "Lunden", "Mirova", "Novany", "Ostheim", "Pradello", "Quarnby", "Rosenau", "Salvera", "Tarnvik", "Velden")


def identities(rng: np.random.Generator, names: Sequence[str], countries: Sequence[str]) -> pd.DataFrame:
    """Address, tax number, domain and telephone of each firm, before any gap.

    >>> one = identities(np.random.default_rng(7), ["Dornau Guß GmbH"], ["DE"]).iloc[0]
    >>> one["domain"]
    'dornau-guss.example'
    """
    count = len(names)
    house, postcode = rng.integers(1, 180, count), rng.integers(10_000, 99_999, count)
    town, tax, phone = rng.integers(len(_TOWNS), size=count), rng.integers(10**8, 10**9, count), rng.integers(
        10**6, 10**7, count)
    return pd.DataFrame(
        {
            "address": [f"{_STREETS[code]} {h}, {p} {_TOWNS[t]}"
                        for code, h, p, t in zip(countries, house, postcode, town, strict=True)],
            "tax_id": [f"{code}{number}" for code, number in zip(countries, tax, strict=True)],
            "domain": [f"{_host(name)}.example" for name in names],
            "phone": [f"+{_CALLING[code]} 555 {number}" for code, number in zip(countries, phone, strict=True)],
        }
    )


def _host(name: str) -> str:
    """The first two words of a name, as a web address writes them."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return "-".join("".join(letter for letter in word if letter.isalnum()) for word in plain.lower().split()[:2])


def with_gaps(rng: np.random.Generator, found: pd.DataFrame, complete: Sequence[bool]) -> pd.DataFrame:
    """The same with what nobody noted; firms marked `complete` keep everything."""
    lost = rng.random((len(found), len(IDENTITY))) < np.array([GAPS[name] for name in IDENTITY])
    lost &= ~np.asarray(complete, dtype=bool)[:, None]
    return found.mask(pd.DataFrame(lost, index=found.index, columns=list(IDENTITY)))


def second_entry(first: pd.Series, way: int) -> pd.Series:
    """The same firm as somebody else noted it; `way` (0 to 2) picks what they did.

    >>> first = pd.Series({"address": "Tovární 7, 11000 Erlau", "tax_id": "CZ123456789", "domain": "x-y.example",
    ...                    "phone": "+420 555 1234567"})
    >>> second_entry(first, 1).dropna().tolist()
    ['Tovarni 7, 11000 Erlau', 'www.x-y.example', '+420 555 1234567']
    """
    again = first.copy()
    if way == 0:
        again["domain"] = None
        again["phone"] = f"00{first['phone'].removeprefix('+').replace(' ', '')}"
        again["address"] = first["address"].replace("straße", "str.").replace(" Road", " Rd").upper()
    elif way == 1:
        again["tax_id"] = None
        again["domain"] = f"www.{first['domain']}"
        plain = unicodedata.normalize("NFKD", first["address"].replace("ß", "ss"))
        again["address"] = plain.encode("ascii", "ignore").decode()
    else:
        tax = first["tax_id"]
        again["tax_id"] = f"{tax[:-2]}{tax[-1]}{tax[-2]}"  # two digits swapped
        again["phone"] = None
        again["domain"] = f"https://{first['domain']}/contact"
    return again
